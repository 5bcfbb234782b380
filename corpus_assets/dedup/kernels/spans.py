"""Where two documents agree: the longest run of shingles that both have in a row.

Belongs here: shingles in the order of the text with their lines, and the loop over pairs.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined
from corpus_assets.dedup.kernels.sets import members
from corpus_assets.dedup.kernels.shingles import WIDTH, fill_shingles, slot_of, table_size
from corpus_assets.dedup.kernels.tokens import hash_tokens, is_token_byte

_NO = np.uint64(0)
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_NEWLINE = 10
_REPEATED = np.int32(1 << 30)  # added to the place of a shingle that occurs again


@inlined
def _fill_lines(data: Any, start: Any, end: Any, lines: Any) -> None:
    """The line of every token of data[start:end], counted from 1. No token has two lines."""
    line = 1
    n = 0
    inside = False
    for at in range(start, end):
        if is_token_byte(data[at]):
            if not inside:
                lines[n] = line
                n += 1
            inside = True
        else:
            inside = False
            line += data[at] == _NEWLINE


@compiled
def fill_sequences(data: Any, offsets: Any, values: Any, value_offsets: Any) -> None:
    """For every text its shingles in order, then as many numbers: first line + last line * 2^32.

    They lie at values[value_offsets[i]:value_offsets[i + 1]]; `values` needs a number per byte.
    """
    at = 0
    value_offsets[0] = 0
    for i in range(len(offsets) - 1):
        start, end = offsets[i], offsets[i + 1]
        tokens = np.empty((end - start + 1) // 2, np.uint64)
        n_tokens = hash_tokens(data, start, end, tokens)
        n = fill_shingles(tokens, n_tokens, values[at:])
        lines = np.empty(n_tokens, np.uint64)
        _fill_lines(data, start, end, lines)
        for j in range(n):
            values[at + n + j] = lines[j] | (lines[j + WIDTH - 1] << _HALF)
        at += 2 * n
        value_offsets[i + 1] = at


@inlined
def _fill_places(values: Any, keys: Any, places: Any, mask: Any) -> None:
    """The place of the first occurrence of every value, and whether there are others."""
    keys[: mask + 1] = _NO
    for i in range(len(values)):
        slot = slot_of(values[i], mask)
        while keys[slot] != _NO and keys[slot] != values[i]:
            slot = (slot + 1) & mask
        if keys[slot] == _NO:
            keys[slot] = values[i]
            places[slot] = i
        elif places[slot] < _REPEATED:
            places[slot] += _REPEATED


@inlined
def _place(value: Any, keys: Any, places: Any, mask: Any) -> Any:
    slot = slot_of(value, mask)
    while keys[slot] != _NO and keys[slot] != value:
        slot = (slot + 1) & mask
    return places[slot] if keys[slot] == value else np.int32(-1)


@inlined
def _longest(a: Any, b: Any, keys: Any, places: Any, mask: Any, repeated: Any) -> Any:
    """(place in a, place in b, length) of the longest run; the first in b of equally long ones.

    A run is found by a shingle that a has once, or, with `repeated`, from its first place in a on.
    """
    best_a, best_b, best = 0, 0, 0
    j = 0
    while j < len(b):
        i: Any = np.int64(_place(b[j], keys, places, mask))
        if i < 0 or (i >= _REPEATED) != repeated:
            j += 1
            continue
        if repeated:
            i -= _REPEATED
        back = 0
        while not repeated and back < i and back < j and a[i - back - 1] == b[j - back - 1]:
            back += 1
        ahead = 1
        while i + ahead < len(a) and j + ahead < len(b) and a[i + ahead] == b[j + ahead]:
            ahead += 1
        if back + ahead > best:
            best_a, best_b, best = i - back, j - back, back + ahead
        j += ahead
    return best_a, best_b, best


@compiled
def longest_runs(
    memory: Any, spilled: Any, starts: Any, sizes: Any, first: Any, second: Any, lines: Any
) -> None:
    """Write to lines[p] the first and last line of the longest run in first[p], then second[p].

    Sequences as fill_sequences gives them, kept as sets are. Pairs without a run keep zeros.
    """
    keys = np.empty(1 << 12, np.uint64)
    places = np.empty(1 << 12, np.int32)
    mask = 0
    anchor = -1
    for p in range(len(first)):
        whole_a = members(memory, spilled, starts[first[p]], sizes[first[p]])
        whole_b = members(memory, spilled, starts[second[p]], sizes[second[p]])
        n_a, n_b = len(whole_a) // 2, len(whole_b) // 2
        if first[p] != anchor:
            anchor = first[p]
            size = table_size(n_a)
            if size > len(keys):
                keys = np.empty(size, np.uint64)
                places = np.empty(size, np.int32)
            mask = size - 1
            _fill_places(whole_a[:n_a], keys, places, mask)
        a, b, n = _longest(whole_a[:n_a], whole_b[:n_b], keys, places, mask, False)
        if n == 0:
            a, b, n = _longest(whole_a[:n_a], whole_b[:n_b], keys, places, mask, True)
        if n > 0:
            lines[p, 0] = whole_a[n_a + a] & _LOW
            lines[p, 1] = whole_a[n_a + a + n - 1] >> _HALF
            lines[p, 2] = whole_b[n_b + b] & _LOW
            lines[p, 3] = whole_b[n_b + b + n - 1] >> _HALF
