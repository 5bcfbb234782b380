"""Verified pairs of documents, as seen from either of them: which remove, which bind by license.

Belongs here: turning the tables of proofs into pairs with a direction. Does not belong here: what
follows for either side (`resolution`, `cluster_licenses`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.languages import SLUGS
from corpus_assets.policy.filters import FilterPolicy

SIMILAR, HOLDS, INSIDE = "similar", "holds", "inside"
_SPANS = ("start_line", "end_line")


def removal_pairs(near: pl.DataFrame, policy: FilterPolicy) -> pl.DataFrame:
    """Both directions of the pairs of table near_duplicates that reach the language's removal
    threshold: content_id, other, similarity, containment, shared_start_line and shared_end_line
    in content_id, kept_start_line and kept_end_line in the other.
    """
    pairs = near.filter(pl.col("similarity") >= _threshold(policy, "removal"))
    return pl.concat([_seen_from(pairs, "a", "b"), _seen_from(pairs, "b", "a")])


def _seen_from(pairs: pl.DataFrame, own: str, other: str) -> pl.DataFrame:
    return pairs.select(
        pl.col(f"content_id_{own}").alias("content_id"),
        pl.col(f"content_id_{other}").alias("other"),
        "similarity",
        "containment",
        *(pl.col(f"{own}_{name}").alias(f"shared_{name}") for name in _SPANS),
        *(pl.col(f"{other}_{name}").alias(f"kept_{name}") for name in _SPANS),
    )


def license_pairs(pairs: pl.DataFrame) -> pl.DataFrame:
    """Removal pairs as evidence about licenses: content_id, other, similarity, relation."""
    return pairs.select("content_id", "other", "similarity", relation=pl.lit(SIMILAR))


def containments(
    contained: pl.DataFrame, near: pl.DataFrame, dates: pl.DataFrame, policy: FilterPolicy
) -> pl.DataFrame:
    """Containment as evidence about licenses: content_id, other, similarity (the containment),
    relation: HOLDS where the other stands inside the document; INSIDE where the document stands
    inside the other, and that is known to be older: a part cut out of it.

    Rows of table contained_documents count as they are; recorded pairs of near_duplicates that do
    not remove count where their containment reaches the policy's threshold. `dates`: content_id,
    origin_date.
    """
    recorded = near.filter(
        (pl.col("similarity") < _threshold(policy, "removal"))
        & (pl.col("containment") >= _threshold(policy, "containment"))
    )
    a_holds = pl.col("n_shingles_a") >= pl.col("n_shingles_b")
    b_holds = pl.col("n_shingles_b") >= pl.col("n_shingles_a")
    held = pl.concat(
        [
            contained.select("content_id", "container_content_id", "containment"),
            *(
                recorded.filter(larger).select(
                    pl.col(f"content_id_{part}").alias("content_id"),
                    pl.col(f"content_id_{whole}").alias("container_content_id"),
                    "containment",
                )
                for larger, whole, part in ((a_holds, "a", "b"), (b_holds, "b", "a"))
            ),
        ]
    ).unique(["content_id", "container_content_id"])
    age = dates.select("content_id", "origin_date")
    older = (
        held.join(age, on="content_id")
        .join(age.rename({"content_id": "container_content_id"}), on="container_content_id",
              suffix="_container")
        .filter(pl.col("origin_date_container") < pl.col("origin_date"))
    )  # fmt: skip
    return pl.concat(
        [
            held.select(
                content_id="container_content_id",
                other="content_id",
                similarity="containment",
                relation=pl.lit(HOLDS),
            ),
            older.select(
                "content_id",
                other="container_content_id",
                similarity="containment",
                relation=pl.lit(INSIDE),
            ),
        ]
    )


def _threshold(policy: FilterPolicy, name: str) -> pl.Expr:
    """A threshold of the policy by the column `language`."""
    values = {
        language: getattr(policy.near_duplicates.for_language(language), name) for language in SLUGS
    }
    return pl.col("language").replace_strict(values, return_dtype=pl.Float64)
