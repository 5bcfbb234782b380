"""Which documents of a graph of duplicates are kept, in an order of preference.

Belongs here: the choice over places and edges, without a word about what they stand for. Does not
belong here: the order itself (`preference`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int64]

# On real clusters a handful of rounds decides all; what is left then is a chain, along which each
# round decides one document only. Going one by one costs 0.2 s per million edges.
_ROUNDS = 16


def kept_places(n: int, left: Positions, right: Positions) -> NDArray[np.bool_]:
    """Which of n documents, in order of preference, are kept: going down the order, a document
    is kept unless it has an edge to a kept one. `left`, `right`: edges, in one or both directions.

    So every document that is not kept has an edge to a kept one that precedes it, and no edge
    joins two kept ones (the lexicographically first maximal independent set). Rounds over arrays
    decide every document whose preceding neighbors are decided; they shrink with the edges that
    are open, and what a fixed number of rounds leaves is decided one by one: O(n + edges).
    """
    before, after = np.minimum(left, right), np.maximum(left, right)
    open_edges = before != after
    before, after = before[open_edges], after[open_edges]
    kept = np.ones(n, dtype=np.bool_)
    undecided = np.zeros(n, dtype=np.bool_)
    undecided[before] = True
    undecided[after] = True
    for _ in range(_ROUNDS):
        if not before.size:
            break
        waiting = np.zeros(n, dtype=np.bool_)
        waiting[after] = True
        chosen = undecided & ~waiting
        removed = after[chosen[before]]
        kept[removed] = False
        undecided &= ~chosen
        undecided[removed] = False
        open_edges = undecided[before] & undecided[after]
        before, after = before[open_edges], after[open_edges]
    if before.size:
        _one_by_one(kept, before, after)
    return kept


def _one_by_one(kept: NDArray[np.bool_], before: Positions, after: Positions) -> None:
    """Decide what the edges still leave open; `kept` is true for all of these documents."""
    order = np.argsort(before, kind="stable")
    followers = after[order]
    places, starts = np.unique(before[order], return_index=True)
    ends = np.append(starts[1:], followers.size)
    for place, start, end in zip(places.tolist(), starts.tolist(), ends.tolist(), strict=True):
        if kept[place]:
            kept[followers[start:end]] = False
