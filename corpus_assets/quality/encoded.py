"""Encoded payload in a text: base64, hexadecimal bytes, escape sequences.

Belongs here: finding the runs. How much of it is too much is a threshold of the filter policy.
The runs are those of StarCoder2 (reference/filter-rules.md 4.6), made stricter: base64 does not
span lines of other text, and must look random.
"""

from __future__ import annotations

import math
from collections import Counter

import polars as pl

_RUN = r"""(?x)
    (?:[A-Za-z0-9+/]{40,80}\r?\n){2,}[A-Za-z0-9+/]*={0,2}  # wrapped base64
  | [A-Za-z0-9+/]{64,}={0,2}
  | (?:0[xX][0-9A-Fa-f]{1,2}\s*,\s*){8,}
  | (?:\b[0-9A-Fa-f]{2}[\x20,:]\s*){8,}
  | (?:\\x[0-9A-Fa-f]{2}){8,}
  | (?:\\u[0-9A-Fa-f]{4}){8,}
"""
_LEAST_BASE64_BITS = 4.5  # per character; identifiers and paths stay below, random bytes near 5.5
_LEAST_HEX_BITS = 3.0
_JUDGED_CHARS = 4096  # of a run; enough to tell random from written


def encoded_runs(documents: pl.DataFrame) -> pl.DataFrame:
    """`encoded_max_run` (characters) and `encoded_fraction` of each row's `text`, in row order."""
    runs = (
        documents.select(pl.col("text").str.extract_all(_RUN).alias("run"))
        .with_row_index("row")
        .explode("run", empty_as_null=False, keep_nulls=False)
    )
    judged = runs.filter(
        pl.Series([_is_encoded(run[:_JUDGED_CHARS]) for run in runs["run"]], dtype=pl.Boolean)
    )
    totals = judged.group_by("row").agg(
        pl.col("run").str.len_chars().max().cast(pl.Int64).alias("encoded_max_run"),
        pl.col("run").str.len_chars().sum().alias("encoded"),
    )
    return (
        documents.select(pl.col("text").str.len_chars().alias("chars"))
        .with_row_index("row")
        .join(totals, on="row", how="left", maintain_order="left")
        .select(
            pl.col("encoded_max_run").fill_null(0),
            (pl.col("encoded").fill_null(0) / pl.col("chars"))
            .fill_nan(0.0)
            .alias("encoded_fraction"),
        )
    )


def entropy(text: str) -> float:
    """Shannon entropy in bits per character; 0 for the empty text."""
    total = len(text)
    return -sum(n / total * math.log2(n / total) for n in Counter(text).values())


def _is_encoded(run: str) -> bool:
    if run[0] == "\\" or any(sign in run for sign in ", :"):
        return True  # byte lists and escapes: their form alone shows it
    characters = set(run) - set("\r\n=")
    has_digit = any(character.isdigit() for character in characters)
    if characters <= set("0123456789abcdefABCDEF"):
        return has_digit and len(characters) > 8 and entropy(run) > _LEAST_HEX_BITS
    has_cases = any(c.islower() for c in characters) and any(c.isupper() for c in characters)
    return has_digit and has_cases and entropy(run) > _LEAST_BASE64_BITS
