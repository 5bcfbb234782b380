"""What a text says as code: strings, kinds of lines, decisions, names, words for learners.

Belongs here: calling the lexer with the signs and words of a language, and fractions of what it
counts. Definitions after reference/filter-rules.md 4.4, with tokens where peers look for
substrings: `password` is no `pass`.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from corpus_assets.languages import BY_SLUG
from corpus_assets.parse.buffers import Buffers
from corpus_assets.quality.characters import ratio
from corpus_assets.quality.repetition import MOST_BYTES
from corpus_assets.quality.signs import signs_of

_LINES = ("import", "print", "assert", "pass", "definition", "trivial", "assignment",
          "preprocessor")  # fmt: skip
_STYLES = ("snake", "camel", "pascal", "upper")


def code_measures(texts: Buffers, language: str) -> pl.DataFrame:
    """Columns of quality_signals from max_code_line_chars to teaching_words of texts in one
    language, in row order. All but max_code_line_chars are null where it is no programming one."""
    from corpus_assets.quality.kernels.code import COUNTS, count_code

    n = len(texts.offsets) - 1
    counts, bits = np.zeros((n, len(COUNTS)), np.int64), np.zeros(n)
    signs = signs_of(language)
    count_code(
        texts.data, texts.offsets, signs.line_marks, signs.block_opens, signs.block_closes,
        signs.begins, signs.quotes, signs.lexis.escapes, signs.lexis.triple,
        signs.lexis.hash_lines, signs.lexis.braces, signs.keys, signs.flags, MOST_BYTES, counts,
        bits,
    )  # fmt: skip
    frame = pl.DataFrame(counts, schema=list(COUNTS)).with_columns(bits=pl.Series(bits))
    measures = _measures()
    if BY_SLUG[language].kind != "programming":
        for name in measures.keys() - {"max_code_line_chars"}:
            measures[name] = pl.when(pl.lit(False)).then(measures[name])  # a null of its type
    return frame.select(**measures)


def _measures() -> dict[str, pl.Expr]:
    lines, names = pl.col("code_lines"), pl.col("identifiers")
    styled = pl.sum_horizontal(_STYLES)
    most = pl.max_horizontal(_STYLES)
    style = pl.coalesce(
        pl.when((pl.col(name) == most) & (most > 0)).then(pl.lit(name)) for name in _STYLES
    )
    return {
        "max_code_line_chars": pl.col("max_code_line_chars"),
        "n_code_lines": lines,
        **{f"{kind}_line_fraction": ratio(pl.col(f"{kind}_lines"), lines) for kind in _LINES},
        "todo_line_fraction": ratio(pl.col("todo_lines"), lines).clip(0.0, 1.0),
        "n_mains": pl.col("mains"),
        "n_decisions": pl.col("branches"),
        "max_depth": pl.col("max_depth"),
        "string_fraction": ratio(
            pl.col("string_chars"), pl.col("string_chars") + pl.col("identifier_chars")
        ),
        "long_string_word_fraction": ratio(
            pl.col("long_string_words_chars"), pl.col("string_words_chars")
        ),
        "long_string_line_fraction": ratio(pl.col("long_string_lines"), lines).clip(0.0, 1.0),
        "hex_word_fraction": ratio(pl.col("hex_words"), pl.col("words")),
        "identifier_entropy": pl.col("bits"),
        "n_distinct_identifiers": pl.col("distinct_identifiers"),
        "mean_identifier_chars": ratio(pl.col("identifier_chars"), names),
        "short_identifier_fraction": ratio(pl.col("short_identifiers"), names),
        "naming_style": style,
        "naming_style_fraction": ratio(most, styled),
        "teaching_words": pl.col("teaching_words"),
        "comment_bytes": pl.col("comment_bytes"),
        "statement_string_bytes": pl.col("statement_string_bytes"),
    }
