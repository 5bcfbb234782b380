"""Duplicate resolution: which member of a cluster is kept, why, and what license it carries.

Belongs here: the choice among similar documents. A document is removed only for a verified
similarity to a kept one, so a chain of similar documents does not collapse into its middle
member's neighbor; clusters are stars around kept documents. The license of a kept document can
only become stricter through its neighbors: a permissive copy of restrictive code is a conflict.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.curate.claims import (
    CREDIBLE_STATES,
    RESTRICTIVE,
    content_licenses,
    strictness,
    with_limits,
)
from corpus_assets.languages import SLUGS
from corpus_assets.origins import content_origins
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.tables import conform

RULE_VERSION = "resolution-1"

# The order of choice: name of the rule and the column that must be smallest.
_CHOICE = (
    ("license_granted", "not_granted"),
    ("earliest_origin", "origin_date"),
    ("not_vendored", "vendored"),
    ("not_test", "test"),
    ("not_generated", "generated"),
    ("parses_best", "errors"),
    ("smallest_content_id", "content_id"),
)
_NO_DATE = "9999-12-31"

Positions = NDArray[np.int64]


def duplicate_resolution(
    documents: pl.DataFrame,
    near: pl.DataFrame,
    conclusions: pl.DataFrame,
    signals: pl.DataFrame,
    revisions: pl.DataFrame,
    policy: FilterPolicy,
) -> pl.DataFrame:
    """Table duplicate_resolution for the documents of one or more languages, sorted by its key.

    `near`: table near_duplicates of these documents, from which pairs at or above the language's
    removal threshold are used. Kept first: granted license; then earliest revision date (a
    vendored copy is no origin); not vendored; not a test; not generated or minified; fewest syntax
    errors; smallest content id. A document without a conclusion counts as none_found.
    """
    ranked = _ranked(documents, conclusions, signals, revisions)
    pairs = _removal_pairs(near, policy)
    resolved = _resolved(ranked, pairs)
    licenses = _cluster_licenses(ranked, pairs)
    frame = (
        resolved.join(
            licenses, left_on="kept_content_id", right_on="content_id", maintain_order="left"
        )
        .with_columns(rule_version=pl.lit(f"{RULE_VERSION}; policy {policy.version}"))
        .sort("content_id")
    )
    return conform(frame, "duplicate_resolution")


def _ranked(
    documents: pl.DataFrame,
    conclusions: pl.DataFrame,
    signals: pl.DataFrame,
    revisions: pl.DataFrame,
) -> pl.DataFrame:
    """Documents in order of preference, with the columns of _CHOICE and their own license."""
    ids = documents.select("content_id", "language")
    vendored = pl.col("is_vendored").fill_null(False)
    places = conclusions.join(
        signals.select("content_id", "is_vendored"), on="content_id", how="left"
    ).with_columns(is_vendored=vendored)
    origins = content_origins(places.lazy(), revisions.lazy()).collect()
    columns = (
        ids.join(content_licenses(conclusions), on="content_id", how="left")
        .join(origins, on="content_id", how="left")
        .join(signals.drop("language"), on="content_id", how="left")
        .select(
            *ids.columns,
            "claim_origin",
            "license_concluded",
            pl.col("license_state").fill_null("none_found"),
            pl.col("license_class").fill_null("unknown"),
            pl.col("license_evidence").fill_null("none"),
            pl.col("license_obligations").fill_null([]),
            pl.col("license_flags").fill_null([]),
            pl.col("license_reason").fill_null("no conclusion about any occurrence"),
            pl.col("stages_allowed").fill_null([]),
            "valid_to",
            origin_date=pl.col("first_date").fill_null(_NO_DATE),
            vendored=vendored,
            test=pl.col("is_test").fill_null(False),
            generated=(pl.col("is_generated") | pl.col("is_minified")).fill_null(False),
            errors=pl.col("syntax_error_fraction").fill_null(0.0),
        )
        .with_columns(not_granted=pl.col("license_state") != "granted")
    )
    return columns.sort([column for _, column in _CHOICE])


def _removal_pairs(near: pl.DataFrame, policy: FilterPolicy) -> pl.DataFrame:
    """Both directions (content_id, other, similarity) of the pairs that may remove."""
    removal = {
        language: policy.near_duplicates.for_language(language).removal for language in SLUGS
    }
    limit = pl.col("language").replace_strict(removal, return_dtype=pl.Float64)
    pairs = near.filter(pl.col("similarity") >= limit)
    a, b = pl.col("content_id_a"), pl.col("content_id_b")
    return pl.concat(
        [
            pairs.select(content_id=a, other=b, similarity="similarity"),
            pairs.select(content_id=b, other=a, similarity="similarity"),
        ]
    )


def _resolved(ranked: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Cluster, kept member and reason per document."""
    places = ranked.select("content_id").with_row_index("place")
    edges = (
        pairs.join(places, on="content_id")
        .join(places.select(other="content_id", other_place="place"), on="other")
        .cast({"place": pl.Int64, "other_place": pl.Int64})
    )
    is_kept = kept_places(
        ranked.height,
        edges.get_column("place").to_numpy(),
        edges.get_column("other_place").to_numpy(),
    )
    places = places.with_columns(is_kept=pl.Series(is_kept, dtype=pl.Boolean))
    kept = places.filter("is_kept").select(other="content_id", other_rank="place")
    # A removed document goes to the kept one it is most like; ties to the preferred one.
    representatives = (
        edges.join(kept, on="other")
        .sort("content_id", "similarity", "other_rank", descending=[False, True, False])
        .group_by("content_id", maintain_order=True)
        .agg(pl.col("other", "similarity").first())
    )
    members = (
        places.join(representatives, on="content_id", how="left")
        .select(
            "content_id",
            "is_kept",
            kept_content_id=pl.when("is_kept").then("content_id").otherwise("other"),
            similarity_to_kept=pl.when("is_kept").then(1.0).otherwise("similarity"),
        )
        .join(ranked, on="content_id", maintain_order="left")
    )
    return members.select(
        "content_id",
        "language",
        cluster_id=pl.col("content_id").min().over("kept_content_id"),
        cluster_size=pl.len().over("kept_content_id").cast(pl.Int64),
        kept_content_id="kept_content_id",
        is_kept="is_kept",
        similarity_to_kept="similarity_to_kept",
        reason=_reason(),
    )


def _reason() -> pl.Expr:
    """The first rule by which the kept member differs from its runner-up in the cluster.

    Members stand in order of preference, so the kept one is the first and the runner-up second.
    """
    expr: pl.Expr = pl.lit("only_member")
    for name, column in reversed(_CHOICE):
        first = pl.col(column).first().over("kept_content_id")
        second = pl.col(column).get(1, null_on_oob=True).over("kept_content_id")
        expr = pl.when(first != second).then(pl.lit(name)).otherwise(expr)
    return expr


def kept_places(n: int, left: Positions, right: Positions) -> NDArray[np.bool_]:
    """Which of n documents, in order of preference, are kept: going down the order, a document
    is kept unless it has an edge to a kept one. `left`, `right`: edges in both directions.

    Computed in rounds: an undecided document that precedes its undecided neighbors is kept, and
    its neighbors are removed, which gives the same set as going one by one.
    """
    kept = np.zeros(n, dtype=np.bool_)
    undecided = np.ones(n, dtype=np.bool_)
    while undecided.any():
        first = np.full(n, n, dtype=np.int64)
        np.minimum.at(first, left, right)
        chosen = undecided & (np.arange(n) < first)
        kept |= chosen
        undecided &= ~chosen
        undecided[right[chosen[left]]] = False
        open_edges = undecided[left] & undecided[right]
        left, right = left[open_edges], right[open_edges]
    return kept


def _cluster_licenses(ranked: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The license columns of every document, made stricter by its verified neighbors."""
    own = ranked.select(
        "content_id", "claim_origin", "license_concluded", "license_state", "license_class",
        "license_evidence", "license_obligations", "license_flags", "license_reason",
        "stages_allowed", "valid_to", rank=strictness("license_class"),
    )  # fmt: skip
    neighbors = pairs.join(own.rename({"content_id": "other"}), on="other")
    strictest = (
        neighbors.filter(pl.col("license_state").is_in(CREDIBLE_STATES))
        .with_columns(denied=pl.col("license_state") == "denied")
        .sort("denied", "rank", "similarity", "other", descending=[True, True, True, False])
        .group_by("content_id", maintain_order=True)
        .first()
    )
    joined = own.join(strictest, on="content_id", how="left", suffix="_other")
    stricter = (pl.col("rank_other") > pl.col("rank")) & (pl.col("rank_other") >= RESTRICTIVE)
    no_own_claim = ~pl.col("license_state").is_in(CREDIBLE_STATES)
    launders = (
        (pl.col("license_state") != "denied")
        & (pl.col("denied") | stricter | (no_own_claim & (pl.col("rank_other") >= RESTRICTIVE)))
    ).fill_null(False)
    words = pl.format(
        "{} similar to {}, which is {} ({}) at {}; ",
        pl.col("similarity").round(4),
        "other",
        pl.col("license_concluded_other").fill_null("unlicensed"),
        "license_class_other",
        "claim_origin_other",
    )
    stricter_side = ["license_concluded", "license_class", "license_obligations"]
    restricted = joined.select(
        "content_id",
        "license_flags",
        *(
            pl.when(launders).then(f"{name}_other").otherwise(name).alias(name)
            for name in stricter_side
        ),
        license_state=pl.when(launders).then(pl.lit("conflict")).otherwise("license_state"),
        license_evidence=pl.when(launders).then(pl.lit("none")).otherwise("license_evidence"),
        license_reason=pl.when(launders)
        .then(pl.concat_str(words, "license_reason"))
        .otherwise("license_reason"),
    )
    limits = pl.concat(
        [frame.select("content_id", "stages_allowed", "valid_to") for frame in (own, neighbors)]
    )
    return with_limits(restricted, limits)
