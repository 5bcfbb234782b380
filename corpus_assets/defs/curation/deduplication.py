"""Deduplication: proofs that documents or units repeat one another; no choice is made here."""

from __future__ import annotations

import polars as pl

from corpus_assets.defs.curation.pictures import document_frequency, similarities
from corpus_assets.defs.evidence import evidence
from corpus_assets.defs.step import Read, Step, StepContext


def _exact_duplicates(context: StepContext) -> pl.DataFrame:
    from corpus_assets.dedup.exact import exact_duplicates

    return exact_duplicates(context.scan("occurrences"), context.read("documents"))


def _near_duplicates(context: StepContext) -> pl.DataFrame:
    from corpus_assets.dedup.near import near_duplicates

    assert context.partition is not None
    threshold = context.workspace.filters.near_duplicates.for_language(context.partition).recorded
    return near_duplicates(context.read("documents"), threshold)


def _units(context: StepContext) -> pl.DataFrame:
    from corpus_assets.parse.units import units

    return evidence(context, "units", units)


def _unit_duplicates(context: StepContext) -> pl.DataFrame:
    from corpus_assets.dedup.units import unit_duplicates

    return unit_duplicates(context.read("units"))


EXACT_DUPLICATES = Step(
    table="exact_duplicates",
    group="deduplication",
    compute=_exact_duplicates,
    reads=(Read("documents"), Read("occurrences", "all")),
    code=("dedup/exact.py",),
)
NEAR_DUPLICATES = Step(
    table="near_duplicates",
    group="deduplication",
    compute=_near_duplicates,
    reads=(Read("documents"),),
    code=("dedup/near.py", "dedup/candidates.py", "dedup/shingles.py"),
    settings=("filters",),
    kinds=("datasketch", "deltalake"),
    pool="memory",
    plot=similarities,
    plot_title="verified pairs, by similarity",
)
UNITS = Step(
    table="units",
    group="deduplication",
    compute=_units,
    reads=(Read("documents"),),
    code=("parse/units.py", "parse/syntax.py", "parse/errors.py"),
    kinds=("treesitter", "deltalake"),
)
UNIT_DUPLICATES = Step(
    table="unit_duplicates",
    group="deduplication",
    compute=_unit_duplicates,
    reads=(Read("units"),),
    code=("dedup/units.py",),
    plot=document_frequency,
    plot_title="repeated units, by documents that hold them",
)
