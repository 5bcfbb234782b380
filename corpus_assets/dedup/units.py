"""Unit duplicates: functions, methods and classes that occur in more than one place.

Belongs here: clusters of type-1 and type-2 clones, and how many verified near units each has.
Nothing is removed on this ground alone.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.tables import TABLES, conform

MIN_TYPE2_TOKENS = 20
"""Shorter units are renamed clones of one another by their brevity: every getter of one field."""


def unit_duplicates(units: pl.DataFrame, near: pl.DataFrame) -> pl.DataFrame:
    """Table unit_duplicates from tables units and near_units.

    Clusters are within a language; a class is compared with classes only, for a class and its only
    method may hold the same tokens, but a function may be a clone of a method. Type-2 clusters of
    units under MIN_TYPE2_TOKENS are their type-1 clusters. The near units of a unit are those of
    all units with its tokens.
    """
    group = ["language", pl.col("kind") == "class"]
    type1 = [*group, "type1_sha256"]
    short = pl.col("n_tokens") < MIN_TYPE2_TOKENS
    clusters = (
        units.filter(pl.col("type1_sha256").is_not_null())
        .with_columns(
            type1_cluster="type1_sha256",
            type2_cluster=pl.when(short).then("type1_sha256").otherwise("type2_sha256"),
        )
        .with_columns(
            type1_units=pl.len().over(type1).cast(pl.Int64),
            type1_contents=pl.col("content_id").n_unique().over(type1).cast(pl.Int64),
            type2_units=pl.len().over([*group, "type2_cluster"]).cast(pl.Int64),
            type2_contents=pl.col("content_id")
            .n_unique()
            .over([*group, "type2_cluster"])
            .cast(pl.Int64),
        )
    )
    return conform(
        clusters.join(_near_counts(units, near), on=["language", "type1_sha256"], how="left")
        .with_columns(pl.col("near_units", "near_contents").fill_null(0))
        .with_columns(
            pl.when(pl.col("kind") == "class").then(0).otherwise(pl.col(name)).alias(name)
            for name in ("near_units", "near_contents")
        )
        .filter((pl.col("type2_units") > 1) | (pl.col("near_units") > 0))
        .sort("unit_id")
        .select(TABLES["unit_duplicates"].names),
        "unit_duplicates",
    )


def _near_counts(units: pl.DataFrame, near: pl.DataFrame) -> pl.DataFrame:
    """Per language and type1_sha256: near units, and the contents that hold them."""
    a = near.select("language", unit_id="unit_id_a", other="unit_id_b", content="content_id_b")
    b = near.select("language", unit_id="unit_id_b", other="unit_id_a", content="content_id_a")
    tokens = units.select("unit_id", "type1_sha256")
    return (
        pl.concat([a, b])
        .join(tokens, on="unit_id")
        .group_by("language", "type1_sha256")
        .agg(
            near_units=pl.col("other").n_unique().cast(pl.Int64),
            near_contents=pl.col("content").n_unique().cast(pl.Int64),
        )
    )
