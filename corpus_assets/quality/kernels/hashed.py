"""Hashed words of code: how often each bucket is hit by a word or by two words in a row.

Belongs here: the loop over bytes. What is learned from the buckets belongs to `learned`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined
from corpus_assets.quality.kernels.counters import mixed

_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)  # FNV-1a, 64 bits


@inlined
def _in_word(byte: Any) -> Any:
    return 97 <= (byte | 32) <= 122 or 48 <= byte <= 57 or byte == 95 or byte >= 0x80


@compiled
def hashed_words(
    data: Any, offsets: Any, most: Any, buckets: Any, starts: Any, places: Any, values: Any
) -> Any:
    """Fill `starts` (int64, documents + 1), `places` (int32) and `values` (float32) with the rows
    of a sparse matrix; returns the number of entries.

    A row is log(1 + hits) by bucket, scaled to length 1, in the order in which buckets are first
    hit. Words are runs of letters, digits and underscores, numbers all alike, other signs words of
    one byte. The first `most` bytes of a document count; `places` and `values` must have room for
    twice as many entries as bytes that count.
    """
    hits = np.zeros(buckets, np.int32)
    mask = np.uint64(buckets - 1)
    n = 0
    for document in range(len(offsets) - 1):
        at = offsets[document]
        end = min(offsets[document + 1], at + most)
        first, previous = n, np.uint64(0)
        starts[document] = n
        while at < end:
            byte = data[at]
            if byte == 32 or 9 <= byte <= 13:
                at += 1
                continue
            code = _BASIS
            if 48 <= byte <= 57:
                code = (code ^ np.uint64(48)) * _PRIME
                while at < end and _in_word(data[at]):
                    at += 1
            elif _in_word(byte):
                while at < end and _in_word(data[at]):
                    code = (code ^ np.uint64(data[at])) * _PRIME
                    at += 1
            else:
                code = (code ^ np.uint64(byte)) * _PRIME
                at += 1
            for turn in range(2):
                key = code if turn == 0 else mixed(previous) ^ code
                if turn == 1 and previous == np.uint64(0):
                    continue
                bucket = np.int64(mixed(key) & mask)
                if hits[bucket] == 0:
                    places[n] = bucket
                    n += 1
                hits[bucket] += 1
            previous = code
        square = 0.0
        for place in range(first, n):
            value = np.log(1.0 + hits[places[place]])
            values[place] = value
            square += value * value
            hits[places[place]] = 0
        for place in range(first, n):
            values[place] /= np.sqrt(square)
    starts[len(offsets) - 1] = n
    return n
