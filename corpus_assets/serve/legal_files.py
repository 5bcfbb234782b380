"""Which license texts and NOTICE files go along with which released files.

Belongs here: finding them. Does not belong here: the entries of an attribution
(`attribution.py`) and what it looks like (`notice.py`).

A license text is the file on whose full text a claim about the released file rests; the nearest
one counts. A README is none: only a section of it is about licenses. A NOTICE file speaks for the
folder in which it stands and for those below.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.evidence_names import is_license_name
from corpus_assets.lake import Lake
from corpus_assets.serve.credits import PLACE, REVISION

_OPERATORS = ("AND", "OR", "WITH")
# ScanCode calls the Apache License with its appendix a notice; notices proper are shorter.
_FULL_TEXT_LINES = 60
# NOTICE, NOTICE.txt, NOTICE-bundled.md; code that is called so is no notice.
_NOTICE = r"(?:^|/)NOTICES?(?:[-_.][\w.-]*)?$"
_NOTICE_ENDING = r"(?i)(?:(?:^|/)NOTICES?|[-_]\w*|\.(?:txt|md|rst|html?|adoc))$"
_README = r"(?i)(?:^|/)readme[^/]*$"
# Folders of metadata: what stands in them speaks for the folder around.
_METADATA = r"(?:^|/)(?:META-INF|LICENSES|debian|[^/]+\.(?:dist|egg)-info(?:/licenses?)?)(?:/.*)?$"


def stored(lake: Lake, contents: pl.Series) -> pl.LazyFrame:
    """The rows of table contents that hold the bytes of these contents.

    Only the partitions of languages in which they occur are read: the bytes of all code are most
    of a lake, and legal files are text.
    """
    wanted = pl.col("content_id").is_in(contents.unique().to_list())
    languages = lake.scan("occurrences").filter(wanted).select("language").unique().collect()
    return lake.scan("contents").filter(
        pl.col("language").is_in(languages["language"].to_list())
        & wanted
        & pl.col("data").is_not_null()
    )


def license_ids(expression: pl.Expr) -> pl.Expr:
    """The identifiers of an SPDX expression, exceptions included, each once, sorted."""
    words = expression.fill_null("").str.extract_all(r"[^\s()]+")
    return (
        words.list.eval(pl.element().filter(~pl.element().is_in(list(_OPERATORS))))
        .list.unique()
        .list.sort()
    )


def text_files(
    places: pl.DataFrame, claims: pl.DataFrame, occurrences: pl.LazyFrame
) -> pl.DataFrame:
    """The license files of the packages of the released files.

    `places` has PLACE and license_ids; `claims` are the rows of license_claims about them,
    `occurrences` is that table. One row per place, identifier and file, with columns PLACE,
    license_id, is_full, legal_path and legal_content_id. Of several folders the nearest one with
    the identifier counts; a file that holds no full text only where no file of the package does.
    """
    path = pl.col("evidence_path")
    # A license file among the released files goes along with itself.
    other = (path != pl.col("path")) | is_license_name(path)
    said = claims.filter(
        pl.col("kind").is_in(["file", "license_file"]) & other & ~path.str.contains(_README)
    ).select(
        *PLACE,
        path.alias("legal_path"),
        "distance",
        _is_full().alias("is_full"),
        license_ids(pl.col("license_expression")).alias("license_id"),
    )
    wanted = places.select(*PLACE, pl.col("license_ids").alias("license_id")).explode("license_id")
    named = said.explode("license_id").join(wanted, on=[*PLACE, "license_id"], how="semi")
    of_one = (*PLACE, "license_id")
    fullest = named.filter(pl.col("is_full") == pl.col("is_full").any().over(of_one))
    nearest = fullest.filter(pl.col("distance") == pl.col("distance").min().over(of_one))
    return _located(nearest.drop("distance").unique(), occurrences)


def _is_full() -> pl.Expr:
    """Boolean: whether a claim rests on the text of a license, not on a mere notice of it."""
    n_lines = pl.col("end_line") - pl.col("start_line") + 1
    is_long = (pl.col("statement_kind") == "notice") & (n_lines >= _FULL_TEXT_LINES)
    return (pl.col("statement_kind").is_in(["text", "followed"]) | is_long).fill_null(value=False)


def notice_files(places: pl.DataFrame, occurrences: pl.LazyFrame) -> pl.DataFrame:
    """The NOTICE files that speak for the released files: PLACE, legal_path, legal_content_id."""
    path = pl.col("path")
    found = (
        occurrences.filter(path.str.contains(_NOTICE) & path.str.contains(_NOTICE_ENDING))
        .join(places.lazy().select(REVISION).unique(), on=REVISION, how="semi")
        .select(
            *REVISION,
            path.alias("legal_path"),
            pl.col("content_id").alias("legal_content_id"),
            path.str.replace(r"/?[^/]*$", "").str.replace(_METADATA, "").alias("scope"),
        )
        .collect()
    )
    folders = places.select(*REVISION, path.str.replace(r"[^/]*$", "").alias("folder")).unique()
    spoken = folders.join(found, on=REVISION, how="inner").filter(
        (pl.col("scope") == "") | pl.col("folder").str.starts_with(pl.col("scope") + "/")
    )
    keyed = places.select(*PLACE, path.str.replace(r"[^/]*$", "").alias("folder"))
    return keyed.join(spoken.drop("scope"), on=[*REVISION, "folder"], how="inner").select(
        *PLACE, "legal_path", "legal_content_id"
    )


def _located(named: pl.DataFrame, occurrences: pl.LazyFrame) -> pl.DataFrame:
    """With the content that stands at the path; paths at which nothing was kept are left out."""
    key = [*REVISION, "legal_path"]
    found = (
        occurrences.select(
            *REVISION,
            pl.col("path").alias("legal_path"),
            pl.col("content_id").alias("legal_content_id"),
        )
        .join(named.lazy().select(key).unique(), on=key, how="semi")
        .collect()
    )
    return named.join(found, on=key, how="inner").select(
        *PLACE, "license_id", "is_full", "legal_path", "legal_content_id"
    )
