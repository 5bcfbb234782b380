"""What the source categories share: how much of each stands in another, and which work is whose.

Belongs here: overlap between categories, of files and of functions, aggregated from the proofs.
Does not belong here: finding duplicates (`dedup`), which copy is kept (`curate`).

Everything is a lazy plan over columns: text is never read, pairs are cut down to one row per
item and category before they meet sources, so memory is bounded by items, not by pairs.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from corpus_assets.counted_units import clones, counted_units, near_tokens
from corpus_assets.languages import SLUGS, SOURCE_CATEGORIES
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.tables import TABLES, conform

INPUTS = ("occurrences", "near_duplicates", "units", "near_units", "duplicate_resolution")
_SOURCE = ("source_category", "source")
Tables = Mapping[str, pl.LazyFrame]


def source_overlap(tables: Tables, policy: FilterPolicy) -> pl.DataFrame:
    """Table source_overlap from the tables named in INPUTS, complete: a row for every source,
    other category and level, also where nothing is shared.

    exact: the same bytes. near: those, and verified pairs at or above the removal threshold.
    unit: counted units (`counted_units`, boilerplate aside) that stand in the other category as
    they are, renamed or similar.
    """
    places = tables["occurrences"].select("content_id", *_SOURCE).unique()
    sources = places.select(_SOURCE).unique()
    categories = places.select("content_id", other_category="source_category").unique()
    near = _near_categories(tables["near_duplicates"], categories, policy)
    own = own_units(tables, policy)
    held = own.join(categories, on="content_id")
    tokens = near_tokens(tables["near_units"], tables["units"])
    units = clones(
        own, held, held, tokens, ["other_category"], policy.unit_duplicates.min_renamed_tokens
    )
    unit_places = own.select("unit_id", "content_id").join(places, on="content_id")
    parts = [
        _shared("exact", sources, places, categories, "content_id"),
        _shared("near", sources, places, pl.concat([categories, near]).unique(), "content_id"),
        _shared("unit", sources, unit_places, units, "unit_id"),
    ]
    frame = pl.concat(pl.collect_all(parts, engine="streaming"))
    return conform(frame.select(TABLES["source_overlap"].names), "source_overlap").sort(
        TABLES["source_overlap"].key
    )


def _shared(
    level: str, sources: pl.LazyFrame, places: pl.LazyFrame, found: pl.LazyFrame, item: str
) -> pl.LazyFrame:
    """Items per source, and how many of them `found` (item, other_category) has elsewhere."""
    others = pl.LazyFrame({"other_category": list(SOURCE_CATEGORIES)})
    totals = places.group_by(_SOURCE).agg(n_items=pl.col(item).n_unique().cast(pl.Int64))
    rows = sources.join(others, how="cross").filter(
        pl.col("source_category") != pl.col("other_category")
    )
    shared = (
        places.join(found, on=item)
        .filter(pl.col("source_category") != pl.col("other_category"))
        .group_by(*_SOURCE, "other_category")
        .agg(n_shared=pl.col(item).n_unique().cast(pl.Int64))
    )
    return (
        rows.join(totals, on=_SOURCE, how="left")
        .join(shared, on=[*_SOURCE, "other_category"], how="left")
        .with_columns(pl.col("n_items", "n_shared").fill_null(0), level=pl.lit(level))
        .with_columns(
            share=pl.when(pl.col("n_items") > 0)
            .then(pl.col("n_shared") / pl.col("n_items"))
            .otherwise(0.0)
        )
    )


def _near_categories(
    near: pl.LazyFrame, categories: pl.LazyFrame, policy: FilterPolicy
) -> pl.LazyFrame:
    """content_id, other_category: where a document similar to it was found."""
    there = categories.rename({"content_id": "other"})
    pairs = removal_pairs(near, policy).select("content_id", "other")
    return pairs.join(there, on="other").select("content_id", "other_category").unique()


def removal_pairs(near: pl.LazyFrame, policy: FilterPolicy) -> pl.LazyFrame:
    """content_id, other, similarity: pairs at or above the removal threshold, both ways."""
    removal = {slug: policy.near_duplicates.for_language(slug).removal for slug in SLUGS}
    limit = pl.col("language").replace_strict(removal, return_dtype=pl.Float64)
    strong = near.filter(pl.col("similarity") >= limit)
    a, b = pl.col("content_id_a"), pl.col("content_id_b")
    return pl.concat(
        [
            strong.select(content_id=a, other=b, similarity="similarity"),
            strong.select(content_id=b, other=a, similarity="similarity"),
        ]
    )


def own_units(tables: Tables, policy: FilterPolicy) -> pl.LazyFrame:
    """Counted units without boilerplate."""
    rules = policy.unit_duplicates
    kept = tables["duplicate_resolution"].filter("is_kept")
    return counted_units(tables["units"], kept, rules.min_tokens, rules.max_documents).filter(
        ~pl.col("is_boilerplate")
    )
