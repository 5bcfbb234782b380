"""Duplicate resolution: which member of a cluster is kept, why, and what license it carries.

Belongs here: the choice among similar documents. A document is removed only for a verified
similarity to a kept one, so a chain of similar documents does not collapse into its middle
member's neighbor; clusters are stars around kept documents. The order of preference stands in
`preference`, the license of a cluster in `cluster_licenses`.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.curate.cluster_licenses import cluster_licenses
from corpus_assets.curate.evidence_pairs import containments, license_pairs, removal_pairs
from corpus_assets.curate.kept import kept_places
from corpus_assets.curate.preference import CHOICE, NATURAL, RELEASED, ranked, rule_between
from corpus_assets.curate.stability import with_changes
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.tables import conform

RULE_VERSION = "resolution-2"
ONLY_MEMBER, MOST_SIMILAR = "only_member", "most_similar"
_OF_PAIR = (
    "containment", "shared_start_line", "shared_end_line", "kept_start_line", "kept_end_line",
)  # fmt: skip


def duplicate_resolution(
    documents: pl.DataFrame,
    near: pl.DataFrame,
    contained: pl.DataFrame,
    conclusions: pl.DataFrame,
    signals: pl.DataFrame,
    scores: pl.DataFrame,
    revisions: pl.DataFrame,
    previous: pl.DataFrame,
    policy: FilterPolicy,
) -> pl.DataFrame:
    """Table duplicate_resolution for the documents of one or more languages, sorted by its key.

    `near`: table near_duplicates of these documents, from which pairs at or above the language's
    removal threshold remove. `contained`: table contained_documents, evidence about licenses only.
    `previous`: the choices of the last release (`stability.PREVIOUS`).

    Kept first, in this order: granted license; least restrictive class; already released;
    earliest revision date (a vendored copy is no origin); not vendored; not a fork; not a test;
    not generated or minified; fewest syntax errors; best quality score; smallest content id.

    `reason` names the first of these rules that decides between the kept member and the next of
    its cluster; "already_released" only where the choice would be another without the release;
    "most_similar" where all others of the cluster are removed for other kept documents too, but
    are most like this one; "only_member" without others; after a change since the last release
    see `stability.with_changes`.
    """
    released = previous.filter("is_released").get_column("content_id")
    order = ranked(documents, conclusions, signals, scores, revisions, released)
    pairs = removal_pairs(near, policy)
    members = with_changes(_members(order, pairs), order, previous)
    held = containments(contained, near, order, policy)
    licenses = cluster_licenses(order, license_pairs(pairs), held)
    frame = (
        members.join(
            licenses, left_on="kept_content_id", right_on="content_id", maintain_order="left"
        )
        .with_columns(rule_version=pl.lit(f"{RULE_VERSION}; policy {policy.version}"))
        .sort("content_id")
    )
    return conform(frame, "duplicate_resolution")


def _members(order: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Cluster, kept member with what is shared with it, and reason, per document."""
    places = order.select("content_id", "place", "natural_place").cast(
        {"place": pl.Int64, "natural_place": pl.Int64}
    )
    edges = pairs.join(places, on="content_id").join(
        places.rename({"content_id": "other"}), on="other", suffix="_other"
    )
    is_kept = kept_places(order.height, edges["place"].to_numpy(), edges["place_other"].to_numpy())
    kept = places.sort("place").filter(pl.Series(is_kept, dtype=pl.Boolean))
    # A removed document goes to the kept one it is most like; ties to the preferred one.
    representatives = (
        edges.join(kept.select(other="content_id"), on="other", how="semi")
        .join(kept.select("content_id"), on="content_id", how="anti")
        .sort("content_id", "similarity", "natural_place_other", descending=[False, True, False])
        .group_by("content_id", maintain_order=True)
        .agg(pl.col("other", "similarity", *_OF_PAIR).first())
    )
    is_member = pl.col("other").is_null()
    members = places.join(representatives, on="content_id", how="left").select(
        "content_id",
        is_kept=is_member,
        kept_content_id=pl.coalesce("other", "content_id"),
        similarity_to_kept=pl.col("similarity").fill_null(1.0),
        containment=pl.when(is_member).then(1.0).otherwise("containment"),
        **{name: pl.col(name) for name in _OF_PAIR[1:]},
    )
    return (
        members.join(order.select("content_id", "language"), on="content_id")
        .join(_reasons(members, order), on="kept_content_id")
        .with_columns(
            cluster_id=pl.col("content_id").min().over("kept_content_id"),
            cluster_size=pl.len().over("kept_content_id").cast(pl.Int64),
        )
    )


def _reasons(members: pl.DataFrame, order: pl.DataFrame) -> pl.DataFrame:
    """kept_content_id, reason: the rule by which each kept member won.

    It is held against the best of the members that it precedes, as they would stand without a
    release. A member that precedes it is removed for another kept document.
    """
    kept = members.filter("is_kept").select("kept_content_id")
    facts = order.select("place", "natural_place", *(column for _, column in CHOICE))
    winner = kept.join(
        facts.rename({name: f"kept_{name}" for name in facts.columns}),
        on="kept_content_id",
    )
    runner_up = (
        members.filter(~pl.col("is_kept"))
        .select("content_id", "kept_content_id")
        .join(facts, on="content_id")
        .join(winner.select("kept_content_id", "kept_place"), on="kept_content_id")
        .with_columns(precedes=pl.col("place") < pl.col("kept_place"))
        .sort("kept_content_id", "precedes", "natural_place")
        .group_by("kept_content_id", maintain_order=True)
        .first()
        .drop("kept_place")
        .rename({name: f"next_{name}" for name in facts.columns})
    )
    both = winner.join(runner_up, on="kept_content_id", how="left")
    reason = (
        pl.when(pl.col("next_content_id").is_null())
        .then(pl.lit(ONLY_MEMBER))
        .when("precedes")
        .then(pl.lit(MOST_SIMILAR))
        .when(pl.col("next_natural_place") < pl.col("kept_natural_place"))
        .then(pl.lit(RELEASED))
        .otherwise(rule_between(NATURAL, "kept_", "next_"))
    )
    return both.select("kept_content_id", reason=reason)
