"""Candidate pairs from MinHash signatures: rows that agree on a whole band.

Belongs here: the loop over bands, and which pairs very large groups are limited to. What the
limits are is decided in `candidates`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined
from corpus_assets.dedup.kernels.groups import SIDES, add, group, grown, mixed
from corpus_assets.dedup.kernels.shingles import table_size

_START = np.uint64(0x9FB21C651E98DF25)
NOW, EARLIER, TOUCHED = np.uint8(1), np.uint8(2), np.uint8(4)
_SIDES = np.uint8(3)
_ONE = np.uint8(1)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


@inlined
def _span(n: Any, budget: Any, window: Any) -> Any:
    """To how many following members each of n is paired: all, in groups within the budget."""
    return max(window, budget // n)


@inlined
def _side(members: Any, flags: Any, side: Any, chosen: Any) -> Any:
    """Write the members that have a flag to `chosen`; returns how many."""
    n = 0
    for row in members:
        if flags[row] & side:
            chosen[n] = row
            n += 1
    return n


@inlined
def _close(sizes: Any, a: Any, b: Any, threshold: Any) -> Any:
    """Whether the sizes of two sets allow the similarity: it is at most smaller / larger."""
    return min(sizes[a], sizes[b]) >= threshold * max(sizes[a], sizes[b])


@inlined
def _n_equal(one: Any, other: Any) -> Any:
    """How many of the values of two signatures (two in a number) are equal."""
    n: Any = 0
    for j in range(len(one)):
        differ = one[j] ^ other[j]
        n += np.int64((differ & _LOW) == 0) + np.int64((differ >> _HALF) == 0)
    return n


@inlined
def _compact(codes: Any, signatures: Any, least: Any) -> Any:
    """The entries of a set that are of pairs with at least so many equal values."""
    n = len(signatures)
    n_kept = 0
    for i in range(len(codes)):
        if codes[i] != 0:
            code = np.int64(codes[i] >> SIDES)
            if _n_equal(signatures[code // n], signatures[code % n]) >= least:
                codes[n_kept] = codes[i]
                n_kept += 1
    return codes[:n_kept].copy()


@inlined
def _keep_touched(keys: Any, flags: Any, taken: Any, marked: Any) -> None:
    """Take out the rows whose key no touched row has, but for chance hits.

    `marked` is scratch (uint8) of a power of two.
    """
    mask = len(marked) - 1
    marked[:] = 0
    for row in range(len(keys)):
        if flags[row] & TOUCHED:
            marked[np.int64(keys[row] >> np.uint64(20)) & mask] = _ONE
    for row in range(len(keys)):
        taken[row] *= marked[np.int64(keys[row] >> np.uint64(20)) & mask]


@inlined
def _row_keys(signatures: Any, first: Any, last: Any, sizes: Any, keys: Any) -> None:
    """A key per row over the columns first to last of its signature, and the size of its set."""
    for row in range(len(signatures)):
        one, other = mixed(_START, sizes[row]), _START
        for j in range(first, last - 1, 2):
            one = mixed(one, signatures[row, j])
            other = mixed(other, signatures[row, j + 1])
        keys[row] = mixed(one, other)


@compiled
def band_pairs(
    signatures: Any,
    sizes: Any,
    flags: Any,
    threshold: Any,
    least: Any,
    n_bands: Any,
    limits: Any,
) -> Any:
    """The distinct pairs proposed, in no order (uint64): codes above two bits for the flags.

    `signatures` (uint64, row per document: its values, two in a number), `sizes` (int64; 0: in no
    pair), `flags` (uint8: NOW, EARLIER, TOUCHED). Only groups with a touched row count; a pair
    carries NOW or EARLIER if the rows of that side alone propose it. Pairs with fewer than `least`
    equal values are left out. `limits` are (core, budget,
    window, representatives): of documents with one and the same signature the first `core` take
    part in bands and the others are paired with the first `representatives` only; in a band's
    group of n documents each is paired with the max(window, budget // n) next ones and with the
    first `representatives`.
    """
    core, budget, window, representatives = limits
    n = len(signatures)
    per_band = signatures.shape[1] // n_bands
    keys = np.empty(n, np.uint64)
    numbers = np.empty(n, np.int32)
    starts = np.empty(n + 2, np.int64)
    order = np.empty(n, np.int64)
    chosen = np.empty(n, np.int64)
    n_touched = 0
    side_of = np.zeros(n, np.uint8)
    for row in range(n):
        n_touched += (flags[row] & TOUCHED) != 0
        if sizes[row] > 0:
            side_of[row] = flags[row] & _SIDES
    selective = 2 * n_touched < n
    table = np.empty(table_size(n), np.int32)
    marked = np.empty(table_size(32 * n_touched), np.uint8)
    codes = np.zeros(1 << 16, np.uint64)
    n_codes = 0
    no_sizes = np.zeros(n, np.int64)
    taken = side_of.copy()
    _row_keys(signatures, 0, signatures.shape[1], sizes, keys)
    n_groups = group(keys, taken, numbers, starts, order, table)
    for g in range(n_groups):
        members = order[starts[g] : starts[g + 1]]
        if len(members) <= core:
            continue
        for side in (NOW, EARLIER):
            n_side = _side(members, side_of, side, chosen)
            for i in range(core, n_side):
                side_of[chosen[i]] &= ~side
                for r in range(representatives):
                    if 2 * n_codes >= len(codes):
                        codes = grown(codes)
                    n_codes += add(codes, np.uint64(chosen[r] * n + chosen[i]), side)
    for band in range(n_bands):
        _row_keys(signatures, band * per_band, (band + 1) * per_band, no_sizes, keys)
        taken[:] = side_of
        if selective:
            _keep_touched(keys, flags, taken, marked)
        n_groups = group(keys, taken, numbers, starts, order, table)
        for g in range(n_groups):
            members = order[starts[g] : starts[g + 1]]
            n_members = len(members)
            if n_members < 2:
                continue
            whole = _span(n_members, budget, window) >= n_members - 1
            for side in (NOW, EARLIER):
                if whole:
                    if side == EARLIER:
                        break
                    n_side = n_members
                    chosen[:n_side] = members
                else:
                    n_side = _side(members, taken, side, chosen)
                if n_side < 2:
                    continue
                span = _span(n_side, budget, window)
                for i in range(n_side):
                    a = chosen[i]
                    first = max(i - span, 0)
                    n_first = min(representatives, first)
                    for k in range(n_first + i - first):
                        b = chosen[k] if k < n_first else chosen[first + k - n_first]
                        mark = taken[a] & taken[b] if whole else side
                        if mark == 0 or not _close(sizes, a, b, threshold):
                            continue
                        if 2 * n_codes >= len(codes):
                            codes = grown(codes)
                        n_codes += add(codes, np.uint64(b * n + a), mark)
    return _compact(codes, signatures, least)
