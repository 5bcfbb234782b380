"""What a text is made of: sizes, lines, character classes, repetition, visible text.

Belongs here: measures of the text alone, as Polars expressions over a column `text` without
nulls. Definitions after reference/filter-rules.md 4.1: lengths in code points, fractions over all
characters, lines separated by \\n where a final newline opens no line, words split on white space.
"""

from __future__ import annotations

import polars as pl

_TEXT = pl.col("text")
_QUOTED = r"""(?x)
    "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | `(?:[^`\\\n]|\\.)*`
"""
_HIDDEN_HTML = r"""(?isx)
    <script\b.*?</script\s*> | <style\b.*?</style\s*> | <!--.*?--> |
    <[a-z/!?] (?: [^>"'] | "[^"]*" | '[^']*' )* >
"""
_ENTITY = r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);"
_LEAST_REPEATABLE_CHARS = 3  # closing brackets and blank lines repeat in all code


def character_measures() -> list[pl.Expr]:
    """Columns of quality_signals from n_bytes to duplicate_line_fraction, without n_tokens.

    `max_code_line_chars` leaves out what stands between quotes, so that a long string in
    otherwise ordinary code does not count as a long line (filter-rules 4.18).
    """
    newlines = _TEXT.str.count_matches("\n", literal=True)
    lines = newlines + (~_TEXT.str.ends_with("\n")).cast(pl.UInt32)
    characters = _TEXT.str.len_chars()
    return [
        _TEXT.str.len_bytes().cast(pl.Int64).alias("n_bytes"),
        characters.cast(pl.Int64).alias("n_chars"),
        lines.cast(pl.Int64).alias("n_lines"),
        _TEXT.str.count_matches(r"\S+").cast(pl.Int64).alias("n_words"),
        _longest_line(_TEXT).alias("max_line_chars"),
        _longest_line(_TEXT.str.replace_all(_QUOTED, '""')).alias("max_code_line_chars"),
        ((characters - newlines) / lines).fill_nan(0.0).alias("mean_line_chars"),
        _fraction(_kept(r"[^\p{L}\p{N}]+")).alias("alnum_fraction"),
        _fraction(_kept(r"[^\p{L}]+")).alias("alpha_fraction"),
        _fraction(_TEXT.str.count_matches("\ufffd", literal=True)).alias("replacement_fraction"),
        _fraction(_TEXT.str.count_matches(r"\p{Nd}")).alias("digit_fraction"),
        _fraction(_TEXT.str.count_matches(r"\s")).alias("whitespace_fraction"),
        _repeated_lines().alias("duplicate_line_fraction"),
    ]


def visible_text_fraction() -> pl.Expr:
    """Characters a reader of an HTML page sees over all its characters; null for other languages.

    Scripts, styles, comments and tags are left out, an entity is one character and a run of
    white space is one.
    """
    shown = (
        _TEXT.str.replace_all(_HIDDEN_HTML, " ")
        .str.replace_all(_ENTITY, "x")
        .str.replace_all(r"\s+", " ")
        .str.strip_chars()
        .str.len_chars()
    )
    return pl.when(pl.col("language") == "html").then(_fraction(shown))


def has_xml_declaration() -> pl.Expr:
    """Whether an XML declaration stands in the first 100 characters (StarCoder's window)."""
    return _TEXT.str.head(100).str.contains("<?xml version=", literal=True)


def _kept(dropped: str) -> pl.Expr:
    return _TEXT.str.replace_all(dropped, "").str.len_chars()


def _fraction(count: pl.Expr) -> pl.Expr:
    return (count / _TEXT.str.len_chars()).fill_nan(0.0)


def _longest_line(text: pl.Expr) -> pl.Expr:
    lengths = text.str.split("\n").list.eval(pl.element().str.len_chars())
    return lengths.list.max().cast(pl.Int64)


def _repeated_lines() -> pl.Expr:
    line = pl.element().str.strip_chars()
    lines = _TEXT.str.split("\n").list.eval(
        line.filter(line.str.len_chars() >= _LEAST_REPEATABLE_CHARS)
    )
    return (1 - lines.list.n_unique() / lines.list.len()).fill_nan(0.0)
