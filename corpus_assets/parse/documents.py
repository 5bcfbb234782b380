"""The documents of a language: every distinct content once, decoded, with its first occurrence.

Belongs here: the choice of language and first occurrence, and reading bytes in bounded memory.
Does not belong here: any judgement of the text.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.languages import OTHER
from corpus_assets.parse.decoding import BINARY, decode
from corpus_assets.tables import conform

_ORDER = ("source_category", "source", "origin", "revision", "path")
# A batch holds the bytes and the decoded text of that many bytes at once.
_BATCH_BYTES = 64 * 1024 * 1024
_BATCH_ROWS = 5_000


def first_occurrences(occurrences: pl.LazyFrame) -> pl.LazyFrame:
    """One row per content, sorted by content_id.

    Columns: content_id, language, language_name, source_category, source, origin, revision, path
    (those of the first occurrence in that order), source_categories, n_occurrences. The language
    is the most frequent one over the occurrences; named languages win over text, text over other,
    ties go to the first in the alphabet.
    """
    votes = (
        occurrences.group_by("content_id", "language", "language_name")
        .agg(pl.len().alias("n_name"))
        .with_columns(
            pl.col("n_name").sum().over("content_id", "language").alias("n_language"),
            pl.col("language").replace_strict({"text": 1, OTHER: 2}, default=0).alias("rank"),
        )
        .sort(
            "content_id",
            "rank",
            "n_language",
            "language",
            "n_name",
            "language_name",
            descending=[False, False, True, False, True, False],
        )
        .unique("content_id", keep="first", maintain_order=True)
        .select("content_id", "language", "language_name")
    )
    firsts = (
        occurrences.sort("content_id", *_ORDER)
        .group_by("content_id", maintain_order=True)
        .agg(
            pl.col(_ORDER).first(),
            pl.col("source_category").unique().sort().alias("source_categories"),
            pl.len().cast(pl.Int64).alias("n_occurrences"),
        )
    )
    return votes.join(firsts, on="content_id", how="inner", validate="1:1").sort("content_id")


def read_documents(first: pl.DataFrame, contents: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """Frames of table documents in content_id order, each of at most about 64 MB of bytes.

    `first` is (a part of) `first_occurrences`, `contents` the table of all contents. Raises
    ValueError when an occurrence points to a content that is not stored.
    """
    ids = first.select("content_id")
    sizes = (
        contents.select("content_id", "size_bytes")
        .join(ids.lazy(), on="content_id", how="semi")
        .collect()
        .sort("content_id")
    )
    missing = ids.join(sizes, on="content_id", how="anti")
    if missing.height:
        raise ValueError(
            f"{missing.height} contents have occurrences but no stored bytes, first "
            f"{missing.sort('content_id')['content_id'][0]}: collect their sources again"
        )
    batches = sizes.with_columns(
        pl.max_horizontal(
            (pl.col("size_bytes").cum_sum() // _BATCH_BYTES), pl.int_range(pl.len()) // _BATCH_ROWS
        )
        .rle_id()
        .alias("batch")
    )
    for part in batches.partition_by("batch", maintain_order=True):
        low, high = part["content_id"][0], part["content_id"][-1]
        # The range lets Parquet statistics skip row groups: stored ids are sorted.
        stored = (
            contents.filter(pl.col("content_id").is_between(pl.lit(low), pl.lit(high)))
            .select("content_id", "size_bytes", "encoding", "data")
            .join(part.select("content_id").lazy(), on="content_id", how="semi")
            .collect()
            .sort("content_id")
        )
        yield conform(_decoded(stored).join(first, on="content_id", how="left"), "documents")


def _decoded(stored: pl.DataFrame) -> pl.DataFrame:
    """The columns of documents that follow from the stored bytes."""
    states: list[str] = []
    encodings: list[str] = []
    texts: list[str | None] = []
    issues: list[tuple[str, ...]] = []
    for data, encoding in stored.select("data", "encoding").iter_rows():
        if data is None:
            states.append("binary" if encoding == BINARY else "too_large")
            encodings.append(encoding)
            texts.append(None)
            issues.append(())
        else:
            decoded = decode(data)
            states.append(decoded.state)
            encodings.append(decoded.encoding)
            texts.append(decoded.text)
            issues.append(decoded.issues)
    return stored.select(
        "content_id",
        "size_bytes",
        pl.Series("decode_state", states, dtype=pl.String),
        pl.Series("encoding", encodings, dtype=pl.String),
        pl.Series("decode_issues", issues, dtype=pl.List(pl.String)),
        pl.Series("text", texts, dtype=pl.String),
    )
