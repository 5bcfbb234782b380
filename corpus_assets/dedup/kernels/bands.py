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
    return max(window, budget // max(n, 1))


@inlined
def _side(members: Any, flags: Any, side: Any, chosen: Any, places: Any) -> Any:
    """Write the members with a flag to `chosen`, and to places[row] where; returns how many."""
    n = 0
    for row in members:
        if flags[row] & side:
            chosen[n] = row
            places[row] = n
            n += 1
    return n


@inlined
def _decided(one: Any, other: Any, mark: Any) -> Any:
    """Whether all sides that have two rows propose them, and neither row is touched."""
    return (one | other) & TOUCHED == 0 and mark == one & other & _SIDES


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
    pair), `flags` (uint8: NOW, EARLIER, TOUCHED). Only groups with a touched row count, and in them
    no pair of other rows that every side with both of them proposes; a pair carries NOW or EARLIER
    if the rows of that side alone propose it in a place that counts. Pairs with fewer than `least`
    equal values are left out. `limits` are (core, budget, window, representatives): of documents
    with one and the same signature the first `core` take part in bands and the others are paired
    with the first `representatives` only; in a band's group of n documents each is paired with the
    max(window, budget // n) next ones and with the first `representatives`.
    """
    core, budget, window, representatives = limits
    n = len(signatures)
    per_band = signatures.shape[1] // n_bands
    keys = np.empty(n, np.uint64)
    numbers = np.empty(n, np.int32)
    starts = np.empty(n + 2, np.int64)
    order = np.empty(n, np.int64)
    chosen, places = np.empty((2, n), np.int64), np.empty((2, n), np.int64)
    bits, n_on = np.array([NOW, EARLIER]), np.zeros(2, np.int64)
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
        for side in range(2):
            n_side = _side(members, side_of, bits[side], chosen[side], places[side])
            for i in range(core, n_side):
                side_of[chosen[side, i]] &= ~bits[side]
                for r in range(representatives):
                    if 2 * n_codes >= len(codes):
                        codes = grown(codes)
                    code = np.uint64(chosen[side, r] * n + chosen[side, i])
                    n_codes += add(codes, code, bits[side])
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
            if _span(n_members, budget, window) >= n_members - 1:
                for i in range(n_members):
                    a = members[i]
                    for k in range(i):
                        b = members[k]
                        mark = taken[a] & taken[b]
                        if mark == 0 or _decided(flags[a], flags[b], mark):
                            continue
                        if not _close(sizes, a, b, threshold):
                            continue
                        if 2 * n_codes >= len(codes):
                            codes = grown(codes)
                        n_codes += add(codes, np.uint64(b * n + a), mark)
                continue
            for side in range(2):
                n_on[side] = _side(members, taken, bits[side], chosen[side], places[side])
            for side in range(2):
                other = 1 - side
                spans = _span(n_on[side], budget, window), _span(n_on[other], budget, window)
                for i in range(n_on[side]):
                    a = chosen[side, i]
                    first = max(i - spans[0], 0)
                    n_first = min(representatives, first)
                    for k in range(n_first + i - first):
                        b = chosen[side, k if k < n_first else first + k - n_first]
                        if not _close(sizes, a, b, threshold):
                            continue
                        mark = bits[side]
                        if taken[a] & taken[b] & bits[other]:
                            first_there = max(places[other, a] - spans[1], 0)
                            there = places[other, b]
                            if there >= first_there or there < representatives:
                                if side == 1:  # the other side came first
                                    continue
                                mark |= bits[other]
                        if _decided(flags[a], flags[b], mark):
                            continue
                        if 2 * n_codes >= len(codes):
                            codes = grown(codes)
                        n_codes += add(codes, np.uint64(b * n + a), mark)
    return _compact(codes, signatures, least)


@inlined
def _number(starts: Any, order: Any, n_groups: Any, places: Any) -> None:
    """Write to places[row] how many members of the row's group stand before it."""
    for g in range(n_groups):
        for at in range(starts[g], starts[g + 1]):
            places[order[at]] = at - starts[g]


@compiled
def still_proposed(
    signatures: Any, sizes: Any, flags: Any, first: Any, second: Any, n_bands: Any, limits: Any,
    found: Any,
) -> None:  # fmt: skip
    """Write to found[p] whether the rows with NOW propose first[p] and second[p] (first < second).

    The rows of the pairs are TOUCHED; all else is as in `band_pairs`.
    """
    core, budget, window, representatives = limits
    n = len(signatures)
    per_band = signatures.shape[1] // n_bands
    keys, no_sizes = np.empty(n, np.uint64), np.zeros(n, np.int64)
    numbers, places = np.empty(n, np.int32), np.empty(n, np.int64)
    starts, order = np.empty(n + 2, np.int64), np.empty(n, np.int64)
    table = np.empty(table_size(n), np.int32)
    marked = np.empty(table_size(64 * len(first)), np.uint8)
    in_bands = np.zeros(n, np.uint8)
    for row in range(n):
        in_bands[row] = flags[row] & NOW if sizes[row] > 0 else np.uint8(0)
    _row_keys(signatures, 0, signatures.shape[1], sizes, keys)
    taken = in_bands.copy()
    _keep_touched(keys, flags, taken, marked)
    _number(starts, order, group(keys, taken, numbers, starts, order, table), places)
    for p in range(len(first)):
        a, b = first[p], second[p]
        found[p] = False
        if taken[a] & taken[b] and numbers[a] == numbers[b]:
            found[p] = places[a] < representatives and places[b] >= core
    for row in range(n):
        if taken[row] and places[row] >= core:
            in_bands[row] = 0
    for band in range(n_bands):
        _row_keys(signatures, band * per_band, (band + 1) * per_band, no_sizes, keys)
        taken[:] = in_bands
        _keep_touched(keys, flags, taken, marked)
        _number(starts, order, group(keys, taken, numbers, starts, order, table), places)
        for p in range(len(first)):
            a, b = first[p], second[p]
            if found[p] or not taken[a] & taken[b] or numbers[a] != numbers[b]:
                continue
            g = numbers[a]
            span = _span(starts[g + 1] - starts[g], budget, window)
            found[p] = places[a] >= places[b] - span or places[a] < representatives
