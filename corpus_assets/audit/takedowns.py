"""Expanding takedown requests to the contents they hit.

Belongs here: from selectors to tombstones. Does not belong here: removing anything: the gate
`taken_down` and the release audit read the table.

A content is its bytes: a tombstone holds at every place where the same bytes were or will be
found. Similar contents are listed only when near duplicates are given.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.policy.takedowns import Request, Selector, Takedowns
from corpus_assets.tables import TABLES, conform, empty

# Where several selectors of a request hit one content, the most exact one is told.
_ORDER = ("content", "path", "origin", "near_duplicate")


def takedowns(
    requests: Takedowns, occurrences: pl.LazyFrame, near: pl.LazyFrame | None = None
) -> pl.DataFrame:
    """Table takedowns: one row per request and content.

    With `near` (table near_duplicates) the similar documents of every hit are listed too, as
    match near_duplicate. A content id is listed even when it was never collected.
    """
    places = occurrences.select("content_id", "origin", "path")
    hits = [
        _described(_hits(selector, places), request, str(selector))
        for request in requests.requests
        for selector in request.selectors
    ]
    found = pl.concat([empty("takedowns"), *hits])
    if near is not None:
        found = pl.concat([found, _similar(found, near.collect())])
    ranked = found.with_columns(
        rank=pl.col("match").replace_strict(
            list(_ORDER), list(range(len(_ORDER))), return_dtype=pl.Int64
        )
    )
    distinct = ranked.sort("request_id", "content_id", "rank", "selector").unique(
        ["request_id", "content_id"], keep="first", maintain_order=True
    )
    return conform(distinct.drop("rank"), "takedowns").sort(TABLES["takedowns"].key)


def unmatched(requests: Takedowns, occurrences: pl.LazyFrame) -> list[str]:
    """Selectors that hit nothing collected, as `request_id: selector`: typos, or not here yet."""
    places = occurrences.select("content_id", "origin", "path")
    return [
        f"{request.request_id}: {selector}"
        for request in requests.requests
        for selector in request.selectors
        if not places.filter(_at(selector)).head(1).collect().height
    ]


def _at(selector: Selector) -> pl.Expr:
    if selector.content_id is not None:
        return pl.col("content_id") == selector.content_id
    inside = pl.col("origin") == selector.origin
    return inside if selector.path is None else inside & (pl.col("path") == selector.path)


def _hits(selector: Selector, places: pl.LazyFrame) -> pl.DataFrame:
    if selector.content_id is not None:
        return pl.DataFrame({"content_id": [selector.content_id], "match": ["content"]})
    match = "origin" if selector.path is None else "path"
    contents = places.filter(_at(selector)).select(pl.col("content_id").unique()).collect()
    return contents.with_columns(match=pl.lit(match))


def _described(hits: pl.DataFrame, request: Request, selector: str) -> pl.DataFrame:
    return hits.select(
        pl.lit(request.request_id).alias("request_id"),
        "content_id",
        "match",
        pl.lit(selector).alias("selector"),
        pl.lit(request.reason).alias("reason"),
        pl.lit(request.received_on).alias("received_on"),
    ).select(TABLES["takedowns"].names)


def _similar(found: pl.DataFrame, near: pl.DataFrame) -> pl.DataFrame:
    """Near duplicates of what was hit, in both directions of the pair."""
    ends = near.select("content_id_a", "content_id_b")
    swapped = ends.select(content_id_a="content_id_b", content_id_b="content_id_a")
    return (
        found.join(pl.concat([ends, swapped]), left_on="content_id", right_on="content_id_a")
        .with_columns(content_id="content_id_b", match=pl.lit("near_duplicate"))
        .select(TABLES["takedowns"].names)
    )
