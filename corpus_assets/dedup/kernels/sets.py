"""Exact comparison of hash sets: how many members the two sets of a pair share.

Belongs here: the loop over pairs. Sets are flat arrays of distinct hashes (0 is none) in any
order; pairs are in order of their first row, whose set is hashed once and probed by all others.
Most candidates are unlike, and their outlines prove it: a bit for every member, some hundred words
to compare instead of as many hashes as a set has. What they leave is counted.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined
from corpus_assets.dedup.kernels.machine import n_ones
from corpus_assets.dedup.kernels.shingles import slot_of, table_size

_NO, _ONE = np.uint64(0), np.uint64(1)
_WORD, _IN_WORD = np.uint64(6), np.uint64(63)
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
def fill_outlines(memory: Any, spilled: Any, starts: Any, sizes: Any, at: Any, bits: Any) -> None:
    """Write the outline of every row to bits[at[row]:at[row + 1]] (uint64, zeroed).

    Every hash sets one bit of a power of two of them, its lowest bits choose which.
    """
    for row in range(len(sizes)):
        outline = bits[at[row] : at[row + 1]]
        mask = np.uint64(64 * len(outline) - 1)
        for value in members(memory, spilled, starts[row], sizes[row]):
            place = value & mask
            outline[np.int64(place >> _WORD)] |= _ONE << (place & _IN_WORD)


@inlined
def _least_different(one: Any, other: Any) -> Any:
    """A lower bound of how many members only one of two sets has, from their outlines.

    A bit that one outline alone has is of a member that the other set does not have. The longer
    outline is folded to the length of the shorter one, which its lowest bits would have made.
    """
    if len(one) > len(other):
        one, other = other, one
    n = len(one)
    differ = np.uint64(0)
    if len(other) == n:
        for i in range(n):
            differ += n_ones(one[i] ^ other[i])
    else:
        for i in range(n):
            word = other[i]
            for j in range(i + n, len(other), n):
                word |= other[j]
            differ += n_ones(one[i] ^ word)
    return np.int64(differ)


@compiled
def count_shared(
    memory: Any, spilled: Any, starts: Any, sizes: Any, at: Any, bits: Any, first: Any,
    second: Any, needed: Any, shared: Any,
) -> None:  # fmt: skip
    """Write to shared[p] the common members of rows first[p] and second[p].

    A set is `sizes[row]` hashes from `starts[row]` on in `memory` followed by `spilled` (uint64),
    `at` and `bits` are outlines. Where fewer than needed[p] are common the result may be GIVEN_UP.
    """
    table = np.empty(1 << 12, np.uint64)
    mask = 0
    anchor = -1
    for p in range(len(first)):
        one, row = first[p], second[p]
        different = _least_different(bits[at[one] : at[one + 1]], bits[at[row] : at[row + 1]])
        if sizes[one] + sizes[row] - different < 2 * needed[p]:
            shared[p] = GIVEN_UP
            continue
        if one != anchor:
            anchor = one
            size = 2 * table_size(sizes[anchor])
            if size > len(table):
                table = np.empty(size, np.uint64)
            mask = size - 1
            _fill_table(members(memory, spilled, starts[anchor], sizes[anchor]), table, mask)
        values = members(memory, spilled, starts[row], sizes[row])
        shared[p] = _n_found(values, table, mask, needed[p])
