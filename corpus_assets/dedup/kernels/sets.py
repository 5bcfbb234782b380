"""Exact comparison of hash sets: how many members the two sets of a pair share.

Belongs here: the loop over pairs. Sets are flat arrays of distinct hashes (0 is none) in any
order; pairs are in order of their first row, whose set is hashed once and probed by all others.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined
from corpus_assets.dedup.kernels.shingles import slot_of, table_size

_NO = np.uint64(0)
_STRIDE = 32
GIVEN_UP = -1


@inlined
def members(memory: Any, spilled: Any, start: Any, size: Any) -> Any:
    """The set at a position of two arrays that count as one."""
    if start < len(memory):
        return memory[start : start + size]
    return spilled[start - len(memory) : start - len(memory) + size]


@inlined
def _fill_table(values: Any, table: Any, mask: Any) -> None:
    table[: mask + 1] = _NO
    for i in range(len(values)):
        value = values[i]
        slot = slot_of(value, mask)
        while table[slot] != _NO:
            slot = (slot + 1) & mask
        table[slot] = value


@inlined
def _n_found(values: Any, table: Any, mask: Any, needed: Any) -> Any:
    """How many of the values the table holds, or GIVEN_UP once `needed` is out of reach."""
    n = len(values)
    found = 0
    for first in range(0, n, _STRIDE):
        last = min(first + _STRIDE, n)
        for i in range(first, last):
            value = values[i]
            slot = slot_of(value, mask)
            held = table[slot]
            while held != _NO and held != value:
                slot = (slot + 1) & mask
                held = table[slot]
            found += held == value
        if found + n - last < needed:
            return GIVEN_UP
    return found


@compiled
def count_shared(
    memory: Any, spilled: Any, starts: Any, sizes: Any, first: Any, second: Any, needed: Any,
    shared: Any,
) -> None:  # fmt: skip
    """Write to shared[p] the common members of rows first[p] and second[p].

    A set is `sizes[row]` hashes from `starts[row]` on in `memory` followed by `spilled` (uint64).
    Where fewer than needed[p] are common the result may be GIVEN_UP.
    """
    table = np.empty(1 << 12, np.uint64)
    mask = 0
    anchor = -1
    for p in range(len(first)):
        if first[p] != anchor:
            anchor = first[p]
            size = 2 * table_size(sizes[anchor])
            if size > len(table):
                table = np.empty(size, np.uint64)
            mask = size - 1
            _fill_table(members(memory, spilled, starts[anchor], sizes[anchor]), table, mask)
        row = second[p]
        values = members(memory, spilled, starts[row], sizes[row])
        shared[p] = _n_found(values, table, mask, needed[p])
