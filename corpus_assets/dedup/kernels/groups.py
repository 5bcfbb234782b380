"""Rows with equal keys, and the pairs that a group of rows proposes.

Belongs here: grouping by 64-bit keys, pairs of a group, and the set of pair codes. A pair of rows
a < b of n is the code a * n + b, never 0. Rows carry flags, so that the pairs of two row sets (the
documents of now, those of an earlier run) come out of one pass: bit 0 and bit 1, which a set of
codes keeps below each code.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import inlined

_NO = np.uint64(0)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
SIDES = np.uint64(2)


@inlined
def mixed(value: Any, more: Any) -> Any:
    """A 64-bit key extended by another number."""
    value = (value ^ np.uint64(more)) * _MIX
    return value ^ (value >> _SHIFT)


@inlined
def group(keys: Any, taken: Any, numbers: Any, starts: Any, order: Any, table: Any) -> Any:
    """Group the rows with taken[row] != 0 by key; returns the number of groups.

    Group g is order[starts[g]:starts[g + 1]], ascending. `numbers` is int32 scratch, `table` int32
    scratch of a power of two above 2 * len(keys); starts needs len(keys) + 2.
    """
    mask = len(table) - 1
    table[:] = -1
    firsts = order  # the first row of each group, until the rows are put in order
    n_groups = 0
    starts[:] = 0
    for row in range(len(keys)):
        if taken[row] == 0:
            continue
        key = keys[row]
        slot = np.int64(key >> np.uint64(20)) & mask
        while table[slot] >= 0 and keys[firsts[table[slot]]] != key:
            slot = (slot + 1) & mask
        if table[slot] < 0:
            table[slot] = n_groups
            firsts[n_groups] = row
            n_groups += 1
        numbers[row] = table[slot]
        starts[table[slot] + 2] += 1
    for g in range(n_groups):
        starts[g + 2] += starts[g + 1]
    for row in range(len(keys)):
        if taken[row] != 0:
            place = starts[numbers[row] + 1]
            order[place] = row
            starts[numbers[row] + 1] = place + 1
    return n_groups


@inlined
def _slot(codes: Any, code: Any) -> Any:
    """Where a code is in the set, or the empty slot that it would take."""
    mask = len(codes) - 1
    slot = np.int64((code * _MIX) >> np.uint64(24)) & mask
    while codes[slot] != _NO and (codes[slot] >> SIDES) != code:
        slot = (slot + 1) & mask
    return slot


@inlined
def grown(codes: Any) -> Any:
    """A set of codes with twice the slots."""
    more = np.zeros(2 * len(codes), np.uint64)
    for entry in codes:
        if entry != _NO:
            more[_slot(more, entry >> SIDES)] = entry
    return more


@inlined
def add(codes: Any, code: Any, flag: Any) -> Any:
    """Put a code into the set, or its flag to those it has; returns 1 if it is new."""
    slot = _slot(codes, code)
    new = codes[slot] == _NO
    codes[slot] |= (code << SIDES) | np.uint64(flag)
    return new
