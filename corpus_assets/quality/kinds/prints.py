"""What the output of generators looks like where no marker says so.

Belongs here: the table of prints and their test. A print is a trigger, a word that is rare outside
such output, and patterns that must all be found in the text, at least so many times. Patterns are
made so that generators, their templates and skeletons, which hold the same words in strings or with
placeholders, do not match: they ask for the numbers, the line starts and the counts of output.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import polars as pl

from corpus_assets.languages import OTHER
from corpus_assets.quality.kinds.prints_interfaces import INTERFACES
from corpus_assets.quality.kinds.prints_parsers import PARSERS
from corpus_assets.quality.kinds.prints_scripts import SCRIPTS

_HEAD = r"\A(?>\s+|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+"  # `<head>` in a pattern
_READ_CHARS = 400_000  # of a text; enough for every print


class Print(NamedTuple):
    """One row of the table."""

    kind: str
    name: str
    languages: frozenset[str]  # in which alone it counts; empty for all but "other"
    triggers: tuple[str, ...]
    patterns: tuple[tuple[re.Pattern[str], int], ...]


def _print(kind: str, row: str) -> Print:
    """A row `name@languages | trigger trigger … | pattern ;; n pattern ;; …`.

    A ~ in a trigger is a blank; a pattern must be found n times, once where n is left out.
    """
    head, triggers, patterns = (part.strip() for part in row.split(" | ", 2))
    parts = []
    for pattern in patterns.replace("<head>", _HEAD).split(" ;; "):
        count, _, rest = pattern.strip().partition(" ")
        parts.append((rest, int(count)) if count.isdigit() else (pattern.strip(), 1))
    name, _, languages = head.partition("@")
    return Print(
        kind,
        name,
        frozenset(filter(None, languages.split("+"))),
        tuple(trigger.replace("~", " ") for trigger in triggers.split()),
        tuple((re.compile(expression, re.M), count) for expression, count in parts),
    )


@cache
def prints() -> tuple[Print, ...]:
    """The whole table; its expressions are compiled at the first call."""
    return tuple(
        _print(kind, row)
        for rows in (PARSERS, INTERFACES, SCRIPTS)
        for kind, lines in rows.items()
        for row in lines.strip().splitlines()
    )


@cache
def _triggers(language: str) -> dict[str, list[Print]]:
    """The prints that count in a language, by trigger."""
    found: dict[str, list[Print]] = {}
    for print_ in prints():
        for trigger in print_.triggers if _applies(print_, language) else ():
            found.setdefault(trigger, []).append(print_)
    return found


def found_prints(documents: pl.DataFrame) -> list[tuple[int, str, str]]:
    """(row, kind, name) of every print found in documents (language, text without nulls)."""
    rows = documents.select("language", "text").with_row_index("row")
    return [
        (row, print_.kind, print_.name)
        for (language,), part in rows.group_by("language", maintain_order=True)
        for row, print_ in _of_language(_triggers(str(language)), part)
    ]


def _of_language(of_trigger: dict[str, list[Print]], rows: pl.DataFrame) -> list[tuple[int, Print]]:
    if not of_trigger:
        return []
    triggers = sorted(of_trigger)
    # An alternation of words is searched several times faster than by the automaton of
    # `contains_any` and `extract_many`, which alone finds those that overlap.
    any_trigger = "|".join(map(re.escape, triggers))
    text = pl.col("text")
    hits = rows.filter(text.str.contains(any_trigger)).select(
        "row", "text", text.str.extract_many(triggers, overlapping=True).alias("triggers")
    )
    return [
        (row, print_)
        for row, text, named in hits.iter_rows()
        for print_ in sorted({p for trigger in named for p in of_trigger[trigger]}, key=_order)
        if _matches(print_, text[:_READ_CHARS])
    ]


def _order(print_: Print) -> tuple[str, str]:
    return print_.kind, print_.name


def _applies(print_: Print, language: str) -> bool:
    """Whether the print speaks of the language; build and lock files have none of their own."""
    if print_.languages:
        return language in print_.languages
    return language != OTHER or print_.kind in ("build_generated", "lock_file")


def _matches(print_: Print, text: str) -> bool:
    return all(_at_least(pattern, count, text) for pattern, count in print_.patterns)


def _at_least(pattern: re.Pattern[str], count: int, text: str) -> bool:
    found = pattern.finditer(text)
    return all(next(found, None) is not None for _ in range(count))
