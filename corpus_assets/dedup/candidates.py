"""Candidate pairs: documents whose MinHash signatures agree on a whole band.

Belongs here: the bands and their limits, and what changed since an earlier run. A candidate is a
proposal and no more: `compare` computes the exact similarity of every one.

32 bands of 4 out of 128 values propose a pair of similarity s with probability
1 - (1 - s^4)^32: 0.999 85 at 0.70, all but 6 of 10^11 at 0.85.

Which pairs are proposed depends on the set of documents alone, and in groups within the limits on
the pair alone. So a run that knows which pairs an earlier one has decided need not decide them
again, and still ends with the pairs that a run from nothing finds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_assets.dedup.shingles import Positions, Signatures

N_BANDS = 32
CORE = 64
"""Of documents with one and the same signature this many take part in bands; each of the others
is paired with the first REPRESENTATIVES of them only (in the order of content ids)."""
GROUP_PAIRS = 512 * 512
WINDOW = 8
REPRESENTATIVES = 4
"""In a band's group of up to 512 documents every pair is proposed. In one of n > 512 each document
is paired with the max(WINDOW, GROUP_PAIRS / n) next ones and with the first REPRESENTATIVES (in
the order of content ids), so a million near-identical documents cost some ten pairs each. The
loss: two documents further apart are proposed only if a smaller group holds both."""

DEVIATIONS = 4
"""A pair whose signatures agree in fewer values than a pair at the threshold does, by so many
standard deviations, is not compared: it would have reached the threshold with a probability of
some 5 in 100,000, below what the bands lose there (1.5 in 10,000)."""

Pairs = NDArray[np.int64]
Flags = NDArray[np.uint8]


class Proposed(NamedTuple):
    """Distinct pairs of row numbers (first < second), in order.

    `now`: the documents of now propose the pair; `earlier`: those of the earlier run did.
    """

    pairs: Pairs
    now: NDArray[np.bool_]
    earlier: NDArray[np.bool_]


def candidate_pairs(
    signatures: Signatures, sizes: Positions, threshold: float, n_bands: int = N_BANDS
) -> Pairs:
    """Distinct pairs of row numbers (first < second), in order, that may reach the threshold.

    Rows stand in the order of their ids. Rows without shingles (size 0) are in no pair. A pair
    whose set sizes alone rule the threshold out is left out: the Jaccard similarity is at most
    the smaller size over the larger.
    """
    everything = np.ones(len(sizes), np.bool_)
    return proposed(
        signatures, sizes, threshold, everything, ~everything, everything, n_bands
    ).pairs


def proposed(
    signatures: Signatures,
    sizes: Positions,
    threshold: float,
    now: NDArray[np.bool_],
    earlier: NDArray[np.bool_],
    touched: NDArray[np.bool_],
    n_bands: int = N_BANDS,
) -> Proposed:
    """The pairs of all groups that hold a touched row, but those of untouched rows on which the
    sides agree; of other groups none or all.

    `now` and `earlier` say which rows exist now and which the earlier run has seen; a row that
    only one of them has belongs to `touched`.
    """
    from corpus_assets.dedup.kernels import bands
    from corpus_assets.dedup.kernels.groups import SIDES

    n = len(sizes)
    flags = now * bands.NOW + earlier * bands.EARLIER + touched * bands.TOUCHED
    entries = bands.band_pairs(
        np.ascontiguousarray(signatures).view(np.uint64),
        sizes,
        flags.astype(np.uint8),
        threshold,
        _least_equal(signatures.shape[1], threshold),
        n_bands,
        (CORE, GROUP_PAIRS, WINDOW, REPRESENTATIVES),
    )
    entries.sort()
    codes = (entries >> SIDES).astype(np.int64)
    pairs = np.stack([codes // max(n, 1), codes % max(n, 1)], axis=1)
    return Proposed(pairs, (entries & bands.NOW) > 0, (entries & bands.EARLIER) > 0)


def still_proposed(
    signatures: Signatures,
    sizes: Positions,
    now: NDArray[np.bool_],
    pairs: Pairs,
    n_bands: int = N_BANDS,
) -> NDArray[np.bool_]:
    """Which pairs of rows (first < second) the rows that exist now propose, in any group."""
    from corpus_assets.dedup.kernels import bands

    touched = np.zeros(len(sizes), np.bool_)
    touched[pairs] = True
    flags = now * bands.NOW + touched * bands.TOUCHED
    found = np.empty(len(pairs), np.bool_)
    bands.still_proposed(
        np.ascontiguousarray(signatures).view(np.uint64),
        sizes,
        flags.astype(np.uint8),
        np.ascontiguousarray(pairs[:, 0]),
        np.ascontiguousarray(pairs[:, 1]),
        n_bands,
        (CORE, GROUP_PAIRS, WINDOW, REPRESENTATIVES),
        found,
    )
    return found


def _least_equal(k: int, threshold: float) -> int:
    deviation = (k * threshold * (1 - threshold)) ** 0.5
    return int(k * threshold - DEVIATIONS * deviation)
