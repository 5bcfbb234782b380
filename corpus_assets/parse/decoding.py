"""From bytes to text, or the reason why there is none.

Belongs here: byte-order marks, binary detection, legacy encodings. Does not belong here: any
change to the text itself; line ends, tabs and odd characters stay as they are.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import Any, NamedTuple

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

# The encodings source code is really found in. The detector knows many more, and with all of
# them it reads one accented name in a Western header as a Baltic code page. Likeliest first
# within one script: for text that several of them read alike, the first is reported.
_LEGACY = (
    "cp1252",
    "iso8859_15",
    "cp1250",
    "iso8859_2",
    "cp1251",
    "koi8_r",
    "cp866",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp932",
    "euc_jp",
    "gb18030",
    "big5",
    "cp949",
)

# Lone bytes above ASCII between ASCII ones, as in one accented name or a copyright sign, give a
# detector nothing to go by; in Cyrillic, Greek or Asian text such bytes stand side by side.
_SIDE_BY_SIDE = re.compile(rb"[\x80-\xff]{2}")


class Decoded(NamedTuple):
    """`state` is ok, empty, binary or undecodable; `text` is null unless it is ok.

    `encoding` is a Python codec name, or binary or unknown where there is no text.
    """

    text: str | None
    encoding: str
    state: str


def decode(data: bytes) -> Decoded:
    """The text of `data` without byte-order mark, never with a replacement character of ours.

    UTF-8 first, which covers nearly all code; Windows-1252 where the only foreign bytes are lone
    ones; then charset-normalizer over the legacy encodings of source code, whose proposal counts
    only if the whole file decodes strictly.
    """
    if not data:
        return Decoded(None, "utf_8", "empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding)
            if text is None:
                break
            return Decoded(text, encoding, "ok") if text else Decoded(None, encoding, "empty")
    if is_binary(data):
        return Decoded(None, BINARY, "binary")
    text = _strict(data, "utf_8")
    if text is not None:
        return Decoded(text, "utf_8", "ok")
    if not _SIDE_BY_SIDE.search(data):
        text = _strict(data, "cp1252")
        if text is not None:
            return Decoded(text, "cp1252", "ok")
    for match in _detector()(data, cp_isolation=list(_LEGACY)):
        text = _strict(data, match.encoding)
        if text is not None:
            return Decoded(text, match.encoding, "ok")
    return Decoded(None, UNKNOWN, "undecodable")


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text: a known signature, or a NUL among the first 8,000 bytes.

    Texts in UTF-16 and UTF-32 hold NULs too and are told apart by their byte-order mark.
    """
    if data.startswith(_SIGNATURES):
        return True
    if data.startswith(b"RIFF") and data[8:12] in (b"WAVE", b"AVI ", b"WEBP"):
        return True
    return b"\0" in data[:_HEAD_BYTES] and encoding_mark(data) is None


def encoding_mark(data: bytes) -> tuple[bytes, str] | None:
    """The byte-order mark the bytes begin with and its encoding, or None."""
    return next((pair for pair in _MARKS if data.startswith(pair[0])), None)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=1)
def _detector() -> Any:
    from charset_normalizer import from_bytes

    return from_bytes
