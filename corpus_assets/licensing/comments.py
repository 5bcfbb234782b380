"""Where in a text its comments are, as far as license statements need to know.

Belongs here: telling a statement about the file from words in code or data that look like one.
Does not belong here: parsing; one look at the line and at open block comments before it decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_assets.languages import BY_SLUG

_LINE_COMMENT = re.compile(
    r"\s*(?:#|//|/\*|\*|--|;|%|'|!|<!--|\"\"\"|'''|\.\.|dnl\b|rem\b|\(\*|\{-|\|)", re.I
)
# Opening and closing marks of comments that span lines; docstrings open and close alike.
_BLOCKS = (("/*", "*/"), ("<!--", "-->"), ("(*", "*)"), ("{-", "-}"), ("=begin", "=end"))
_DOCSTRINGS = ('"""', "'''")


def comment_lines(lines: Sequence[str], language: str) -> list[bool]:
    """For each line of a file in this language whether it is, or begins within, a comment.

    Prose has no comments; what it says about licenses may be about anything. One pass: time is
    linear in the text.
    """
    spec = BY_SLUG.get(language)
    if spec is not None and spec.kind == "prose":
        return [False] * len(lines)
    found = []
    blocks = [False] * len(_BLOCKS)
    docstrings = [False] * len(_DOCSTRINGS)
    for line in lines:
        found.append(any(blocks) or any(docstrings) or _LINE_COMMENT.match(line) is not None)
        for number, (start, end) in enumerate(_BLOCKS):
            opened, closed = line.rfind(start), line.rfind(end)
            if opened != closed:  # at least one of them stands in the line
                blocks[number] = opened > closed
        for number, mark in enumerate(_DOCSTRINGS):
            docstrings[number] ^= line.count(mark) % 2 == 1
    return found
