"""Audit: where a row comes from, why it was kept or removed, and what a release holds."""
