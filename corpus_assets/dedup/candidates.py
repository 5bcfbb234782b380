"""Candidate pairs: documents whose MinHash signatures agree on a whole band.

Belongs here: signatures (datasketch) and banding. A candidate is a proposal and no more: `near`
computes the exact similarity of every one.

32 bands of 4 out of 128 values propose a pair of similarity s with probability
1 - (1 - s^4)^32: 0.999 85 at 0.70, all but 6 of 10^11 at 0.85.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus_assets.dedup.shingles import ShingleSets

N_PERMUTATIONS = 128
N_BANDS = 32
SEED = 1
WINDOW = 128
N_REPRESENTATIVES = 8
"""In a bucket of up to WINDOW + 1 documents every pair is proposed. In a larger one each document
is paired with the WINDOW next ones and with the N_REPRESENTATIVES first ones (in the order of
content ids). The loss: two documents further apart are proposed only if another, smaller bucket
holds both; each still meets the bucket's first members, to which a removal can refer."""

_BATCH = 8192

Pairs = NDArray[np.int64]


def signatures(sets: ShingleSets) -> NDArray[np.uint32]:
    """One row of N_PERMUTATIONS values per document (MinHash, scheme affine32, datasketch 2)."""
    from datasketch import MinHash

    def blank(**shared: object) -> MinHash:
        return MinHash(
            num_perm=N_PERMUTATIONS, seed=SEED, hashfunc=int, scheme="affine32", **shared
        )

    # The low half of the 64 bits: the scheme takes 32-bit hashes, and verification uses all.
    values = sets.values.astype(np.uint32)
    permutations = blank().permutations
    rows = np.empty((len(sets.sizes), N_PERMUTATIONS), dtype=np.uint32)
    for i in range(len(rows)):
        minhash = blank(permutations=permutations)
        first, last = int(sets.offsets[i]), int(sets.offsets[i + 1])
        for start in range(first, last, _BATCH):
            minhash.update_batch(values[start : min(start + _BATCH, last)].tolist())
        rows[i] = minhash.hashvalues
    return rows


def candidate_pairs(sets: ShingleSets, threshold: float) -> Pairs:
    """Distinct pairs of row numbers (first < second), in order, that may reach the threshold.

    Rows without shingles are in no pair. A pair whose set sizes alone rule the threshold out is
    left out here: the Jaccard similarity is at most the smaller size over the larger.
    """
    rows = np.flatnonzero(sets.sizes)
    sizes = sets.sizes[rows]
    keys = _band_keys(signatures(sets)[rows])
    n = len(rows)
    codes = np.empty(0, dtype=np.int64)  # first * n + second; merged band by band for memory
    for band in range(N_BANDS):
        proposed = [codes]
        for first, second in _bucket_pairs(keys[:, band]):
            smaller = np.minimum(sizes[first], sizes[second])
            fits = smaller >= threshold * np.maximum(sizes[first], sizes[second])
            pair_codes = np.minimum(first, second) * n + np.maximum(first, second)
            proposed.append(pair_codes[fits])
        codes = np.unique(np.concatenate(proposed))
    return np.stack([rows[codes // max(n, 1)], rows[codes % max(n, 1)]], axis=1)


def _band_keys(values: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """One 64-bit key per document and band, equal where all values of the band are."""
    per_band = N_PERMUTATIONS // N_BANDS
    bands = values.reshape(len(values), N_BANDS, per_band).astype(np.uint64)
    keys = np.zeros((len(values), N_BANDS), dtype=np.uint64)
    for i in range(per_band):
        keys = (keys ^ bands[:, :, i]) * np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> np.uint64(29)
    return keys


def _bucket_pairs(keys: NDArray[np.uint64]) -> list[tuple[Pairs, Pairs]]:
    """Pairs of rows with equal keys: neighbours up to WINDOW apart, and representatives."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    pairs: list[tuple[Pairs, Pairs]] = []
    for distance in range(1, min(WINDOW, len(keys) - 1) + 1):
        left = np.flatnonzero(ordered[:-distance] == ordered[distance:])
        if not len(left):
            return pairs
        pairs.append((order[left], order[left + distance]))
    bucket_starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    bucket_of = np.repeat(bucket_starts, np.diff(np.r_[bucket_starts, len(ordered)]))
    places = np.arange(len(ordered))
    for offset in range(N_REPRESENTATIVES):
        far = np.flatnonzero(places - bucket_of > WINDOW + offset)
        pairs.append((order[bucket_of[far] + offset], order[far]))
    return pairs
