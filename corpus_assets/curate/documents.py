"""Curated documents: what passed every common gate, the stages it may serve, its split group.

Belongs here: reading verdicts out of the ledger, and grouping documents that must not stand on
both sides of the training / evaluation line. Choosing the side belongs to `blend`.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.curate.gates import ALL
from corpus_assets.tables import TABLES, conform

Positions = NDArray[np.int64]

_FREELANCE_FOLDERS = 2
"""Freelance deliveries hold many people's work under one origin; a submission's folder (such as
tree/<submission>/) is the unit that can be set apart for evaluation."""


def curated_documents(
    documents: pl.DataFrame,
    resolution: pl.DataFrame,
    ledger: pl.DataFrame,
    signals: pl.DataFrame,
    scores: pl.DataFrame,
    near: pl.DataFrame,
) -> pl.DataFrame:
    """Table curated_documents, sorted by content_id. `stages` may be empty: a document that
    passed the common gates and none of the stages' own."""
    verdicts = ledger.group_by("content_id", "stage").agg(pl.col("passed").all())
    passed = verdicts.filter("passed")
    stages = (
        passed.filter(pl.col("stage") != ALL)
        .group_by("content_id")
        .agg(stages=pl.col("stage").sort())
    )
    kept = documents.join(passed.filter(pl.col("stage") == ALL), on="content_id", how="semi")
    conclusion = ["license_concluded", "license_state", "license_class", "license_evidence"]
    frame = (
        kept.drop("text", strict=False)
        .join(stages, on="content_id", how="left")
        .join(resolution.select("content_id", *conclusion), on="content_id")
        .join(signals.select("content_id", "n_tokens", "n_bytes"), on="content_id")
        .join(scores.select("content_id", quality_score="score"), on="content_id")
        .join(split_groups(documents, near), on="content_id")
        .with_columns(pl.col("stages").fill_null([]))
        .select(TABLES["curated_documents"].names)
        .sort("content_id")
    )
    return conform(frame, "curated_documents")


def split_groups(documents: pl.DataFrame, near: pl.DataFrame) -> pl.DataFrame:
    """content_id, split_group: the smallest content id among the documents connected by a common
    origin (without revision; freelance: submission folder) or a recorded near-duplicate pair.

    All documents count, removed ones too: two that are similar to a removed third belong together.
    """
    members = documents.select("content_id", key=_origin_key()).sort("content_id")
    numbered = members.with_row_index("node").with_columns(pl.col("node").cast(pl.Int64))
    by_origin = numbered.select("node", first=pl.col("node").min().over("key"))
    nodes = numbered.select("content_id", "node")
    by_pair = near.join(nodes, left_on="content_id_a", right_on="content_id").join(
        nodes, left_on="content_id_b", right_on="content_id", suffix="_b"
    )
    left = np.concatenate([by_origin["node"].to_numpy(), by_pair["node"].to_numpy()])
    right = np.concatenate([by_origin["first"].to_numpy(), by_pair["node_b"].to_numpy()])
    labels = _component_labels(members.height, left, right)
    ids = members.get_column("content_id")
    return members.select("content_id", split_group=ids.gather(labels))


def _origin_key() -> pl.Expr:
    folders = pl.col("path").str.split("/").list.head(_FREELANCE_FOLDERS).list.join("/")
    folder = pl.when(pl.col("source_category") == "freelance").then(folders).otherwise(pl.lit(""))
    return pl.struct("source_category", "source", "origin", folder=folder)


def _component_labels(n: int, left: Positions, right: Positions) -> Positions:
    """The smallest node of each node's connected component.

    Labels are hooked onto smaller ones along every edge and then followed to their end, until
    no edge joins two labels (Shiloach and Vishkin 1982).
    """
    labels = np.arange(n, dtype=np.int64)
    while (labels[left] != labels[right]).any():
        low = np.minimum(labels[left], labels[right])
        np.minimum.at(labels, labels[left], low)
        np.minimum.at(labels, labels[right], low)
        while (labels[labels] != labels).any():
            labels = labels[labels]
    return labels
