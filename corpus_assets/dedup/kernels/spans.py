"""Longest shared run of shingles of pairs of documents, as lines.

Belongs here: the loop over pairs of token sequences, and the line of every token.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.dedup.kernels.compiled import compiled, inlined
from corpus_assets.dedup.kernels.shingles import WIDTH, fill_shingles, slot_of, table_size
from corpus_assets.dedup.kernels.tokens import hash_tokens, is_token_byte

_NO = np.uint64(0)


@inlined
def _fill_lines(data: Any, start: Any, end: Any, lines: Any) -> None:
    """Write the line (from 1) of every token of data[start:end]."""
    line, n = 1, 0
    within = False
    for at in range(start, end):
        byte = data[at]
        token = is_token_byte(byte)
        if token and not within:
            lines[n] = line
            n += 1
        within = token
        line += byte == 10


@compiled
def sequences(data: Any, offsets: Any, shingles: Any, lines: Any, bounds: Any) -> None:
    """Token lines and shingle hashes of every text data[offsets[i]:offsets[i + 1]].

    Of text i they are written from bounds[i] on (int64, filled here): lines[...] per token,
    shingles[...] per token as well, of which the last WIDTH - 1 are no shingles. Both need room
    for half the bytes and one per text.
    """
    tokens = np.empty(1 << 14, np.uint64)
    at = 0
    bounds[0] = 0
    for i in range(len(offsets) - 1):
        start, end = offsets[i], offsets[i + 1]
        room = (end - start + 1) // 2
        if room > len(tokens):
            tokens = np.empty(2 * room, np.uint64)
        n = hash_tokens(data, start, end, tokens)
        _fill_lines(data, start, end, lines[at:])
        fill_shingles(tokens, n, shingles[at:])
        at += n
        bounds[i + 1] = at


@inlined
def _fill_places(values: Any, n: Any, keys: Any, places: Any, mask: Any) -> None:
    """Put the first place of each of values[:n] into a table."""
    keys[: mask + 1] = _NO
    for i in range(n):
        slot = slot_of(values[i], mask)
        while keys[slot] != _NO and keys[slot] != values[i]:
            slot = (slot + 1) & mask
        if keys[slot] == _NO:
            keys[slot] = values[i]
            places[slot] = i


@compiled
def longest_runs(
    shingles: Any, lines: Any, bounds: Any, first: Any, second: Any, spans: Any
) -> None:
    """Write to spans[p] the lines (start and end in first[p], start and end in second[p]) of the
    longest run of consecutive shingles that both documents have; the earliest of equal ones.

    A run follows the first place of its first shingle, so where shingles repeat within a document
    a longer one may exist. Pairs in order of `first`; documents need shingles. A pair without a
    common shingle leaves its row as it is.
    """
    keys, places = np.empty(1 << 12, np.uint64), np.empty(1 << 12, np.int64)
    mask, anchor = 0, -1
    for p in range(len(first)):
        start_a = bounds[first[p]]
        n_a = bounds[first[p] + 1] - start_a - WIDTH + 1
        start_b = bounds[second[p]]
        n_b = bounds[second[p] + 1] - start_b - WIDTH + 1
        if first[p] != anchor:
            anchor = first[p]
            size = table_size(n_a)
            if size > len(keys):
                keys, places = np.empty(size, np.uint64), np.empty(size, np.int64)
            mask = size - 1
            _fill_places(shingles[start_a:], n_a, keys, places, mask)
        best, best_a, best_b = 0, 0, 0
        run, at_a = 0, 0
        for j in range(n_b):
            value = shingles[start_b + j]
            if run > 0 and at_a + 1 < n_a and shingles[start_a + at_a + 1] == value:
                at_a += 1
                run += 1
            else:
                slot = slot_of(value, mask)
                while keys[slot] != _NO and keys[slot] != value:
                    slot = (slot + 1) & mask
                run = 1 if keys[slot] == value else 0
                at_a = places[slot] if run else 0
            if run > best:
                best, best_a, best_b = run, at_a - run + 1, j - run + 1
        if best > 0:
            last = best + WIDTH - 2
            spans[p, 0] = lines[start_a + best_a]
            spans[p, 1] = lines[start_a + best_a + last]
            spans[p, 2] = lines[start_b + best_b]
            spans[p, 3] = lines[start_b + best_b + last]
