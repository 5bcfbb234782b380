"""What the output of generators looks like where no marker says so.

Belongs here: the table of prints and their test. A print is a trigger, a word that is rare outside
such output, and patterns that must all be found in the text, at least so many times. Patterns are
made so that generators, their templates and skeletons, which hold the same words in strings or with
placeholders, do not match: they ask for the numbers, the line starts and the counts of output.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import polars as pl

from corpus_assets.quality.kinds.prints_interfaces import INTERFACES
from corpus_assets.quality.kinds.prints_parsers import PARSERS
from corpus_assets.quality.kinds.prints_scripts import SCRIPTS

_HEAD = r"\A(?>\s+|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+"  # `<head>` in a pattern
_READ_CHARS = 400_000  # of a text; enough for every print


class Print(NamedTuple):
    """One row of the table."""

    kind: str
    name: str
    triggers: tuple[str, ...]
    patterns: tuple[tuple[re.Pattern[str], int], ...]


def _print(kind: str, row: str) -> Print:
    """A row `name | trigger trigger … | pattern ;; n pattern ;; …`.

    A ~ in a trigger is a blank; a pattern must be found n times, once where n is left out.
    """
    name, triggers, patterns = (part.strip() for part in row.split(" | ", 2))
    parts = []
    for pattern in patterns.replace("<head>", _HEAD).split(" ;; "):
        count, _, rest = pattern.strip().partition(" ")
        parts.append((rest, int(count)) if count.isdigit() else (pattern.strip(), 1))
    return Print(
        kind, name, tuple(t.replace("~", " ") for t in triggers.split()), tuple((re.compile(p, re.M), n) for p, n in parts)
    )


PRINTS = tuple(
    _print(kind, row)
    for rows in (PARSERS, INTERFACES, SCRIPTS)
    for kind, lines in rows.items()
    for row in lines.strip().splitlines()
)
_OF_TRIGGER: dict[str, list[Print]] = {}
for _row in PRINTS:
    for _trigger in _row.triggers:
        _OF_TRIGGER.setdefault(_trigger, []).append(_row)


def found_prints(texts: pl.Series) -> list[tuple[int, str, str]]:
    """(row, kind, name of the print) of every print found in texts (String without nulls)."""
    triggers = sorted(_OF_TRIGGER)
    hits = texts.to_frame("text").with_row_index("row")
    hits = hits.filter(pl.col("text").str.contains_any(triggers))
    hits = hits.with_columns(
        pl.col("text").str.extract_many(triggers, overlapping=True).list.unique().alias("triggers")
    )
    return [
        (row, print_.kind, print_.name)
        for row, text, named in hits.iter_rows()
        for print_ in sorted({p for trigger in named for p in _OF_TRIGGER[trigger]}, key=_order)
        if _matches(print_, text[:_READ_CHARS])
    ]


def _order(print_: Print) -> tuple[str, str]:
    return print_.kind, print_.name


def _matches(print_: Print, text: str) -> bool:
    return all(_at_least(pattern, count, text) for pattern, count in print_.patterns)


def _at_least(pattern: re.Pattern[str], count: int, text: str) -> bool:
    found = pattern.finditer(text)
    return all(next(found, None) is not None for _ in range(count))
