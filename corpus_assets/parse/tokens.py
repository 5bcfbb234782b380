"""Token counts with the o200k vocabulary, the unit in which supply and mixes are measured.

Belongs here: counting. Token ids are never stored: training tokenizes anew.

The tokenizer splits a text into pieces and encodes each alone. Code repeats its pieces, so each is
given to the tokenizer once and counted by a kernel (`kernels/pieces.py`) from then on.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.parse.buffers import flat
from corpus_assets.parse.character_classes import character_classes

ENCODING = "o200k_base"
_ROOM = 1 << 18
"""Pieces that may wait for their count; longer documents go to the tokenizer as a whole."""
_MOST_PIECES = 1 << 22
"""Pieces remembered: 100 MB at most. Then the table is begun anew."""


def count_tokens(texts: pl.Series) -> pl.Series:
    """o200k tokens of each text as Int64, null for null, named like `texts`.

    Special tokens such as end-of-text markers are counted as the ordinary text they are. Not for
    use by several threads at once.
    """
    present = texts.drop_nulls()
    totals = np.full(len(present), -1, np.int64)
    short = (present.str.len_bytes() <= _ROOM).to_numpy()
    if short.any():
        totals[short] = _Pieces.shared().count(present.filter(pl.Series(short)))
    whole = np.flatnonzero(totals < 0)
    count = _tokenizer().count
    totals[whole] = [count(text) for text in present.gather(whole)]
    counted = pl.Series(texts.name, totals, dtype=pl.Int64)
    if len(present) == len(texts):
        return counted
    places = pl.Series(texts.is_not_null().arg_true())
    return pl.Series(texts.name, [None] * len(texts), dtype=pl.Int64).scatter(places, counted)


class _Pieces:
    """The table of pieces that were counted before, kept for the life of the process."""

    def __init__(self) -> None:
        self._empty(4 * _ROOM)

    @staticmethod
    @cache
    def shared() -> _Pieces:
        return _Pieces()

    def _empty(self, size: int) -> None:
        self._keys, self._counts = np.zeros(size, np.uint64), np.zeros(size, np.int32)
        self._n = 0

    def count(self, texts: pl.Series) -> NDArray[np.int64]:
        """Tokens of each text; -1 for texts with characters of a newer Unicode than Python's."""
        from corpus_assets.parse.kernels.pieces import count_known

        data, offsets = flat(texts)
        totals = np.zeros(len(texts), np.int64)
        waiting = np.empty((_ROOM, 2), np.int64)
        new = np.empty((_ROOM, 3), np.int64)
        document = 0
        while document < len(texts):
            self._make_room()
            document, n_waiting, n_new = count_known(
                data, offsets, document, character_classes(), self._keys, self._counts, totals,
                waiting, new,
            )  # fmt: skip
            self._learn(data.data, new[:n_new])
            documents, slots = waiting[:n_waiting].T
            np.add.at(totals, documents, self._counts[slots])
        return totals

    def _learn(self, data: memoryview, new: NDArray[np.int64]) -> None:
        count = _tokenizer().count
        found = [count(str(data[start:end], "utf_8")) for start, end, _ in new.tolist()]
        self._counts[new[:, 2]] = found
        self._n += len(found)

    def _make_room(self) -> None:
        """At least half of the table stays free, whatever the next batch brings."""
        from corpus_assets.parse.kernels.pieces import rehash

        if self._n + _ROOM <= len(self._keys) // 2:
            return
        if self._n > _MOST_PIECES:
            self._empty(4 * _ROOM)
            return
        keys, counts, n = self._keys, self._counts, self._n
        self._empty(2 * len(keys))
        rehash(keys, counts, self._keys, self._counts)
        self._n = n


@cache
def _tokenizer() -> Any:
    from bpe_openai import _bindings

    return _bindings.tokenizer_for_encoding(ENCODING)
