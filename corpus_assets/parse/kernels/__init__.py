"""Loops over bytes, compiled by numba."""
