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
        context.scan("revisions").collect(),
        context.workspace.filters,
    )


def _ledger(context: StepContext) -> pl.DataFrame:
    from corpus_assets.curate.ledger import ledger

    return ledger(
        context.read("documents").drop("text"),
        context.read("quality_signals"),
        context.read("quality_scores"),
        context.read("secrets"),
        context.read("contamination"),
        context.read("duplicate_resolution"),
        context.scan("takedowns").collect(),
        context.workspace.filters,
        context.workspace.licenses,
        {str(name): stage for name, stage in context.workspace.mix.stages.items()},
        context.workspace.mix.as_of,
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
    failures = rows.filter(pl.col("is_first_failure")).group_by("stage", "gate").len()
    ordered = failures.sort("len", "gate", "stage", descending=[True, False, False])
    labels = ordered.select(pl.concat_str("gate", pl.lit(" ("), "stage", pl.lit(")")), "len")
    return bars(labels.rows())


def _within_budget(context: StepContext, rows: pl.DataFrame) -> Iterator[Check]:
    from corpus_assets.curate.accounting import removal_breaches

    columns = ["content_id", "language", "source_category"]
    documents = context.here("documents").select(columns).collect()
    over = removal_breaches(documents, rows, context.workspace.filters)
    yield Check(
        "removal_within_budget",
        not over.height,
        "; ".join(
            f"{row['source_category']}: {row['n_removed']:,} of {row['n_documents']:,} documents "
            "would go as near duplicates; if that is right, raise removal_budget in the filter "
            "policy"
            for row in over.iter_rows(named=True)
        )
        or "no source category loses more documents than the policy allows",
    )


def _curated_documents(context: StepContext) -> pl.DataFrame:
    from corpus_assets.curate.documents import curated_documents

    return curated_documents(
        context.read("documents").drop("text"),
        context.read("duplicate_resolution"),
        context.read("ledger"),
        context.read("quality_signals"),
        context.read("quality_scores"),
        context.read("near_duplicates"),
        context.scan("submissions").collect(),
    )


def _pairs(context: StepContext) -> pl.DataFrame:
    from corpus_assets.pairs.problem_solution import pairs

    assert context.partition is not None
    return pairs(
        context.scan("tasks").collect(),
        context.scan("submissions").collect(),
        context.scan("occurrences"),
        context.read("documents"),
        context.read("curated_documents"),
        context.partition,
    )


DUPLICATE_RESOLUTION = Step(
    table="duplicate_resolution",
    group="curation",
    compute=_duplicate_resolution,
    reads=(
        Read("documents"),
        Read("exact_duplicates"),
        Read("near_duplicates"),
        Read("license_conclusions"),
        Read("quality_signals"),
        Read("revisions", "all"),
    ),
    code=("curate", "origins.py"),
    settings=("filters",),
    checks=_within_budget,
    check_names=("removal_within_budget",),
)
LEDGER = Step(
    table="ledger",
    group="curation",
    compute=_ledger,
    reads=(
        Read("documents"),
        Read("quality_signals"),
        Read("quality_scores"),
        Read("secrets"),
        Read("weaknesses"),
        Read("contamination"),
        Read("duplicate_resolution"),
        Read("takedowns", "all"),
    ),
    code=("curate", "origins.py", "policy/license_profiles.py", "policy/verdicts.py"),
    settings=("filters", "licenses", "mix"),
    checks=_adds_up,
    check_names=("documents_accounted_for",),
    plot=_funnel,
    plot_title="documents removed, by first failing gate",
)
CURATED_DOCUMENTS = Step(
    table="curated_documents",
    group="curation",
    compute=_curated_documents,
    reads=(
        Read("documents"),
        Read("duplicate_resolution"),
        Read("ledger"),
        Read("quality_signals"),
        Read("quality_scores"),
        Read("near_duplicates"),
        Read("submissions", "all"),
    ),
    code=("curate", "origins.py"),
)
PAIRS = Step(
    table="pairs",
    group="curation",
    compute=_pairs,
    reads=(
        Read("tasks", "all"),
        Read("submissions", "all"),
        Read("occurrences", "all"),
        Read("documents"),
        Read("curated_documents"),
    ),
    code=("pairs", "parse/tokens.py"),
)
