"""Curated documents: what passed every common gate, the stages it may serve, its split group.

Belongs here: reading verdicts out of the ledger, and grouping documents that must not stand on
both sides of the training / evaluation line. Choosing the side belongs to `blend`.
"""

from __future__ import annotations

import hashlib

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.policy.gates import ALL
from corpus_assets.tables import TABLES, conform

Positions = NDArray[np.int64]

_DELIVERED = ("source_category", "source", "origin", "revision")
_SUBMISSION_FOLDER = 1
"""Which part of a delivered path names the submission: tree/<submission>/…"""


def curated_documents(
    documents: pl.DataFrame,
    resolution: pl.DataFrame,
    ledger: pl.DataFrame,
    signals: pl.DataFrame,
    scores: pl.DataFrame,
    near: pl.DataFrame,
    submissions: pl.DataFrame,
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
        .join(split_groups(documents, near, submissions), on="content_id")
        .with_columns(pl.col("stages").fill_null([]))
        .select(TABLES["curated_documents"].names)
        .sort("content_id")
    )
    return conform(frame, "curated_documents")


def split_groups(
    documents: pl.DataFrame, near: pl.DataFrame, submissions: pl.DataFrame
) -> pl.DataFrame:
    """content_id, split_group: BLAKE2b-128 of the smallest key among the connected groups.

    A group's key is its origin without revision. A freelance delivery holds answers to many tasks
    under one origin; there the key is origin and task, so that two answers to one task stay
    together. Recorded near-duplicate pairs connect groups. All documents count, removed ones too:
    two that are similar to a removed third belong together.

    Keys do not depend on the language, so the partitions of a package or task agree on its group.
    What they cannot see are each other's near duplicates: where two groups are connected in one
    language only, their files of other languages keep the labels of their own groups.
    """
    keyed = _group_keys(documents, submissions)
    keys = keyed.select(pl.col("key").unique().sort()).with_row_index("node")
    nodes = keyed.join(keys, on="key").select("content_id", pl.col("node").cast(pl.Int64))
    edges = near.join(nodes, left_on="content_id_a", right_on="content_id").join(
        nodes, left_on="content_id_b", right_on="content_id", suffix="_b"
    )
    labels = component_labels(keys.height, edges["node"].to_numpy(), edges["node_b"].to_numpy())
    named = keys.select("key", split_group=_hashed(keys["key"]).gather(labels))
    return keyed.join(named, on="key").select("content_id", "split_group").sort("content_id")


def _group_keys(documents: pl.DataFrame, submissions: pl.DataFrame) -> pl.DataFrame:
    """content_id, key: category, source, origin and, in freelance deliveries, the task."""
    answered = submissions.filter(pl.col("source_category") == "freelance").select(
        *_DELIVERED, "task_id", owner="submission_id"
    )
    owner = pl.col("path").str.split("/").list.get(_SUBMISSION_FOLDER, null_on_oob=True)
    found = documents.with_columns(owner=owner).join(
        answered, on=[*_DELIVERED, "owner"], how="left"
    )
    parts = ("source_category", "source", "origin", pl.col("task_id").fill_null(""))
    return found.select("content_id", key=pl.concat_str(parts, separator="\0"))


def _hashed(keys: pl.Series) -> pl.Series:
    digests = [hashlib.blake2b(key.encode(), digest_size=16).hexdigest() for key in keys]
    return pl.Series(digests, dtype=pl.String)


def component_labels(n: int, left: Positions, right: Positions) -> Positions:
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
