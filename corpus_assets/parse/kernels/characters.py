"""Reading characters out of UTF-8.

Belongs here: decoding one character. The bytes are valid UTF-8, as Polars strings always are.
"""

from __future__ import annotations

from typing import Any

from corpus_assets.compiled import inlined


@inlined
def code_point(data: Any, at: Any) -> Any:
    """(code point, number of bytes) of the character that begins at `at`."""
    first = data[at]
    if first < 0x80:
        return int(first), 1
    if first < 0xE0:
        return ((first & 0x1F) << 6) | (data[at + 1] & 0x3F), 2
    if first < 0xF0:
        return ((first & 0x0F) << 12) | ((data[at + 1] & 0x3F) << 6) | (data[at + 2] & 0x3F), 3
    return (
        ((first & 0x07) << 18)
        | ((data[at + 1] & 0x3F) << 12)
        | ((data[at + 2] & 0x3F) << 6)
        | (data[at + 3] & 0x3F)
    ), 4
