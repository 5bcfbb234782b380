"""Blends: a plan per stage, and the rows that the plan takes."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.defs.plots import bars
from corpus_assets.defs.step import Check, Read, Step, StepContext
from corpus_assets.tables import empty

_CODE = ("blend/plan.py", "blend/allocation.py", "blend/eligible.py", "blend/splits.py")


def _mix_plan(context: StepContext) -> pl.DataFrame:
    from corpus_assets.blend.plan import mix_plan

    stage = _stage(context)
    if stage is None:
        return empty("mix_plan")
    return mix_plan(
        context.workspace.mix, stage, context.scan("curated_documents"), context.scan("pairs")
    )


def _training_mix(context: StepContext) -> pl.DataFrame:
    from corpus_assets.blend.mix import training_mix

    stage = _stage(context)
    if stage is None:
        return empty("training_mix")
    return training_mix(
        context.workspace.mix,
        stage,
        context.read("mix_plan"),
        context.scan("curated_documents"),
        context.scan("pairs"),
        context.scan("unit_overlap"),
        context.workspace.filters.unit_duplicates,
    )


def _stage(context: StepContext) -> str | None:
    """The stage at hand, None when the mix spec leaves it out."""
    stages: list[str] = list(context.workspace.mix.stages)
    return context.partition if context.partition in stages else None


def _within_plan(context: StepContext, rows: pl.DataFrame) -> Iterator[Check]:
    cell = ["content_kind", "source_category", "language", "license_class"]
    taken = rows.group_by(cell).agg(tokens=pl.col("n_tokens").sum())
    over = taken.join(context.read("mix_plan"), on=cell, how="left").filter(
        pl.col("tokens") > pl.col("planned_tokens").fill_null(0)
    )
    yield Check(
        "within_plan",
        not over.height,
        f"{over.height} cells take more tokens than planned" if over.height else "within the plan",
    )


def _planned(rows: pl.DataFrame) -> str:
    tokens = rows.group_by("language").agg(pl.col("planned_tokens").sum())
    ordered = tokens.sort("planned_tokens", "language", descending=[True, False])
    return bars(ordered.rows())


MIX_PLAN = Step(
    table="mix_plan",
    group="blends",
    compute=_mix_plan,
    reads=(Read("curated_documents", "all"), Read("pairs", "all")),
    code=_CODE,
    settings=("mix",),
    plot=_planned,
    plot_title="planned tokens by language",
)
TRAINING_MIX = Step(
    table="training_mix",
    group="blends",
    compute=_training_mix,
    reads=(
        Read("mix_plan"),
        Read("curated_documents", "all"),
        Read("pairs", "all"),
        Read("unit_overlap", "all"),
    ),
    code=(*_CODE, "blend/mix.py", "blend/repeats.py"),
    settings=("mix", "filters"),
    checks=_within_plan,
    check_names=("within_plan",),
)
