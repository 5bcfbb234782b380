"""One pass over documents: tokens, shingles, the distinct ones and their MinHash signature.

Belongs here: the loop over documents of a batch, from bytes or from token hashes made elsewhere.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined
from corpus_assets.dedup.kernels.minhash import PADDING, fill_signature
from corpus_assets.dedup.kernels.shingles import fill_distinct, fill_shingles, table_size
from corpus_assets.dedup.kernels.tokens import hash_tokens


@inlined
def _room(n: Any, array: Any) -> Any:
    """The array, or a longer one of its type that holds n numbers."""
    return array if n <= len(array) else np.empty(max(n, 2 * len(array)), array.dtype)


@compiled
def measure_texts(
    data: Any,
    offsets: Any,
    min_tokens: Any,
    factors: Any,
    terms: Any,
    n_tokens: Any,
    signatures: Any,
    distinct: Any,
    set_offsets: Any,
) -> None:
    """For every text data[offsets[i]:offsets[i + 1]] fill one row of the outputs.

    n_tokens (int64); signatures (uint32, one column per permutation; a text without shingles
    leaves its row as it is); the distinct shingle hashes, at distinct[set_offsets[i]:
    set_offsets[i + 1]]. `distinct` needs room for half the bytes and one per text.
    """
    tokens = np.empty(1 << 14, np.uint64)
    shingles = np.empty(1 << 14, np.uint64)
    table = np.empty(1 << 15, np.uint64)
    low = np.empty((1 << 14) + PADDING, np.uint32)
    at = 0
    set_offsets[0] = 0
    for i in range(len(offsets) - 1):
        start, end = offsets[i], offsets[i + 1]
        tokens = _room((end - start + 1) // 2, tokens)
        found = hash_tokens(data, start, end, tokens)
        n_tokens[i] = found
        if found >= min_tokens:
            shingles = _room(found, shingles)
            n = fill_shingles(tokens, found, shingles)
            table = _room(table_size(n), table)
            size = fill_distinct(shingles, n, table, distinct[at:])
            low = _room(size + PADDING, low)
            fill_signature(distinct[at:], size, low, factors, terms, signatures[i])
            at += size
        set_offsets[i + 1] = at


@compiled
def measure_tokens(
    hashes: Any,
    offsets: Any,
    min_tokens: Any,
    factors: Any,
    terms: Any,
    signatures: Any,
    distinct: Any,
    set_offsets: Any,
) -> None:
    """As measure_texts, of documents given as token hashes (uint32 or uint64), flat.

    `distinct` needs room for as many numbers as there are token hashes.
    """
    shingles = np.empty(1 << 12, np.uint64)
    table = np.empty(1 << 13, np.uint64)
    low = np.empty((1 << 12) + PADDING, np.uint32)
    at = 0
    set_offsets[0] = 0
    for i in range(len(offsets) - 1):
        found = offsets[i + 1] - offsets[i]
        if found >= min_tokens:
            shingles = _room(found, shingles)
            n = fill_shingles(hashes[offsets[i] : offsets[i + 1]], found, shingles)
            table = _room(table_size(n), table)
            size = fill_distinct(shingles, n, table, distinct[at:])
            low = _room(size + PADDING, low)
            fill_signature(distinct[at:], size, low, factors, terms, signatures[i])
            at += size
        set_offsets[i + 1] = at
