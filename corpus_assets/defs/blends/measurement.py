"""Measurement: the cost ledger, and the scorecard of the five source categories."""

from __future__ import annotations

import polars as pl

from corpus_assets.defs.curation.pictures import overlap_matrix
from corpus_assets.defs.plots import bars
from corpus_assets.defs.step import Read, Step, StepContext


def _cost_ledger(context: StepContext) -> pl.DataFrame:
    from corpus_assets.blend.costs import cost_ledger

    return cost_ledger(
        context.workspace.costs,
        context.scan("revisions"),
        context.scan("submissions"),
        context.scan("documents"),
        context.scan("quality_signals"),
        context.scan("curated_documents"),
    )


def _source_scorecard(context: StepContext) -> pl.DataFrame:
    from corpus_assets.blend.scorecard import INPUTS, source_scorecard

    return source_scorecard({table: context.scan(table) for table in INPUTS})


def _source_overlap(context: StepContext) -> pl.DataFrame:
    from corpus_assets.blend.overlap import INPUTS, source_overlap

    return source_overlap({t: context.scan(t) for t in INPUTS}, context.workspace.filters)


def _copied_work(context: StepContext) -> pl.DataFrame:
    from corpus_assets.blend.copied import INPUTS, copied_work

    return copied_work({t: context.scan(t) for t in INPUTS}, context.workspace.filters)


def _matrix(_context: StepContext, rows: pl.DataFrame) -> dict[str, str]:
    return overlap_matrix(rows)


def _accepted(rows: pl.DataFrame) -> str:
    shown = rows.filter(pl.col("measure") == "accepted_token_share").sort("source_category")
    return bars(
        shown.select("source_category", pl.col("value").fill_null(0.0)).rows(),
    )


COST_LEDGER = Step(
    table="cost_ledger",
    group="measurement",
    compute=_cost_ledger,
    reads=(
        Read("revisions", "all"),
        Read("submissions", "all"),
        Read("documents", "all"),
        Read("quality_signals", "all"),
        Read("curated_documents", "all"),
    ),
    code=("blend/costs.py",),
    settings=("costs",),
)
SOURCE_SCORECARD = Step(
    table="source_scorecard",
    group="measurement",
    compute=_source_scorecard,
    reads=(
        Read("revisions", "all"),
        Read("documents", "all"),
        Read("license_conclusions", "all"),
        Read("quality_signals", "all"),
        Read("quality_scores", "all"),
        Read("secrets", "all"),
        Read("duplicate_resolution", "all"),
        Read("curated_documents", "all"),
        Read("cost_ledger", "all"),
    ),
    code=("blend/scorecard.py",),
    plot=_accepted,
    plot_title="accepted share of tokens",
)
SOURCE_OVERLAP = Step(
    table="source_overlap",
    group="measurement",
    compute=_source_overlap,
    reads=(
        Read("occurrences", "all"),
        Read("near_duplicates", "all"),
        Read("units", "all"),
        Read("near_units", "all"),
        Read("duplicate_resolution", "all"),
    ),
    code=("blend/overlap.py", "counted_units.py"),
    settings=("filters",),
    report=_matrix,
)
COPIED_WORK = Step(
    table="copied_work",
    group="measurement",
    compute=_copied_work,
    reads=(
        Read("occurrences", "all"),
        Read("revisions", "all"),
        Read("documents", "all"),
        Read("quality_signals", "all"),
        Read("near_duplicates", "all"),
        Read("units", "all"),
        Read("near_units", "all"),
        Read("duplicate_resolution", "all"),
    ),
    code=("blend/copied.py", "blend/overlap.py", "blend/places.py", "counted_units.py"),
    settings=("filters",),
)
