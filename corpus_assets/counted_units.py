"""Which functions and methods of documents count as work of their own: ground floor.

Belongs here: the choice of units that curation (what a document repeats) and blending (what
sources share) must make alike. Does not belong here: finding units or their clones.
"""

from __future__ import annotations

import polars as pl

CALLABLE = ("function", "method")
_COLUMNS = (
    "unit_id", "content_id", "language", "n_tokens", "start_byte", "end_byte", "type1_sha256",
    "type2_sha256",
)  # fmt: skip


def counted_units(
    units: pl.LazyFrame, shown: pl.LazyFrame, min_tokens: int, max_documents: int
) -> pl.LazyFrame:
    """The outermost functions and methods of table units, with is_boilerplate.

    Outermost: not inside another function or method of the document; classes are no work of
    their own, their methods are. Boilerplate has fewer than `min_tokens` tokens, or stands, with
    names and literals made equal, in more than `max_documents` of the contents of `shown`
    (content_id): kept ones, so that many versions of one file do not make it boilerplate.
    """
    called = units.filter(pl.col("kind").is_in(list(CALLABLE))).select(_COLUMNS)
    # Spans nest or are apart: one that ends no later than an earlier start's end lies in it.
    outermost = (
        called.with_columns(
            reach=pl.col("end_byte")
            .cum_max()
            .shift(1)
            .over("content_id", order_by=["start_byte", -pl.col("end_byte")])
        )
        .filter(pl.col("reach").is_null() | (pl.col("end_byte") > pl.col("reach")))
        .drop("reach")
    )
    widespread = (
        called.join(shown.select("content_id"), on="content_id", how="semi")
        .group_by("language", "type2_sha256")
        .agg(documents=pl.col("content_id").n_unique())
        .filter(pl.col("documents") > max_documents)
        .select("language", "type2_sha256", is_widespread=True)
    )
    return outermost.join(widespread, on=["language", "type2_sha256"], how="left").select(
        *_COLUMNS,
        is_boilerplate=(pl.col("n_tokens") < min_tokens)
        | pl.col("is_widespread").fill_null(value=False),
    )


def near_tokens(near_units: pl.LazyFrame, units: pl.LazyFrame) -> pl.LazyFrame:
    """language, type1_sha256, near_type1: tokens of units with a verified similarity, both ways.

    A pair of table near_units speaks for all units with the same tokens; table units gives these.
    """
    tokens = units.select("unit_id", "type1_sha256")
    pairs = (
        near_units.select("unit_id_a", "unit_id_b", "language")
        .join(tokens.rename({"unit_id": "unit_id_a"}), on="unit_id_a")
        .join(tokens.select(unit_id_b="unit_id", near_type1="type1_sha256"), on="unit_id_b")
        .select("language", "type1_sha256", "near_type1")
    )
    back = pairs.select("language", type1_sha256="near_type1", near_type1="type1_sha256")
    return pl.concat([pairs, back]).unique()


def clones(
    own: pl.LazyFrame,
    renamed: pl.LazyFrame,
    same: pl.LazyFrame,
    near: pl.LazyFrame,
    other: list[str],
    min_renamed_tokens: int,
) -> pl.LazyFrame:
    """unit_id and the columns `other`: what holds a unit again, each once.

    A unit of `own` (language, n_tokens, type1_sha256, type2_sha256) stands again where `same`
    (language, type1_sha256) has its tokens, or ones similar to them (`near_tokens`), and from
    `min_renamed_tokens` on where `renamed` (language, type2_sha256) has them but for names and
    literals: the shape of shorter ones is equal by chance. Boilerplate shall be left out of all
    of them, or a stub stands in everything.
    """
    places = same.select("language", "type1_sha256", *other).unique()
    equal = own.join(places, on=["language", "type1_sha256"])
    of_shape = own.filter(pl.col("n_tokens") >= min_renamed_tokens).join(
        renamed.select("language", "type2_sha256", *other).unique(),
        on=["language", "type2_sha256"],
    )
    similar = own.join(near, on=["language", "type1_sha256"]).join(
        places,
        left_on=["language", "near_type1"],
        right_on=["language", "type1_sha256"],
    )
    return pl.concat(
        [found.select("unit_id", *other) for found in (equal, of_shape, similar)]
    ).unique()
