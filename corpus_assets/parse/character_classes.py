"""What kind of character a code point is, as a table that kernels look it up in.

Belongs here: the classes, by Unicode's general categories as Python's `unicodedata` has them.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

UPPER, LOWER, CASELESS, MARK, NUMBER, DIGIT, SPACE, UNASSIGNED = (1 << bit for bit in range(8))
LETTER = UPPER | LOWER | CASELESS

UNICODE_VERSION = unicodedata.unidata_version

_BITS = {
    "Lu": UPPER, "Lt": UPPER, "Ll": LOWER, "Lm": CASELESS, "Lo": CASELESS,
    "Mn": MARK, "Mc": MARK, "Me": MARK, "Nd": NUMBER | DIGIT, "Nl": NUMBER, "No": NUMBER,
    "Cn": UNASSIGNED,
}  # fmt: skip
# Unicode's White_Space, which Python's isspace() takes a little wider.
_SPACES = (
    *range(9, 14), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F,
    0x205F, 0x3000,
)  # fmt: skip


@cache
def character_classes() -> NDArray[np.uint8]:
    """The class bits of every code point: uint8[0x110000]; takes 0.2 s once."""
    bits = np.fromiter(
        (_BITS.get(unicodedata.category(chr(code)), 0) for code in range(0x110000)), np.uint8
    )
    bits[list(_SPACES)] = SPACE
    return bits
