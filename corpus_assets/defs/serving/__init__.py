"""Serving: the published release."""
