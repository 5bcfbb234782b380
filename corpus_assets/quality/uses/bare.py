"""Texts without comments, and without strings: what is left to look for words in.

Belongs here: calling the kernel with the signs of a language, and the way back to columns.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl

from corpus_assets.languages import BY_SLUG
from corpus_assets.parse.buffers import Buffers, flat
from corpus_assets.quality.signs import signs_of


def bare_texts(texts: pl.Series, language: str) -> tuple[pl.Series, pl.Series]:
    """Texts (String, no nulls) without comments and strings of several lines; and without any
    strings. Lengths and lines stay. Where the language is no programming one, both are as given."""
    from corpus_assets.quality.kernels.bare import blank

    if BY_SLUG[language].kind != "programming":
        return texts, texts
    given, signs = flat(texts), signs_of(language)
    code, syntax = given.data.copy(), given.data.copy()
    blank(
        given.data, given.offsets, signs.line_marks, signs.block_opens, signs.block_closes,
        signs.begins, signs.quotes, signs.lexis.escapes, signs.lexis.triple,
        signs.lexis.hash_lines, code, syntax,
    )  # fmt: skip
    return _texts(code, given), _texts(syntax, given)


def _texts(data: np.ndarray, given: Buffers) -> pl.Series:
    whole, offsets = data.tobytes(), given.offsets.tolist()
    # A string may end within a character where a sign of the language is none of the text's.
    return pl.Series(
        [whole[start:stop].decode(errors="replace") for start, stop in pairwise(offsets)],
        dtype=pl.String,
    )
