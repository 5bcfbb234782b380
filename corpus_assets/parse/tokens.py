"""Token counts with the o200k vocabulary, the unit in which supply and mixes are measured.

Belongs here: counting. Token ids are never stored: training tokenizes anew.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

ENCODING = "o200k_base"


def count_tokens(texts: pl.Series) -> pl.Series:
    """o200k tokens of each text as Int64, null for null, named like `texts`.

    Special tokens such as end-of-text markers are counted as the ordinary text they are. No cap
    on length is needed: the tokenizer is linear, and 1 MB of one repeated character, of spaces or
    of alternating spaces and newlines takes 10 ms.
    """
    count = _tokenizer().count
    return pl.Series(
        texts.name, [None if text is None else count(text) for text in texts], dtype=pl.Int64
    )


@cache
def _tokenizer() -> Any:
    from bpe_openai import _bindings

    return _bindings.tokenizer_for_encoding(ENCODING)
