"""Languages that a file alone does not tell, settled by the files around it.

Belongs here: choosing among a name's languages by what the nearest folder holds. A C header and a
C++ header that uses nothing of C++ are the same bytes; the sources beside them tell them apart.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.parse.language import CONTENT, GUESS, NAME, NEIGHBORS, slug_of

_IS_HEADER = pl.col("path").str.to_lowercase().str.ends_with(".h")
_DEEPEST = 40  # folders; further down only the upper ones are looked at


def settled(files: pl.DataFrame) -> pl.DataFrame:
    """The frame with guesses replaced by what the nearest folder of the same origin holds most of.

    Columns used: origin, path, language, language_name, language_basis, language_candidates; rows
    keep their order. Files that are no guess count where they are in one of the candidates, headers
    only where an origin has nothing else: one header of a C++ binding stands among many of C. Of
    equally frequent languages the earlier candidate wins. Without any the guess stands.
    """
    sources = _settled(files, ~_IS_HEADER)
    return _settled(sources, pl.lit(True))


def _settled(files: pl.DataFrame, counts: pl.Expr) -> pl.DataFrame:
    indexed = files.with_row_index("row").with_columns(
        folders=pl.col("path").str.split("/").list.head(-1).list.head(_DEEPEST)
    )
    open_ = indexed.filter(pl.col("language_basis") == GUESS)
    firm = indexed.filter(pl.col("language_basis").is_in([NAME, CONTENT]) & counts)
    if open_.is_empty() or firm.is_empty():
        return files
    open_ = open_.select("row", "origin", "folders", "language_candidates").explode(
        "language_candidates", empty_as_null=False, keep_nulls=False
    )
    open_ = open_.with_columns(rank=pl.int_range(pl.len()).over("row"))
    names = open_["language_candidates"].unique()
    firm = firm.filter(pl.col("language_name").is_in(names.implode()))
    deepest = max(open_["folders"].list.len().to_list())
    chosen = (
        pl.concat(_at_depth(open_, firm, level) for level in range(deepest + 1))
        .sort(["row", "level", "n", "rank"], descending=[False, True, True, False])
        .unique("row", keep="first", maintain_order=True)
        .select("row", chosen="language_candidates")
    )
    slugs = {name: slug_of(name) for name in chosen["chosen"].unique().sort()}
    slug = pl.col("chosen").replace_strict(slugs, default=None, return_dtype=pl.String)
    return (
        indexed.join(chosen, on="row", how="left", maintain_order="left")
        .with_columns(
            language=pl.coalesce(slug, "language"),
            language_name=pl.coalesce("chosen", "language_name"),
            language_basis=pl.when(pl.col("chosen").is_not_null())
            .then(pl.lit(NEIGHBORS))
            .otherwise("language_basis"),
        )
        .select(files.columns)
    )


def _at_depth(open_: pl.DataFrame, firm: pl.DataFrame, level: int) -> pl.DataFrame:
    """row, language_candidates, rank, n, level: what the folder `level` steps down holds."""
    folder = pl.col("folders").list.head(level).list.join("/").alias("folder")
    counts = (
        firm.filter(pl.col("folders").list.len() >= level)
        .group_by("origin", folder, "language_name")
        .agg(n=pl.len())
    )
    return (
        open_.filter(pl.col("folders").list.len() >= level)
        .with_columns(folder)
        .join(
            counts,
            left_on=["origin", "folder", "language_candidates"],
            right_on=["origin", "folder", "language_name"],
        )
        .select("row", "language_candidates", "rank", "n", level=pl.lit(level))
    )
