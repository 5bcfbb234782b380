"""What runs of shared tokens cover of benchmark items: sums per overlap, documents per token.

Belongs here: the marks that runs leave on an item. Finding runs is in `alignments`, what the sums
decide in `contamination`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined
from corpus_assets.dedup.kernels.alignments import AGAIN, EXACT
from corpus_assets.dedup.kernels.code_tokens import KEYWORD, NAME


@compiled
def cover(
    runs: Any, flags: Any, clusters: Any, n_clusters: Any, weights: Any, kinds: Any, previous: Any,
    idf: Any,
    again: Any, part_starts: Any, part_ends: Any, part_of: Any, headers: Any,
    sums: Any,
) -> None:  # fmt: skip
    """What the runs of each cluster cover of their item, as sums per cluster (float64).

    Runs stand by cluster. Columns of `sums`: weight of exact names (in text: words), of signs and
    keywords, of names renamed consistently, of equal literals (in text: numbers); weight of all
    that is covered; number of covered names, of exact ones among them; tokens of the document
    between the first and the last run, and those covered; of the first three sums, what stands in
    headers. The second use of a name or literal that
    is covered counts half, the third a third.
    """
    marks, uses = np.zeros(16, np.uint8), np.zeros(16, np.int64)
    at = 0
    for cluster in range(n_clusters):
        stop = at
        while stop < len(runs) and clusters[stop] == cluster:
            stop += 1
        part = part_of[runs[at, 5]]
        base, size = part_starts[part], part_ends[part] - part_starts[part]
        if size > len(marks):
            marks, uses = np.zeros(2 * size, np.uint8), np.zeros(2 * size, np.int64)
        marks[:size] = 0
        low, high, inside, reached = runs[at, 1], runs[at, 2], 0, np.int64(-1)
        for i in range(at, stop):
            length = runs[i, 2] - runs[i, 1] + 1
            begin = runs[i, 5] - base
            for j in range(length):
                flag = flags[runs[i, 6] + j]
                if marks[begin + j] == 0 or flag < marks[begin + j]:
                    marks[begin + j] = flag
            high = max(high, runs[i, 2])
            inside += max(runs[i, 2] - max(runs[i, 1], reached + 1) + 1, 0)
            reached = max(reached, runs[i, 2])
        for j in range(size):
            flag = marks[j]
            token = base + j
            uses[j] = (flag > 0) + (uses[j - previous[token]] if previous[token] > 0 else 0)
            if flag == 0:
                continue
            weight = weights[token] * idf[token] / max(uses[j], 1)
            kind = kinds[token]
            sums[cluster, 4] += weight
            if flag == AGAIN:
                sums[cluster, 2] += again[token] * idf[token]
            if kind == NAME:
                sums[cluster, 5] += 1
                sums[cluster, 6] += flag == EXACT
            own = 0.0
            if flag == EXACT:
                sums[cluster, _column(kind)] += weight
                own = weight if kind <= NAME else 0.0
            elif flag == AGAIN:
                own = again[token] * idf[token]
            if headers[token]:
                sums[cluster, 9] += own
        sums[cluster, 7] = high - low + 1
        sums[cluster, 8] = inside
        at = stop


@inlined
def _column(kind: Any) -> Any:
    if kind == NAME:
        return 0
    if kind <= KEYWORD:
        return 1
    return 3


@compiled
def count_marks(runs: Any, wanted: Any, counts: Any) -> None:
    """Add one to `counts` for every item token that a wanted run covers; runs stand by document
    and item, and a token counts once for each document."""
    reached, document = np.int64(-1), np.int64(-1)
    for i in range(len(runs)):
        if not wanted[i]:
            continue
        first = runs[i, 5]
        last = first + runs[i, 2] - runs[i, 1]
        if runs[i, 0] != document:
            document, reached = runs[i, 0], np.int64(-1)
        for token in range(max(first, reached + 1), last + 1):
            counts[token] += 1
        reached = max(reached, last)
