"""The release: published only when its rows pass the checks a license reviewer relies on."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.defs.step import Check, Read, Step, StepContext


def _release(context: StepContext) -> pl.DataFrame:
    from corpus_assets.serve.publish import publish

    release = publish(
        context.lake,
        context.workspace.mix,
        context.workspace.published,
        context.provenance.inputs,
    )
    context.log(f"{'published' if release.created else 'already published'}: {release.folder}")
    return release.table()


def _clean(context: StepContext) -> Iterator[Check]:
    mix = context.scan("training_mix")
    lost = mix.join(
        context.scan("occurrences"),
        on=["content_id", "source_category", "source", "origin", "revision", "path"],
        how="anti",
    )
    yield _none("rows_trace_to_occurrences", lost, "rows have no occurrence in the lake")
    spec = context.workspace.mix
    allowed = pl.DataFrame(
        [(stage, state) for stage, part in spec.stages.items() for state in part.license_states],
        schema={"stage": pl.String, "license_state": pl.String},
        orient="row",
    )
    barred = mix.join(allowed.lazy(), on=["stage", "license_state"], how="anti")
    yield _none(
        "license_states_are_named", barred, "rows have a license state the spec does not name"
    )
    taken = mix.join(context.scan("takedowns"), on="content_id", how="semi")
    yield _none("no_takedowns", taken, "rows were taken down")
    evaluation = mix.filter(pl.col("stage") == "evaluation").select("split_group")
    leaked = mix.filter(pl.col("stage") != "evaluation").join(
        evaluation, on="split_group", how="semi"
    )
    yield _none("evaluation_is_apart", leaked, "training rows share a group with evaluation")


def _none(name: str, offending: pl.LazyFrame, what: str) -> Check:
    found = offending.select("row_id", "stage", "content_id").collect().sort("row_id")
    first = f", first {found.row(0)}" if found.height else ""
    return Check(name, not found.height, f"{found.height} {what}{first}")


RELEASE = Step(
    table="releases",
    group="serving",
    compute=_release,
    reads=(
        Read("training_mix", "all"),
        Read("mix_plan", "all"),
        Read("pairs", "all"),
        Read("documents", "all"),
        Read("occurrences", "all"),
        Read("takedowns", "all"),
    ),
    code=("serve",),
    settings=("mix",),
    kinds=("duckdb", "parquet"),
    guard=_clean,
    check_names=(
        "rows_trace_to_occurrences",
        "license_states_are_named",
        "no_takedowns",
        "evaluation_is_apart",
    ),
)
