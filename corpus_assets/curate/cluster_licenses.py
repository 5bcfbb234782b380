"""The license of a document among similar ones: it can only become stricter.

Belongs here: what the claims about verified neighbors, and about files inside a file, do to a
document's license. Does not belong here: the claims about its own occurrences (`claims`).

A permissive copy of restrictive code is a conflict, and so is a permissive file that holds a
restrictive one: the reason names both sides. What a neighbor's license asks for is asked of the
document too, so that no obligation is lost with the copy that carried it.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.curate.claims import CREDIBLE_STATES, RESTRICTIVE, strictness, with_limits
from corpus_assets.curate.evidence_pairs import HOLDS, INSIDE, SIMILAR
from corpus_assets.curate.preference import LICENSE

_RELATIONS = (SIMILAR, HOLDS, INSIDE)


def cluster_licenses(
    ranked: pl.DataFrame, similar: pl.DataFrame, containments: pl.DataFrame
) -> pl.DataFrame:
    """content_id and the license columns of duplicate_resolution, for every row of `ranked`.

    `ranked` has content_id and LICENSE; `similar` and `containments` are pairs as
    `evidence_pairs` gives them. Containment counts first, so that a file similar to one that holds
    restrictive code is in conflict with it too.
    """
    own = ranked.select("content_id", *LICENSE, own_side=_own_side())
    holding = _restricted(own, containments)
    restricted = _restricted(holding, similar)
    binding = pl.concat([similar, containments.filter(pl.col("relation") == HOLDS)])
    of_others = binding.join(own.rename({"content_id": "other"}), on="other")
    limits = pl.concat(
        [frame.select("content_id", "stages_allowed", "valid_to") for frame in (own, of_others)]
    )
    bound = restricted.drop("claim_origin", "own_side", "stages_allowed", "valid_to")
    return with_limits(_obliged(bound, of_others), limits)


def _restricted(own: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """`own` (content_id, LICENSE, own_side), in conflict where a paired document's license is
    stricter. `own_side` stays what it was: a second conflict names the document's own license too,
    not the one that the first put in its place.
    """
    rank = strictness("license_class")
    others = own.rename({"content_id": "other"}).with_columns(
        rank=rank, denied=pl.col("license_state") == "denied"
    )
    strictest = (
        pairs.join(others, on="other")
        .filter(pl.col("license_state").is_in(CREDIBLE_STATES))
        .with_columns(order=pl.col("relation").replace_strict(
            {name: place for place, name in enumerate(_RELATIONS)}, return_dtype=pl.Int64))
        .sort("denied", "rank", "order", "similarity", "other",
              descending=[True, True, False, True, False])
        .group_by("content_id", maintain_order=True)
        .first()
        .drop("order")
    )  # fmt: skip
    joined = own.with_columns(rank=rank).join(
        strictest, on="content_id", how="left", suffix="_other", maintain_order="left"
    )
    stricter = (pl.col("rank_other") > pl.col("rank")) & (pl.col("rank_other") >= RESTRICTIVE)
    no_own_claim = ~pl.col("license_state").is_in(CREDIBLE_STATES)
    launders = (
        (pl.col("license_state") != "denied")
        & (pl.col("denied") | stricter | (no_own_claim & (pl.col("rank_other") >= RESTRICTIVE)))
    ).fill_null(False)
    side = ["claim_origin", "license_concluded", "license_class", "license_obligations"]
    return joined.select(
        "content_id",
        *(pl.when(launders).then(f"{name}_other").otherwise(name).alias(name) for name in side),
        "license_flags",
        "stages_allowed",
        "valid_to",
        "own_side",
        license_state=pl.when(launders).then(pl.lit("conflict")).otherwise("license_state"),
        license_evidence=pl.when(launders).then(pl.lit("none")).otherwise("license_evidence"),
        license_reason=pl.when(launders)
        .then(pl.concat_str(_named(), "license_reason"))
        .otherwise("license_reason"),
    )


def _named() -> pl.Expr:
    """Both sides in words: how near, to what, under which license, found where; and its own."""
    amount, other = pl.col("similarity").round(4), pl.col("other")
    begins = (
        pl.when(pl.col("relation") == SIMILAR)
        .then(pl.format("{} similar to {}", amount, other))
        .when(pl.col("relation") == HOLDS)
        .then(pl.format("holds {} of {}", amount, other))
        .otherwise(pl.format("{} of it stands in the older {}", amount, other))
    )
    return pl.format("{}, which is {}, but {}; ", begins, _terms("_other"), "own_side")


def _own_side() -> pl.Expr:
    """What a document itself claims, in words, whatever its neighbors make of it later."""
    return (
        pl.when(pl.col("license_state").is_in(CREDIBLE_STATES))
        .then(pl.format("is itself {}", _terms("")))
        .when(pl.col("license_state") == "unreadable")
        .then(pl.lit("has no license of its own that could be read"))
        .otherwise(pl.lit("has no license of its own"))
    )


def _terms(suffix: str) -> pl.Expr:
    """License, class and origin of a side, and that it is denied where it is."""
    denied = pl.col(f"license_state{suffix}") == "denied"
    return pl.format(
        "{} ({}) at {}{}",
        pl.col(f"license_concluded{suffix}").fill_null("unlicensed"),
        f"license_class{suffix}",
        pl.col(f"claim_origin{suffix}").fill_null("an unknown origin"),
        pl.when(denied).then(pl.lit(" and denied")).otherwise(pl.lit("")),
    )


def _obliged(licenses: pl.DataFrame, of_others: pl.DataFrame) -> pl.DataFrame:
    """The licenses with the obligations of credible neighbors among their own."""
    asked = (
        of_others.filter(pl.col("license_state").is_in(CREDIBLE_STATES))
        .select("content_id", pl.col("license_obligations").alias("asked"))
        .explode("asked")
        .drop_nulls()
        .group_by("content_id")
        .agg(pl.col("asked").unique().sort())
    )
    own = pl.col("license_obligations")
    more = pl.col("asked").fill_null([]).list.set_difference(own).list.sort()
    words = pl.format("similar files also ask for {}; ", more.list.join(", "))
    return (
        licenses.join(asked, on="content_id", how="left", maintain_order="left")
        .with_columns(
            license_obligations=own.list.set_union(more).list.sort(),
            license_reason=pl.when(more.list.len() > 0)
            .then(pl.concat_str(words, "license_reason"))
            .otherwise("license_reason"),
        )
        .drop("asked")
    )
