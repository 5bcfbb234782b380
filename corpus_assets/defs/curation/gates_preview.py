"""What the policy that a project names as `policy.filters_preview` would change, as an asset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import polars as pl

from corpus_assets.defs.markdown import Cells, table
from corpus_assets.defs.step import Read, Step, StepContext

if TYPE_CHECKING:
    from corpus_assets.curate.preview import Policies

_TABLES = (
    "documents", "quality_signals", "quality_scores", "secrets", "contamination",
    "duplicate_resolution", "unit_overlap", "takedowns",
)  # fmt: skip
_COUNTS = ("before", "gained", "lost", "after")
_N_EXAMPLES = 2


def _policies(context: StepContext) -> Policies | None:
    from corpus_assets.curate.preview import Policies

    place = context.workspace
    if place.filters_preview is None:
        return None
    return Policies(place.filters, place.filters_preview, place.licenses, place.mix)


def _judged(
    context: StepContext, policies: Policies
) -> Iterator[tuple[str, pl.DataFrame, pl.DataFrame]]:
    """Each language with the facts about its documents and their outcomes."""
    from corpus_assets.curate.preview import language_tables, outcomes, stored_facts

    tables = {name: context.scan(name) for name in _TABLES}
    for language in sorted(context.lake.versions("duplicate_resolution")):
        known = stored_facts(language_tables(tables, language), policies)
        yield language, known, outcomes(known, policies)


def _gates_preview(context: StepContext) -> pl.DataFrame:
    from corpus_assets.curate.preview import sums
    from corpus_assets.tables import empty

    policies = _policies(context)
    if policies is None:
        context.log("the project names no policy.filters_preview: nothing to try out")
        return empty("gates_preview")
    parts = [sums(found, policies) for _, _, found in _judged(context, policies)]
    return pl.concat([empty("gates_preview"), *parts])


def _report(context: StepContext, rows: pl.DataFrame) -> Mapping[str, str]:
    """What passes by stage, which gates decide where, what is not answered, the nearest."""
    from corpus_assets.curate.borderline import borderline
    from corpus_assets.curate.preview import totals, unjudged, unmeasured

    policies = _policies(context)
    assert policies is not None  # without one there are no rows
    silent: dict[str, list[str]] = {}
    samples = []
    for language, known, found in _judged(context, policies):
        samples.append(borderline(known, found, policies, _N_EXAMPLES))
        for column in unmeasured(known, policies, language):
            silent.setdefault(column, []).append(language)
    passing = ("stage", *(f"{what}_{name}" for what in ("documents", "tokens") for name in _COUNTS))
    headings = ("stage", *_COUNTS, *(f"tokens {name}" for name in _COUNTS))
    return {
        "what passes": table(headings, totals(rows).select(passing).rows(), "nothing"),
        "which gates decide": _deciding(rows),
        "nearest to changed limits": _nearest(pl.concat(samples)),
        "not previewed": "\n".join(f"- {words}" for words in unjudged(policies, silent)) or "-",
    }


def _deciding(rows: pl.DataFrame) -> str:
    gate = pl.when(change="lost").then("gate_after").otherwise("gate_before")
    keys = ("change", "stage", "gate", "language", "source")
    found = (
        rows.filter(pl.col("change").is_in(["gained", "lost"]))
        .with_columns(gate=gate)
        .group_by(keys)
        .agg(documents=pl.col("n_documents").sum(), tokens=pl.col("n_tokens").sum())
        .sort("documents", *keys, descending=[True] + [False] * len(keys))
        .select(*keys, "documents", "tokens")
    )
    return table(tuple(found.columns), found.rows(), "no document changes sides")


def _nearest(samples: pl.DataFrame) -> str:
    limit = ["gate", "column", "limit_before", "limit_after", "side"]
    nearest = samples.sort("distance", "content_id", maintain_order=True).filter(
        pl.int_range(pl.len()).over(limit) < _N_EXAMPLES
    )
    found: list[Cells] = nearest.sort(*limit, maintain_order=True).select(
        "gate", "limit_before", "limit_after", "side", "value", "path"
    ).rows()  # fmt: skip
    headings = ("gate", "limit", "would be", "side", "value", "path")
    return table(headings, found, "no limit differs where there are documents")


GATES_PREVIEW = Step(
    table="gates_preview",
    group="curation",
    compute=_gates_preview,
    reads=tuple(Read(name, "all") for name in _TABLES),
    code=(
        "curate", "origins.py", "counted_units.py", "policy/gate_changes.py",
        "policy/judgements.py", "policy/license_profiles.py", "policy/verdicts.py",
    ),
    settings=("filters", "filters_preview", "licenses", "mix"),
    report=_report,
)  # fmt: skip
