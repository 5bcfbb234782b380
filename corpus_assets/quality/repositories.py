"""Repositories as a whole: how known, how alive, and whether they look like handed-in homework.

Belongs here: one row per origin from places, dates, stated facts and signals. Dates are held
against the newest date in the lake, never against a clock, so equal lakes give equal rows.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.languages import LANGUAGES
from corpus_assets.tables import TABLES, conform

INPUTS = ("occurrences", "revisions", "forge_facts", "quality_signals")
ABANDONED_YEARS = 3.0  # the longest release cycles of maintained libraries are shorter
_ORIGIN = ("source_category", "source", "origin")
_CODE = [language.slug for language in LANGUAGES if language.kind == "programming"]

# Folders and files named after what a course asks for. A number or nothing may follow.
_ASSIGNMENT = (
    r"(?i)(?:^|/)(?:hw|homeworks?|assignments?|assn|psets?|problem[ _-]?sets?|labs?|exercises?|"
    r"tasks?|weeks?|lectures?|quiz(?:zes)?|midterms?|finals?|exams?|coursework|practicals?|"
    r"tutorials?|project[ _-]?\d|submissions?|solutions?|day[ _-]?\d|chapters?|ch\d|"
    r"problem[ _-]?\d+|question[ _-]?\d+|q\d+|ex\d+|cs[ _-]?\d{2,3}\w?|part[ _-]?\d)"
    r"[ _-]?\d*(?:[/._-]|$)"
)
_MANIFEST = (
    r"(?:^|/)(?:package\.json|pyproject\.toml|setup\.(?:py|cfg)|Cargo\.toml|go\.mod|pom\.xml|"
    r"build\.gradle(?:\.kts)?|CMakeLists\.txt|configure\.ac|meson\.build|composer\.json|"
    r"PKG-INFO|DESCRIPTION|META\.(?:json|yml)|[^/]+\.(?:gemspec|csproj|cabal|opam))$"
)
_MANY, _HALF, _FEW_FILES = 0.3, 0.5, 80


def repositories(tables: dict[str, pl.LazyFrame]) -> pl.DataFrame:
    """Table repositories, sorted by its key. `tables`: those of INPUTS."""
    files = _files(tables)
    found = (
        files.join(_dates(tables), on=_ORIGIN, how="left")
        .join(_facts(tables), on=_ORIGIN, how="left")
        .with_columns(
            last_commit=pl.max_horizontal("last_commit", pl.col("revision_date").str.slice(0, 10)),
            homework_share=pl.when(pl.col("n_code_files") > 0).then(
                pl.col("n_named") / pl.col("n_code_files")
            ),
        )
        .with_columns(quiet_years=_years(), homework_signs=_homework_signs())
        .with_columns(
            is_abandoned=pl.col("is_archived").fill_null(False)
            | (pl.col("quiet_years") >= ABANDONED_YEARS).fill_null(False),
            is_homework_like=(pl.col("homework_signs").list.len() >= 3)
            & pl.col("homework_signs").list.contains("assignments"),
        )
        .select(TABLES["repositories"].names)
        .collect()
    )
    return conform(found.sort(_ORIGIN), "repositories")


def _files(tables: dict[str, pl.LazyFrame]) -> pl.LazyFrame:
    """What the files of every origin look like, in its last revision by name."""
    occurrences = tables["occurrences"]
    newest = occurrences.group_by(_ORIGIN).agg(
        pl.col("revision").max(), n_revisions=pl.col("revision").n_unique().cast(pl.Int64)
    )
    path, is_code = pl.col("path"), pl.col("language").is_in(_CODE)
    mains = tables["quality_signals"].select("content_id", "n_mains")
    return (
        occurrences.join(newest, on=[*_ORIGIN, "revision"])
        .join(mains, on="content_id", how="left")
        .group_by(_ORIGIN)
        .agg(
            pl.col("n_revisions").first(),
            n_files=pl.len().cast(pl.Int64),
            n_code_files=is_code.sum().cast(pl.Int64),
            n_named=(is_code & path.str.contains(_ASSIGNMENT)).sum(),
            n_with_main=(is_code & (pl.col("n_mains") > 0)).sum(),
            n_manifests=path.str.contains(_MANIFEST).sum(),
        )
    )


def _dates(tables: dict[str, pl.LazyFrame]) -> pl.LazyFrame:
    return tables["revisions"].group_by(_ORIGIN).agg(pl.col("revision_date").max())


def _facts(tables: dict[str, pl.LazyFrame]) -> pl.LazyFrame:
    """Of several statements the largest number, the newest date, and yes before no."""
    value = pl.col("value")

    def numbers(name: str) -> pl.Expr:
        return value.filter(pl.col("name") == name).cast(pl.Float64, strict=False).max()

    def flag(name: str) -> pl.Expr:
        stated = value.filter(pl.col("name") == name).str.to_lowercase()
        return pl.when(stated.len() > 0).then(stated.is_in(["true", "1"]).any())

    date = value.filter(pl.col("name") == "last_commit").str.extract(r"^(\d{4}-\d\d-\d\d)")
    return (
        tables["forge_facts"]
        .group_by(_ORIGIN)
        .agg(
            stars=numbers("stars").cast(pl.Int64),
            forks=numbers("forks").cast(pl.Int64),
            is_archived=flag("archived"),
            is_fork=flag("fork"),
            last_commit=date.max(),
        )
    )


def _years() -> pl.Expr:
    date = pl.col("last_commit").str.to_date(strict=False)
    return ((date.max() - date).dt.total_days() / 365.25).round(2)


def _homework_signs() -> pl.Expr:
    """assignments: paths name them; programs: most files run on their own; no_package: nothing
    says how to build or install it; small: few files."""
    code = pl.col("n_code_files")
    signs = {
        "assignments": pl.col("homework_share") >= _MANY,
        "programs": pl.col("n_with_main") >= _HALF * code,
        "no_package": pl.col("n_manifests") == 0,
        "small": code <= _FEW_FILES,
    }
    told = [pl.when(holds & (code > 0)).then(pl.lit(name)) for name, holds in signs.items()]
    return pl.concat_list(told).list.drop_nulls()
