"""Sublicensing chains: what each package bundles, vendors, copies and needs."""

from __future__ import annotations

import polars as pl

from corpus_assets.defs.plots import bars
from corpus_assets.defs.step import Read, Step, StepContext


def _license_chains(context: StepContext) -> pl.DataFrame:
    from corpus_assets.licensing.chains import license_chains

    found = license_chains(
        context.scan("license_conclusions"),
        context.scan("license_claims"),
        context.scan("revisions"),
        context.scan("occurrences"),
        context.scan("package_dependencies"),
        context.workspace.licenses,
    )
    conflicts = found.filter("is_conflict")
    packages = conflicts.select("origin", "revision").n_unique()
    context.log(f"{conflicts.height:,} parts of {packages:,} packages contradict their label")
    return found


def _by_relation(rows: pl.DataFrame) -> str:
    """Parts by relation, those in conflict apart."""
    label = pl.when("is_conflict").then(pl.col("relation") + ", in conflict").otherwise("relation")
    counted = rows.group_by(label.alias("label")).len()
    return bars(counted.sort("len", "label", descending=[True, False]).rows())


LICENSE_CHAINS = Step(
    table="license_chains",
    group="licensing",
    compute=_license_chains,
    reads=(
        Read("license_conclusions", "all"),
        Read("license_claims", "all"),
        Read("revisions", "all"),
        Read("occurrences", "all"),
        Read("package_dependencies", "all"),
    ),
    code=("licensing", "evidence_names.py", "origins.py", "parse/decoding.py",
          "parse/legacy.py", "parse/errors.py", "parse/syntax.py"),
    settings=("licenses",),
    owner="team:license-review",
    plot=_by_relation,
    plot_title="parts of packages by relation",
)  # fmt: skip
