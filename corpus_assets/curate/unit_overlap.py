"""Unit overlap: what share of a document's functions stands elsewhere first, where, and under
which license.

Belongs here: the choice which of several holders of a function comes first, and the sums per
document. Does not belong here: finding clones (`dedup`), which units count (`counted_units`), or
what a stage does about them (`gates`, and `blend` for weights and masks).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.counted_units import clones, counted_units, near_tokens
from corpus_assets.curate.claims import CREDIBLE_STATES, RESTRICTIVE, strictness
from corpus_assets.origins import content_origins
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.tables import conform

RULE_VERSION = "unit-overlap-1"
RESTRICTIVE_UNITS = "restrictive_units"
_NO_DATE = "9999-12-31"


def unit_overlap(
    documents: pl.DataFrame,
    units: pl.DataFrame,
    near_units: pl.DataFrame,
    resolution: pl.DataFrame,
    conclusions: pl.DataFrame,
    signals: pl.DataFrame,
    revisions: pl.DataFrame,
    policy: FilterPolicy,
) -> pl.DataFrame:
    """Table unit_overlap, one row per document of table units, sorted by content_id.

    A unit is seen when a kept document holds it, or a type-1, type-2 or near clone of it, that
    comes before its own: kept before removed, then earlier origin (`content_origins`), then
    smaller content id. So of two kept documents that share a unit exactly one has it seen. For
    the license flag any kept document counts that is not known to be younger: code without a date
    is not thereby a copy of what has one.
    """
    rules = policy.unit_duplicates
    order = _order(documents, resolution, conclusions, signals, revisions)
    kept = order.filter("is_kept").select("content_id")
    counted = counted_units(
        units.lazy(), kept.lazy(), rules.min_tokens, rules.max_documents
    ).collect()
    own = counted.filter(~pl.col("is_boilerplate"))
    held = own.join(kept, on="content_id", how="semi").with_columns(other="content_id")
    near = near_tokens(near_units.lazy(), units.lazy())
    pairs = clones(
        own.lazy(), held.lazy(), held.lazy(), near, ["other"], rules.min_renamed_tokens
    ).collect()
    matches = (
        own.select("unit_id", "content_id", "n_tokens", "start_byte", "end_byte")
        .join(pairs, on="unit_id")
        .filter(pl.col("other") != pl.col("content_id"))
        .join(order, on="content_id")
        .join(order.rename({"content_id": "other"}), on="other", suffix="_other")
    )
    frame = (
        units.select("content_id", "language").unique()
        .join(_counts(counted), on="content_id", how="left")
        .join(_seen(matches), on="content_id", how="left")
        .join(_seen_in(matches), on="content_id", how="left")
        .join(_restrictive(matches), on="content_id", how="left")
        .with_columns(pl.col("^n_.*$").fill_null(0), pl.col("restrictive_tokens").fill_null(0))
        .with_columns(
            seen_spans=pl.col("seen_spans").fill_null([]),
            seen_share=_share("n_seen_tokens"),
            seen_in_share=pl.when(pl.col("seen_in").is_not_null()).then(_share("n_seen_in")),
            restrictive_share=_share("restrictive_tokens"),
            rule_version=pl.lit(f"{RULE_VERSION}; policy {policy.version}"),
        )
        .with_columns(
            license_flags=pl.when(pl.col("restrictive_share") >= rules.restrictive_share)
            .then([RESTRICTIVE_UNITS])
            .otherwise([])
        )
        .drop("n_seen_tokens", "n_seen_in", "restrictive_tokens")
        .sort("content_id")
    )  # fmt: skip
    return conform(frame, "unit_overlap")


def boilerplate_share(overlap: pl.DataFrame) -> float:
    """Tokens of units that do not count, over those of all outermost functions; 0 without any."""
    left_out = int(overlap["n_boilerplate_tokens"].sum())
    total = left_out + int(overlap["n_unit_tokens"].sum())
    return left_out / total if total else 0.0


def _order(
    documents: pl.DataFrame,
    resolution: pl.DataFrame,
    conclusions: pl.DataFrame,
    signals: pl.DataFrame,
    revisions: pl.DataFrame,
) -> pl.DataFrame:
    """Per document: origin, date, license, whether it is kept, and its place in the order."""
    vendored = signals.select("content_id", "is_vendored")
    places = conclusions.join(vendored, on="content_id", how="left").with_columns(
        pl.col("is_vendored").fill_null(False)
    )
    origins = content_origins(places.lazy(), revisions.lazy()).collect()
    return (
        documents.select("content_id", "origin")
        .join(
            resolution.select("content_id", "is_kept", "license_class", "license_state"),
            on="content_id",
        )
        .join(origins.select("content_id", "first_origin", "first_date"), on="content_id",
              how="left")
        .select(
            "content_id",
            "is_kept",
            "license_class",
            "license_state",
            origin=pl.coalesce("first_origin", "origin"),
            date=pl.col("first_date").fill_null(_NO_DATE),
            rank=strictness("license_class"),
        )
        .sort(~pl.col("is_kept"), "date", "content_id")
        .with_row_index("place")
    )  # fmt: skip


def _counts(counted: pl.DataFrame) -> pl.DataFrame:
    counts = pl.col("is_boilerplate")
    return counted.group_by("content_id").agg(
        n_units=(~counts).sum().cast(pl.Int64),
        n_unit_tokens=pl.col("n_tokens").filter(~counts).sum(),
        n_boilerplate_units=counts.sum().cast(pl.Int64),
        n_boilerplate_tokens=pl.col("n_tokens").filter(counts).sum(),
    )


def _seen(matches: pl.DataFrame) -> pl.DataFrame:
    """Seen units per document: how many, their tokens and spans."""
    seen = matches.filter(pl.col("place_other") < pl.col("place")).unique("unit_id")
    return (
        seen.sort("content_id", "start_byte", "end_byte")
        .group_by("content_id", maintain_order=True)
        .agg(
            n_seen_units=pl.len().cast(pl.Int64),
            n_seen_tokens=pl.col("n_tokens").sum(),
            seen_spans=pl.concat_list("start_byte", "end_byte"),
        )
    )


def _seen_in(matches: pl.DataFrame) -> pl.DataFrame:
    """The earlier document that holds most of a document's unit tokens; ties to the first."""
    return (
        matches.filter(pl.col("place_other") < pl.col("place"))
        .group_by("content_id", "other")
        .agg(
            pl.col("n_tokens").sum().alias("n_seen_in"),
            pl.col("place_other", "origin_other").first(),
            pl.col("license_class_other", "license_state_other").first(),
        )
        .sort("content_id", "n_seen_in", "place_other", descending=[False, True, False])
        .group_by("content_id", maintain_order=True)
        .first()
        .select(
            "content_id",
            "n_seen_in",
            seen_in="other",
            seen_origin="origin_other",
            seen_license_class="license_class_other",
            seen_license_state="license_state_other",
        )
    )


def _restrictive(matches: pl.DataFrame) -> pl.DataFrame:
    """Tokens of units that stand in code that is restrictive, more so than the document itself."""
    known_younger = pl.col("date_other") > pl.col("date")
    undated = pl.col("date_other") == _NO_DATE
    return (
        matches.filter(
            pl.col("license_state_other").is_in(list(CREDIBLE_STATES))
            & (pl.col("rank_other") >= RESTRICTIVE)
            & (pl.col("rank_other") > pl.col("rank"))
            & (~known_younger | undated)
        )
        .unique("unit_id")
        .group_by("content_id")
        .agg(restrictive_tokens=pl.col("n_tokens").sum())
    )


def _share(tokens: str) -> pl.Expr:
    total = pl.col("n_unit_tokens")
    return pl.when(total > 0).then(pl.col(tokens) / total).otherwise(0.0)
