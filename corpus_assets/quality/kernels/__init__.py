"""Loops over the bytes of texts, compiled by numba: the measures that make up quality signals."""
