"""Where two similar documents agree: the lines of their longest shared run.

Belongs here: batches of pairs with their texts to the columns a_start_line ... b_end_line of
near_duplicates. Which documents are similar is found in `near`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from corpus_assets.dedup.shingles import flat

SPAN = ("a_start_line", "a_end_line", "b_start_line", "b_end_line")
_PAIR = ("content_id_a", "content_id_b")
_PAIRS_AT_ONCE = 2_000

TextsOf = Callable[[pl.Series], pl.DataFrame]
"""Gives content_id and text of the documents with these ids, in any order."""


def with_spans(pairs: pl.DataFrame, texts_of: TextsOf) -> pl.DataFrame:
    """The rows of near_duplicates with the span columns filled where they are null.

    A span is inclusive lines from 1 of the longest run of consecutive shared shingles. Rows keep
    their order.
    """
    if pairs.is_empty():
        return pairs
    is_open = pairs[SPAN[0]].is_null()
    parts = [
        _spans(pairs[first : first + _PAIRS_AT_ONCE], texts_of)
        if is_open[first : first + _PAIRS_AT_ONCE].any()
        else pairs[first : first + _PAIRS_AT_ONCE]
        for first in range(0, pairs.height, _PAIRS_AT_ONCE)
    ]
    return pl.concat(parts)


def _spans(pairs: pl.DataFrame, texts_of: TextsOf) -> pl.DataFrame:
    from corpus_assets.dedup.kernels import spans as kernels

    ids = pl.concat([pairs[name].rename("content_id") for name in _PAIR]).unique().sort()
    texts = ids.to_frame().join(texts_of(ids), on="content_id", maintain_order="left")
    data, offsets = flat(texts["text"])
    room = len(data) // 2 + len(ids)
    shingles, lines = np.empty(room, np.uint64), np.empty(room, np.int64)
    bounds = np.zeros(len(ids) + 1, np.int64)
    kernels.sequences(data, offsets, shingles, lines, bounds)
    places = ids.to_frame().with_row_index("place")
    first, second = (
        pairs.select(content_id=name)
        .join(places, on="content_id", maintain_order="left")["place"]
        .to_numpy()
        .astype(np.int64)
        for name in _PAIR
    )
    found = np.zeros((pairs.height, len(SPAN)), np.int64)
    kernels.longest_runs(shingles, lines, bounds, first, second, found)
    return pairs.with_columns(pl.Series(name, found[:, i]) for i, name in enumerate(SPAN))
