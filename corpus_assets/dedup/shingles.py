"""Shingle sets of documents: which runs of five tokens a text has, as stable 64-bit hashes.

Belongs here: tokens and shingles, and their hashes. Signatures and candidates follow from them
elsewhere. Nothing is normalised: letter case, names and literals count as written.

A token is a run of the bytes [A-Za-z0-9_] or >= 0x80, so no alphabet is left out and punctuation
neither makes tokens nor hides them. Hashes are computed over whole buffers with numpy: a
polynomial over the bytes of each token, then one over five tokens, all modulo 2^64. Equal
shingles always have equal hashes; two different ones share one with probability 2^-64.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

TOKENS_PER_SHINGLE = 5
MIN_TOKENS = 10
"""Documents with fewer tokens have no shingles: they would all look alike (exact copies only)."""

_BUFFER_BYTES = 1 << 22

Hashes = NDArray[np.uint64]
Positions = NDArray[np.int64]

# Odd multipliers: 2^64 / golden ratio, and the constants of the murmur3 finalizer.
_BASE = 0x9E3779B97F4A7C15
_SHINGLE_BASE = np.uint64(0xD6E8FEB86659FD93)
_MIX_1 = np.uint64(0xFF51AFD7ED558CCD)
_MIX_2 = np.uint64(0xC4CEB9FE1A85EC53)


class ShingleSets(NamedTuple):
    """The sets of n documents: `values[offsets[i]:offsets[i + 1]]` is sorted and distinct."""

    values: Hashes
    offsets: Positions

    @property
    def sizes(self) -> Positions:
        """Distinct shingles per document."""
        return np.diff(self.offsets)


def shingle_sets(texts: pl.Series) -> ShingleSets:
    """The shingle sets of the texts (String without nulls), in their order."""
    sets = [found for buffer in _buffers(texts) for found in _sets(buffer)]
    offsets = np.zeros(len(sets) + 1, dtype=np.int64)
    np.cumsum([len(found) for found in sets], out=offsets[1:])
    return ShingleSets(np.concatenate([np.empty(0, np.uint64), *sets]), offsets)


def _buffers(texts: pl.Series) -> Iterator[list[bytes]]:
    """The texts as UTF-8 in groups of about _BUFFER_BYTES: results do not depend on the groups."""
    group: list[bytes] = []
    size = 0
    for text in texts:
        data = text.encode()
        if group and size + len(data) > _BUFFER_BYTES:
            yield group
            group, size = [], 0
        group.append(data)
        size += len(data)
    if group:
        yield group


def _sets(texts: list[bytes]) -> Iterator[Hashes]:
    data = np.frombuffer(b"\n" + b"\n".join(texts) + b"\n", dtype=np.uint8)
    edges = np.flatnonzero(np.diff(_IS_TOKEN_BYTE[data])) + 1
    starts, ends = edges[::2], edges[1::2]
    hashes = _shingle_hashes(_token_hashes(data, starts, ends))
    text_starts = np.cumsum([1, *(len(text) + 1 for text in texts)])
    bounds = np.searchsorted(starts, text_starts)
    for first, last in pairwise(bounds):
        if last - first < MIN_TOKENS:
            yield np.empty(0, dtype=np.uint64)
            continue
        found = np.sort(hashes[first : last - TOKENS_PER_SHINGLE + 1])
        distinct = np.empty(len(found), dtype=np.bool_)
        distinct[0] = True
        np.not_equal(found[1:], found[:-1], out=distinct[1:])
        yield found[distinct]


def _token_hashes(data: NDArray[np.uint8], starts: Positions, ends: Positions) -> Hashes:
    """Per token the polynomial of its bytes, free of the token's position in the buffer."""
    powers, inverses = _powers(1 << (len(data) - 1).bit_length())
    sums = np.empty(len(data) + 1, dtype=np.uint64)
    sums[0] = 0
    np.cumsum(_BYTE_VALUES[data] * powers[: len(data)], out=sums[1:])
    return _mixed((sums[ends] - sums[starts]) * inverses[starts])


def _shingle_hashes(tokens: Hashes) -> Hashes:
    n = max(len(tokens) - TOKENS_PER_SHINGLE + 1, 0)
    total = np.zeros(n, dtype=np.uint64)
    for i in range(TOKENS_PER_SHINGLE):
        total = total * _SHINGLE_BASE + tokens[i : i + n]
    return _mixed(total)


def _mixed(values: Hashes) -> Hashes:
    """The finalizer of murmur3: every input bit reaches every output bit."""
    values = (values ^ (values >> np.uint64(33))) * _MIX_1
    values = (values ^ (values >> np.uint64(33))) * _MIX_2
    return values ^ (values >> np.uint64(33))


@lru_cache(maxsize=2)
def _powers(n: int) -> tuple[Hashes, Hashes]:
    """The first n powers of the base and of its inverse modulo 2^64."""
    inverse = pow(_BASE, -1, 1 << 64)
    series = []
    for factor in (_BASE, inverse):
        steps = np.full(n, factor, dtype=np.uint64)
        steps[0] = 1
        series.append(np.multiply.accumulate(steps))
    return series[0], series[1]


_BYTES = np.arange(256, dtype=np.uint64)
_BYTE_VALUES = _mixed(_BYTES + np.uint64(1))
_IS_TOKEN_BYTE = np.array(
    [byte >= 0x80 or chr(byte).isalnum() or chr(byte) == "_" for byte in range(256)], dtype=np.int8
)
