"""License texts in lists of paths, read by the detector where a short name means nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus_assets.licensing.dep5 import scoped_statements
from corpus_assets.licensing.paragraph_texts import paragraph_texts
from corpus_assets.licensing.scancode import Detection, Statement

_FORMAT = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
_LIST = (
    _FORMAT
    + """
Files: *
License: Expat

Files: a/*
License: own-1

Files: b/*
License: own-2
 Words two.

Files: c/*
License: own-3 or Expat

License: own-1
 Words one.

License: own-3
 Words three.
"""
)


def statement(expression: str | None, kind: str) -> Statement:
    values: dict[str, object] = dict.fromkeys(Statement._fields)
    return Statement(**values | {"expression": expression, "kind": kind})  # type: ignore[arg-type]


def scan(texts: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, Detection]]:
    """A detector that knows the first two texts, and finds a mere mention in the third."""
    for key, _, text in texts:
        if "three" in text:
            found = (statement("GPL-2.0-only", "reference"),)
        else:
            found = (statement("ISC", "text"), statement("GPL-3.0-only", "reference"))
        yield key, Detection(found, "cut_short" if "two" in text else "complete", "test")


def test_texts_are_asked_once_and_give_their_firm_expression() -> None:
    files = [("debian/copyright", _LIST), ("x/debian/copyright", _LIST), ("REUSE.toml", "[")]
    assert paragraph_texts(files, scan) == {" Words one.": "ISC"}


def test_the_statements_take_what_the_texts_mean() -> None:
    meant = paragraph_texts([("debian/copyright", _LIST)], scan)
    found = scoped_statements("debian/copyright", _LIST, meant.get)
    assert [(item.expression, item.rule) for item in found] == [
        ("MIT", "dep5"),
        ("ISC", "dep5-text"),
        (None, "dep5-unknown"),
        ("own-3 OR MIT", "dep5"),
    ]
