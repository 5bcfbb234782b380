"""What a text says as code: strings, kinds of lines, decisions, names, words for learners.

Belongs here: calling the lexer with the signs and words of a language, and fractions of what it
counts. Definitions after reference/filter-rules.md 4.4, with tokens where peers look for
substrings: `password` is no `pass`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.languages import BY_SLUG
from corpus_assets.parse.buffers import Buffers
from corpus_assets.quality import lexicon
from corpus_assets.quality.characters import ratio
from corpus_assets.quality.repetition import MOST_BYTES

_LINES = ("import", "print", "assert", "pass", "definition", "trivial", "assignment",
          "preprocessor")  # fmt: skip
_STYLES = ("snake", "camel", "pascal", "upper")


def code_measures(texts: Buffers, language: str) -> pl.DataFrame:
    """Columns of quality_signals from max_code_line_chars to teaching_words of texts in one
    language, in row order. All but max_code_line_chars are null where it is no programming one."""
    from corpus_assets.quality.kernels.code import COUNTS, count_code

    n = len(texts.offsets) - 1
    counts, bits = np.zeros((n, len(COUNTS)), np.int64), np.zeros(n)
    signs = signs_of(language)
    count_code(
        texts.data, texts.offsets, signs.line_marks, signs.block_opens, signs.block_closes,
        signs.begins, signs.quotes, signs.lexis.escapes, signs.lexis.triple,
        signs.lexis.hash_lines, signs.lexis.braces, signs.keys, signs.flags, MOST_BYTES, counts,
        bits,
    )  # fmt: skip
    frame = pl.DataFrame(counts, schema=list(COUNTS)).with_columns(bits=pl.Series(bits))
    measures = _measures()
    if BY_SLUG[language].kind != "programming":
        for name in measures.keys() - {"max_code_line_chars"}:
            measures[name] = pl.when(pl.lit(False)).then(measures[name])  # a null of its type
    return frame.select(**measures)


def _measures() -> dict[str, pl.Expr]:
    lines, names = pl.col("code_lines"), pl.col("identifiers")
    styled = pl.sum_horizontal(_STYLES)
    most = pl.max_horizontal(_STYLES)
    style = pl.coalesce(
        pl.when((pl.col(name) == most) & (most > 0)).then(pl.lit(name)) for name in _STYLES
    )
    return {
        "max_code_line_chars": pl.col("max_code_line_chars"),
        "n_code_lines": lines,
        **{f"{kind}_line_fraction": ratio(pl.col(f"{kind}_lines"), lines) for kind in _LINES},
        "todo_line_fraction": ratio(pl.col("todo_lines"), lines).clip(0.0, 1.0),
        "n_mains": pl.col("mains"),
        "n_decisions": pl.col("branches"),
        "max_depth": pl.col("max_depth"),
        "string_fraction": ratio(
            pl.col("string_chars"), pl.col("string_chars") + pl.col("identifier_chars")
        ),
        "long_string_word_fraction": ratio(
            pl.col("long_string_words_chars"), pl.col("string_words_chars")
        ),
        "long_string_line_fraction": ratio(pl.col("long_string_lines"), lines).clip(0.0, 1.0),
        "hex_word_fraction": ratio(pl.col("hex_words"), pl.col("words")),
        "identifier_entropy": pl.col("bits"),
        "n_distinct_identifiers": pl.col("distinct_identifiers"),
        "mean_identifier_chars": ratio(pl.col("identifier_chars"), names),
        "short_identifier_fraction": ratio(pl.col("short_identifiers"), names),
        "naming_style": style,
        "naming_style_fraction": ratio(most, styled),
        "teaching_words": pl.col("teaching_words"),
        "comment_bytes": pl.col("comment_bytes"),
        "statement_string_bytes": pl.col("statement_string_bytes"),
    }


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
