"""Which texts may hold a license statement at all: the filter before ScanCode.

Belongs here: words without which ScanCode has never been seen to find anything. Does not belong
here: what is found (`scancode.py`), and how the filter is proven (`python -m benchmarks licenses`).
"""

from __future__ import annotations

import polars as pl

# Literals first: they are searched at 1.9 GB/s, the expression at 160 MB/s (licensing.md, 5).
LITERALS = (
    "licen", "all rights reserved", "redistribut", "permission", "public domain", "gpl", "bsd",
    "copyleft", "free software", "proprietary", "confidential", "creative commons",
    "creativecommons", "cc-by", "cc by", "cc0", "wtfpl", "mozilla", "apache", "artistic",
)  # fmt: skip
WORDS = (
    r"(?i)licen[cs]|all rights reserved|redistribut|permission (?:is|to)|public domain|"
    r"\b[al]?gpl|\bbsd\b|copyleft|free software|proprietary|confidential|creative ?commons|"
    r"\bcc[- ]by|\bcc0\b|wtfpl|mozilla public|apache software|artistic"
)


def has_clue(text: pl.Expr) -> pl.Expr:
    """Whether ScanCode is asked about `text` (String); null is no text and has none."""
    literal = text.str.contains_any(list(LITERALS), ascii_case_insensitive=True)
    return (literal & text.str.contains(WORDS)).fill_null(False)
