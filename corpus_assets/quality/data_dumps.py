"""Data in the clothes of code: tables of numbers and strings, rows of inserts, separated values.

Belongs here: recognizing that a text is mostly literals (reference/filter-rules.md 4.6). Formats
that are data by nature (JSON, YAML, XML) are not judged: length and lock files are their rules.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.languages import LANGUAGES

_PROGRAMMING = [language.slug for language in LANGUAGES if language.kind == "programming"]
_TABULAR = ["text", "other"]

_SEPARATOR = r"[\s\[\]{}(),;:]"
_NUMBER = r"[-+]?(?:0[xX][0-9A-Fa-f]+|\.?\d[\d_.]*(?:[eE][-+]?\d+)?)[uUlLfF]*"
_STRING = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*\'"""
_NUMBERS = rf"^{_SEPARATOR}*(?:{_NUMBER}{_SEPARATOR}+)*{_NUMBER}{_SEPARATOR}*$"
_LITERALS = rf"^{_SEPARATOR}*(?:(?:{_NUMBER}|{_STRING}){_SEPARATOR}*)+$"
_INSERT = r"(?i)^\s*insert\s+into\b|^\s*\("

_NUMBERS_SHARE = 0.5
_LITERALS_SHARE = 0.8
_INSERT_SHARE = 0.5
_TABLE_SHARE = 0.95
_LEAST_LINES = 20
_LEAST_CHARS = 2_000  # of literals; a small table is part of a program


def is_data() -> pl.Expr:
    """Whether a document (columns language, text) is a data dump, as Boolean.

    Programming languages: more than half of the characters on lines of numbers only, or more than
    80 % on lines of numbers and strings. SQL: more than half of the lines insert rows. Plain
    text: at least 20 lines of which 95 % have the same number of one separator.
    """
    text = pl.col("text")
    lines = text.str.split("\n").list.eval(pl.element().filter(pl.element().str.contains(r"\S")))
    characters = lines.list.eval(pl.element().str.len_chars()).list.sum()
    numbers = _chars_on(lines, _NUMBERS)
    literals = _chars_on(lines, _LITERALS)
    of_literals = (literals >= _LEAST_CHARS) & (
        (numbers / characters > _NUMBERS_SHARE) | (literals / characters > _LITERALS_SHARE)
    )
    n_lines = lines.list.len()
    inserts = lines.list.eval(pl.element().str.contains(_INSERT)).list.sum()
    language = pl.col("language")
    return (
        pl.when(language.is_in(_PROGRAMMING))
        .then(of_literals)
        .when(language == "sql")
        .then((n_lines >= _LEAST_LINES) & (inserts / n_lines > _INSERT_SHARE))
        .when(language.is_in(_TABULAR))
        .then(
            (n_lines >= _LEAST_LINES)
            & pl.any_horizontal(_same_count(lines, sign) for sign in (",", ";", "\t", "|"))
        )
        .otherwise(pl.lit(False))
        .fill_null(False)
    )


def _chars_on(lines: pl.Expr, pattern: str) -> pl.Expr:
    line = pl.element()
    return lines.list.eval(line.filter(line.str.contains(pattern)).str.len_chars()).list.sum()


def _same_count(lines: pl.Expr, separator: str) -> pl.Expr:
    """Whether nearly all lines hold the same number of separators, at least one."""
    counts = lines.list.eval(pl.element().str.count_matches(separator, literal=True))
    usual = counts.list.median().cast(pl.UInt32)
    share = (lines.list.len() > 0) & (usual > 0)
    equal = counts.list.eval(pl.element() == pl.element().median()).list.mean()
    return share & (equal >= _TABLE_SHARE)
