"""The earliest known origin of a content."""

from __future__ import annotations

import polars as pl

from corpus_assets.origins import REVISION, content_origins
from corpus_assets.tables import TABLES

Place = tuple[str, str, str, bool]


def first(places: list[Place], dates: dict[tuple[str, str], str | None]) -> list[tuple[str, ...]]:
    """(content, origin, revision, date) from (content, origin, revision, is_vendored)."""
    head = {"source_category": "open_source", "source": "s"}
    found = pl.LazyFrame(
        [head | dict(zip(("content_id", "origin", "revision", "is_vendored"), row, strict=True))
         for row in places],
        schema={"content_id": pl.String, **dict.fromkeys(REVISION, pl.String),
                "is_vendored": pl.Boolean},
    )  # fmt: skip
    blank = dict.fromkeys(TABLES["revisions"].names)
    revisions = pl.LazyFrame(
        [blank | head | {"origin": origin, "revision": revision, "revision_date": day}
         for (origin, revision), day in dates.items()],
        schema=TABLES["revisions"].schema,
    )  # fmt: skip
    rows = content_origins(found, revisions).collect().sort("content_id")
    return rows.select("content_id", "first_origin", "first_revision", "first_date").rows()


def test_the_earliest_date_wins_and_ties_go_by_name() -> None:
    dates = {("b", "1"): "2019-01-01", ("a", "1"): "2020-01-01", ("c", "1"): "2019-01-01"}
    places = [("x", name, "1", False) for name in "abc"]
    assert first(places, dates) == [("x", "b", "1", "2019-01-01")]
    assert first(places[::-1], dates) == first(places, dates)


def test_vendored_copies_and_revisions_without_a_date_are_no_origin() -> None:
    dates = {("a", "1"): "2010-01-01", ("b", "1"): None, ("c", "1"): "2021-01-01"}
    places = [("x", "a", "1", True), ("x", "b", "1", False), ("x", "c", "1", False)]
    assert first(places, dates) == [("x", "c", "1", "2021-01-01")]
    assert first(places[:2], dates) == []


def test_a_content_in_two_files_of_a_revision_has_one_origin() -> None:
    places = [("x", "a", "1", False), ("x", "a", "1", False), ("y", "a", "2", False)]
    dates = {("a", "1"): "2010-01-01", ("a", "2"): "2011-01-01"}
    assert first(places, dates) == [("x", "a", "1", "2010-01-01"), ("y", "a", "2", "2011-01-01")]
