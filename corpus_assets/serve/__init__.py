"""Serving: immutable releases, their catalog, read-only queries and offline verification."""
