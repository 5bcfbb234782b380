"""The audit of a release: what it is made of, and whether it keeps its promises.

Belongs here: composition and checks over the released files themselves. Does not belong here:
what is checked of a row (`release_checks.py`), whether the files are undamaged (`serve/verify.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.audit.release_checks import row_checks
from corpus_assets.policy.licenses import LicensePolicy
from corpus_assets.policy.mixes import MixSpec
from corpus_assets.serve.credits import read_table
from corpus_assets.serve.release import LOCK, SCHEMA, Release, read_json
from corpus_assets.tables import TABLES, conform

_DIMENSIONS = (
    "license_class", "license_concluded", "license_state", "license_evidence", "source_category",
    "language", "stage",
)  # fmt: skip
_UNNAMED = "(none)"  # rows without a concluded license
_ROWS, _TOKENS = pl.len().cast(pl.Int64), pl.col("n_tokens").sum()


def release_audit(
    release: Release,
    licenses: LicensePolicy,
    occurrences: pl.LazyFrame,
    resolution: pl.LazyFrame,
    overlap: pl.LazyFrame,
    takedowns: pl.LazyFrame,
) -> pl.DataFrame:
    """Table release_audit for a release, held against today's policy and knowledge.

    `resolution` is table duplicate_resolution, `overlap` unit_overlap.
    A figure has `passed` null. A check counts the rows that break it: zero rows passed. Shares
    are shares of the release's tokens. Raises ReleaseError when the release cannot be read.
    """
    spec = MixSpec.model_validate(read_json(release.folder / LOCK)["spec"])
    rows = released_rows(release)
    credited = read_table(release.folder, "credited_files")
    total = int(rows["n_tokens"].sum())
    parts = [*_composition(rows)]
    parts += [
        _check(f"check_{name}", item, broken)
        for name, item, broken in row_checks(
            rows, spec, licenses, occurrences, resolution, overlap, takedowns, credited
        )
    ]
    parts += _totals(rows, release)
    audit = pl.concat(parts).with_columns(
        mix=pl.lit(release.mix),
        version=pl.lit(release.version),
        share=pl.col("n_tokens") / total if total else pl.lit(0.0),
    )
    return conform(audit.select(TABLES["release_audit"].names), "release_audit").sort(
        TABLES["release_audit"].key
    )


def released_rows(release: Release) -> pl.DataFrame:
    """The released rows without prompts and texts, read from the shards."""
    names = [name for name in SCHEMA if name not in ("prompt", "text")]
    return release.rows().select(names).collect().sort("row_id")


def _composition(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for dimension in _DIMENSIONS:
        yield (
            rows.group_by(item=pl.col(dimension).fill_null(_UNNAMED))
            .agg(n_rows=_ROWS, n_tokens=_TOKENS)
            .select(
                pl.lit(f"composition_by_{dimension}").alias("question"),
                "item",
                "n_rows",
                "n_tokens",
                pl.lit(None, pl.Boolean).alias("passed"),
            )
        )


def _check(question: str, item: str, broken: pl.DataFrame) -> pl.DataFrame:
    return broken.select(
        pl.lit(question).alias("question"),
        pl.lit(item).alias("item"),
        _ROWS.alias("n_rows"),
        _TOKENS.alias("n_tokens"),
        (pl.len() == 0).alias("passed"),
    )


def _totals(rows: pl.DataFrame, release: Release) -> Iterator[pl.DataFrame]:
    for stage, figures in release.manifest()["stages"].items():
        own = rows.filter(pl.col("stage") == stage)
        agrees = (own.height, int(own["n_tokens"].sum())) == (figures["rows"], figures["tokens"])
        yield own.select(
            pl.lit("check_totals_equal_manifest").alias("question"),
            pl.lit(f"{stage}: rows and tokens of the files").alias("item"),
            _ROWS.alias("n_rows"),
            _TOKENS.alias("n_tokens"),
            pl.lit(agrees).alias("passed"),
        )
