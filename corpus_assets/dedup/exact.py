"""Exact duplicates: contents whose bytes were found in more than one place.

Belongs here: counting the places. Byte-identical files are one content, so nothing is removed.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.tables import conform


def exact_duplicates(occurrences: pl.LazyFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Table exact_duplicates: the contents of `documents` that occur more than once."""
    counts = (
        occurrences.join(
            documents.lazy().select("content_id", document_language="language"), on="content_id"
        )
        .group_by("content_id", language="document_language")
        .agg(
            n_occurrences=pl.len().cast(pl.Int64),
            n_origins=pl.struct("source", "origin").n_unique().cast(pl.Int64),
            n_revisions=pl.struct("source", "origin", "revision").n_unique().cast(pl.Int64),
            source_categories=pl.col("source_category").unique().sort(),
        )
        .filter(pl.col("n_occurrences") > 1)
        .sort("content_id")
    )
    return conform(counts.collect(), "exact_duplicates")
