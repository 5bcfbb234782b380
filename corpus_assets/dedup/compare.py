"""Exact similarity of candidate pairs.

Belongs here: the comparison of pairs. Which pairs are compared is decided in `candidates`, where
the sets lie in `sets`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_assets.dedup.candidates import Pairs
from corpus_assets.dedup.parallel import in_order, n_threads
from corpus_assets.dedup.sets import Sets
from corpus_assets.dedup.shingles import Hashes, Positions

_CHUNK_HASHES = 4_000_000  # looked up by one call of the kernel
BITS_PER_MEMBER = 8
"""An outline has this many bits for each member of its set, and up to twice as many."""


class Similar(NamedTuple):
    """Pairs that reach a threshold, with the number of shared members and the similarity."""

    pairs: Pairs
    shared: Positions
    similarity: NDArray[np.float64]


def similar_pairs(sets: Sets, pairs: Pairs, threshold: float) -> Similar:
    """The pairs whose exact Jaccard similarity is at or above the threshold, in their order.

    `pairs` in order; their rows must have shingles.
    """
    total = sets.sizes[pairs].sum(axis=1)
    # J = shared / (total - shared) >= t, with room for rounding: the last word has the division.
    shared = shared_members(sets, pairs, np.ceil(threshold / (1 + threshold) * total - 1e-6))
    similarity = shared / (total - shared)
    reached = (shared >= 0) & (similarity >= threshold)
    return Similar(pairs[reached], shared[reached], similarity[reached])


def shared_members(sets: Sets, pairs: Pairs, needed: NDArray[np.float64]) -> Positions:
    """How many members the two sets of each pair share; where fewer than needed, it may be -1.

    `pairs` in order of their first rows, whose sets are hashed once.
    """
    from corpus_assets.dedup.kernels.sets import count_shared

    at_least = needed.astype(np.int64)
    shared = np.empty(len(pairs), np.int64)
    chosen, numbers = _in_pairs(sets, pairs)
    outlines = _outlines(chosen)
    first, second = numbers[pairs[:, 0]], numbers[pairs[:, 1]]

    def count(chunk: tuple[int, int]) -> None:
        part = slice(*chunk)
        count_shared(*chosen, *outlines, first[part], second[part], at_least[part], shared[part])

    for _ in in_order(count, _chunks(first, sets.sizes[pairs].sum(axis=1))):
        pass
    return shared


def _in_pairs(sets: Sets, pairs: Pairs) -> tuple[Sets, Positions]:
    """The sets that stand in a pair, and the number that each row has among them."""
    there = np.zeros(len(sets.sizes), np.bool_)
    there[pairs] = True
    return sets.taken(np.flatnonzero(there)), np.cumsum(there) - 1


def _outlines(sets: Sets) -> tuple[Positions, Hashes]:
    """Where the outline of each set begins (in words), and all outlines."""
    from corpus_assets.dedup.kernels.sets import fill_outlines

    bits = np.maximum(BITS_PER_MEMBER * sets.sizes, 64)
    words = 1 << (np.ceil(np.log2(bits)).astype(np.int64) - 6)
    at = np.concatenate([[0], np.cumsum(words)])
    outlines = np.zeros(at[-1], np.uint64)
    parts = np.linspace(0, len(bits), 4 * n_threads() + 1, dtype=np.int64)

    def fill(part: tuple[int, int]) -> None:
        low, high = part
        fill_outlines(
            sets.memory, sets.spilled, sets.starts[low:high], sets.sizes[low:high],
            at[low : high + 1], outlines,
        )  # fmt: skip

    for _ in in_order(fill, zip(parts[:-1].tolist(), parts[1:].tolist(), strict=True)):
        pass
    return at, outlines


def _chunks(anchors: Positions, weights: Positions) -> list[tuple[int, int]]:
    """Consecutive spans of pairs of about _CHUNK_HASHES; an anchor is not divided needlessly."""
    if not len(anchors):
        return []
    starts = np.flatnonzero(np.r_[True, anchors[1:] != anchors[:-1]])
    reached = np.r_[0, np.cumsum(weights)][starts] // _CHUNK_HASHES
    bounds = starts[np.flatnonzero(np.r_[True, reached[1:] != reached[:-1]])]
    return list(zip(bounds.tolist(), [*bounds[1:].tolist(), len(anchors)], strict=True))
