"""From bytes to text, or the reason why there is none.

Belongs here: byte-order marks, binary detection, legacy encodings. Does not belong here: any
change to the text itself; line ends, tabs and odd characters stay as they are.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from corpus_assets.parse.legacy import legacy_encodings

BINARY = "binary"
UNKNOWN = "unknown"

# Git looks at as many bytes before it calls a file binary, so both agree on what is text.
_HEAD_BYTES = 8000

# UTF-32 before UTF-16: the little-endian mark of the former begins with that of the latter.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF32_LE, "utf_32_le"),
    (codecs.BOM_UTF32_BE, "utf_32_be"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
)

# Formats that may hold no NUL among their first bytes (file(1)'s magic numbers).
_SIGNATURES = (
    b"%PDF-",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b\x08",
    b"\xfd7zXZ",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x28\xb5\x2f\xfd",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"!<arch>\n",
    b"ID3\x03",
    b"ID3\x04",
    b"OggS\x00",
    b"wOFF\x00",
    b"wOF2\x00",
    b"BC\xc0\xde",
    *(b"BZh%d1AY&SY" % level for level in range(1, 10)),
)

# Controls that no text has; tabulators, line and page feeds, backspaces and escapes are some.
_CONTROL = re.compile("[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_MOST_CONTROLS = 0.01

# Text in UTF-16 or UTF-32 that is mostly ASCII has NUL in most of some columns of bytes and in
# hardly any of the others: (bytes per unit, columns with NUL, encoding).
_WIDE = (
    (4, (1, 2, 3), "utf_32_le"),
    (4, (0, 1, 2), "utf_32_be"),
    (2, (1,), "utf_16_le"),
    (2, (0,), "utf_16_be"),
)
_NUL_COLUMN, _OTHER_COLUMN = 0.6, 0.02

# How many foreign characters must be right for each wrong byte to call a file damaged UTF-8.
_RIGHT_PER_WRONG = 3
_WRONG = re.compile("[\udc80-\udcff]")
_FOREIGN = re.compile("[^\x00-\x7f\udc80-\udcff]")


class Decoded(NamedTuple):
    """`state` is ok, empty, binary or undecodable; `text` is null unless it is ok.

    `encoding` is a Python codec name, or binary or unknown where there is no text. `issues` name
    what is odd about a text: no_byte_order_mark, truncated_character (the bytes of half a character
    at the end are left out), mixed_encodings (bytes that are no UTF-8 are read as Windows-1252).
    """

    text: str | None
    encoding: str
    state: str
    issues: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of `data` without byte-order mark, never with a replacement character of ours.

    UTF-8 first, which covers nearly all code; then UTF-8 with few damaged places; then the legacy
    encodings that the file declares or a detector sees (`legacy.py`). Every encoding counts only
    if the whole file decodes strictly.
    """
    if not data:
        return Decoded(None, "utf_8", "empty")
    wide = wide_encoding(data)
    if wide is not None:
        decoded = _decode_wide(data, *wide)
        if decoded is not None:
            return decoded
    if is_binary(data):
        return Decoded(None, BINARY, "binary")
    text = _strict(data, "utf_8")
    if text is not None:
        return _iso_2022(data) or Decoded(text, "utf_8", "ok")
    return _damaged_utf8(data) or _legacy(data)


def _decode_wide(data: bytes, mark: bytes, encoding: str) -> Decoded | None:
    issues: tuple[str, ...] = () if mark else ("no_byte_order_mark",)
    text = _strict(data[len(mark) :], encoding)
    if text is None:
        width = {"utf_16": 2, "utf_32": 4}.get(encoding[:6], 0)
        whole = len(data) - (len(data) - len(mark)) % width if width else 0
        text = _strict(data[len(mark) : whole], encoding) if whole < len(data) else None
        issues += ("truncated_character",)
    if text is None:
        return None
    return Decoded(text, encoding, "ok", issues) if text else Decoded(None, encoding, "empty")


def _iso_2022(data: bytes) -> Decoded | None:
    """Japanese in seven bits, which is valid UTF-8 and unreadable as such."""
    if b"\x1b$" not in data:
        return None
    text = _strict(data, "iso2022_jp")
    return None if text is None else Decoded(text, "iso2022_jp", "ok")


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 that ends within a character or has a few bytes of another encoding in it."""
    text = data.decode("utf_8", errors="surrogateescape")
    wrong = len(_WRONG.findall(text))
    if len(_FOREIGN.findall(text)) < _RIGHT_PER_WRONG * wrong:
        return None
    whole = text.rstrip("".join(map(chr, range(0xDC80, 0xDD00))))
    tail = len(text) - len(whole)
    if tail and _is_begun(data[-tail:]):
        text = whole
        issues: tuple[str, ...] = ("truncated_character",)
    else:
        issues, tail = (), 0
    if wrong > tail:
        text = _WRONG.sub(_as_western, text)
        issues = ("mixed_encodings", *issues)
    return Decoded(text, "utf_8", "ok", issues)


def _is_begun(tail: bytes) -> bool:
    """Whether the bytes are the beginning of one character in UTF-8."""
    decoder = codecs.getincrementaldecoder("utf_8")()
    try:
        return decoder.decode(tail) == ""
    except UnicodeDecodeError:
        return False


def _as_western(wrong: re.Match[str]) -> str:
    byte = bytes([ord(wrong[0]) - 0xDC00])
    return _strict(byte, "cp1252") or byte.decode("latin_1")


def _legacy(data: bytes) -> Decoded:
    for encoding in legacy_encodings(data):
        text = _strict(data, encoding)
        if text is not None and len(_CONTROL.findall(text)) <= _MOST_CONTROLS * len(text):
            return Decoded(text, encoding, "ok")
    return Decoded(None, UNKNOWN, "undecodable")


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text: a known signature, or a NUL among the first 8,000 bytes.

    Texts in UTF-16 and UTF-32 hold NULs too and are told apart by `wide_encoding`.
    """
    if data.startswith(_SIGNATURES):
        return True
    if data.startswith(b"RIFF") and data[8:12] in (b"WAVE", b"AVI ", b"WEBP"):
        return True
    return b"\0" in data[:_HEAD_BYTES] and wide_encoding(data) is None


def wide_encoding(data: bytes) -> tuple[bytes, str] | None:
    """The byte-order mark the bytes begin with (empty if they have none) and the encoding.

    None where there is neither a mark nor the regular NULs of UTF-16 or UTF-32.
    """
    marked = next((pair for pair in _MARKS if data.startswith(pair[0])), None)
    head = data[:_HEAD_BYTES]
    if marked is not None or b"\0" not in head:
        return marked
    for width, columns, encoding in _WIDE:
        shares = [_nul_share(head[column::width]) for column in range(width)]
        expected = (
            share >= _NUL_COLUMN if column in columns else share <= _OTHER_COLUMN
            for column, share in enumerate(shares)
        )
        if all(expected) and len(head) >= 2 * width:
            return b"", encoding
    return None


def _nul_share(column: bytes) -> float:
    return column.count(0) / len(column) if column else 0.0


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
