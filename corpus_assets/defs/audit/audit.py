"""What a license reviewer asks first: what was taken down, what is open, what is in the release."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.defs.plots import bars
from corpus_assets.defs.step import Check, Read, Step, StepContext

_REVIEWERS = "team:license-review"


def _takedowns(context: StepContext) -> pl.DataFrame:
    from corpus_assets.audit.takedowns import takedowns, unmatched

    requests, occurrences = context.workspace.takedowns, context.scan("occurrences")
    for selector in unmatched(requests, occurrences):
        context.log(f"matches nothing that was collected: {selector}")
    return takedowns(requests, occurrences)


def _license_review_queue(context: StepContext) -> pl.DataFrame:
    from corpus_assets.audit.review_queue import license_review_queue

    return license_review_queue(
        context.scan("license_conclusions"),
        context.scan("duplicate_resolution"),
        context.scan("documents"),
        context.scan("quality_signals"),
        context.scan("license_chains"),
    )


def _release_audit(context: StepContext) -> pl.DataFrame:
    from corpus_assets.audit.release_audit import release_audit
    from corpus_assets.serve.release import current

    release = current(context.workspace.published, context.workspace.mix.name)
    names = ("occurrences", "duplicate_resolution", "unit_overlap", "takedowns")
    tables = (context.scan(name) for name in names)
    return release_audit(release, context.workspace.licenses, *tables)


def _passed(_context: StepContext, rows: pl.DataFrame) -> Iterator[Check]:
    failed = rows.filter(pl.col("passed") == pl.lit(value=False))
    yield Check(
        "release_is_sound",
        not failed.height,
        "; ".join(f"{row[0]}: {row[1]} ({row[2]} rows)" for row in
                  failed.select("question", "item", "n_rows").iter_rows())
        or "every check of the release passed",
    )  # fmt: skip


def _composition(rows: pl.DataFrame) -> str:
    shown = rows.filter(pl.col("question") == "composition_by_license_class")
    ordered = shown.sort("n_tokens", "item", descending=[True, False])
    return bars(ordered.select("item", "n_tokens").rows())


def _open_questions(rows: pl.DataFrame) -> str:
    tokens = rows.group_by("license_state").agg(pl.col("n_tokens").sum())
    return bars(tokens.sort("license_state").rows())


TAKEDOWNS = Step(
    table="takedowns",
    group="audit",
    compute=_takedowns,
    reads=(Read("occurrences", "all"),),
    code=("audit/takedowns.py",),
    settings=("takedowns",),
    owner=_REVIEWERS,
)
LICENSE_REVIEW_QUEUE = Step(
    table="license_review_queue",
    group="audit",
    compute=_license_review_queue,
    reads=(
        Read("license_conclusions", "all"),
        Read("duplicate_resolution", "all"),
        Read("documents", "all"),
        Read("quality_signals", "all"),
        Read("license_chains", "all"),
    ),
    code=("audit/review_queue.py",),
    owner=_REVIEWERS,
    plot=_open_questions,
    plot_title="tokens that wait for an answer",
)
RELEASE_AUDIT = Step(
    table="release_audit",
    group="audit",
    compute=_release_audit,
    reads=(
        Read("releases", "all"),
        Read("occurrences", "all"),
        Read("duplicate_resolution", "all"),
        Read("unit_overlap", "all"),
        Read("takedowns", "all"),
    ),
    code=(
        "audit/release_audit.py",
        "audit/release_checks.py",
        "evidence_names.py",
        "parse/decoding.py",
        "parse/legacy.py",
        "policy/license_profiles.py",
        "policy/verdicts.py",
        "serve",
    ),
    settings=("licenses", "mix"),
    owner=_REVIEWERS,
    checks=_passed,
    check_names=("release_is_sound",),
    plot=_composition,
    plot_title="released tokens by license class",
)
