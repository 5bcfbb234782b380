"""Whether granted conclusions stand on evidence: a check for the asset, and for reviewers.

Belongs here: the comparison of conclusions with the claims that they name. Does not belong here:
how a conclusion is reached (`resolution.py`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.tables import TABLES

_PLACE = ("content_id", "source_category", "source", "origin", "revision", "path")


def unsupported_grants(conclusions: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """The granted rows of license_conclusions that do not stand on evidence, with a column
    `problem` that says in words what is missing; sorted by the table's key.

    A grant must name at least one claim; every claim it names must be a row of license_claims
    about the same occurrence; and each must state an expression and name its rule and the place
    where it stands (a contract or host has no place in the tree, its name is the rule).
    """
    granted = conclusions.filter(pl.col("license_state") == "granted")
    named = granted.select(*_PLACE, claim="claim_ids").explode("claim", empty_as_null=True)
    stated = claims.select(
        *_PLACE,
        claim=pl.format("{}:{}", "kind", "ordinal"),
        is_known=pl.lit(True),
        is_bare=_is_bare(),
    )
    problem = (
        pl.when(pl.col("claim").is_null())
        .then(pl.lit("names no claim"))
        .when(pl.col("is_known").is_null())
        .then(pl.format("names {}, which is no claim about it", "claim"))
        .when("is_bare")
        .then(pl.format("names {}, which has no evidence", "claim"))
    )
    problems = (
        named.join(stated, on=[*_PLACE, "claim"], how="left")
        .with_columns(problem=problem)
        .drop_nulls("problem")
        .group_by(_PLACE)
        .agg(pl.col("problem").sort().str.join("; "))
    )
    return granted.join(problems, on=_PLACE, how="inner").sort(TABLES["license_conclusions"].key)


def _is_bare() -> pl.Expr:
    """Whether a claim lacks an expression, a rule, or a place although it stands in a file."""
    elsewhere = pl.col("kind").is_in(["contract", "forge"])
    return (
        pl.col("license_expression").is_null()
        | (pl.col("rule_id").fill_null("") == "")
        | (pl.col("evidence_path").is_null() & ~elsewhere)
    )
