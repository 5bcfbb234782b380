"""The ledger: one row per document, stage and gate, with the verdict and what it rests on.

Belongs here: joining what is known about documents and evaluating the gates in the order of the
funnel. The gates' meaning belongs to `gates`, the sums to `accounting`.

A document that fails a gate of all stages is out for every stage, so the stages' own gates judge
only documents that passed all of those; a gate that exempts a language writes no row for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from corpus_assets.curate.gates import StageGate, stage_gates
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.policy.gates import ALL
from corpus_assets.policy.judgements import CONFIDENCES
from corpus_assets.policy.licenses import LicensePolicy
from corpus_assets.policy.mixes import StageSpec
from corpus_assets.tables import conform, empty


def ledger(
    documents: pl.DataFrame,
    signals: pl.DataFrame,
    scores: pl.DataFrame,
    secrets: pl.DataFrame,
    contamination: pl.DataFrame,
    resolution: pl.DataFrame,
    overlap: pl.DataFrame,
    takedowns: pl.DataFrame,
    policy: FilterPolicy,
    licenses: LicensePolicy,
    stages: Mapping[str, StageSpec],
    as_of: str,
) -> pl.DataFrame:
    """Table ledger for `documents` (text not needed), sorted by its key.

    `overlap`: table unit_overlap; a document that has no row there has no units to be seen.
    `as_of`: ISO date of the mix against which agreements are held. Raises ValueError when a
    readable document has no quality signals or score, or any document no duplicate resolution:
    absent evidence would pass its gates.
    """
    wide = _wide(documents, signals, scores, secrets, contamination, resolution, overlap, takedowns)
    parts = [empty("ledger")]
    for (language,), part in wide.partition_by("language", as_dict=True).items():
        gates = stage_gates(policy, licenses, stages, as_of, str(language))
        common = list(_verdicts(part, [gate for gate in gates if gate.stage == ALL]))
        failed = pl.concat(common).filter("is_first_failure")
        passed = part.join(failed, on="content_id", how="anti", maintain_order="left")
        parts += common
        for stage in stages:
            parts += _verdicts(passed, [gate for gate in gates if gate.stage == stage])
    return conform(pl.concat(parts).sort("content_id", "stage", "gate"), "ledger")


def _verdicts(documents: pl.DataFrame, gates: list[StageGate]) -> Iterator[pl.DataFrame]:
    """The ledger rows of every gate of one stage, a frame per gate."""
    fails = {f"fails_{gate.order}": gate.judgement.fails.fill_null(False) for gate in gates}
    judged = documents.with_columns(**fails).with_columns(
        first_failure=pl.min_horizontal(
            pl.lit(None, dtype=pl.Int64),
            *(pl.when(f"fails_{gate.order}").then(pl.lit(gate.order)) for gate in gates),
        )
    )
    for gate in gates:
        yield judged.select(
            "content_id",
            "language",
            stage=pl.lit(gate.stage),
            gate=pl.lit(gate.name),
            gate_order=pl.lit(gate.order, dtype=pl.Int64),
            passed=~pl.col(f"fails_{gate.order}"),
            value=gate.judgement.value,
            threshold=pl.lit(gate.judgement.threshold),
            is_first_failure=pl.col("first_failure").eq_missing(gate.order),
            rule_version=pl.lit(gate.version),
        )


def _wide(
    documents: pl.DataFrame,
    signals: pl.DataFrame,
    scores: pl.DataFrame,
    secrets: pl.DataFrame,
    contamination: pl.DataFrame,
    resolution: pl.DataFrame,
    overlap: pl.DataFrame,
    takedowns: pl.DataFrame,
) -> pl.DataFrame:
    """One row per document with every column a gate reads."""
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
        contamination_ngrams=pl.col("n_shared").max(), contamination_share=pl.col("share").max()
    )
    requests = takedowns.group_by("content_id").agg(
        takedown_requests=pl.col("request_id").unique().sort().str.join(", ")
    )
    wide = documents.select("content_id", "language", "source_category", "path", "decode_state")
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
        pl.col("contamination_ngrams").fill_null(0),
        pl.col("contamination_share").fill_null(0.0),
        pl.col("license_flags").list.set_union(pl.col("unit_flags").fill_null([])).list.sort(),
        visible_chars=pl.col("visible_text_fraction") * pl.col("n_chars"),
    )


def _require(documents: pl.DataFrame, evidence: pl.DataFrame, table: str) -> None:
    missing = documents.join(evidence, on="content_id", how="anti").get_column("content_id")
    if len(missing):
        raise ValueError(
            f"ledger: {len(missing)} documents have no row in {table}, {missing.sort()[0]} among "
            f"them; materialize {table} of this language first"
        )
