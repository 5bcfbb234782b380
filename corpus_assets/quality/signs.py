"""The signs and words of a language as arrays, in the form that kernels read.

Belongs here: packing what `lexicon.py` says. Counting with them belongs to `code`, blanking to
`uses.bare`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_assets.quality import lexicon


class Signs(NamedTuple):
    """A lexis as arrays: see `count_code`."""

    lexis: lexicon.Lexis
    line_marks: NDArray[np.uint8]
    block_opens: NDArray[np.uint8]
    block_closes: NDArray[np.uint8]
    begins: NDArray[np.bool_]
    quotes: NDArray[np.uint8]
    keys: NDArray[np.uint64]
    flags: NDArray[np.uint16]


@cache
def signs_of(language: str) -> Signs:
    default = lexicon.Lexis(("//",), (("/*", "*/"),))
    lexis = lexicon.LEXICA.get(language, default)
    begins = np.zeros(256, np.bool_)
    opens = [mark[0] for mark in lexis.block_comments]
    begins[[mark.encode()[0] for mark in (*lexis.line_comments, *opens)]] = True
    quotes = np.zeros(256, np.uint8)
    for sign, kind in lexis.quotes:
        quotes[ord(sign)] = kind
    closes = [mark[1] for mark in lexis.block_comments]
    return Signs(
        lexis, _padded(lexis.line_comments), _padded(opens), _padded(closes), begins, quotes,
        *_words(language),
    )  # fmt: skip


def _padded(marks: Iterable[str]) -> NDArray[np.uint8]:
    rows = [np.frombuffer(mark.encode().ljust(4, b"\0"), np.uint8) for mark in marks]
    return np.array(rows, np.uint8).reshape(-1, 4)


def _words(language: str) -> tuple[NDArray[np.uint64], NDArray[np.uint16]]:
    """The words of a language as an open-addressing table."""
    from corpus_assets.quality.kernels import code

    kept = code.KEYWORD
    imports = lexicon.IMPORTS.get(language, frozenset())
    definitions = lexicon.DEFINITIONS.get(language, frozenset())
    flags: dict[str, int] = {}
    for words, flag in (
        (lexicon.KEYWORDS, kept), (lexicon.BRANCHES, kept | code.BRANCH),
        (lexicon.RETURNS, kept | code.RETURN), (lexicon.PASSES, kept | code.PASS),
        (imports, kept | code.IMPORT), (definitions, kept | code.DEFINE),
        (lexicon.PRINTS, code.PRINT), (lexicon.TODOS, code.TODO), (lexicon.TEACHING, code.TEACHING),
    ):  # fmt: skip
        for word in words:
            flags[word] = flags.get(word, 0) | flag
    size = 1 << (2 * len(flags)).bit_length()
    keys, values = np.zeros(size, np.uint64), np.zeros(size, np.uint16)
    for word, flag in sorted(flags.items()):
        hashed = _fnv(word.encode())
        slot = (hashed ^ (hashed >> 32)) & (size - 1)
        while keys[slot]:
            slot = (slot + 1) & (size - 1)
        keys[slot], values[slot] = hashed, flag
    return keys, values


def _fnv(data: bytes) -> int:
    """FNV-1a, 64 bits, as in the kernel."""
    code = 0xCBF29CE484222325
    for byte in data:
        code = ((code ^ byte) * 0x100000001B3) & ((1 << 64) - 1)
    return code
