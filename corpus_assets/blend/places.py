"""Where contents were found first, within a source and within a source category.

Belongs here: the earliest of several places of one content. Does not belong here: what is compared
(`overlap`, `copied`). Unlike `origins`, which asks who made a content and so passes over vendored
copies and revisions without a date, this finds a place for every content.
"""

from __future__ import annotations

import polars as pl

_REVISION = ["source_category", "source", "origin", "revision"]
_PLACE = ("source", "origin", "revision", "path")
_NO_DATE = "9999-12-31"


def earliest_places(
    occurrences: pl.LazyFrame, revisions: pl.LazyFrame, by: list[str]
) -> pl.LazyFrame:
    """One row per content and `by` (source_category, or it and source): source, origin, revision,
    path and date of the place with the earliest revision date; undated ones (9999-12-31) come
    last, ties go to the smaller origin, revision, path and source."""
    dates = revisions.select(*_REVISION, "revision_date").unique(_REVISION, keep="any")
    order = ("date", "origin", "revision", "path", "source")
    wanted = [name for name in (*_PLACE, "date") if name not in by]
    return (
        occurrences.select("content_id", *_REVISION, "path")
        .join(dates, on=_REVISION, how="left")
        .with_columns(date=pl.col("revision_date").fill_null(_NO_DATE))
        .group_by("content_id", *by)
        .agg(pl.col(name).sort_by(*order).first() for name in wanted)
    )
