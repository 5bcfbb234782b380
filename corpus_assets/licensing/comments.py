"""Where in a text its comments are, as far as license statements need to know.

Belongs here: telling a statement about the file from words in code or data that look like one.
Does not belong here: parsing; one look at each line and at open block comments decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus_assets.languages import BY_SLUG


class Syntax(NamedTuple):
    """How a language writes comments of several lines: marks of blocks, and marks of strings that
    are documentation where they begin a line."""

    blocks: tuple[tuple[str, str], ...] = ()
    documentation: tuple[str, ...] = ()


# Signs that begin a comment somewhere. Fragments that are included or preprocessed use signs of
# another language than their name tells, so all are taken, but for directives and quotes.
_BEGINS = (
    r"\s*(?:#(?!\s*(?:define|include|pragma|if|ifdef|ifndef|elif|else|endif|undef)\b)|//|/\*|\*|--|;|"
    r"%|!|<!--|\.\.|dnl\b|rem\b|\(\*|\{-|\|"
)
_BEGINS_KNOWN = re.compile(_BEGINS + ")", re.IGNORECASE)
_BEGINS_ANY = re.compile(_BEGINS + r"|')", re.IGNORECASE)

_SLASHES = Syntax((("/*", "*/"),))
_NONE = Syntax()
_TRIPLE = ('"""', "'''")
_POD = tuple((start, "=cut") for start in ("=pod", "=head", "=begin", "=over", "=for"))
_SYNTAX: dict[str, Syntax] = {
    **dict.fromkeys(
        (
            "c", "cpp", "csharp", "css", "dart", "go", "groovy", "hcl", "java", "javascript",
            "kotlin", "objective_c", "php", "protobuf", "rust", "scala", "solidity", "sql",
            "swift", "typescript", "zig",
        ),
        _SLASHES,
    ),
    **dict.fromkeys(
        ("ada", "dockerfile", "erlang", "makefile", "r", "shell", "toml", "yaml"), _NONE
    ),
    **dict.fromkeys(("clojure", "lisp", "scheme"), Syntax((("#|", "|#"),))),
    **dict.fromkeys(("fsharp", "ocaml"), Syntax((("(*", "*)"),))),
    "cmake": Syntax((("#[[", "]]"),)),
    "elixir": Syntax((), _TRIPLE),
    "haskell": Syntax((("{-", "-}"),)),
    "julia": Syntax((("#=", "=#"),), _TRIPLE),
    "lua": Syntax((("--[[", "]]"),)),
    "perl": Syntax(_POD),
    "powershell": Syntax((("<#", "#>"),)),
    "python": Syntax((), _TRIPLE),
    "ruby": Syntax((("=begin", "=end"),)),
    "xml": Syntax((("<!--", "-->"),)),
}  # fmt: skip
# Languages with dialects, embedded ones and all that are not listed.
_ANY = Syntax(
    (("/*", "*/"), ("<!--", "-->"), ("(*", "*)"), ("{-", "-}"), ("=begin", "=end")), _TRIPLE
)


def has_known_comments(language: str) -> bool:
    """Whether what stands outside comments in this language is surely code or data."""
    return language in _SYNTAX


def comment_lines(lines: Sequence[str], language: str) -> list[bool]:
    """For each line of a file in this language whether it is, or begins within, a comment.

    Prose has no comments; what it says about licenses may be about anything. One pass: time is
    linear in the text.
    """
    spec = BY_SLUG.get(language)
    if spec is not None and spec.kind == "prose":
        return [False] * len(lines)
    syntax = _SYNTAX.get(language, _ANY)
    begins = _BEGINS_KNOWN if language in _SYNTAX else _BEGINS_ANY
    parts = zip(lines, _in_blocks(lines, syntax), _in_documentation(lines, syntax), strict=True)
    return [block or text or begins.match(line) is not None for line, block, text in parts]


def _in_blocks(lines: Sequence[str], syntax: Syntax) -> Iterator[bool]:
    """Whether each line begins inside a block comment."""
    inside = [False] * len(syntax.blocks)
    for line in lines:
        yield any(inside)
        for number, (start, end) in enumerate(syntax.blocks):
            opened, closed = line.rfind(start), line.rfind(end)
            if opened != closed:  # at least one of them stands in the line
                inside[number] = opened > closed


def _in_documentation(lines: Sequence[str], syntax: Syntax) -> Iterator[bool]:
    """Whether each line is part of a string that documents, not of one that a program uses."""
    mark, documents = "", False
    for line in lines:
        starts = {found: sign for sign in syntax.documentation if (found := line.find(sign)) >= 0}
        if mark:
            yield documents
            if line.count(mark) % 2 == 1:
                mark = ""
        elif starts:
            first = min(starts)
            documents = re.fullmatch(r"\s*[rRuU]?", line[:first]) is not None
            yield documents
            if line.count(starts[first]) % 2 == 1:
                mark = starts[first]
        else:
            yield False
