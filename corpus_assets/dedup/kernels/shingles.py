"""Shingle hashes from token hashes, and the distinct ones of a document.

Belongs here: the hash of five tokens in a row, and hash sets in flat arrays. An empty slot of a
set is 0; a shingle hash is never 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import inlined

WIDTH = 5
_BASE = np.uint64(0x9FB21C651E98DF25)
# The finalizer of murmur3: every input bit reaches every output bit.
_MIX_1 = np.uint64(0xFF51AFD7ED558CCD)
_MIX_2 = np.uint64(0xC4CEB9FE1A85EC53)
_HALF = np.uint64(33)
_NO = np.uint64(0)
_ONE = np.uint64(1)


@inlined
def fill_shingles(tokens: Any, n_tokens: Any, out: Any) -> Any:
    """Write the hash of every WIDTH tokens in a row to `out`; returns how many there are."""
    n = max(n_tokens - WIDTH + 1, 0)
    for i in range(n):
        value = np.uint64(tokens[i])
        value = value * _BASE + np.uint64(tokens[i + 1])
        value = value * _BASE + np.uint64(tokens[i + 2])
        value = value * _BASE + np.uint64(tokens[i + 3])
        value = value * _BASE + np.uint64(tokens[i + 4])
        value = (value ^ (value >> _HALF)) * _MIX_1
        value = (value ^ (value >> _HALF)) * _MIX_2
        value ^= value >> _HALF
        out[i] = value if value != _NO else _ONE
    return n


@inlined
def table_size(n: Any) -> Any:
    """Slots for n hashes: the power of two that leaves at least half of them empty."""
    size = 16
    while size < 2 * n:
        size *= 2
    return size


@inlined
def slot_of(value: Any, mask: Any) -> Any:
    """Where to look first. MinHash takes the low half and the sample the top bits."""
    return np.int64(value >> np.uint64(20)) & mask


@inlined
def fill_distinct(values: Any, n: Any, table: Any, out: Any) -> Any:
    """Write the distinct ones of values[:n] to `out` in order of appearance; returns how many.

    `table` needs table_size(n) slots; what it held is overwritten.
    """
    size = table_size(n)
    mask = size - 1
    table[:size] = _NO
    n_distinct = 0
    for i in range(n):
        value = values[i]
        slot = slot_of(value, mask)
        held = table[slot]
        while held != _NO and held != value:
            slot = (slot + 1) & mask
            held = table[slot]
        table[slot] = value
        out[n_distinct] = value
        n_distinct += held == _NO
    return n_distinct
