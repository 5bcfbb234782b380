"""What another license policy would change, from the claims that are stored: no scan is needed.

Belongs here: conclusions under two policies side by side, their stage verdicts, sums and samples.
Does not belong here: reading the lake and printing (`cli`).

The verdicts are those of single occurrences. Duplicates of a file can make its license stricter
later (`curate`), never milder.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.languages import STAGES
from corpus_assets.licensing.conclusions import license_conclusions
from corpus_assets.policy.licenses import LicensePolicy
from corpus_assets.policy.verdicts import stage_verdict

_PLACE = ("source_category", "source", "origin", "revision", "path")
_SHOWN = ("license_concluded", "license_elected", "claim_ids")
ASPECTS = ("license_state", "license_class", *STAGES)


def policy_changes(
    conclusions: pl.DataFrame,
    claims: pl.DataFrame,
    tokens: pl.DataFrame,
    current: LicensePolicy,
    changed: LicensePolicy,
) -> pl.DataFrame:
    """What differs between two policies, one row per occurrence and aspect of ASPECTS.

    `conclusions` and `claims` are tables license_conclusions and license_claims of the same
    documents. Both sides are concluded anew from the claims; of the stored conclusions only the
    occurrences count, and flags that claims do not give. `tokens`: content_id, n_tokens.

    Columns: the occurrence's place, content_id, language, n_tokens (null where unknown), aspect,
    before and after (a state, a class, or the verdict of a stage), and of both sides
    license_concluded, license_elected, claim_ids and the reason. Sorted by place.
    """
    now = license_conclusions(conclusions, claims, current)
    then = license_conclusions(conclusions, claims, changed)
    flags = _other_flags(conclusions, now)
    joined = (
        _judged(now, flags, current)
        .join(
            _judged(then, flags, changed), on=["content_id", "language", *_PLACE], suffix="_after"
        )
        .join(tokens.select("content_id", "n_tokens"), on="content_id", how="left")
    )
    parts = [_of_aspect(joined, aspect) for aspect in ASPECTS]
    return pl.concat(parts).sort(*_PLACE, maintain_order=True)


def change_sums(changes: pl.DataFrame) -> pl.DataFrame:
    """The changes of `policy_changes` by aspect, before, after, source_category and language.

    Files are occurrences; contents and tokens count a content once in each group.
    """
    keys = ["aspect", "before", "after", "source_category", "language"]
    once = pl.col("content_id").is_first_distinct()
    return (
        changes.group_by(keys)
        .agg(
            files=pl.len().cast(pl.Int64),
            contents=pl.col("content_id").n_unique().cast(pl.Int64),
            tokens=pl.col("n_tokens").filter(once).sum().cast(pl.Int64),
        )
        .sort(
            pl.col("aspect").cast(pl.Enum(ASPECTS)),
            "files",
            *keys[1:],
            descending=[False, True] + [False] * 4,
        )
    )


def change_samples(changes: pl.DataFrame, claims: pl.DataFrame, count: int) -> pl.DataFrame:
    """Up to `count` changes of every (aspect, before, after), with the claims they rest on.

    `claims_before` and `claims_after` list the deciding claims in words. Contents are not
    repeated within a group; which are shown depends on their ids alone, so it is no choice of ours.
    """
    keys = ["aspect", "before", "after"]
    chosen = (
        changes.sort("content_id", *_PLACE)
        .unique([*keys, "content_id"], keep="first", maintain_order=True)
        .filter(pl.int_range(pl.len()).over(keys) < count)
        .with_row_index("row")
    )
    told = _told(claims.join(chosen, on=["content_id", *_PLACE], how="semi"))
    for side in ("before", "after"):
        words = (
            chosen.select("row", "content_id", *_PLACE, claim=f"claim_ids_{side}")
            .explode("claim")
            .join(told, on=["content_id", *_PLACE, "claim"], how="inner", maintain_order="left")
            .group_by("row", maintain_order=True)
            .agg(pl.col("told").alias(f"claims_{side}"))
        )
        chosen = chosen.join(words, on="row", how="left", maintain_order="left").with_columns(
            pl.col(f"claims_{side}").fill_null([])
        )
    return chosen.drop("row").sort(
        pl.col("aspect").cast(pl.Enum(ASPECTS)),
        "before",
        "after",
        "content_id",
        maintain_order=True,
    )


def _other_flags(stored: pl.DataFrame, concluded: pl.DataFrame) -> pl.DataFrame:
    """Per occurrence the stored flags that its claims do not give: they stand whatever policy."""
    return stored.join(
        concluded.select("content_id", *_PLACE, given="license_flags"), on=["content_id", *_PLACE]
    ).select(
        "content_id",
        *_PLACE,
        other=pl.col("license_flags").list.set_difference("given"),
    )


def _judged(
    conclusions: pl.DataFrame, other_flags: pl.DataFrame, policy: LicensePolicy
) -> pl.DataFrame:
    verdicts = {stage: stage_verdict(policy, stage) for stage in STAGES}
    flagged = conclusions.join(other_flags, on=["content_id", *_PLACE]).with_columns(
        license_flags=pl.col("license_flags").list.set_union("other").list.sort()
    )
    return flagged.select(
        "content_id",
        "language",
        *_PLACE,
        *_SHOWN,
        "license_state",
        "license_class",
        "reason",
        *(found.verdict.alias(stage) for stage, found in verdicts.items()),
        *(found.reason.alias(f"{stage}_reason") for stage, found in verdicts.items()),
    )


def _of_aspect(joined: pl.DataFrame, aspect: str) -> pl.DataFrame:
    reason = f"{aspect}_reason" if aspect in STAGES else "reason"
    return joined.filter(pl.col(aspect) != pl.col(f"{aspect}_after")).select(
        *_PLACE,
        "content_id",
        "language",
        "n_tokens",
        aspect=pl.lit(aspect),
        before=aspect,
        after=f"{aspect}_after",
        **dict(_both(_SHOWN)),
        reason_before=reason,
        reason_after=f"{reason}_after",
    )


def _both(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        yield f"{name}_before", name
        yield f"{name}_after", f"{name}_after"


def _told(claims: pl.DataFrame) -> pl.DataFrame:
    """The claims in words, by occurrence and claim id."""
    span = pl.format(":{}-{}", "start_line", "end_line").fill_null("")
    return claims.select(
        "content_id",
        *_PLACE,
        claim=pl.format("{}:{}", "kind", "ordinal"),
        told=pl.format(
            "{}:{} {} ({}, {}{})",
            "kind",
            "ordinal",
            pl.col("license_expression").fill_null("nothing readable"),
            pl.col("rule_id").fill_null("no rule"),
            pl.col("evidence_path").fill_null("no file"),
            span,
        ),
    )
