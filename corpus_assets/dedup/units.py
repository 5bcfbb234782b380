"""Unit duplicates: functions, methods and classes whose tokens occur in more than one place.

Belongs here: type-1 clones by token hash. Nothing is removed on this ground alone.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.tables import conform


def unit_duplicates(units: pl.DataFrame) -> pl.DataFrame:
    """Table unit_duplicates from table units: units of one language with equal tokens.

    A class and its only method may hold the same tokens; kinds are therefore not compared with
    one another.
    """
    cluster = ["language", "kind", "token_sha256"]
    clones = (
        units.select(
            "unit_id",
            "content_id",
            "language",
            cluster_id="token_sha256",
            cluster_units=pl.len().over(cluster).cast(pl.Int64),
            cluster_contents=pl.col("content_id").n_unique().over(cluster).cast(pl.Int64),
        )
        .filter(pl.col("cluster_units") > 1)
        .sort("unit_id")
    )
    return conform(clones, "unit_duplicates")
