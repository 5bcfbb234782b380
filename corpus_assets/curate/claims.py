"""The license of a content over all its occurrences: the strictest credible claim, never relaxed.

Belongs here: combining the conclusions about one content's occurrences (rule F6). What similar
documents add to it belongs to `resolution`; concluding about one occurrence, to `licensing`.

What the file itself states outranks what the trees around it say; trees that disagree across the
line between permissive and restrictive are a conflict; agreements only ever add limits.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.policy.license_words import CLASSES, GRADES

STRICTNESS = {license_class: rank for rank, license_class in enumerate(CLASSES)}
_GRADE = {grade: rank for rank, grade in enumerate(GRADES)}
RESTRICTIVE = STRICTNESS["weak_copyleft"]
CREDIBLE_STATES = ("granted", "conflict", "denied")
_PRIVATE = ("owned", "contract")
_NO_COMMON_STAGE = "the agreements behind it have no stage in common; "


def strictness(license_class: str) -> pl.Expr:
    """Rank of a column of license classes, 0 for the mildest. Raises on an unknown class."""
    return pl.col(license_class).replace_strict(STRICTNESS, return_dtype=pl.Int64)


def content_licenses(conclusions: pl.DataFrame) -> pl.DataFrame:
    """One row per content, from the table license_conclusions, sorted by content_id: claim_origin
    (of the claim that the license is taken from) and, as in duplicate_resolution,
    license_concluded, license_state, license_class, license_evidence, license_obligations,
    license_flags (of all claims that decide), license_reason, stages_allowed, valid_to.

    State: denied if the file itself denies, or if some tree denies and none grants; conflict if
    an occurrence is one, if a tree denies and another grants, if trees grant both permissive and
    restrictive licenses, if an agreement covers what the file puts under a restrictive license;
    else granted if any occurrence is; else unreadable or none_found. No stage left: denied.
    """
    rows = conclusions.with_columns(
        rank=strictness("license_class"),
        is_file=pl.col("basis") == "file",
        is_credible=pl.col("license_state").is_in(CREDIBLE_STATES),
    ).with_columns(
        # The claims that decide: the file's own where it has any, else those of the trees.
        decides=pl.col("is_credible")
        & (
            pl.col("is_file")
            | ~(pl.col("is_file") & pl.col("is_credible")).any().over("content_id")
        ),
        private=pl.col("license_class").is_in(_PRIVATE) & pl.col("is_credible"),
    )
    states = rows.group_by("content_id").agg(
        _state().alias("license_state"),
        pl.col("license_flags").filter("decides").explode().drop_nulls().unique().sort(),
    )
    chosen = _strictest(rows).join(states, on="content_id").join(_mildest(rows), on="content_id")
    return with_limits(_worded(chosen), rows).sort("content_id")


def _state() -> pl.Expr:
    state, granted = pl.col("license_state"), (pl.col("license_state") == "granted").any()
    denied = (state == "denied").any()
    tree_ranks = pl.col("rank").filter(pl.col("decides") & ~pl.col("is_file"))
    file_ranks = pl.col("rank").filter(pl.col("decides") & pl.col("is_file"))
    trees_disagree = (tree_ranks.min() < RESTRICTIVE) & (tree_ranks.max() >= RESTRICTIVE)
    agreement_over_file = pl.col("private").any() & (file_ranks.max() >= RESTRICTIVE)
    return (
        pl.when(((state == "denied") & pl.col("is_file")).any() | (denied & ~granted))
        .then(pl.lit("denied"))
        .when(
            (state == "conflict").any()
            | denied
            | trees_disagree.fill_null(False)
            | agreement_over_file.fill_null(False)
        )
        .then(pl.lit("conflict"))
        .when(granted)
        .then(pl.lit("granted"))
        .when((state == "unreadable").any())
        .then(pl.lit("unreadable"))
        .otherwise(pl.lit("none_found"))
    )


def _strictest(rows: pl.DataFrame) -> pl.DataFrame:
    """The claim of each content that its license is taken from."""
    grade = pl.col("license_evidence").replace_strict(_GRADE, return_dtype=pl.Int64)
    order = ["content_id", "decides", "rank", "grade", "license_concluded", "origin"]
    return (
        rows.with_columns(grade=grade)
        .sort([*order, "revision", "path", "source"], descending=[False, True, True, *[False] * 6])
        .group_by("content_id", maintain_order=True)
        .first()
        .drop("license_state", "license_flags", "stages_allowed", "valid_to")
    )


def _mildest(rows: pl.DataFrame) -> pl.DataFrame:
    """What the strictest claim stands against: the mildest credible one of each content."""
    order = ["content_id", "is_credible", "rank", "origin", "revision", "path", "source"]
    ordered = rows.sort(order, descending=[False, True, *[False] * 5])
    open_source = pl.col("origin").filter(pl.col("source_category") == "open_source")
    return ordered.group_by("content_id", maintain_order=True).agg(
        mildest_rank=pl.col("rank").first(),
        mildest=pl.format(
            "{} ({}) at {}",
            pl.col("license_concluded").fill_null("no license"),
            "license_class",
            "origin",
        ).first(),
        is_private=pl.col("private").any(),
        public_origin=open_source.min(),
        conflict_reason=pl.col("reason").filter(pl.col("license_state") == "conflict").first(),
    )


def _worded(chosen: pl.DataFrame) -> pl.DataFrame:
    """The license columns with their reason in words."""
    conflict = pl.col("license_state") == "conflict"
    against = pl.format(
        "{} ({}) at {} against {}; ",
        pl.col("license_concluded").fill_null("no license"),
        "license_class",
        "origin",
        "mildest",
    )
    published = pl.format("also found in open source at {}; ", "public_origin")
    return chosen.select(
        "content_id",
        "license_concluded",
        "license_state",
        "license_class",
        claim_origin="origin",
        license_evidence=pl.when(conflict).then(pl.lit("none")).otherwise("license_evidence"),
        license_obligations="license_obligations",
        license_flags="license_flags",
        license_reason=pl.concat_str(
            pl.when(conflict & (pl.col("mildest_rank") < pl.col("rank"))).then(against),
            pl.when(pl.col("is_private")).then(published),
            pl.when(conflict).then(pl.coalesce("conflict_reason", "reason")).otherwise("reason"),
            ignore_nulls=True,
        ),
    )


def with_limits(licenses: pl.DataFrame, limits: pl.DataFrame) -> pl.DataFrame:
    """`licenses` with stages_allowed and valid_to over the rows of `limits` (content_id,
    stages_allowed, valid_to): the common stages (empty means no limit) and the earliest end.

    Where limits leave no stage in common the state becomes denied.
    """
    limited = limits.filter(pl.col("stages_allowed").list.len() > 0).select(
        "content_id",
        n_limits=pl.len().over("content_id"),
        stage=pl.col("stages_allowed").list.unique(),
    )
    common = (
        limited.explode("stage")
        .group_by("content_id", "stage")
        .agg(in_all=pl.len() == pl.col("n_limits").first())
        .group_by("content_id")
        .agg(stages_allowed=pl.col("stage").filter("in_all").sort())
    )
    ends = limits.group_by("content_id").agg(pl.col("valid_to").min())
    nothing_left = pl.col("stages_allowed").list.len() == 0
    return (
        licenses.join(common, on="content_id", how="left")
        .join(ends, on="content_id", how="left")
        .with_columns(
            license_state=pl.when(nothing_left).then(pl.lit("denied")).otherwise("license_state"),
            license_reason=pl.when(nothing_left)
            .then(pl.lit(_NO_COMMON_STAGE) + pl.col("license_reason"))
            .otherwise("license_reason"),
            stages_allowed=pl.col("stages_allowed").fill_null([]),
        )
    )
