"""The removal budget: where near-duplicate removal takes suspiciously much, and of what.

Belongs here: shares of removed documents held against the policy, and the clusters behind them.
Does not belong here: what is removed (`resolution`) or the sums of the funnel (`accounting`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.policy.filters import FilterPolicy

_GROUP = ["language", "source_category", "source"]
_EXAMPLES = 3


def removed_shares(documents: pl.DataFrame, resolution: pl.DataFrame) -> pl.DataFrame:
    """language, source_category, source, n_documents, n_removed, removed_share, for every source
    and, with source null, for every source category; sorted.

    `documents`: content_id and the first three. A document counts for the source of its first
    occurrence.
    """
    counted = (
        documents.select("content_id", *_GROUP)
        .join(resolution.select("content_id", "is_kept"), on="content_id")
        .group_by(_GROUP)
        .agg(
            n_documents=pl.len().cast(pl.Int64),
            n_removed=(~pl.col("is_kept")).sum().cast(pl.Int64),
        )
    )
    whole = (
        counted.group_by("language", "source_category")
        .agg(pl.col("n_documents", "n_removed").sum())
        .with_columns(source=pl.lit(None, pl.String))
    )
    return (
        pl.concat([counted, whole.select(counted.columns)])
        .with_columns(removed_share=pl.col("n_removed") / pl.col("n_documents"))
        .sort(_GROUP, nulls_last=False)
    )


def removal_breaches(
    documents: pl.DataFrame, resolution: pl.DataFrame, policy: FilterPolicy
) -> pl.DataFrame:
    """The rows of `removed_shares` that exceed their limit in the policy's removal_budget, with
    max_removed_share; groups of fewer documents than the limit's min_documents are not judged."""
    shares = removed_shares(documents, resolution)
    limits = [
        policy.removal_budget.limit(category, source, language)
        for language, category, source in shares.select(_GROUP).iter_rows()
    ]
    judged = shares.with_columns(
        max_removed_share=pl.Series(
            [limit.max_removed_share for limit in limits], dtype=pl.Float64
        ),
        least=pl.Series([limit.min_documents for limit in limits], dtype=pl.Int64),
    )
    return judged.filter(
        (pl.col("n_documents") >= pl.col("least"))
        & (pl.col("removed_share") > pl.col("max_removed_share"))
    ).drop("least")


def largest_clusters(
    documents: pl.DataFrame, resolution: pl.DataFrame, group: dict[str, str | None], n: int
) -> pl.DataFrame:
    """The clusters that take most documents from a group: kept_origin, kept_path, n_removed (of
    the group), cluster_size, examples (origin and path of up to three removed ones).

    `group`: language, source_category and source as in `removal_breaches`. `documents` has
    origin and path besides.
    """
    conditions = [pl.col(name) == value for name, value in group.items() if value is not None]
    places = documents.select("content_id", *_GROUP, "origin", "path")
    kept = places.select(kept_content_id="content_id", kept_origin="origin", kept_path="path")
    removed = resolution.filter(~pl.col("is_kept")).select(
        "content_id", "kept_content_id", "cluster_size"
    )
    return (
        places.filter(conditions)
        .join(removed, on="content_id")
        .sort("origin", "path", "content_id")
        .group_by("kept_content_id", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("n_removed"),
            pl.col("cluster_size").first(),
            pl.format("{} {}", "origin", "path").head(_EXAMPLES).alias("examples"),
        )
        .sort("n_removed", "kept_content_id", descending=[True, False])
        .head(n)
        .join(kept, on="kept_content_id", how="left", maintain_order="left")
        .select("kept_origin", "kept_path", "n_removed", "cluster_size", "examples")
    )


def told(breach: dict[str, object], clusters: pl.DataFrame) -> str:
    """A breach in words, with its largest clusters."""
    source = f" {breach['source']}" if breach["source"] else ""
    shown = "; ".join(
        f"{row['cluster_size']:,} like {row['kept_origin']} {row['kept_path']}, of which here "
        f"{row['n_removed']:,}, such as {', '.join(row['examples'])}"
        for row in clusters.iter_rows(named=True)
    )
    return (
        f"{breach['source_category']}{source}: {breach['n_removed']:,} of "
        f"{breach['n_documents']:,} documents ({breach['removed_share']:.1%}) would go as near "
        f"duplicates, the budget is {breach['max_removed_share']:.1%}. Largest clusters: {shown}. "
        "If that is right, raise removal_budget in the filter policy, there or in an override."
    )
