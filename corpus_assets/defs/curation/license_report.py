"""What the page of license_conclusions shows, and the check that guards it.

Belongs here: charts and tables of one partition's conclusions, and what changed since the last
run. Does not belong here: the conclusions themselves (`licensing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from corpus_assets.defs.markdown import table
from corpus_assets.defs.plots import bars
from corpus_assets.defs.step import Check, StepContext

GRANTED_ON_EVIDENCE = "granted_on_evidence"


def license_checks(context: StepContext, rows: pl.DataFrame) -> Iterator[Check]:
    """Every granted conclusion names a claim with evidence."""
    from corpus_assets.licensing.evidence_check import unsupported_grants

    bare = unsupported_grants(rows, context.read("license_claims"))
    words = "every granted conclusion names claims with evidence"
    if bare.height:
        origin, path, problem = bare.select("origin", "path", "problem").row(0)
        words = f"{bare.height:,} granted without evidence, first {origin} {path}: {problem}"
    yield Check(GRANTED_ON_EVIDENCE, not bare.height, words)


def license_report(context: StepContext, rows: pl.DataFrame) -> Mapping[str, str]:
    """Classes, states and evidence grades as charts, the largest conflicts, and what changed."""
    from corpus_assets.licensing.changes import conclusion_changes

    before = context.read("license_conclusions")
    changed = conclusion_changes(before, rows) if before.height else None
    return {
        "occurrences by license class": _counted(rows, "license_class"),
        "occurrences by state": _counted(rows, "license_state"),
        "occurrences by evidence grade": _counted(rows, "license_evidence"),
        "largest conflicts": _conflicts(rows),
        "changed since the last run": "the first run" if changed is None else _changes(changed),
    }


def _counted(rows: pl.DataFrame, column: str) -> str:
    counted = rows.group_by(column).len().sort("len", column, descending=[True, False])
    return bars(counted.rows())


def _conflicts(rows: pl.DataFrame) -> str:
    found = (
        rows.filter(pl.col("license_state") == "conflict")
        .group_by("origin", "license_concluded")
        .agg(pl.len().alias("files"), pl.col("path").min())
        .sort("files", "origin", "license_concluded", descending=[True, False, False])
    )
    columns = ("files", "origin", "license_concluded", "path")
    return table(columns, found.select(columns).rows(), "no conflict")


def _changes(changed: pl.DataFrame) -> str:
    columns = (
        "files", "change", "license_state_before", "license_class_before", "license_state_after",
        "license_class_after",
    )  # fmt: skip
    headings = ("files", "change", "state before", "class before", "state", "class")
    return table(headings, changed.select(columns).rows(), "nothing")
