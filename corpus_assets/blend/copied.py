"""Copied work: contents of one source category that stand in another one, with their places.

Belongs here: for each content, source and other category the strongest likeness and where the
other one was found first. Does not belong here: figures per source (`overlap`), or who copied from
whom: the dates and licenses are there for people to judge.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.blend.overlap import Tables, own_units, removal_pairs
from corpus_assets.blend.places import earliest_places
from corpus_assets.counted_units import clones, near_tokens
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.tables import TABLES, conform

INPUTS = (
    "occurrences", "revisions", "documents", "quality_signals", "near_duplicates", "units",
    "near_units", "duplicate_resolution",
)  # fmt: skip
_LEVELS = ("exact", "near", "unit")  # strongest first
_FOUND = ("content_id", "other_category", "other_content_id", "similarity", "strength")


def copied_work(tables: Tables, policy: FilterPolicy) -> pl.DataFrame:
    """Table copied_work from the tables named in INPUTS.

    A row says that a content of a source stands in another category too: as it is (exact), as a
    document at or above the removal threshold (near), or by at least the policy's copied_share of
    the tokens of its counted units (unit); of these the strongest. Of several likenesses of a
    level the greatest counts, then the one found earliest in the other category, then the smaller
    content id. Documents of fewer tokens than a unit must have are nobody's work: blank files and
    one-line stubs stand everywhere.
    """
    least = policy.unit_duplicates.min_tokens
    works = (
        tables["documents"]
        .select("content_id", "language")
        .join(
            tables["quality_signals"].filter(pl.col("n_tokens") >= least).select("content_id"),
            on="content_id",
            how="semi",
        )
    )
    both = tables["occurrences"], tables["revisions"]
    here = earliest_places(*both, ["source_category", "source"]).drop("date")
    there = earliest_places(*both, ["source_category"]).rename(
        {"source_category": "other_category"}
    )
    dates = there.select("content_id", "other_category", "date")
    found = pl.concat(
        [
            dates.select(
                "content_id", "other_category", other_content_id="content_id",
                similarity=pl.lit(1.0), strength=pl.lit(0, pl.Int64),
            ),
            _near(removal_pairs(tables["near_duplicates"], policy), dates),
            _of_units(tables, dates, policy),
        ]
    )  # fmt: skip
    key = ["content_id", "source_category", "source", "other_category"]
    licenses = tables["duplicate_resolution"].select(
        "content_id", other_license_class="license_class", other_license_state="license_state"
    )
    places = there.drop("date").rename(
        {name: f"other_{name}" for name in ("source", "origin", "revision", "path")}
    )
    rows = (
        here.join(found, on="content_id")
        .filter(pl.col("source_category") != pl.col("other_category"))
        .join(works, on="content_id")
        .group_by(key)
        .agg(pl.all().sort_by("strength").first())
        .with_columns(
            level=pl.col("strength").replace_strict(
                dict(enumerate(_LEVELS)), return_dtype=pl.String
            )
        )
        .join(
            places,
            left_on=["other_content_id", "other_category"],
            right_on=["content_id", "other_category"],
        )
        .join(licenses, left_on="other_content_id", right_on="content_id", how="left")
        .select(TABLES["copied_work"].names)
        .collect(engine="streaming")
    )
    return conform(rows, "copied_work").sort(TABLES["copied_work"].key)


def _near(pairs: pl.LazyFrame, dates: pl.LazyFrame) -> pl.LazyFrame:
    """The most similar content of each other category."""
    found = pairs.join(dates, left_on="other", right_on="content_id")
    return _best(
        found.select("content_id", "other_category", "date", other_content_id="other",
                     similarity="similarity", strength=pl.lit(1, pl.Int64))
    )  # fmt: skip


def _of_units(tables: Tables, dates: pl.LazyFrame, policy: FilterPolicy) -> pl.LazyFrame:
    """Documents that share enough of their unit tokens with a category.

    The content named is the one that holds most of them among those that hold each unit first.
    """
    own = own_units(tables, policy)
    held = own.join(dates, on="content_id").rename({"content_id": "other"})
    near = near_tokens(tables["near_units"], tables["units"])
    others = ["other", "other_category", "date"]
    pairs = clones(
        own,
        _first(held, "type2_sha256"),
        _first(held, "type1_sha256"),
        near,
        others,
        policy.unit_duplicates.min_renamed_tokens,
    )
    sizes = own.group_by("content_id").agg(total=pl.col("n_tokens").sum())
    matches = own.select("unit_id", "content_id", "n_tokens").join(pairs, on="unit_id")
    by = ["content_id", "other_category"]
    shares = (
        matches.select("unit_id", "n_tokens", *by)
        .unique()
        .group_by(by)
        .agg(shared=pl.col("n_tokens").sum())
        .join(sizes, on="content_id")
        .with_columns(share=pl.col("shared") / pl.col("total"))
        .filter(pl.col("share") >= policy.unit_duplicates.copied_share)
    )
    holders = matches.group_by(*by, "other", "date").agg(similarity=pl.col("n_tokens").sum())
    most = _best(
        holders.select(*by, "date", other_content_id="other", similarity="similarity",
                       strength=pl.lit(2, pl.Int64))
    )  # fmt: skip
    return most.join(shares, on=by).with_columns(similarity=pl.col("share")).select(_FOUND)


def _first(held: pl.LazyFrame, tokens: str) -> pl.LazyFrame:
    """Of each category the content that holds a clone first."""
    order = ("date", "other")
    return held.group_by("language", tokens, "other_category").agg(
        pl.col(name).sort_by(*order).first() for name in order
    )


def _best(found: pl.LazyFrame) -> pl.LazyFrame:
    """The best of each content and other category: most alike, earliest, smallest id."""
    order = (-pl.col("similarity"), pl.col("date"), pl.col("other_content_id"))
    chosen = ("other_content_id", "similarity", "strength")
    return (
        found.group_by("content_id", "other_category")
        .agg(pl.col(name).sort_by(*order).first() for name in chosen)
        .select(_FOUND)
    )
