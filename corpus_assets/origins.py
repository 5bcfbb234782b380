"""Where a content was published first, as far as the collected revisions tell: ground floor.

Belongs here: the choice of the earliest known origin, which licensing (chains of copies) and
curation (the kept duplicate) must make alike. Does not belong here: what follows from it.
"""

from __future__ import annotations

import polars as pl

REVISION = ("source_category", "source", "origin", "revision")


def content_origins(places: pl.LazyFrame, revisions: pl.LazyFrame) -> pl.LazyFrame:
    """One row per content that has an origin: content_id, first_category, first_source,
    first_origin, first_revision, first_date.

    `places` has content_id, the columns of `REVISION` and is_vendored (Boolean), `revisions` is
    table revisions. The origin is that of the earliest revision date, ties go to the smaller
    name of origin, then of revision, source and category. A vendored copy is no origin, and
    neither is a revision without a date: when it came into being is unknown.
    """
    dates = revisions.select(*REVISION, "revision_date").filter(
        pl.col("revision_date").is_not_null()
    )
    order = ("revision_date", "origin", "revision", "source", "source_category")
    first = {
        "first_category": "source_category",
        "first_source": "source",
        "first_origin": "origin",
        "first_revision": "revision",
        "first_date": "revision_date",
    }
    return (
        places.filter(~pl.col("is_vendored"))
        .select("content_id", *REVISION)
        .unique()
        .join(dates, on=list(REVISION), how="inner")
        .group_by("content_id")
        .agg(pl.col(column).sort_by(*order).first().alias(name) for name, column in first.items())
    )
