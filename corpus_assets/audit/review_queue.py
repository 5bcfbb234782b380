"""The license review queue: one question where many files need the same answer.

Belongs here: grouping what the rules could not decide. Does not belong here: deciding.
"""

from __future__ import annotations

import hashlib

import polars as pl

from corpus_assets.tables import TABLES, conform

# A denied file needs no answer: its terms are known, and they say no.
OPEN_STATES = ("none_found", "conflict", "unreadable")
_QUESTION = (
    "source_category", "origin", "license_state", "license_declared", "license_info_in_file",
    "reason",
)  # fmt: skip
_SAMPLES = 3
# A blank file occurs under every license and belongs to nobody: no question to ask.
_BLANK_TOKENS = 1


def license_review_queue(
    conclusions: pl.LazyFrame,
    resolution: pl.LazyFrame,
    documents: pl.LazyFrame,
    signals: pl.LazyFrame,
    chains: pl.LazyFrame,
) -> pl.DataFrame:
    """Table license_review_queue from license_conclusions, duplicate_resolution, documents,
    quality_signals and license_chains.

    Asked are occurrences of readable documents (others can be in no release) whose own state is
    open, and granted ones whose duplicate cluster made them a conflict. Tokens are those of
    distinct contents: what one answer frees or bars. Parts that contradict the label of their
    package are questions of their own: one per origin, relation and pair of licenses, with the
    licenses of package and part as what the tree declares and what the files state.
    """
    clusters = resolution.filter(pl.col("license_state") == "conflict").select(
        "content_id", cluster_reason="license_reason"
    )
    readable = documents.filter(pl.col("decode_state") == "ok").select("content_id")
    by_cluster = pl.col("cluster_reason").is_not_null() & (pl.col("license_state") == "granted")
    open_questions = (
        conclusions.join(readable, on="content_id", how="semi")
        .join(clusters, on="content_id", how="left")
        .filter(pl.col("license_state").is_in(list(OPEN_STATES)) | by_cluster)
        .with_columns(
            reason=pl.when(by_cluster).then("cluster_reason").otherwise("reason"),
            license_state=pl.when(by_cluster).then(pl.lit("conflict")).otherwise("license_state"),
        )
        .join(signals.select("content_id", "n_tokens"), on="content_id", how="left")
        .filter((pl.col("n_tokens") > _BLANK_TOKENS).fill_null(value=True))
    )
    distinct = pl.col("content_id").is_first_distinct()
    grouped = (
        open_questions.collect()
        .sort(*_QUESTION, "path", "revision", "content_id")
        .group_by(_QUESTION, maintain_order=True)
        .agg(
            n_files=pl.len().cast(pl.Int64),
            n_contents=pl.col("content_id").n_unique().cast(pl.Int64),
            n_tokens=pl.col("n_tokens").filter(distinct).sum(),
            sample_paths=pl.col("path").unique(maintain_order=True).head(_SAMPLES),
        )
    )
    questions = pl.concat([grouped, _chain_questions(chains)], how="vertical")
    queue = questions.with_columns(question_id=_ids(questions))
    return conform(queue, "license_review_queue").sort(TABLES["license_review_queue"].key)


def _chain_questions(chains: pl.LazyFrame) -> pl.DataFrame:
    """Conflicts between packages and their parts; tokens are not counted for parts."""
    return (
        chains.filter("is_conflict")
        .with_columns(
            license_state=pl.lit("conflict"),
            license_declared="host_license",
            license_info_in_file="component_license",
        )
        .collect()
        .sort(*_QUESTION, "component", "revision", "source")
        .group_by(_QUESTION, maintain_order=True)
        .agg(
            n_files=pl.col("n_files").sum(),
            n_contents=pl.col("n_contents").sum(),
            n_tokens=pl.lit(None, pl.Int64),
            sample_paths=pl.col("sample_paths")
            .explode()
            .drop_nulls()
            .unique(maintain_order=True)
            .head(_SAMPLES),
        )
    )


def _ids(questions: pl.DataFrame) -> pl.Series:
    """Hexadecimal BLAKE2b-128 over the question, so that it keeps its id while files come."""
    ids = [
        hashlib.blake2b("\0".join(part or "" for part in row).encode(), digest_size=16).hexdigest()
        for row in questions.select(_QUESTION).iter_rows()
    ]
    return pl.Series("question_id", ids, dtype=pl.String)
