"""The ledger: one row per document, stage and gate, with the verdict and what it rests on.

Belongs here: evaluating the gates in the order of the funnel. What is known about documents is
joined in `facts`; the gates' meaning belongs to `gates`, the sums to `accounting`.

A document that fails a gate of all stages is out for every stage, so the stages' own gates judge
only documents that passed all of those; a gate that exempts a language writes no row for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from corpus_assets.curate.facts import facts
from corpus_assets.curate.gates import StageGate, stage_gates
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.policy.gates import ALL
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
    wide = facts(documents, signals, scores, secrets, contamination, resolution, overlap, takedowns)
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
