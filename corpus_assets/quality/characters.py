"""What a text is made of: sizes, lines, character classes, visible text.

Belongs here: measures of the text alone. Definitions after reference/filter-rules.md 4.1: lengths
in code points, fractions over all characters unless they say otherwise, lines separated by \\n
where a final newline opens no line, words are runs without white space. Letters, digits and white
space are Unicode's.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from corpus_assets.parse.buffers import Buffers
from corpus_assets.parse.character_classes import character_classes

_TEXT = pl.col("text")
_HIDDEN_HTML = r"""(?isx)
    <script\b.*?</script\s*> | <style\b.*?</style\s*> | <!--.*?--> |
    <[a-z/!?] (?: [^>"'] | "[^"]*" | '[^']*' )* >
"""
_ENTITY = r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);"


def character_measures(texts: Buffers) -> pl.DataFrame:
    """Columns of quality_signals from n_bytes to direction_controls, without n_tokens, in row
    order."""
    from corpus_assets.quality.kernels.characters import COUNTS, count_characters

    counts = np.zeros((len(texts.offsets) - 1, len(COUNTS)), np.int64)
    count_characters(texts.data, texts.offsets, character_classes(), counts)
    frame = pl.DataFrame(counts, schema=list(COUNTS))
    characters, visible = pl.col("n_chars"), pl.col("n_chars") - pl.col("spaces")
    return frame.select(
        pl.Series("n_bytes", np.diff(texts.offsets)),
        "n_chars",
        "n_lines",
        "n_words",
        "max_line_chars",
        mean_line_chars=ratio(pl.col("line_chars"), pl.col("n_lines")),
        mean_word_chars=ratio(visible, pl.col("n_words")),
        alnum_fraction=ratio(pl.col("alnum"), characters),
        alpha_fraction=ratio(pl.col("letters"), characters),
        alpha_visible_fraction=ratio(pl.col("letters"), visible),
        replacement_fraction=ratio(pl.col("replacements"), characters),
        digit_fraction=ratio(pl.col("digits"), characters),
        whitespace_fraction=ratio(pl.col("spaces"), characters),
        direction_controls="direction_controls",
    )


def ratio(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """part / whole, 0 where there is nothing."""
    return pl.when(whole > 0).then(part / whole).otherwise(0.0)


def visible_text_fraction() -> pl.Expr:
    """Characters a reader of an HTML page sees over all its characters; null for other languages.

    Scripts, styles, comments and tags are left out, an entity is one character and a run of
    white space is one.
    """
    page = pl.when(pl.col("language") == "html").then(_TEXT)
    shown = (
        page.str.replace_all(_HIDDEN_HTML, " ")
        .str.replace_all(_ENTITY, "x")
        .str.replace_all(r"\s+", " ")
        .str.strip_chars()
        .str.len_chars()
    )
    return (shown / page.str.len_chars()).fill_nan(0.0)


def has_xml_declaration() -> pl.Expr:
    """Whether an XML declaration stands in the first 100 characters (StarCoder's window)."""
    return _TEXT.str.head(100).str.contains("<?xml version=", literal=True)
