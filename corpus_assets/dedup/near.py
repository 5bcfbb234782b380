"""Near duplicates: pairs of documents whose shingle sets are verified to be similar.

Belongs here: the exact comparison of candidate pairs and the table. MinHash only proposes; every
row of the table is the exact Jaccard similarity of two sets. Which document of a pair is kept is
decided in `curate`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.dedup.candidates import N_BANDS, N_PERMUTATIONS, Pairs, candidate_pairs
from corpus_assets.dedup.shingles import TOKENS_PER_SHINGLE, Positions, ShingleSets, shingle_sets
from corpus_assets.tables import conform, empty

METHOD_VERSION = (
    f"near-1: {TOKENS_PER_SHINGLE}-token shingles; MinHash affine32 {N_PERMUTATIONS}/{N_BANDS}; "
    "exact Jaccard"
)

_CHUNK_SHINGLES = 10_000_000  # of the sets compared at once: about 0.4 GB while they are


def near_duplicates(documents: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """Table near_duplicates: the verified pairs of `documents` with similarity >= threshold.

    Pairs are looked for within a language. Documents without text or with fewer than
    shingles.MIN_TOKENS tokens are in no pair. Raises ValueError for a threshold outside (0, 1].
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold {threshold} is outside (0, 1]")
    readable = documents.filter(pl.col("text").is_not_null()).sort("language", "content_id")
    parts = [
        _pairs_of_language(part, threshold)
        for part in readable.partition_by("language", maintain_order=True)
    ]
    frame = pl.concat([empty("near_duplicates"), *parts])
    return conform(frame.sort("content_id_a", "content_id_b"), "near_duplicates")


def _pairs_of_language(documents: pl.DataFrame, threshold: float) -> pl.DataFrame:
    sets = shingle_sets(documents.get_column("text"))
    pairs = candidate_pairs(sets, threshold)
    shared = _n_shared(sets, pairs)
    sizes = sets.sizes[pairs]
    similarity = shared / (sizes.sum(axis=1) - shared)
    kept = similarity >= threshold
    ids = documents.get_column("content_id")
    return pl.DataFrame(
        {
            "content_id_a": ids.gather(pairs[kept, 0]),
            "content_id_b": ids.gather(pairs[kept, 1]),
            "language": documents.get_column("language").gather(pairs[kept, 0]),
            "similarity": similarity[kept],
            "containment": shared[kept] / sizes[kept].min(axis=1),
            "n_shared": shared[kept],
            "n_shingles_a": sizes[kept, 0],
            "n_shingles_b": sizes[kept, 1],
        }
    ).with_columns(method_version=pl.lit(METHOD_VERSION))


def _n_shared(sets: ShingleSets, pairs: Pairs) -> NDArray[np.int64]:
    """Shingles that both documents of each pair have."""
    rows = np.unique(pairs)
    numbers, offsets = _shared_numbers(sets, rows)
    local = np.searchsorted(rows, pairs)
    sizes = np.diff(offsets)
    n_numbers = int(numbers.max(initial=0)) + 1
    shared = np.zeros(len(pairs), dtype=np.int64)
    for first, last in _chunks(sizes[local].sum(axis=1)):
        sides = []
        for side in (0, 1):
            chosen = local[first:last, side]
            owner = np.repeat(np.arange(last - first), sizes[chosen])
            sides.append(owner * n_numbers + numbers[_ranges(offsets[chosen], sizes[chosen])])
        # Both sides are in order, so the stable sort is one merge; what is shared stands twice.
        merged = np.sort(np.concatenate(sides), kind="stable")
        twice = merged[1:][merged[1:] == merged[:-1]]
        shared[first:last] = np.bincount(twice // n_numbers, minlength=last - first)
    return shared


def _shared_numbers(sets: ShingleSets, rows: Positions) -> tuple[Positions, Positions]:
    """The sets of `rows` as ascending small numbers, with offsets; shingles of one row only are
    left out, for no pair can share them."""
    sizes = sets.sizes[rows]
    values = sets.values[_ranges(sets.offsets[rows], sizes)]
    _, numbers, counts = np.unique(values, return_inverse=True, return_counts=True)
    repeated = counts > 1
    kept = repeated[numbers]
    owner = np.repeat(np.arange(len(rows)), sizes)[kept]
    offsets = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(np.bincount(owner, minlength=len(rows)), out=offsets[1:])
    return (np.cumsum(repeated) - 1)[numbers[kept]], offsets


def _ranges(starts: Positions, sizes: Positions) -> Positions:
    """The positions start, start + 1, … of every range, one after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + sizes, sizes)


def _chunks(weights: Positions) -> Iterator[tuple[int, int]]:
    """Consecutive spans of pairs whose weights sum to about _CHUNK_SHINGLES."""
    totals = np.cumsum(weights)
    first = 0
    while first < len(weights):
        reached = totals[first - 1] if first else 0
        last = int(np.searchsorted(totals, reached + _CHUNK_SHINGLES)) + 1
        yield first, min(last, len(weights))
        first = last
