"""Spans of near duplicates: the lines of the longest run of tokens that both documents have.

Belongs here: line ranges of verified pairs, for people to look at. They decide nothing.

The run is the longest of those that hold a shingle which document a has only once; only where
there is none, of those that begin at a shingle's first place in a. So time stays linear, and what
is found depends on the two texts alone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from corpus_assets.dedup.parallel import in_order
from corpus_assets.dedup.sets import Sets, kept_sets
from corpus_assets.dedup.shingles import Measured
from corpus_assets.dedup.signatures import Texts, batches
from corpus_assets.parse.buffers import flat

SPAN = ("a_start_line", "a_end_line", "b_start_line", "b_end_line")
_CHUNK_PAIRS = 2_000

TextsOf = Callable[[pl.Series], Texts]
"""Gives the texts of documents by content id, in their order, in batches."""


def with_spans(pairs: pl.DataFrame, texts_of: TextsOf) -> pl.DataFrame:
    """Rows of near_duplicates, sorted by key, with the spans that are still null filled in."""
    todo = pairs.filter(pl.col(SPAN[0]).is_null())
    ids = pl.concat([todo["content_id_a"], todo["content_id_b"]]).unique().sort()
    if ids.is_empty():
        return pairs
    sequences = kept_sets(in_order(_measured, batches(texts_of(ids))))
    numbers = ids.to_frame("id").with_row_index("row").cast({"row": pl.Int64})
    first, second = (
        todo.select(id=side).join(numbers, on="id", maintain_order="left")["row"].to_numpy()
        for side in ("content_id_a", "content_id_b")
    )
    lines = _lines(sequences, first, second)
    spans = todo.select("content_id_a", "content_id_b").with_columns(
        pl.Series(name, lines[:, i]) for i, name in enumerate(SPAN)
    )
    done = pl.concat(
        [
            todo.drop(SPAN).join(spans, on=["content_id_a", "content_id_b"]).select(pairs.columns),
            pairs.filter(pl.col(SPAN[0]).is_not_null()),
        ]
    )
    return done.sort("content_id_a", "content_id_b")


def _measured(texts: pl.Series) -> Measured:
    from corpus_assets.dedup.kernels.spans import fill_sequences

    data, offsets = flat(texts)
    bounds = np.zeros(len(texts) + 1, np.int64)
    values = np.empty(len(data) + 2, np.uint64)
    fill_sequences(data, offsets, values, bounds)
    nothing = np.empty((0, 0), np.uint32)
    return Measured(bounds[:0], nothing, values[: bounds[-1]].copy(), bounds)


def _lines(sequences: Sets, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    from corpus_assets.dedup.kernels.spans import longest_runs

    lines = np.zeros((len(first), len(SPAN)), np.int64)

    def run(start: int) -> None:
        part = slice(start, start + _CHUNK_PAIRS)
        longest_runs(*sequences, first[part], second[part], lines[part])

    for _ in in_order(run, range(0, len(first), _CHUNK_PAIRS)):
        pass
    return lines
