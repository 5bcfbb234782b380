"""Forge claims: what the host of a revision, or the data set it came with, says of its license.

Belongs here: reading those words and joining them to the occurrences they are about. Does not
belong here: collecting them (table forge_licenses), and what they are worth: they are the weakest
kind of claim (`resolution.py`).
"""

from __future__ import annotations

import hashlib
import re

import polars as pl

from corpus_assets.licensing.wording import understand_fully

DETECTOR = "forge"
RULES_VERSION = "1"

_REVISION = ("source_category", "source", "origin", "revision")
# What data sets write where they know no license, or only its kind.
_NO_NAME = re.compile(
    r"(?i)(?:no[ _-]?(?:licen[cs]e|assertion)|none|null|n/?a|unknown|other|"
    r"(?:non[ _-]?)?permissive|copyleft|mixed|missing|-|\?)?"
)


def forge_claims(subjects: pl.DataFrame, forge_licenses: pl.DataFrame) -> pl.DataFrame:
    """The rows of `subjects` once for each license word that is stated of them.

    `subjects` has the columns of an occurrence, `forge_licenses` is the table of that name: words
    without a path are about the whole revision. Added are the evidence columns of table
    license_claims but for kind and ordinal, with evidence_path and distance null; the expression
    is null where the words name no license that is known.
    """
    stated = _understood(forge_licenses)
    whole = stated.filter(pl.col("path") == "").drop("path")
    of_files = stated.filter(pl.col("path") != "")
    joined = pl.concat(
        [
            subjects.join(whole, on=list(_REVISION), how="inner"),
            subjects.join(of_files, on=[*_REVISION, "path"], how="inner"),
        ]
    )
    nothing = pl.lit([], pl.List(pl.String))
    return joined.with_columns(
        statement_kind=pl.lit("declared"),
        score=pl.lit(100.0),
        coverage=pl.lit(100.0),
        start_line=pl.lit(None, pl.Int64),
        end_line=pl.lit(None, pl.Int64),
        distance=pl.lit(None, pl.Int64),
        evidence_path=pl.lit(None, pl.String),
        referenced_files=nothing,
        copyrights=nothing,
        detector=pl.lit(DETECTOR),
        detector_version=pl.lit(RULES_VERSION),
    )


def _understood(forge_licenses: pl.DataFrame) -> pl.DataFrame:
    """The columns of a revision, path, license_expression, rule_id and matched_text_sha256."""
    distinct = forge_licenses["words"].unique().sort()
    meant = pl.DataFrame(
        [(words, _expression(words), hashlib.sha256(words.encode()).hexdigest())
         for words in distinct],
        schema={"words": pl.String, "license_expression": pl.String,
                "matched_text_sha256": pl.String},
        orient="row",
    )  # fmt: skip
    return forge_licenses.join(meant, on="words", how="left").select(
        *_REVISION,
        "path",
        "license_expression",
        "matched_text_sha256",
        rule_id=pl.format("forge-{}", "field"),
    )


def _expression(words: str) -> str | None:
    return None if _NO_NAME.fullmatch(words.strip()) else understand_fully(words)
