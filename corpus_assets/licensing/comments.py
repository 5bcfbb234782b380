"""Where in a text its comments are, as far as license statements need to know.

Belongs here: telling a statement about the file from words in code or data that look like one.
Does not belong here: parsing; one look at the line and at open block comments before it decides.
"""

from __future__ import annotations

import re

from corpus_assets.languages import BY_SLUG

_LINE_COMMENT = re.compile(
    r"\s*(?:#|//|/\*|\*|--|;|%|'|!|<!--|\"\"\"|'''|\.\.|dnl\b|rem\b|\(\*|\{-|\|)", re.I
)
# Opening and closing marks of comments that span lines; docstrings open and close alike.
_BLOCKS = (("/*", "*/"), ("<!--", "-->"), ("(*", "*)"), ("{-", "-}"), ("=begin", "=end"))
_DOCSTRINGS = ('"""', "'''")


def in_comment(lines: list[str], number: int, language: str) -> bool:
    """Whether line `number` (from 1) of a file in this language is part of a comment.

    Prose has no comments; what it says about licenses may be about anything.
    """
    spec = BY_SLUG.get(language)
    if spec is not None and spec.kind == "prose":
        return False
    if _LINE_COMMENT.match(lines[number - 1]):
        return True
    before = "\n".join(lines[: number - 1])
    if any(before.rfind(start) > before.rfind(end) for start, end in _BLOCKS):
        return True
    return any(before.count(mark) % 2 == 1 for mark in _DOCSTRINGS)
