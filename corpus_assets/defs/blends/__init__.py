"""Blends: what sources cost and are worth, and the mix of each training stage."""
