"""The parts of a package: which folders are its own, which it bundles, and which it vendors.

Belongs here: dividing the folders of a revision. Does not belong here: the licenses of the parts
and what follows from them (`chains.py`).

A revision is taken for one package. Its root is the deepest folder that holds all its files, in
Debian's source packages that of each archive. Below it, a folder with a license file of its own
is bundled, unless it lies in a folder of other people's code: what lies there is vendored.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.licensing.evidence_files import folder, isolation_depth, scope
from corpus_assets.licensing.evidence_rank import FIRST
from corpus_assets.origins import REVISION

OWN, BUNDLES, VENDORS = "own", "bundles", "vendors"

_ARCHIVE = r"(?i)^[^/]+\.(?:tar(?:\.\w{1,4})?|t[gbx]z2?|tzst|zip|whl|egg|nupkg|crate|gem)$"

_MAX_ROOT = 6  # levels down to which the root is looked for


def folder_parts(occurrences: pl.LazyFrame, claims: pl.LazyFrame) -> pl.DataFrame:
    """One row per folder in which files of a revision lie: the columns of `REVISION`, folder,
    relation (own, bundles or vendors) and component, the folder of the part (null for own).

    `occurrences` has the columns of `REVISION` and path, `claims` is table license_claims. A
    vendored part is named by its innermost license file, else its outermost manifest, else the
    first folder inside the folder of other people's code; two levels where scopes (`@scope`) or
    hosts (`github.com/owner`) come first.
    """
    folders = (
        occurrences.select(*REVISION, folder(pl.col("path")).alias("folder")).unique().collect()
    )
    placed = folders.with_columns(
        parts=_names(pl.col("folder")),
        root=_root_depth(),
    ).with_columns(floor=isolation_depth(pl.col("parts")))
    vendored = pl.col("floor") > pl.col("root")
    levels = (
        placed.with_columns(pl.when(vendored).then("floor").otherwise("root").alias("base"))
        .with_columns(level=pl.int_ranges(pl.col("base") + 1, pl.col("parts").list.len() + 1))
        .explode("level")
        .filter(pl.col("level").is_not_null())
        .with_columns(scope=pl.col("parts").list.head("level").list.join("/"))
        .join(_scopes(claims), on=[*REVISION, "scope"], how="inner")
        .group_by(*REVISION, "folder")
        .agg(
            text_level=pl.col("level").filter("has_text").max(),
            manifest_level=pl.col("level").min(),
        )
    )
    level = (
        pl.when(vendored)
        .then(pl.coalesce("text_level", "manifest_level", _first_inside()))
        .otherwise("text_level")
    )
    relation = (
        pl.when(vendored)
        .then(pl.lit(VENDORS))
        .when(pl.col("text_level").is_not_null())
        .then(pl.lit(BUNDLES))
        .otherwise(pl.lit(OWN))
    )
    return (
        placed.join(levels, on=[*REVISION, "folder"], how="left")
        .with_columns(relation=relation, part_level=level)
        .select(
            *REVISION,
            "folder",
            "relation",
            component=pl.when(pl.col("relation") != OWN).then(
                pl.col("parts").list.head("part_level").list.join("/")
            ),
        )
        .sort(*REVISION, "folder")
    )


def _names(path: pl.Expr) -> pl.Expr:
    return path.str.split("/").list.eval(pl.element().filter(pl.element() != ""))


def _root_depth() -> pl.Expr:
    """Int64: depth of the deepest folder that holds all files of the revision, or archive in it.

    The common beginning of sorted names is that of the first and the last.
    """
    top = pl.col("folder").str.extract(r"^([^/]+)")
    group = pl.when(top.str.contains(_ARCHIVE)).then(top).fill_null("")
    name = pl.when(pl.col("folder") == "").then(pl.lit("")).otherwise(pl.col("folder") + "/")
    first, last = name.min().over(*REVISION, group), name.max().over(*REVISION, group)
    left, right = _names(first), _names(last)
    shorter = pl.min_horizontal(left.list.len(), right.list.len())
    same = pl.concat_list(
        [left.list.get(at, null_on_oob=True) == right.list.get(at, null_on_oob=True)
         for at in range(_MAX_ROOT)]
    )  # fmt: skip
    equal = same.list.eval(pl.element().fill_null(False).cast(pl.Int64).cum_prod()).list.sum()
    return pl.min_horizontal(equal, shorter).cast(pl.Int64)


def _scopes(claims: pl.LazyFrame) -> pl.DataFrame:
    """The folders for which license files and manifests of a revision speak."""
    path = pl.col("evidence_path")
    return (
        claims.filter(pl.col("kind").is_in(["license_file", "manifest"]) & path.is_not_null())
        .select(*REVISION, "kind", "evidence_path")
        .unique()
        .with_columns(
            scope=scope(path),
            has_text=(pl.col("kind") == "license_file") & path.str.contains(FIRST),
        )
        .filter(pl.col("has_text") | (pl.col("kind") == "manifest"))
        .group_by(*REVISION, "scope")
        .agg(pl.col("has_text").any())
        .collect()
    )


def _first_inside() -> pl.Expr:
    """The level of the first folder inside the folder of other people's code."""
    inside = pl.col("parts").list.get(pl.col("floor"), null_on_oob=True)
    deeper = pl.when(inside.str.starts_with("@")).then(1).when(inside.str.contains(r"\.\w+$"))
    extra = deeper.then(2).otherwise(0)
    depth = pl.col("parts").list.len().cast(pl.Int64)
    return pl.min_horizontal(pl.col("floor") + 1 + extra, depth)
