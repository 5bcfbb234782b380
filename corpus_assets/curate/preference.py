"""The order of preference among similar documents: what makes one of them the one to keep.

Belongs here: the rules in their order, and the facts they look at, one row per document. Does not
belong here: who is kept (`kept`, `resolution`).

License first, for a cluster must not end with the copy that nobody may use; then what is released
already, so that a choice once made stands; then who was first; then what reads best.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.curate.claims import RESTRICTIVE, content_licenses, strictness
from corpus_assets.origins import content_origins

RELEASED = "already_released"
# The order of choice: name of the rule and the column that must be smallest.
CHOICE = (
    ("license_granted", "not_granted"),
    ("license_class", "restrictiveness"),
    (RELEASED, "unreleased"),
    ("earliest_origin", "origin_date"),
    ("not_vendored", "vendored"),
    ("not_fork", "fork"),
    ("not_test", "test"),
    ("not_generated", "generated"),
    ("parses_best", "errors"),
    ("highest_quality", "flaws"),
    ("smallest_content_id", "content_id"),
)
# The choice as it would be without any release: reasons are told by it wherever it agrees.
NATURAL = tuple(rule for rule in CHOICE if rule[0] != RELEASED)
LICENSE = (
    "claim_origin", "license_concluded", "license_state", "license_class", "license_evidence",
    "license_obligations", "license_flags", "license_reason", "stages_allowed", "valid_to",
)  # fmt: skip
_NO_DATE = "9999-12-31"
# An origin that has at least this share of its files from an earlier one is a fork of it; files
# that stand in more places than this are everybody's, and say nothing about who forked whom.
_FORKED_SHARE = 0.5
_FORKED_FILES = 3
_COMMON_PLACES = 20


def ranked(
    documents: pl.DataFrame,
    conclusions: pl.DataFrame,
    signals: pl.DataFrame,
    scores: pl.DataFrame,
    revisions: pl.DataFrame,
    released: pl.Series,
) -> pl.DataFrame:
    """Documents in order of preference: content_id, language, LICENSE (their own), the columns of
    CHOICE, `place` in that order and `natural_place` in that of NATURAL, both from 0.

    `released` are content ids of the last release. A document without a conclusion counts as
    none_found. Licenses that bind no further than notices (permissive, public domain, owned,
    contract) count alike, so that a private copy of public code is never preferred for its terms.
    """
    ids = documents.select("content_id", "language")
    vendored = pl.col("is_vendored").fill_null(False)
    places = conclusions.join(
        signals.select("content_id", "is_vendored"), on="content_id", how="left"
    ).with_columns(is_vendored=vendored)
    origins = content_origins(places.lazy(), revisions.lazy()).collect()
    columns = (
        ids.join(content_licenses(conclusions), on="content_id", how="left")
        .join(origins, on="content_id", how="left")
        .join(signals.drop("language"), on="content_id", how="left")
        .join(scores.select("content_id", "score"), on="content_id", how="left")
        .join(_forked(places, revisions), on="content_id", how="left")
        .select(
            *ids.columns,
            "claim_origin",
            "license_concluded",
            pl.col("license_state").fill_null("none_found"),
            pl.col("license_class").fill_null("unknown"),
            pl.col("license_evidence").fill_null("none"),
            pl.col("license_obligations").fill_null([]),
            pl.col("license_flags").fill_null([]),
            pl.col("license_reason").fill_null("no conclusion about any occurrence"),
            pl.col("stages_allowed").fill_null([]),
            "valid_to",
            unreleased=~pl.col("content_id").is_in(released.implode()),
            origin_date=pl.col("first_date").fill_null(_NO_DATE),
            vendored=vendored,
            fork=pl.col("fork").fill_null(False),
            test=pl.col("is_test").fill_null(False),
            generated=(pl.col("is_generated") | pl.col("is_minified")).fill_null(False),
            errors=pl.col("syntax_error_fraction").fill_null(0.0),
            flaws=1.0 - pl.col("score").fill_null(0.0),
        )
        .with_columns(
            not_granted=pl.col("license_state") != "granted",
            restrictiveness=pl.max_horizontal(
                strictness("license_class"), pl.lit(RESTRICTIVE - 1, pl.Int64)
            ),
        )
    )
    natural = columns.sort([column for _, column in NATURAL]).with_row_index("natural_place")
    return natural.sort([column for _, column in CHOICE]).with_row_index("place")


def rule_between(choice: tuple[tuple[str, str], ...], winner: str, loser: str) -> pl.Expr:
    """Name of the first rule by which two documents differ; null if they are one.

    `winner` and `loser` are the prefixes under which a frame has the columns of both.
    """
    expr: pl.Expr = pl.lit(None, pl.String)
    for name, column in reversed(choice):
        differs = pl.col(f"{winner}{column}").ne_missing(pl.col(f"{loser}{column}"))
        expr = pl.when(differs).then(pl.lit(name)).otherwise(expr)
    return expr


def _forked(places: pl.DataFrame, revisions: pl.DataFrame) -> pl.DataFrame:
    """content_id, fork: whether all origins of a content, vendored ones aside, are forks.

    No host's word on forks is collected; what shows is that an origin has its files from another
    one that was there before.
    """
    origin = ["source_category", "source", "origin"]
    dated = revisions.group_by(origin).agg(date=pl.col("revision_date").min()).drop_nulls("date")
    found = (
        places.filter(~pl.col("is_vendored")).select("content_id", *origin).unique()
        .join(dated, on=origin, how="left")
    )  # fmt: skip
    sizes = found.group_by(origin).agg(files=pl.len())
    shared = found.filter(
        pl.len().over("content_id").is_between(2, _COMMON_PLACES) & pl.col("date").is_not_null()
    )
    forks = (
        shared.join(shared, on="content_id", suffix="_before")
        .filter(pl.col("date_before") < pl.col("date"))
        .group_by([*origin, *(f"{name}_before" for name in origin)])
        .agg(common=pl.len())
        .join(sizes, on=origin)
        .filter(
            (pl.col("common") >= _FORKED_FILES)
            & (pl.col("common") >= _FORKED_SHARE * pl.col("files"))
        )
        .select(*origin, fork=True)
        .unique()
    )
    return (
        found.join(forks, on=origin, how="left")
        .group_by("content_id")
        .agg(pl.col("fork").fill_null(False).all())
    )
