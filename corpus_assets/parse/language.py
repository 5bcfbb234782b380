"""The language of a file, by name and content.

Belongs here: asking enry (GitHub linguist's rules), what its answer rests on, and mapping its names
to our partitions. Does not belong here: the list of partitions (`languages.py`), what other files
of a tree tell (`neighbors.py`), and what a file is for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from corpus_assets.languages import BY_NAME, OTHER
from corpus_assets.parse.decoding import is_binary, wide_encoding

UNKNOWN_NAME = "Unknown"
BINARY_NAME = "Binary"

NAME, CONTENT, GUESS, NEIGHBORS, NONE = "name", "content", "guess", "neighbors", "none"
"""What an answer rests on: the name alone, rules on the content, a guess among the languages that
share the name, the other files of the tree, or nothing."""

CONFIDENCE = {NAME: 0.99, CONTENT: 0.99, NEIGHBORS: 0.98, GUESS: 0.8, NONE: 0.0}
"""Share of right answers by basis: of 2,215 C, C++ and Perl files of 17 packages of which each has
one language, 1,318 of 1,325 by content and 881 of 890 by neighbors; a guess without neighbors was
right for four of five headers."""

# Cut to 16 KiB enry decides as on whole files and is more than twice as fast
# (reference/quality-tools.md, section 1). A header may tell its language late, behind its license.
_HEAD_BYTES = 16 * 1024
_HEADER_BYTES = 256 * 1024

# linguist takes any header for C that shows nothing of the others.
_HEADERS = {".h": ("C", "C++", "Objective-C")}
# Extensions of one language, for which the content is looked at only where it may declare another:
# linguist gives all of 8,000 files with one of them the language of the name.
_CERTAIN = frozenset(
    {
        ".c", ".cc", ".cjs", ".cmake", ".cpp", ".css", ".cxx", ".dart", ".ex", ".exs",
        ".go", ".hpp", ".hs", ".ipp", ".java", ".jl", ".js", ".json", ".jsx", ".kt",
        ".lua", ".mjs", ".mli", ".nim", ".py", ".pyi", ".pyw", ".rake", ".rb", ".rst",
        ".scala", ".scss", ".swift", ".toml", ".vue", ".xml", ".yaml", ".zig",
    }
)  # fmt: skip
# What Emacs' and Vim's modelines hold.
_DECLARATIONS = (b"-*-", b"vi:", b"vim:", b"ex:")

# Where linguist's rules see nothing, its statistics prefer rare languages to the usual one.
_USUAL = {".pl": "Perl", ".t": "Perl"}


class Identified(NamedTuple):
    """`language` is the partition's slug, `name` linguist's name of the language, `basis` one of
    the words above, `candidates` the languages that a guess was made among (else empty)."""

    language: str
    name: str
    basis: str
    candidates: tuple[str, ...] = ()


def identify(path: str, data: bytes) -> Identified:
    """The language by file name, extension, shebang, editor modeline and content.

    A language without a partition of its own is ("other", its name), an unknown one ("other",
    "Unknown"), data that is no text ("other", "Binary").
    """
    if is_binary(data):
        return Identified(OTHER, BINARY_NAME, CONTENT)
    file_name = path.rsplit("/", 1)[-1]
    extension = file_name[file_name.rfind(".") :].lower() if "." in file_name else ""
    is_header = extension in _HEADERS
    head = _head(data, _HEADER_BYTES if is_header else _HEAD_BYTES)
    if extension in _CERTAIN and not _may_declare(head):
        name = _named(file_name)
        return Identified(slug_of(name), name, NAME)
    name = str(_enry().get_language(file_name, head))
    if not name:
        return Identified(OTHER, UNKNOWN_NAME, NONE)
    if is_header and name == _HEADERS[extension][0]:
        return Identified(slug_of(name), name, GUESS, _HEADERS[extension])
    if _by_name_alone(extension or file_name) == (name,):
        return Identified(slug_of(name), name, NAME)
    candidates = tuple(_enry().get_languages(file_name, head))
    if len(candidates) == 1:
        return Identified(slug_of(name), name, CONTENT)
    name = _USUAL.get(extension, name)
    return Identified(slug_of(name), name, GUESS, candidates)


def slug_of(name: str) -> str:
    """The partition of a language with that linguist name."""
    language = BY_NAME.get(name)
    return language.slug if language else OTHER


@lru_cache(maxsize=4096)
def _by_name_alone(name: str) -> tuple[str, ...]:
    return tuple(_enry().get_languages(name if name[0] != "." else f"a{name}", b""))


@lru_cache(maxsize=1 << 16)
def _named(file_name: str) -> str:
    """The language of a name with a certain extension, or that linguist knows as a whole."""
    return str(_enry().get_language(file_name, b""))


def _may_declare(head: bytes) -> bool:
    """Whether a shebang or an editor's modeline may name another language than the file name."""
    return head.startswith(b"#!") or any(sign in head for sign in _DECLARATIONS)


def _head(data: bytes, limit: int) -> bytes:
    """The first bytes as UTF-8 without byte-order mark, which would hide a shebang."""
    wide = wide_encoding(data)
    if wide is None:
        return data[:limit]
    body = data[len(wide[0]) : len(wide[0]) + limit]
    return body.decode(wide[1], errors="replace").encode()


@lru_cache(maxsize=1)
def _enry() -> Any:
    import enry

    return enry
