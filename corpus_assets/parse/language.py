"""The language of a file, by name and content.

Belongs here: asking enry (GitHub linguist's rules) and mapping its names to our partitions. Does
not belong here: the list of partitions (`languages.py`) and what a file is for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from corpus_assets.languages import BY_NAME, OTHER
from corpus_assets.parse.decoding import is_binary, wide_encoding

UNKNOWN_NAME = "Unknown"
BINARY_NAME = "Binary"

# Cut to 16 KiB enry decides as on whole files and is more than twice as fast
# (reference/quality-tools.md, section 1).
_HEAD_BYTES = 16 * 1024


def identify(path: str, data: bytes) -> tuple[str, str]:
    """The language partition's slug and linguist's name of the language.

    Decided by file name, extension, shebang, editor modeline and linguist's heuristics on the
    first 16 KiB. A language without a partition of its own is ("other", its name), an unknown one
    ("other", "Unknown"), data that is no text ("other", "Binary").
    """
    if is_binary(data):
        return OTHER, BINARY_NAME
    name = _enry().get_language(path.rsplit("/", 1)[-1], _head(data))
    if not name:
        return OTHER, UNKNOWN_NAME
    language = BY_NAME.get(name)
    return (language.slug if language else OTHER), name


def _head(data: bytes) -> bytes:
    """The first 16 KiB as UTF-8 without byte-order mark, which would hide a shebang."""
    mark = wide_encoding(data)
    if mark is None:
        return data[:_HEAD_BYTES]
    body = data[len(mark[0]) : len(mark[0]) + _HEAD_BYTES]
    return body.decode(mark[1], errors="replace").encode()


@lru_cache(maxsize=1)
def _enry() -> Any:
    import enry

    return enry
