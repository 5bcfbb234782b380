"""Literals in build files of other languages: strings, lists of them, arguments of a call.

Belongs here: reading without a parser of the language, in linear time. Does not belong here:
what the values mean. A value with a computed part is no literal and is left out.
"""

from __future__ import annotations

import re

_MAX_CALL = 20_000
_STRING = re.compile(
    r"'''(.{0,2000}?)'''|\"\"\"(.{0,2000}?)\"\"\"|'((?:[^'\\\n]|\\.){0,2000})'"
    r"|\"((?:[^\"\\\n]|\\.){0,2000})\"",
    re.DOTALL,
)
_TOKEN = re.compile(_STRING.pattern + r"|([()\[\]{}])", re.DOTALL)


def uncommented(text: str, comment: str) -> str:
    """The text without lines that are comments as a whole."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith(comment))
    return "\n".join(lines)


def call(text: str, name: str, comment: str) -> str | None:
    """What stands between the brackets of the first call of that name, or None."""
    source = uncommented(text, comment)
    start = re.search(rf"(?:^|\s){name}\s*\(", source)
    if start is None:
        return None
    return _balanced(source, start.end())


def _balanced(source: str, start: int) -> str:
    """The text up to the bracket that closes what was opened before `start`, or to the limit."""
    depth = 1
    for token in _TOKEN.finditer(source, start, min(len(source), start + _MAX_CALL)):
        bracket = token.group(5)
        if bracket is not None:
            depth += 1 if bracket in "([{" else -1
            if depth == 0:
                return source[start : token.start()]
    return source[start : start + _MAX_CALL]


def arguments(source: str) -> dict[str, str]:
    """The named arguments `name : value` or `name = value` of a call, as source text."""
    parts: dict[str, str] = {}
    depth, begin = 0, 0
    bounds = []
    for token in re.finditer(_TOKEN.pattern + r"|(,)", source, re.DOTALL):
        if token.group(5):
            depth += 1 if token.group(5) in "([{" else -1
        elif token.group(6) and depth == 0:
            bounds.append((begin, token.start()))
            begin = token.end()
    bounds.append((begin, len(source)))
    for start, end in bounds:
        match = re.match(r"\s*:?(\w+)\s*(?::|=>?)(?!:)\s*(.*)$", source[start:end], re.DOTALL)
        if match is not None:
            parts.setdefault(match.group(1), match.group(2).strip())
    return parts


def strings(source: str) -> list[str]:
    """The string literals in a piece of source, without those that hold computed parts."""
    found = (
        next(group for group in match.groups() if group is not None)
        for match in _STRING.finditer(source)
    )
    return [text for text in found if not re.search(r"#\{|\$\{|@\w+@", text)]
