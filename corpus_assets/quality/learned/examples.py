"""What a model learns from: curated human code against the lake's open-source background.

Belongs here: which documents are examples, and their weights.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.quality.kinds import DROPPING
from corpus_assets.quality.learned import FAMILY_OF

CURATED = ("educational", "freelance", "in_house")
_PER_ORIGIN = 200  # a large project must not speak for all
_PER_SIDE = 2_000
_LEAST_LINES, _MOST_BYTES = 5, 1 << 17
LEAST_ORIGINS, LEAST_EXAMPLES = 5, 50
_LENGTHS, _COMMENTS = 5, 3
_WHOLE_ORIGIN = 20  # examples from which on an origin weighs no more


def examples(documents: pl.LazyFrame, signals: pl.LazyFrame) -> pl.DataFrame:
    """content_id, language, family, origin, is_curated, weight, comment_fraction, n_chars; sorted.

    Curated: documents of educational, freelance and in-house sources only; background: of open
    source only. What is known from both, is no hand-written code (`kinds.DROPPING`), a test, or
    shorter than five lines is no example. At most 200 of an origin and 2,000 of a side and family
    are taken, by the hash in their content id.
    """
    curated = pl.col("source_categories").list.eval(pl.element().is_in(CURATED)).list.all()
    background = pl.col("source_categories").list.eval(pl.element() == "open_source").list.all()
    unfit = pl.any_horizontal(*(f"is_{kind}" for kind in DROPPING), "is_vendored", "is_test")
    found = (
        documents.filter(pl.col("language").is_in(list(FAMILY_OF)))
        .select("content_id", "language", "origin", "source_categories")
        .join(
            signals.filter(
                ~unfit & (pl.col("n_lines") >= _LEAST_LINES) & (pl.col("n_bytes") <= _MOST_BYTES)
            ).select("content_id", "comment_fraction", "n_chars"),
            on="content_id",
        )
        .filter(curated | background)
        .with_columns(
            family=pl.col("language").replace_strict(FAMILY_OF),
            is_curated=curated,
            comment_fraction=pl.col("comment_fraction").fill_null(0.0),
        )
        .drop("source_categories")
        .collect()
        .sort("content_id")
    )
    for group, most in ((["family", "origin"], _PER_ORIGIN), (["family", "is_curated"], _PER_SIDE)):
        found = found.filter(pl.int_range(pl.len()).over(group) < most)
    return _weighted(found)


def too_few(found: pl.DataFrame) -> str | None:
    """Why the examples of one family make no model; None if they do."""
    for side, name in ((True, "curated"), (False, "background")):
        part = found.filter(pl.col("is_curated") == side)
        origins = part["origin"].n_unique()
        if part.height < LEAST_EXAMPLES or origins < LEAST_ORIGINS:
            return (
                f"{part.height} {name} examples of {origins} origins; "
                f"{LEAST_EXAMPLES} of {LEAST_ORIGINS} are needed"
            )
    return None


def _weighted(found: pl.DataFrame) -> pl.DataFrame:
    """Equal weight for both sides in every stratum of length and comments; strata that only one
    side has weigh nothing. Within a side, origins of 20 examples or more weigh the same. The
    weights of a family average 1."""
    strata = found.with_columns(
        length=_quantile("n_chars", _LENGTHS), comments=_quantile("comment_fraction", _COMMENTS)
    )
    stratum = ["family", "length", "comments"]
    own = 1 / pl.max_horizontal(pl.len().over("family", "is_curated", "origin"), _WHOLE_ORIGIN)
    side = own.sum().over([*stratum, "is_curated"])
    both = pl.col("is_curated").n_unique().over(stratum) == 2
    weight = pl.when(both).then(own * pl.len().over(stratum) / (2 * side)).otherwise(0.0)
    return (
        strata.with_columns(weight=weight)
        .with_columns(pl.col("weight") / pl.col("weight").mean().over("family"))
        .drop("length", "comments")
    )


def _quantile(column: str, n: int) -> pl.Expr:
    """In which of n equal parts of its family a value lies."""
    rank = pl.col(column).rank("average").over("family")
    return ((rank - 0.5) / pl.len().over("family") * n).floor()
