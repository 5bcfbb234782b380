"""Dependencies: what packages need, by their manifests."""

from __future__ import annotations

import polars as pl

from corpus_assets.defs.plots import bars
from corpus_assets.defs.step import Read, Step, StepContext

# Manifests are small: so many of them, with their bytes, fit into little memory.
_MANIFESTS_AT_ONCE = 5_000


def _package_dependencies(context: StepContext) -> pl.DataFrame:
    from corpus_assets.licensing.dependencies import package_dependencies
    from corpus_assets.licensing.evidence_files import evidence_role

    files = (
        context.scan("occurrences")
        .filter(evidence_role(pl.col("path")) == "manifest")
        .group_by("content_id")
        .agg(pl.col("path").min())
        .collect()
        .sort("content_id")
    )
    data = context.scan("contents").select("content_id", "data")
    parts = [package_dependencies(files.clear().with_columns(data=pl.lit(None, pl.Binary)))]
    for part in files.iter_slices(_MANIFESTS_AT_ONCE):
        parts.append(package_dependencies(data.join(part.lazy(), on="content_id").collect()))
    return pl.concat(parts)


def _by_ecosystem(rows: pl.DataFrame) -> str:
    counted = rows.group_by("package_type").len().sort("len", "package_type", descending=True)
    return bars(counted.rows())


PACKAGE_DEPENDENCIES = Step(
    table="package_dependencies",
    group="licensing",
    compute=_package_dependencies,
    reads=(Read("occurrences", "all"),),
    code=(
        "evidence_names.py",
        "licensing/dependencies.py",
        "licensing/evidence_files.py",
        "licensing/expressions.py",
        "licensing/fields.py",
        "licensing/license_names.py",
        "licensing/manifests",
        "licensing/single_names.py",
        "licensing/wording.py",
        "parse/decoding.py",
        "parse/legacy.py",
    ),
    owner="team:license-review",
    plot=_by_ecosystem,
    plot_title="declared dependencies by package type",
)
