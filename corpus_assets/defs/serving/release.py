"""The release: published only when its rows pass the checks a license reviewer relies on."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.audit.release_checks import NAMES, RowCheck, row_checks
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
    from corpus_assets.serve.attribution import attribution

    spec = context.workspace.mix
    mix = context.scan("training_mix").filter(pl.col("stage").is_in(list(spec.stages)))
    rows = mix.collect().sort("row_id")
    found = list(
        row_checks(
            rows,
            spec,
            context.workspace.licenses,
            occurrences=context.scan("occurrences"),
            resolution=context.scan("duplicate_resolution"),
            overlap=context.scan("unit_overlap"),
            takedowns=context.scan("takedowns"),
            credited=attribution(context.lake, rows).files,
        )
    )
    for name in NAMES:
        broken = [check for check in found if check.name == name and check.broken.height]
        yield Check(name, not broken, "; ".join(map(_told, broken)) or "no row breaks it")


def _told(check: RowCheck) -> str:
    first = check.broken.select("row_id", "stage", "content_id").row(0)
    return f"{check.broken.height:,} {check.item}, first {', '.join(first)}"


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
        Read("duplicate_resolution", "all"),
        Read("unit_overlap", "all"),
        Read("takedowns", "all"),
        Read("license_claims", "all"),
        Read("license_conclusions", "all"),
        Read("copyrights", "all"),
    ),
    code=(
        "serve",
        "audit/release_checks.py",
        "evidence_names.py",
        "parse/decoding.py",
        "parse/legacy.py",
        "policy/license_profiles.py",
        "policy/standard_texts.py",
        "policy/verdicts.py",
    ),
    settings=("licenses", "mix"),
    kinds=("duckdb", "parquet"),
    guard=_clean,
    check_names=NAMES,
)
