"""Deduplication: proofs that documents or units repeat one another; no choice is made here."""

from __future__ import annotations

import polars as pl

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

    return unit_duplicates(context.read("units"), context.read("near_units"))


def _near_units(context: StepContext) -> pl.DataFrame:
    from corpus_assets.dedup.near_units import near_units

    threshold = context.workspace.filters.near_units.similarity
    return near_units(context.read("units"), threshold)


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
)
UNITS = Step(
    table="units",
    group="deduplication",
    compute=_units,
    reads=(Read("documents"),),
    code=(
        "parse/units.py",
        "parse/unit_patterns.py",
        "parse/unit_tokens.py",
        "parse/unit_kernel.py",
        "parse/unit_pool.py",
        "parse/syntax.py",
        "parse/errors.py",
    ),
    kinds=("treesitter", "deltalake"),
)
NEAR_UNITS = Step(
    table="near_units",
    group="deduplication",
    compute=_near_units,
    reads=(Read("units"),),
    code=(
        "dedup/near_units.py",
        "dedup/candidates.py",
        "dedup/compare.py",
        "dedup/parallel.py",
        "dedup/sets.py",
        "dedup/shingles.py",
        "dedup/kernels",
    ),
    settings=("filters",),
    pool="memory",
)
UNIT_DUPLICATES = Step(
    table="unit_duplicates",
    group="deduplication",
    compute=_unit_duplicates,
    reads=(Read("units"), Read("near_units")),
    code=("dedup/units.py",),
)
