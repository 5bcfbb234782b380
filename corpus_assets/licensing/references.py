"""Pointers ("see LICENSE") followed to the file they name.

Belongs here: finding that file beside the occurrence or above it. Does not belong here: what the
file says (`texts.py`, `statements.py`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.licensing.evidence_files import folder, isolation_depth

REVISION = ("source_category", "source", "origin", "revision")
_FIRM = ("text", "notice", "tag")


def followed(
    subjects: pl.DataFrame, statements: pl.DataFrame, spoken: pl.DataFrame
) -> pl.DataFrame:
    """What the files say to which the pointers in the subjects' own statements lead.

    `subjects` are occurrences, `statements` table license_evidence for them, `spoken` the
    statements of license files with evidence_path. A pointer leads to the nearest file of that
    name in the occurrence's folder or above it, never out of a folder of other people's code; the
    ending may be missing on either side (LICENSE, LICENSE.txt). Where no license file has the
    name, a source file of the same language may ("see the copyright notice in lua.h").

    Columns: those of `subjects`, evidence_path, distance and the evidence of the target.
    """
    pointers = (
        subjects.join(
            statements.filter(pl.col("statement_kind") == "reference").select(
                "content_id", pl.col("referenced_files").alias("name")
            ),
            on="content_id",
        )
        .explode("name")
        .filter(pl.col("name").is_not_null() & (pl.col("name") != ""))
        .with_columns(_name(pl.col("name")).alias("name"), _stem(pl.col("name")).alias("stem"))
        .unique()
    )
    targets = _targets(subjects, statements, spoken)
    levels = _levels(pointers)
    found = levels.join(targets, on=[*REVISION, "level_folder", "stem"], how="inner").filter(
        pl.col("evidence_path") != pl.col("path")
    )
    place = [*REVISION, "path", "stem"]
    best = (
        found.with_columns((pl.col("target_name") != pl.col("name")).alias("differs"))
        .sort(
            *place,
            "distance",
            "differs",
            "is_text",
            "evidence_path",
            "text_ordinal",
            descending=[False] * (len(place) + 2) + [True, False, False],
        )
        .with_columns(pl.col("evidence_path").first().over(place).alias("chosen"))
        .filter(pl.col("evidence_path") == pl.col("chosen"))
    )
    extra = ("name", "stem", "level_folder", "target_name", "is_text", "differs", "chosen")
    return best.drop(extra).unique(maintain_order=True)


def _name(path: pl.Expr) -> pl.Expr:
    return path.str.extract(r"([^/\\]*)$").str.to_lowercase()


def _stem(path: pl.Expr) -> pl.Expr:
    """The name without an ending of plain text, for it may be left out in either place."""
    return _name(path).str.replace(r"\.(?:txt|md|rst|html?)$", "")


def _levels(pointers: pl.DataFrame) -> pl.DataFrame:
    """A row for each folder from the occurrence's own up to the root or the vendored folder."""
    parts = pl.col("parts")
    depth = parts.list.len().cast(pl.Int64)
    return (
        pointers.with_columns(
            folder(pl.col("path"))
            .str.split("/")
            .list.eval(pl.element().filter(pl.element() != ""))
            .alias("parts")
        )
        .with_columns(isolation_depth(parts).alias("floor"), depth.alias("depth"))
        .with_columns(pl.int_ranges(pl.col("floor"), pl.col("depth") + 1).alias("level"))
        .explode("level")
        .with_columns(
            parts.list.head(pl.col("level")).list.join("/").alias("level_folder"),
            (pl.col("depth") - pl.col("level")).alias("distance"),
        )
        .drop("parts", "floor", "depth", "level")
    )


def _targets(
    subjects: pl.DataFrame, statements: pl.DataFrame, spoken: pl.DataFrame
) -> pl.DataFrame:
    """Firm statements by the folder and name of the file in which they stand."""
    evidence = [
        name
        for name in statements.columns
        if name not in ("content_id", "language", "ordinal", "applies_to")
    ]
    texts = spoken.filter(
        (pl.col("role") != "manifest") & pl.col("license_expression").is_not_null()
    ).select(*REVISION, "evidence_path", "text_ordinal", *evidence, is_text=pl.lit(True))
    firm = statements.filter(
        pl.col("statement_kind").is_in(_FIRM) & pl.col("license_expression").is_not_null()
    )
    sources = subjects.join(firm, on="content_id").select(
        *REVISION,
        pl.col("path").alias("evidence_path"),
        pl.col("ordinal").alias("text_ordinal"),
        *evidence,
        is_text=pl.lit(False),
    )
    path = pl.col("evidence_path")
    return pl.concat([texts, sources]).with_columns(
        folder(path).alias("level_folder"),
        _name(path).alias("target_name"),
        _stem(path).alias("stem"),
    )
