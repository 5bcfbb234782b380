"""Exact similarity of candidate pairs.

Belongs here: the comparison of pairs. Which pairs are compared is decided in `candidates`, where
the sets lie in `sets`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_assets.dedup.candidates import Pairs
from corpus_assets.dedup.parallel import in_order
from corpus_assets.dedup.sets import Sets
from corpus_assets.dedup.shingles import Positions

_CHUNK_HASHES = 4_000_000  # looked up by one call of the kernel


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
    first, second = np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])

    def count(chunk: tuple[int, int]) -> None:
        part = slice(*chunk)
        count_shared(*sets, first[part], second[part], at_least[part], shared[part])

    for _ in in_order(count, _chunks(first, sets.sizes[pairs].sum(axis=1))):
        pass
    return shared


def _chunks(anchors: Positions, weights: Positions) -> list[tuple[int, int]]:
    """Consecutive spans of pairs of about _CHUNK_HASHES; an anchor is not divided needlessly."""
    if not len(anchors):
        return []
    starts = np.flatnonzero(np.r_[True, anchors[1:] != anchors[:-1]])
    reached = np.r_[0, np.cumsum(weights)][starts] // _CHUNK_HASHES
    bounds = starts[np.flatnonzero(np.r_[True, reached[1:] != reached[:-1]])]
    return list(zip(bounds.tolist(), [*bounds[1:].tolist(), len(anchors)], strict=True))
