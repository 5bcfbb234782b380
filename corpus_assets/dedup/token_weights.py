"""What tokens are worth as evidence that two texts have one origin, before any corpus is seen.

Belongs here: keywords and comment signs by language, common words, and the weight of a token. How
common a stretch is in the scanned files is measured by `contamination`.

A long name of one's own says more than `i`, `self` or `return`. Weights are in tokens: 1 for a
word of six letters or more, measured to keep apart items planted in files from 13 languages and
the idioms of clean files (docs/decontamination.md).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

_HASH, _SLASH, _DASH, _PERCENT, _SEMICOLON, _DOC, _BACKTICK, _CHARACTER = (
    1, 2, 4, 8, 16, 32, 64, 128,
)  # fmt: skip
_STYLES = {
    "python": _HASH | _DOC, "shell": _HASH, "ruby": _HASH, "perl": _HASH, "r": _HASH,
    "julia": _HASH | _DOC | _CHARACTER, "elixir": _HASH | _DOC, "yaml": _HASH, "toml": _HASH,
    "makefile": _HASH, "cmake": _HASH, "dockerfile": _HASH, "hcl": _HASH | _SLASH,
    "powershell": _HASH, "php": _HASH | _SLASH, "jupyter": _HASH | _DOC,
    "c": _SLASH | _CHARACTER, "cpp": _SLASH | _CHARACTER, "java": _SLASH | _CHARACTER,
    "csharp": _SLASH | _CHARACTER, "objective_c": _SLASH | _CHARACTER, "dart": _SLASH,
    "javascript": _SLASH | _BACKTICK, "typescript": _SLASH | _BACKTICK, "vue": _SLASH | _BACKTICK,
    "go": _SLASH | _BACKTICK | _CHARACTER, "rust": _SLASH | _CHARACTER,
    "kotlin": _SLASH | _CHARACTER, "swift": _SLASH, "scala": _SLASH | _CHARACTER,
    "groovy": _SLASH, "css": _SLASH, "protobuf": _SLASH, "solidity": _SLASH,
    "zig": _SLASH | _CHARACTER, "hdl": _SLASH | _CHARACTER, "fsharp": _SLASH | _CHARACTER,
    "sql": _DASH, "lua": _DASH, "haskell": _DASH | _CHARACTER, "ada": _DASH | _CHARACTER,
    "erlang": _PERCENT, "tex": _PERCENT, "matlab": _PERCENT,
    "lisp": _SEMICOLON, "scheme": _SEMICOLON, "clojure": _SEMICOLON, "assembly": _SEMICOLON,
}  # fmt: skip
ESCAPED = ("json", "jupyter")
"""Languages in which code stands in strings, its line feeds and quotes escaped."""

_KEYWORDS = """
if else elif for while do switch case break continue return def class function func fn fun lambda
var let const new try catch except finally raise throw import from include using namespace package
in not and or is None null nil undefined true false True False this self super public private
protected static void final abstract extends implements struct enum impl trait pub mut async await
yield with pass del global nonlocal assert default foreach then end elsif unless begin until
typedef sizeof typeof instanceof delete goto unsigned signed int long short float double char bool
boolean string auto
"""
_COMMON = """
a b c d e f g h i j k l m n o p q r s t u v w x y z _ args kwargs arr array list str dict set tuple
map filter len range print println printf append push pop add get put size length count total sum
min max abs result res ret val value values key keys item items data index idx num number node name
text line lines left right start end first last tmp temp cur prev next out output input file path
type object obj err error self other test main String List Map Integer Int Object System Math Vec
Some Ok Err Option unwrap iter collect into clone fmt std vec size_t uint8_t int32_t uint32_t
math sys os re np pd numpy pandas typing Optional Dict Any Tuple sorted enumerate zip join split
strip format isinstance Exception ValueError TypeError console log require module exports document
window Array forEach charAt toString equals ArrayList HashMap candidate check assertEqual
assertEquals Override Collection hashCode exc_type exc_val exc_value exc_tb traceback __init__
__repr__ __str__ __eq__ __hash__ __len__ __iter__ __enter__ __exit__ __name__ __main__ argparse
"""
_STOP_WORDS = """
a an and are as at be been but by can do does each for from given has have if in into is it its
may must no not of on one only or other same should so such than that the their them then there
these this to two was were when where which will with you your
"""
_COMMON_WORDS = """
return returns returned list lists string strings number numbers integer integers int float str
function write value values array element elements input output true false none null true print def
import param params argument arguments type class example examples all any first second last self
new code test get set use used using file name data following method check find
"""
_COMMON_NAMES = frozenset((_KEYWORDS + _COMMON).split())
_BASIS, _PRIME, _MASK = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1
KEYWORD_WEIGHT, SIGN_WEIGHT, COMMON_WEIGHT, STOP_WEIGHT = 0.25, 0.1, 0.35, 0.2


def style_of(languages: pl.Series) -> NDArray[np.int64]:
    """How comments and strings look in each language (slugs), as flags of the lexer."""
    return languages.replace_strict(_STYLES, default=0, return_dtype=pl.Int64).to_numpy()


@cache
def keyword_table() -> NDArray[np.uint64]:
    """Keywords of code, for `lex_code`: words that are names in hardly any language."""
    return _table(_KEYWORDS.split())


@cache
def stop_word_table() -> NDArray[np.uint64]:
    """Words of English that carry no content, for `lex_words`."""
    return _table(_STOP_WORDS.split())


def code_weights(tokens: pl.DataFrame) -> NDArray[np.float64]:
    """Weights of tokens of code (columns kind, n_bytes, hash), in their order, for one use."""
    common = _mixed_hashes(_COMMON.split())
    n = pl.col("n_bytes")
    name = (
        pl.when(pl.col("hash").is_in(common)).then(COMMON_WEIGHT)
        .when(n <= 1).then(0.25).when(n <= 3).then(0.5).when(n <= 5).then(0.8)
        .when(n <= 11).then(1.0).otherwise(1.5)
    )  # fmt: skip
    string = pl.when(n <= 2).then(0.2).otherwise((0.4 + n / 20).clip(upper_bound=2.0))
    weight = (
        pl.when(pl.col("kind") == 0).then(SIGN_WEIGHT)
        .when(pl.col("kind") == 1).then(KEYWORD_WEIGHT)
        .when(pl.col("kind") == 2).then(name)
        .when(pl.col("kind") == 3).then(pl.when(n <= 1).then(0.15).otherwise(0.4))
        .otherwise(string)
    )  # fmt: skip
    return _numbers(tokens, weight)


def word_weights(tokens: pl.DataFrame) -> NDArray[np.float64]:
    """Weights of words of text, as code_weights."""
    common = _mixed_hashes(_COMMON_WORDS.split())
    n = pl.col("n_bytes")
    weight = (
        pl.when(pl.col("kind") == 1).then(STOP_WEIGHT)
        .when(pl.col("kind") == 3).then(0.2)
        .when(pl.col("hash").is_in(common)).then(COMMON_WEIGHT)
        .when(n <= 1).then(0.15).when(n <= 3).then(0.5).otherwise(1.0)
    )  # fmt: skip
    return _numbers(tokens, weight)


def is_common_name(name: str) -> bool:
    """Whether a word is a keyword or a name that code of all kinds uses."""
    return name in _COMMON_NAMES


def _numbers(tokens: pl.DataFrame, weight: pl.Expr) -> NDArray[np.float64]:
    return tokens.select(weight.cast(pl.Float64).alias("weight"))["weight"].to_numpy()


def _mixed_hashes(words: list[str]) -> list[int]:
    """Hashes of words as tokens have them."""
    return [_mixed(_fnv(word)) for word in words]


def _fnv(word: str) -> int:
    code = _BASIS
    for byte in word.encode():
        code = ((code ^ byte) * _PRIME) & _MASK
    return code


def _mixed(code: int) -> int:
    code = ((code ^ (code >> 32)) * 0x9E3779B97F4A7C15) & _MASK
    return code ^ (code >> 32)


def _table(words: list[str]) -> NDArray[np.uint64]:
    size = 16
    while size < 4 * len(words):
        size *= 2
    table = np.zeros(size, np.uint64)
    for code in map(_fnv, sorted(set(words))):
        slot = (code >> 32) & (size - 1)
        while table[slot]:
            slot = (slot + 1) & (size - 1)
        table[slot] = code
    return table
