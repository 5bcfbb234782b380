"""Curation proper: which member of a cluster is kept, the ledger, what is left, and pairs."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.defs.plots import bars
from corpus_assets.defs.step import Check, Read, Step, StepContext


def _duplicate_resolution(context: StepContext) -> pl.DataFrame:
    from corpus_assets.curate.resolution import duplicate_resolution

    return duplicate_resolution(
        context.read("documents").drop("text"),
        context.read("near_duplicates"),
        context.read("license_conclusions"),
        context.read("quality_signals"),
        context.workspace.filters,
    )


def _ledger(context: StepContext) -> pl.DataFrame:
    from corpus_assets.curate.ledger import ledger

    return ledger(
        context.read("documents").drop("text"),
        context.read("quality_signals"),
        context.read("secrets"),
        context.read("contamination"),
        context.read("duplicate_resolution"),
        context.scan("takedowns").collect(),
        context.workspace.filters,
        context.workspace.mix.stages,
    )


def _adds_up(context: StepContext, rows: pl.DataFrame) -> Iterator[Check]:
    from corpus_assets.curate.accounting import verify

    documents = context.here("documents").select("content_id").collect()
    problems = verify(documents, rows)
    yield Check(
        "documents_accounted_for",
        not problems,
        "; ".join(problems) or "documents in = kept + removed per first failing gate, each stage",
    )


def _funnel(rows: pl.DataFrame) -> str:
    failures = rows.filter(pl.col("is_first_failure")).group_by("stage", "gate", "gate_order").len()
    ordered = failures.sort("gate_order", "stage")
    labels = ordered.select(pl.concat_str("gate", pl.lit(" ("), "stage", pl.lit(")")), "len")
    return bars("Documents removed per first failing gate", labels.rows())
