"""Shingle sets and MinHash signatures of documents, from texts or from token hashes.

Belongs here: the definition of tokens and shingles in words, and arrays in and out of the kernels.
Nothing is normalised: letter case, names and literals count as written.

A token is a run of the bytes [A-Za-z0-9_] or >= 0x80, so no alphabet is left out and punctuation
neither makes tokens nor hides them; a shingle is five tokens in a row, as a 64-bit hash. Equal
shingles always have equal hashes; two different ones share one with probability 2^-64. Documents
below a minimum of tokens have no shingles, and so no signature: only their exact copies count.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.parse.buffers import flat

N_PERMUTATIONS = 128
MIN_TOKENS = 10
"""Documents with fewer tokens have no shingles: they would all look alike (exact copies only)."""

METHOD_VERSION = f"shingles-2: 5 tokens; MinHash affine32 {N_PERMUTATIONS}"

Hashes = NDArray[np.uint64]
Positions = NDArray[np.int64]
Signatures = NDArray[np.uint32]


class Measured(NamedTuple):
    """What n documents look like to a comparison.

    `n_tokens` per document; `signatures`, a row of MinHash values per document (0 without
    shingles); the distinct shingle hashes of document i, in order of appearance, are
    `values[offsets[i]:offsets[i + 1]]`.
    """

    n_tokens: Positions
    signatures: Signatures
    values: Hashes
    offsets: Positions

    @property
    def sizes(self) -> Positions:
        """Distinct shingles per document."""
        return np.diff(self.offsets)


def measure_texts(
    texts: pl.Series, min_tokens: int = MIN_TOKENS, k: int = N_PERMUTATIONS
) -> Measured:
    """Tokens, shingle sets and signatures of texts (String without nulls), in their order."""
    from corpus_assets.dedup.kernels import documents
    from corpus_assets.dedup.kernels.minhash import permutations

    data, offsets = flat(texts)
    n = len(texts)
    n_tokens, set_offsets = np.zeros(n, np.int64), np.zeros(n + 1, np.int64)
    signatures = np.zeros((n, k), np.uint32)
    values = np.empty(len(data) // 2 + n, np.uint64)
    documents.measure_texts(
        data, offsets, min_tokens, *permutations(k), n_tokens, signatures, values, set_offsets
    )
    return Measured(n_tokens, signatures, values[: set_offsets[-1]].copy(), set_offsets)


def measure_tokens(
    hashes: NDArray[np.uint32] | Hashes,
    offsets: Positions,
    min_tokens: int = MIN_TOKENS,
    k: int = N_PERMUTATIONS,
) -> Measured:
    """As measure_texts, of documents given as token hashes: `hashes[offsets[i]:offsets[i + 1]]`."""
    from corpus_assets.dedup.kernels import documents
    from corpus_assets.dedup.kernels.minhash import permutations

    n = len(offsets) - 1
    set_offsets = np.zeros(n + 1, np.int64)
    signatures = np.zeros((n, k), np.uint32)
    values = np.empty(len(hashes), np.uint64)
    documents.measure_tokens(
        hashes, offsets, min_tokens, *permutations(k), signatures, values, set_offsets
    )
    return Measured(np.diff(offsets), signatures, values[: set_offsets[-1]].copy(), set_offsets)
