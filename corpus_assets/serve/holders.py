"""The copyright statements that belong to released files.

Belongs here: where statements about a file stand and how they are put together. Does not belong
here: reading them from texts, which licensing does (table copyrights, column copyrights of claims).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.lake import Lake
from corpus_assets.serve.credits import PLACE
from corpus_assets.serve.legal_files import license_ids
from corpus_assets.tables import TEXTS


def statements(lake: Lake, contents: pl.Series) -> pl.DataFrame:
    """content_id -> the copyright statements in it, in the order of the text."""
    wanted = pl.LazyFrame({"content_id": contents.unique()}, schema={"content_id": pl.String})
    return (
        lake.scan("copyrights")
        .select("content_id", "ordinal", "statement")
        .join(wanted, on="content_id", how="semi")
        .collect()
        .sort("content_id", "ordinal")
        .group_by("content_id", maintain_order=True)
        .agg(pl.col("statement").alias("statements"))
    )


def of_tree(places: pl.DataFrame, claims: pl.DataFrame, kind: str) -> pl.DataFrame:
    """What license files (or lists of paths) that grant a license of the file say of holders."""
    kinds = ["file", "license_file"] if kind == "license_file" else [kind]
    said = claims.filter(
        pl.col("kind").is_in(kinds)
        & (pl.col("evidence_path") != pl.col("path"))
        & (pl.col("copyrights").list.len() > 0)
    ).select(*PLACE, "copyrights", license_ids(pl.col("license_expression")).alias("of_ids"))
    related = (
        places.select(*PLACE, "license_ids")
        .join(said, on=PLACE, how="inner")
        .filter(pl.col("license_ids").list.set_intersection("of_ids").list.len() > 0)
    )
    return gathered(related, "copyrights", kind)


def gathered(rows: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    """The values of a column, lists flattened, as one sorted list per place."""
    flat = rows.explode(column) if rows.schema[column] == TEXTS else rows
    return flat.group_by(PLACE).agg(pl.col(column).drop_nulls().unique().sort().alias(name))


def distinct_by_work(files: pl.DataFrame) -> pl.DataFrame:
    """work_id -> the statements about its files, sorted; of those that differ in case, sign or
    spacing only, the first."""
    statement = pl.col("copyrights")
    folded = (
        statement.str.to_lowercase()
        .str.replace_all("©", "(c)", literal=True)
        .str.replace_all(r"\s+", " ")
    )
    return (
        files.select("work_id", pl.concat_list("copyrights", "inherited").alias("copyrights"))
        .explode("copyrights")
        .filter(statement.is_not_null())
        .with_columns(folded.alias("folded"))
        .sort("work_id", "copyrights")
        .unique(["work_id", "folded"], keep="first", maintain_order=True)
        .group_by("work_id", maintain_order=True)
        .agg("copyrights")
    )
