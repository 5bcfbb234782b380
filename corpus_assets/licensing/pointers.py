"""Pointers to the file that holds the license, where ScanCode has no rule for the wording.

Belongs here: "see the file COPYING", "see Copyright Notice in lua.h". Does not belong here: finding
the file (`references.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# Any wording, as long as a license file is named as people name them, in capitals or with ending.
_TEXT = re.compile(
    r"\b(?i:see|read|refer\s+to|consult|found\s+in|in|by|with|file)\s+"
    r"(?i:the\s+|a\s+|accompanying\s+|enclosed\s+|file\s+|files\s+|top[- ]level\s+|included\s+)*"
    r"[\"'`<(]?((?:[\w.-]+/)*(?:UN)?(?:LICEN[CS]E|COPYING|COPYRIGHT)(?:[-.][\w.]*\w)?"
    r"|(?:[\w.-]+/)*(?i:licen[cs]e|copying|copyright)(?:[-.][\w-]+)?\.(?i:txt|md|rst|html?))"
)
# Source files are named only together with what stands in them.
_SOURCE = re.compile(
    r"(?i)\b(?:copyright\s+notice|licen[cs]e(?:\s+(?:terms|notice|information|text|agreement))?|"
    r"terms\s+of\s+use|copying\s+conditions?)\s+(?:in|at|of)\s+(?:the\s+)?(?:\w+\s+of\s+)?(?:file\s+)?"
    r"[\"'`<(]?([\w-]+(?:/[\w-]+)*\.(?:h|c|hh|hpp|cc|cpp|txt|md|rst|py|js|lua|html?))\b"
)
_MAX_POINTERS = 20


class Pointer(NamedTuple):
    """A line (from 1) that names a file for its license, and the name as written."""

    line: int
    name: str


def pointers(lines: Sequence[str], comments: Sequence[bool]) -> Iterator[Pointer]:
    """Pointers in the comments of a file, at most 20; `comments` tells which lines are comments."""
    found = 0
    for number, (line, is_comment) in enumerate(zip(lines, comments, strict=True), 1):
        if not is_comment or len(line) > 1_000:
            continue
        for pattern in (_TEXT, _SOURCE):
            for match in pattern.finditer(line):
                yield Pointer(number, match[1])
                found += 1
                if found == _MAX_POINTERS:
                    return
