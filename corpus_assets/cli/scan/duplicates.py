"""`corpus scan duplicates`: which files of a folder repeat one another, and what would stay.

Belongs here: the rows that are printed. Does not belong here: reading the folder (`folder.py`),
finding similar files (`dedup`) and the choice among them (`curate`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from corpus_assets.policy.filters import FilterPolicy, NearDuplicates, load_filter_policy
from corpus_assets.tables import empty

if TYPE_CHECKING:
    from corpus_assets.cli.scan.folder import Folder

Resolved = Callable[["Folder", pl.DataFrame, FilterPolicy], pl.DataFrame]
"""The choice among similar documents: table duplicate_resolution from table near_duplicates."""


def scan_duplicates(
    folder: Folder, threshold: float | None, resolved: Resolved
) -> Iterator[dict[str, Any]]:
    """One row per file, in order of path.

    `cluster`: first path of its component of verified pairs at the threshold (default: the
    policy's removal thresholds) and byte-identical files; `kept`: the path it would be removed
    for, or its own; `similarity` to that file; `compared`: tokens, or bytes (only byte-identical
    files count) and why.
    """
    from corpus_assets.dedup.near import near_duplicates

    policy = load_filter_policy()
    if threshold is not None:
        limits = NearDuplicates(removal=threshold, recorded=threshold)
        policy = policy.model_copy(update={"near_duplicates": limits})
    pairs = [
        near_duplicates(part, policy.near_duplicates.for_language(str(language)).removal)
        for (language,), part in folder.documents.group_by("language", maintain_order=True)
    ]
    near = pl.concat([empty("near_duplicates"), *pairs])
    files = folder.occurrences.select("path", "content_id").sort("path")
    first = files.group_by("content_id", maintain_order=True).agg(pl.col("path").first())
    choice = resolved(folder, near, policy).select(
        "content_id", "kept_content_id", "similarity_to_kept"
    )
    standing = first.select(kept_content_id="content_id", kept="path")
    rows = (
        files.join(_clusters(first, near), on="content_id", maintain_order="left")
        .join(choice, on="content_id", how="left", maintain_order="left")
        .join(standing, on="kept_content_id", how="left", maintain_order="left")
        .join(_compared(folder.documents), on="content_id", how="left", maintain_order="left")
        .select(
            "path",
            "cluster",
            kept=pl.col("kept").fill_null(pl.col("path")),
            similarity=pl.col("similarity_to_kept").fill_null(1.0),
            compared=pl.col("compared").fill_null("bytes: not read"),
        )
    )
    return rows.iter_rows(named=True)


def _clusters(first: pl.DataFrame, near: pl.DataFrame) -> pl.DataFrame:
    """content_id, cluster: the first path of the component of pairs that a content is in."""
    from corpus_assets.curate.documents import component_labels

    nodes = first.select("content_id", node=pl.int_range(pl.len(), dtype=pl.Int64))
    edges = near.join(nodes, left_on="content_id_a", right_on="content_id").join(
        nodes, left_on="content_id_b", right_on="content_id", suffix="_b"
    )
    labels = component_labels(
        first.height, edges["node"].to_numpy(), edges["node_b"].to_numpy()
    ).astype(np.uint32)
    return first.select("content_id", cluster=first["path"].gather(labels))


def _compared(documents: pl.DataFrame) -> pl.DataFrame:
    """content_id, compared: by what a content was compared with others, and why not by tokens."""
    from corpus_assets.dedup.shingles import MIN_TOKENS
    from corpus_assets.dedup.signatures import document_signatures

    measured = document_signatures(documents).select("content_id", "n_shingles")
    return (
        documents.select("content_id", "decode_state")
        .join(measured, on="content_id", how="left")
        .select(
            "content_id",
            compared=pl.when(pl.col("n_shingles") > 0)
            .then(pl.lit("tokens"))
            .when(pl.col("n_shingles") == 0)
            .then(pl.lit(f"bytes: fewer than {MIN_TOKENS} tokens"))
            .otherwise(pl.format("bytes: {}", "decode_state")),
        )
    )
