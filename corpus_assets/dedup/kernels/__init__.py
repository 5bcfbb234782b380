"""Compiled loops over flat arrays. Import these modules inside functions: they load numba."""
