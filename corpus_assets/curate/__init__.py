"""Choices between facts: cluster resolution, gates, ledger, curated documents."""
