"""Rare shingles as probes: which documents hold the probes of which others.

Belongs here: choosing the probes of a document and looking them up in all documents. What follows
from hits is decided in `containment`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled

_NO = np.uint64(0)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(20)


@compiled
def smallest(values: Any, offsets: Any, probes: Any) -> None:
    """Write the smallest hashes of every set values[offsets[i]:offsets[i + 1]] to probes[i], in
    ascending order; a smaller set leaves the rest 0."""
    m = probes.shape[1]
    for i in range(len(offsets) - 1):
        n = 0
        for at in range(offsets[i], offsets[i + 1]):
            value = values[at]
            if n == m and value >= probes[i, m - 1]:
                continue
            place = n if n < m else m - 1
            while place > 0 and probes[i, place - 1] > value:
                probes[i, place] = probes[i, place - 1]
                place -= 1
            probes[i, place] = value
            n = min(n + 1, m)


@compiled
def probe_table(probes: Any, table: Any, numbers: Any, bitmap: Any) -> None:
    """Put distinct probes (uint64, none 0) into a table of a power of two; `numbers` gets the index
    of each and `bitmap` (uint8 of a power of two) is set where one may be."""
    mask, bit_mask = len(table) - 1, len(bitmap) - 1
    for i in range(len(probes)):
        value = probes[i]
        slot = np.int64((value * _MIX) >> _SHIFT) & mask
        while table[slot] != _NO:
            slot = (slot + 1) & mask
        table[slot] = value
        numbers[slot] = i
        bitmap[np.int64(value >> _SHIFT) & bit_mask] = np.uint8(1)


@compiled
def probe_hits(
    values: Any, offsets: Any, table: Any, numbers: Any, bitmap: Any, counts: Any, cap: Any,
    rows: Any, found: Any,
) -> Any:  # fmt: skip
    """Which sets values[offsets[i]:offsets[i + 1]] hold which probes; returns how many hits.

    Hit h is the set rows[h] and the probe found[h]; both need room for `cap` hits per probe.
    counts[probe] is raised with every hit; beyond `cap` of them a probe is not reported any more.
    """
    mask, bit_mask = len(table) - 1, len(bitmap) - 1
    n = 0
    for i in range(len(offsets) - 1):
        for at in range(offsets[i], offsets[i + 1]):
            value = values[at]
            if bitmap[np.int64(value >> _SHIFT) & bit_mask] == 0:
                continue
            slot = np.int64((value * _MIX) >> _SHIFT) & mask
            while table[slot] != _NO and table[slot] != value:
                slot = (slot + 1) & mask
            if table[slot] == _NO:
                continue
            probe = numbers[slot]
            counts[probe] += 1
            if counts[probe] > cap:
                continue
            rows[n] = i
            found[n] = probe
            n += 1
    return n
