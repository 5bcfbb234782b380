"""Repositories as a whole, beside the scorecard of their categories."""

from __future__ import annotations

import polars as pl

from corpus_assets.defs.plots import bars
from corpus_assets.defs.step import Read, Step, StepContext


def _repositories(context: StepContext) -> pl.DataFrame:
    from corpus_assets.quality.repositories import INPUTS, repositories

    return repositories({table: context.scan(table) for table in INPUTS})


def _kinds(rows: pl.DataFrame) -> str:
    flags = ("is_homework_like", "is_abandoned", "is_archived", "is_fork")
    counts = rows.select(pl.col(flags).sum()).row(0)
    return bars([("repositories", rows.height), *zip(flags, counts, strict=True)])


REPOSITORIES = Step(
    table="repositories",
    group="measurement",
    compute=_repositories,
    reads=(
        Read("occurrences", "all"),
        Read("revisions", "all"),
        Read("forge_facts", "all"),
        Read("quality_signals", "all"),
    ),
    code=("quality/repositories.py",),
    plot=_kinds,
    plot_title="repositories",
)
