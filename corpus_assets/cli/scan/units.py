"""`corpus scan units`: functions, methods and classes of a folder, and which of them match.

Belongs here: the rows that are printed. Does not belong here: reading the folder (`folder.py`),
cutting units (`parse`) and comparing them (`dedup`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from corpus_assets.cli import output
from corpus_assets.policy.filters import load_filter_policy
from corpus_assets.tables import empty

if TYPE_CHECKING:
    from corpus_assets.cli.scan.folder import Folder

MAX_PARTNERS = 32
"""In a cluster of more units each is paired with the first so many (in order of path and line)."""


def scan_units(folder: Folder) -> Iterator[dict[str, Any]]:
    """One row per unit and place, in order of path and line: span, kind, name, hashes.

    A file that could not be parsed or decoded is a row of kind `unparsed`, with the reason as its
    name.
    """
    placed = _placed(folder, pl.concat([_units(folder), _unread(folder)], how="diagonal"))
    columns = ("path", "start_line", "end_line", "kind", "name", "type1", "type2")
    yield from (
        placed.rename({"type1_sha256": "type1", "type2_sha256": "type2"})
        .select(columns)
        .iter_rows(named=True)
    )


def scan_unit_matches(folder: Folder, threshold: float | None) -> Iterator[dict[str, Any]]:
    """One row per pair of matching units, in order of path and line; said where pairs are bounded.

    Type-1 and type-2 pairs have similarity 1, near ones their exact Jaccard similarity. Classes
    match classes, functions and methods one another; type-2 and near need the minimum of tokens
    of `dedup`.
    """
    from corpus_assets.dedup.near_units import near_units
    from corpus_assets.dedup.units import MIN_TYPE2_TOKENS

    units = _units(folder).filter(pl.col("type1_sha256").is_not_null())
    near = near_units(units, threshold or load_filter_policy().near_units.similarity)
    placed = _placed(folder, units).with_row_index("row")
    group = ["language", pl.col("kind") == "class"]
    type1 = placed.with_columns(key=_key(group, "type1_sha256"))
    type2 = placed.filter(pl.col("n_tokens") >= MIN_TYPE2_TOKENS).with_columns(
        key=_key(group, "type2_sha256")
    )
    bounded = sum(_n_large(clusters) for clusters in (type1, type2))
    if bounded:
        output.err.print(
            f"{bounded:,} clusters have more than {MAX_PARTNERS} other units: of these, each unit "
            f"is paired with the first {MAX_PARTNERS} only"
        )
    pairs = (
        pl.concat(
            [
                _pairs(type1).with_columns(rank=0, clone_type=pl.lit("type1"), similarity=1.0),
                _pairs(type2).with_columns(rank=1, clone_type=pl.lit("type2"), similarity=1.0),
                _near_pairs(placed, near),
            ]
        )
        .sort("row", "other", "rank")
        .unique(["row", "other"], keep="first", maintain_order=True)
    )
    place = placed.select("row", "path", "start_line")
    yield from (
        pairs.join(place, on="row", how="left", maintain_order="left")
        .join(
            place.rename({"row": "other", "path": "other_path", "start_line": "other_start_line"}),
            on="other",
            how="left",
            maintain_order="left",
        )
        .select("path", "start_line", "other_path", "other_start_line", "clone_type", "similarity")
        .iter_rows(named=True)
    )


def _units(folder: Folder) -> pl.DataFrame:
    from corpus_assets.cli.scan.folder import batches
    from corpus_assets.parse.units import has_units, units

    languages = folder.documents.get_column("language").unique()
    silent = [language for language in languages if not has_units(language)]
    without = folder.documents.filter(pl.col("language").is_in(silent)).height
    if without:
        names = ", ".join(sorted(silent))
        output.err.print(f"{without:,} files are in languages without units: {names}")
    parts = [units(part) for part in batches(folder.documents, "cut units")]
    return pl.concat([empty("units"), *parts])


def _unread(folder: Folder) -> pl.DataFrame:
    """Rows for documents in languages with units whose bytes gave no text, such as too_large."""
    from corpus_assets.languages import BY_SLUG
    from corpus_assets.parse.units import UNPARSED, has_units

    slugs = [slug for slug in BY_SLUG if has_units(slug)]
    return folder.documents.filter(
        pl.col("text").is_null()
        & (pl.col("decode_state") != "empty")
        & pl.col("language").is_in(slugs)
    ).select(
        "content_id",
        kind=pl.lit(UNPARSED),
        name="decode_state",
        start_line=pl.lit(1, dtype=pl.Int64),
        end_line=pl.lit(1, dtype=pl.Int64),
        start_byte=pl.lit(0, dtype=pl.Int64),
        end_byte="size_bytes",
    )


def _placed(folder: Folder, units: pl.DataFrame) -> pl.DataFrame:
    """The units at every path of their contents, in order of path and place."""
    return (
        folder.occurrences.select("path", "content_id")
        .join(units, on="content_id")
        .sort("path", "start_byte", pl.col("end_byte"), descending=[False, False, True])
    )


def _key(group: list[Any], column: str) -> pl.Expr:
    return pl.struct(*group, column).rank("dense")


def _n_large(clusters: pl.DataFrame) -> int:
    return int((clusters.group_by("key").len()["len"] > MAX_PARTNERS + 1).sum())


def _pairs(clusters: pl.DataFrame) -> pl.DataFrame:
    """Pairs (row < other) within a key, each row with the first MAX_PARTNERS of its key only."""
    numbered = clusters.select("key", "row")
    first = numbered.filter(pl.int_range(pl.len()).over("key") < MAX_PARTNERS).rename(
        {"row": "first"}
    )
    return (
        numbered.join(first, on="key")
        .filter(pl.col("first") < pl.col("row"))
        .select(row="first", other="row")
    )


def _near_pairs(placed: pl.DataFrame, near: pl.DataFrame) -> pl.DataFrame:
    """Rows of near units at all their places, and at those of their type-1 clones, bounded."""
    members = (
        placed.filter(pl.col("kind") != "class")
        .select("row", "unit_id", "language", "type1_sha256")
        .with_columns(rank=pl.int_range(pl.len()).over("language", "type1_sha256"))
    )
    places = members.filter(pl.col("rank") < MAX_PARTNERS).drop("rank")
    by_unit = members.select("unit_id", "language", "type1_sha256").unique("unit_id")
    sides = near.select("unit_id_a", "unit_id_b", "similarity")
    for side in ("a", "b"):
        sides = (
            sides.join(
                by_unit.rename({"unit_id": f"unit_id_{side}"}), on=f"unit_id_{side}", how="inner"
            )
            .join(
                places.select("language", "type1_sha256", pl.col("row").alias(f"row_{side}")),
                on=["language", "type1_sha256"],
            )
            .drop("language", "type1_sha256")
        )
    return sides.select(
        row=pl.min_horizontal("row_a", "row_b"),
        other=pl.max_horizontal("row_a", "row_b"),
        rank=pl.lit(2, dtype=pl.Int32),
        clone_type=pl.lit("near"),
        similarity=pl.col("similarity").round(6),
    )
