"""Paragraphs of `Name: value` fields, as in Debian's control files and Python's metadata.

Belongs here: the syntax, with the lines on which each field stands. Does not belong here: what a
field means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9_.-]{0,60})[ \t]*:(?!:)[ \t]*(.*)$")


class Field(NamedTuple):
    """One field: name in lower case, its value's lines, and its first and last line, from 1."""

    name: str
    lines: tuple[str, ...]
    start_line: int
    end_line: int

    @property
    def value(self) -> str:
        """All lines joined by line ends, without surrounding blanks."""
        return "\n".join(self.lines).strip()

    @property
    def first(self) -> str:
        """The first line of the value."""
        return self.lines[0].strip()

    @property
    def rest(self) -> str:
        """The value without its first line; a lone dot stands for an empty line."""
        return "\n".join("" if line.strip() == "." else line for line in self.lines[1:]).strip("\n")


Paragraph = list[Field]


def paragraphs(text: str, blank_continues: bool = False) -> Iterator[Paragraph]:
    """The paragraphs, separated by empty lines; indented lines continue a field.

    Comment lines (`#` in the first column) and lines that are no field are passed over. A line
    of blanks alone ends a paragraph in Debian's files, and continues a field (`blank_continues`)
    in mail headers such as Python's metadata.
    """
    current: Paragraph = []
    name, lines, start, end = "", [""], 0, 0
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.lstrip("\ufeff")), 1):
        if line.startswith("#"):
            continue
        if line[:1] in (" ", "\t") and (blank_continues or line.strip()):
            if name:
                lines.append(line)
                end = number
            continue
        if name:
            current.append(Field(name, tuple(lines), start, end))
            name = ""
        match = _FIELD.match(line)
        if match is not None:
            name, lines, start, end = match[1].lower(), [match[2]], number, number
        elif not line.strip() and current:
            yield current
            current = []
    if name:
        current.append(Field(name, tuple(lines), start, end))
    if current:
        yield current


def first(paragraph: Paragraph, name: str) -> Field | None:
    """The first field of that name (lower case), or None."""
    return next((field for field in paragraph if field.name == name), None)


def value(paragraph: Paragraph, name: str) -> str:
    """The value of the first field of that name, empty if there is none."""
    field = first(paragraph, name)
    return "" if field is None else field.value


def values(paragraph: Paragraph, name: str) -> list[str]:
    """The values of all fields of that name."""
    return [field.value for field in paragraph if field.name == name]
