"""MinHash signatures, bit-identical to datasketch 2 with the scheme affine32.

Belongs here: the permutations and the minimum over a set. Values are the low halves of shingle
hashes; `datasketch.MinHash(num_perm=k, seed=1, hashfunc=int, scheme="affine32")` fed with them
gives the same numbers (tested for k = 128 and 256).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_assets.compiled import inlined

SEED = 1
PADDING = 64
_MIX_1 = np.uint32(0x85EBCA6B)  # the 32-bit finalizer of murmur3
_MIX_2 = np.uint32(0xC2B2AE35)
_S16 = np.uint32(16)
_S13 = np.uint32(13)


@lru_cache(maxsize=4)
def permutations(k: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The factors and terms of k permutations h -> a * h + b modulo 2^32, as datasketch draws."""
    from datasketch import MinHash

    factors, terms = MinHash(num_perm=k, seed=SEED, hashfunc=int, scheme="affine32").permutations
    return factors.astype(np.uint32), terms.astype(np.uint32)


@inlined
def fill_signature(values: Any, n: Any, low: Any, factors: Any, terms: Any, out: Any) -> None:
    """Write the minimum of every permutation over values[:n] (n > 0) to `out`.

    `low` is room for n + PADDING numbers of 32 bits.
    """
    for i in range(n):
        value = np.uint32(values[i] & np.uint64(0xFFFFFFFF))
        value = np.uint32(np.uint32(value ^ np.uint32(value >> _S16)) * _MIX_1)
        value = np.uint32(np.uint32(value ^ np.uint32(value >> _S13)) * _MIX_2)
        low[i] = np.uint32(value ^ np.uint32(value >> _S16))
    # Whole vectors only: a repeated value changes no minimum.
    padded = (n + PADDING - 1) // PADDING * PADDING
    for i in range(n, padded):
        low[i] = low[0]
    for j in range(len(factors)):
        factor, term = factors[j], terms[j]
        least = np.uint32(0xFFFFFFFF)
        for i in range(padded):
            value = np.uint32(np.uint32(factor * low[i]) + term)
            least = min(least, value)
        out[j] = least
