"""Curation proper: which member of a cluster is kept, the ledger, what is left, and pairs."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.defs.curation.pictures import cluster_sizes, removed_by_source
from corpus_assets.defs.plots import bars
from corpus_assets.defs.step import Check, Read, Step, StepContext

_SHOWN_CLUSTERS = 3


def _duplicate_resolution(context: StepContext) -> pl.DataFrame:
    from corpus_assets.curate.resolution import duplicate_resolution
    from corpus_assets.serve.released import released_choices

    assert context.partition is not None
    workspace = context.workspace
    return duplicate_resolution(
        context.read("documents").drop("text"),
        context.read("near_duplicates"),
        context.read("contained_documents"),
        context.read("license_conclusions"),
        context.read("quality_signals"),
        context.read("quality_scores"),
        context.scan("revisions").collect(),
        # No Read: an older, immutable release is no input that could make the step stale.
        released_choices(context.lake, workspace.published, workspace.mix.name, context.partition),
        workspace.filters,
    )


def _unit_overlap(context: StepContext) -> pl.DataFrame:
    from corpus_assets.curate.unit_overlap import unit_overlap

    return unit_overlap(
        context.read("documents").drop("text"),
        context.here("units").drop("token_hashes").collect(),
        context.read("near_units"),
        context.read("duplicate_resolution"),
        context.read("license_conclusions"),
        context.read("quality_signals"),
        context.scan("revisions").collect(),
        context.workspace.filters,
    )


def _little_boilerplate(context: StepContext, rows: pl.DataFrame) -> Iterator[Check]:
    from corpus_assets.curate.unit_overlap import boilerplate_share

    share = boilerplate_share(rows)
    limit = context.workspace.filters.unit_duplicates.max_boilerplate_share
    yield Check(
        "boilerplate_within_budget",
        share <= limit,
        f"{share:.1%} of the tokens of units are boilerplate and do not count, "
        f"max_boilerplate_share of the filter policy is {limit:.1%}",
        blocking=False,
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
        context.read("unit_overlap"),
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


def _plausible(context: StepContext, rows: pl.DataFrame) -> Iterator[Check]:
    """Warnings: a gate that drops nearly all of this language, or nothing of any language."""
    from corpus_assets.curate.alarms import gate_counts, silent, sweeping

    policy = context.workspace.filters
    here = gate_counts(rows.lazy())
    too_much = sweeping(here, policy)
    words = "; ".join(too_much) or "no gate drops nearly all documents of this language"
    yield Check("gates_leave_something", not too_much, words, blocking=False)
    # The other languages as they stand; no Read, for they shape no row of this one.
    others = context.scan("ledger").filter(pl.col("language") != context.partition)
    nothing = silent(pl.concat([here, gate_counts(others)]), policy)
    words = "; ".join(nothing) or "every gate drops something, here or in another language"
    yield Check("gates_drop_something", not nothing, words, blocking=False)


def _ledger_checks(context: StepContext, rows: pl.DataFrame) -> Iterator[Check]:
    yield from _adds_up(context, rows)
    yield from _plausible(context, rows)


def _funnel(rows: pl.DataFrame) -> str:
    failures = rows.filter(pl.col("is_first_failure")).group_by("stage", "gate").len()
    ordered = failures.sort("len", "gate", "stage", descending=[True, False, False])
    labels = ordered.select(pl.concat_str("gate", pl.lit(" ("), "stage", pl.lit(")")), "len")
    return bars(labels.rows())


def _within_budget(context: StepContext, rows: pl.DataFrame) -> Iterator[Check]:
    from corpus_assets.curate.budget import largest_clusters, removal_breaches, told

    columns = ["content_id", "language", "source_category", "source", "origin", "path"]
    documents = context.here("documents").select(columns).collect()
    over = removal_breaches(documents, rows, context.workspace.filters)
    words = []
    for row in over.iter_rows(named=True):
        group = {name: row[name] for name in ("language", "source_category", "source")}
        words.append(told(row, largest_clusters(documents, rows, group, _SHOWN_CLUSTERS)))
    yield Check(
        "removal_within_budget",
        not words,
        " ".join(words) or "no source or category loses more documents than the policy allows",
    )


def _removed(context: StepContext, rows: pl.DataFrame) -> dict[str, str]:
    from corpus_assets.curate.budget import removed_shares

    columns = ["content_id", "language", "source_category", "source"]
    documents = context.here("documents").select(columns).collect()
    return {
        "percent removed as near duplicates, by source": removed_by_source(
            removed_shares(documents, rows)
        )
    }


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


_CODE = ("curate", "origins.py", "counted_units.py")
DUPLICATE_RESOLUTION = Step(
    table="duplicate_resolution",
    group="curation",
    compute=_duplicate_resolution,
    reads=(
        Read("documents"),
        Read("exact_duplicates"),
        Read("near_duplicates"),
        Read("contained_documents"),
        Read("license_conclusions"),
        Read("quality_signals"),
        Read("quality_scores"),
        Read("revisions", "all"),
    ),
    code=(*_CODE, "serve/released.py", "serve/release.py", "serve/columns.py"),
    settings=("filters",),
    checks=_within_budget,
    check_names=("removal_within_budget",),
    plot=cluster_sizes,
    plot_title="clusters of near duplicates, by size",
    report=_removed,
)
UNIT_OVERLAP = Step(
    table="unit_overlap",
    group="curation",
    compute=_unit_overlap,
    reads=(
        Read("documents"),
        Read("units"),
        Read("near_units"),
        Read("duplicate_resolution"),
        Read("license_conclusions"),
        Read("quality_signals"),
        Read("revisions", "all"),
    ),
    code=_CODE,
    settings=("filters",),
    checks=_little_boilerplate,
    check_names=("boilerplate_within_budget",),
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
        Read("unit_overlap"),
        Read("takedowns", "all"),
    ),
    code=(*_CODE, "policy/judgements.py", "policy/license_profiles.py", "policy/verdicts.py"),
    settings=("filters", "licenses", "mix"),
    checks=_ledger_checks,
    check_names=("documents_accounted_for", "gates_leave_something", "gates_drop_something"),
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
    code=_CODE,
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
    code=(
        "pairs/problem_solution.py",
        "parse/tokens.py",
        "parse/buffers.py",
        "parse/character_classes.py",
        "parse/kernels",
        "compiled.py",
    ),
)
