"""Tokens of a source, guided by the comments and literals of its tree, and hashes of unit spans.

Belongs here: arrays in and out of the lexer (`kernels.units`), the keywords of a grammar, and the
hashes of a span. Which spans are units is decided in `units.py`.

A token is a word, a number, a literal as a whole (with what is interpolated into it), or one byte
of punctuation. Type-1 hashes see tokens as written; in type-2 hashes all names are one, and so are
all literals and numbers, while keywords and punctuation stay.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_assets.parse.syntax import grammar
from corpus_assets.parse.unit_patterns import LAYOUT, RESERVED, SOFT_WORDS

_WORD = re.compile(r"[A-Za-z_]\w*\Z")
_BASIS, _PRIME, _MASK = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1


class Tokens(NamedTuple):
    """Tokens in order; `real` counts those before a token that are no layout."""

    starts: NDArray[np.int64]
    real: NDArray[np.int64]
    hashes: NDArray[np.uint32]
    exact: NDArray[np.uint8]
    exact_at: NDArray[np.int64]
    shape: NDArray[np.uint8]
    shape_at: NDArray[np.int64]


class SpanHashes(NamedTuple):
    """What a span of tokens looks like: see table units."""

    n_tokens: int
    type1_sha256: str
    type2_sha256: str
    token_hashes: bytes


def tokens(name: str, source: bytes, spans: list[tuple[int, int, bool]]) -> Tokens:
    """Tokens of a source. `spans`: (start, end, is literal) of comments and literals; in nested
    ones the outermost counts."""
    from corpus_assets.parse.kernels.units import LAYOUT as LAYOUT_KIND
    from corpus_assets.parse.kernels.units import lex

    kept: list[tuple[int, int, bool]] = []
    for span in sorted(spans, key=lambda item: (item[0], -item[1])):
        if span[1] > span[0] and (not kept or span[0] >= kept[-1][1]):
            kept.append(span)
    bounds = np.array([span[:2] for span in kept], np.int64).reshape(-1, 2)
    literal = np.array([span[2] for span in kept], np.bool_)
    data = np.frombuffer(source, np.uint8)
    room = len(data) + 2
    starts, kinds = np.empty(room, np.int64), np.empty(room, np.uint8)
    hashes = np.empty(room, np.uint32)
    exact, shape = np.empty(2 * room, np.uint8), np.empty(2 * room, np.uint8)
    exact_at, shape_at = np.empty(room, np.int64), np.empty(room, np.int64)
    n = lex(
        data,
        np.ascontiguousarray(bounds[:, 0]),
        np.ascontiguousarray(bounds[:, 1]),
        literal,
        keywords(name),
        name in LAYOUT,
        starts,
        kinds,
        hashes,
        exact,
        exact_at,
        shape,
        shape_at,
    )
    real = np.zeros(n + 1, np.int64)
    is_real = kinds[:n] != LAYOUT_KIND
    np.cumsum(is_real, out=real[1:])
    return Tokens(starts[:n], real, hashes[:n][is_real], exact, exact_at, shape, shape_at)


def span_hashes(found: Tokens, first: int, last: int) -> SpanHashes:
    """The hashes of the tokens first to last (exclusive)."""
    low, high = int(found.real[first]), int(found.real[last])
    exact = found.exact[found.exact_at[first] : found.exact_at[last]]
    shape = found.shape[found.shape_at[first] : found.shape_at[last]]
    return SpanHashes(
        high - low,
        hashlib.sha256(exact.data).hexdigest(),
        hashlib.sha256(shape.data).hexdigest(),
        found.hashes[low:high].astype("<u4").tobytes(),
    )


@cache
def keywords(name: str) -> NDArray[np.uint64]:
    """Sorted FNV-1a hashes of the words that the grammar spells out and that are never names."""
    language = grammar(name)
    words = {
        kind
        for number in range(language.node_kind_count)
        if not language.node_kind_is_named(number)
        and (kind := language.node_kind_for_id(number)) is not None
        and _WORD.match(kind)
        and (kind not in SOFT_WORDS or kind in RESERVED.get(name, ()))
    }
    return np.array(sorted(word_hash(word.encode()) for word in words), np.uint64)


def word_hash(data: bytes) -> int:
    """The hash under which the lexer looks a word up: FNV-1a, 64 bits."""
    code = _BASIS
    for byte in data:
        code = ((code ^ byte) * _PRIME) & _MASK
    return code
