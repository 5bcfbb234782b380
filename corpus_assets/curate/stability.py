"""What became of the choices that a release was made with: none changes without a record.

Belongs here: comparing the members that stand for documents now with those of the last release.
Does not belong here: where that release is found (`serve.released`), nor the preference for what
is released (`preference`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.curate.preference import NATURAL, rule_between

PREVIOUS = pl.Schema(
    {"content_id": pl.String, "kept_content_id": pl.String, "is_released": pl.Boolean}
)
GONE, MORE_SIMILAR, APART = "previous_gone", "more_similar", "no_longer_similar"


def no_release() -> pl.DataFrame:
    """The choices of the last release where there is none."""
    return pl.DataFrame(schema=PREVIOUS)


def with_changes(
    members: pl.DataFrame, ranked: pl.DataFrame, previous: pl.DataFrame
) -> pl.DataFrame:
    """`members` (content_id, kept_content_id, is_kept, reason) with previous_kept_content_id.

    It is the released member that stood for a document in the last release, where another does
    now; null elsewhere. `reason` of these rows becomes the reason of the change: the rule of
    preference by which the previous member lost to the one now kept for it, "more_similar" where
    it is still kept but another is nearer, "no_longer_similar" where it is still kept and the
    document now stands for itself, "previous_gone" where it is no document any more. `previous`
    has the columns of PREVIOUS; `ranked` those of CHOICE.
    """
    released = previous.filter("is_released").select(stood="content_id")
    stood = previous.select("content_id", stood="kept_content_id").join(
        released, on="stood", how="semi"
    )
    facts = ranked.select("content_id", *(c for _, c in NATURAL if c != "content_id"))
    before = (
        members.select("content_id", "kept_content_id", "is_kept")
        .join(stood, on="content_id")
        .filter(pl.col("stood") != pl.col("kept_content_id"))
        .join(
            members.select(stood="content_id", beaten_by="kept_content_id", stays="is_kept"),
            on="stood",
            how="left",
        )
        .join(_prefixed(facts, "stood", "stood_"), on="stood", how="left")
        .join(_prefixed(facts, "beaten_by", "winner_"), on="beaten_by", how="left")
    )
    change = (
        pl.when(pl.col("stays").is_null())
        .then(pl.lit(GONE))
        .when("stays")
        .then(pl.when("is_kept").then(pl.lit(APART)).otherwise(pl.lit(MORE_SIMILAR)))
        .otherwise(rule_between(NATURAL, "winner_", "stood_"))
    )
    changes = before.select("content_id", previous_kept_content_id="stood", change=change)
    return (
        members.join(changes, on="content_id", how="left", maintain_order="left")
        .with_columns(reason=pl.coalesce("change", "reason"))
        .drop("change")
    )


def _prefixed(facts: pl.DataFrame, key: str, prefix: str) -> pl.DataFrame:
    named = facts.rename(
        {name: f"{prefix}{name}" for name in facts.columns if name != "content_id"}
    )
    return named.with_columns(pl.col("content_id").alias(f"{prefix}content_id")).rename(
        {"content_id": key}
    )
