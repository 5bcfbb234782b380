"""License conclusions: one per occurrence, with state, class, evidence grade and the reason.

Belongs here: the rules between the claims about one occurrence (reference/licensing.md, 11.3).
Does not belong here: what other copies of a content say (`curate`), and which classes a stage
takes (mixes).

Occurrences with the same claims get the same conclusion, so the rules run once per distinct set
of claims, of which a package has few, and are joined back.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from corpus_assets.licensing.evidence_files import folder, isolation_depth
from corpus_assets.licensing.partial import tool_output
from corpus_assets.licensing.resolution import RULES_VERSION, Outcome, resolve
from corpus_assets.policy.licenses import LicensePolicy
from corpus_assets.policy.strict import digest
from corpus_assets.tables import TABLES, conform

_SUBJECT = (
    "content_id", "language", "source_category", "source", "origin", "revision", "path",
)  # fmt: skip
_PLACE = ("source_category", "source", "origin", "revision", "path")
# What the rules may look at; nothing that differs between files with equal claims.
_FACTS = (
    "kind", "ordinal", "license_expression", "statement_kind", "evidence_path", "distance",
    "rule_id", "score", "coverage", "referenced_files", "agreed_class", "valid_from", "valid_to",
    "stages_allowed",
)  # fmt: skip
_OUTCOME = Outcome._fields


def license_conclusions(
    occurrences: pl.DataFrame, claims: pl.DataFrame, policy: LicensePolicy
) -> pl.DataFrame:
    """What the license of every occurrence is: table license_conclusions.

    `occurrences` are those of one language (columns of table occurrences), `claims` is table
    license_claims for them. Every occurrence has one row; without claims it is none_found.
    """
    sets = _claim_sets(claims)
    outcomes = pl.DataFrame(
        [
            {"facts": facts} | resolve(_unpacked(facts), policy)._asdict()
            for facts in sets["facts"].unique().sort()
        ],
        schema=pl.Schema({"facts": pl.String} | {name: _schema()[name] for name in _OUTCOME}),
    )
    empty = pl.DataFrame(
        [resolve([], policy)._asdict()], schema={name: _schema()[name] for name in _OUTCOME}
    )
    known = sets.join(outcomes, on="facts", how="left").drop("facts")
    joined = occurrences.select(_SUBJECT).join(known, on=list(_PLACE), how="left")
    silent = joined["license_state"].is_null()
    frame = pl.concat(
        [
            joined.filter(~silent),
            joined.filter(silent).select(_SUBJECT).join(empty, how="cross"),
        ],
    ).with_columns(
        _with_vendored_flag().alias("license_flags"),
        pl.lit(_rule_version(policy)).alias("rule_version"),
    )
    key = TABLES["license_conclusions"].key
    return conform(frame, "license_conclusions").sort(key)


def _with_vendored_flag() -> pl.Expr:
    """Flags, with a word on files among other people's code that came without a license."""
    parts = folder(pl.col("path")).str.split("/").list.eval(pl.element().filter(pl.element() != ""))
    bare = (isolation_depth(parts) > 0) & (pl.col("license_state") == "none_found")
    flags = pl.col("license_flags")
    marked = pl.concat_list(flags, pl.lit("vendored_without_license")).list.sort()
    return pl.when(bare).then(marked).otherwise(flags)


def _claim_sets(claims: pl.DataFrame) -> pl.DataFrame:
    """Per occurrence its claims as one text, equal for equal claims."""
    # A file's own statement is compared by what it says; of its name only one thing matters.
    own = pl.col("kind") == "file"
    path = pl.when(own).then(tool_output(pl.col("path"))).otherwise("evidence_path")
    return (
        claims.sort(*_PLACE, "kind", "ordinal")
        .with_columns(path.alias("evidence_path"))
        .select(*_PLACE, pl.struct(_FACTS).struct.json_encode().alias("fact"))
        .group_by(_PLACE, maintain_order=True)
        .agg(pl.col("fact").str.join("\n").alias("facts"))
    )


def _unpacked(facts: str) -> list[dict[str, Any]]:
    import json

    return [json.loads(line) for line in facts.split("\n")]


def _schema() -> pl.Schema:
    return TABLES["license_conclusions"].schema


def _rule_version(policy: LicensePolicy) -> str:
    return f"{RULES_VERSION}+policy-{policy.version}-{digest(policy)[:12]}"
