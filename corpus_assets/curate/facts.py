"""What is known about documents, side by side: the columns that gates judge.

Belongs here: joining the tables of evidence by content. Does not belong here: judging (`gates`,
`ledger`, `preview`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.policy.judgements import CONFIDENCES


def facts(
    documents: pl.DataFrame,
    signals: pl.DataFrame,
    scores: pl.DataFrame,
    secrets: pl.DataFrame,
    contamination: pl.DataFrame,
    resolution: pl.DataFrame,
    overlap: pl.DataFrame,
    takedowns: pl.DataFrame,
) -> pl.DataFrame:
    """One row per document of `documents` (text not needed), sorted by content id: its first place
    (language, source_category, source, path), decode_state, and every column that a gate reads.

    Raises ValueError when a readable document has no quality signals or score, or any document no
    duplicate resolution: absent evidence would pass its gates.
    """
    readable = documents.filter(pl.col("decode_state") == "ok")
    _require(readable, signals, "quality_signals")
    _require(readable, scores, "quality_scores")
    _require(documents, resolution, "duplicate_resolution")
    found = secrets.group_by("content_id").agg(
        pl.col("confidence").is_in(CONFIDENCES[rank:]).sum().cast(pl.Int64)
        .alias(f"secrets_from_{level}")
        for rank, level in enumerate(CONFIDENCES)
    )  # fmt: skip
    worst = contamination.group_by("content_id").agg(
        contamination_hits=pl.len().cast(pl.Int64), contamination_share=pl.col("score").max()
    )
    requests = takedowns.group_by("content_id").agg(
        takedown_requests=pl.col("request_id").unique().sort().str.join(", ")
    )
    wide = documents.select(
        "content_id", "language", "source_category", "source", "path", "decode_state"
    )
    for frame in (
        signals.drop("language", "detector_version"),
        scores.select("content_id", quality_score="score"),
        found,
        worst,
        resolution.drop("language", "rule_version"),
        overlap.select("content_id", "seen_share", "seen_in", unit_flags="license_flags"),
        requests,
    ):
        wide = wide.join(frame, on="content_id", how="left")
    return wide.sort("content_id").with_columns(
        pl.col("^secrets_.*$").fill_null(0),
        pl.col("contamination_hits").fill_null(0),
        pl.col("contamination_share").fill_null(0.0),
        pl.col("license_flags").list.set_union(pl.col("unit_flags").fill_null([])).list.sort(),
        visible_chars=pl.col("visible_text_fraction") * pl.col("n_chars"),
    )


def _require(documents: pl.DataFrame, evidence: pl.DataFrame, table: str) -> None:
    missing = documents.join(evidence, on="content_id", how="anti").get_column("content_id")
    if len(missing):
        raise ValueError(
            f"{len(missing)} documents have no row in {table}, {missing.sort()[0]} among "
            f"them; materialize {table} of this language first"
        )
