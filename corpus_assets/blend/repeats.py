"""What a stage's rule for repeated units does to its rows: their weight, and what is masked.

Belongs here: the two columns of training_mix that follow from unit overlap. Does not belong here:
dropping documents, which is a gate (`curate`).

    weight = max(min_weight, 1 - seen_share)    down_weight, where seen_share >= min_share
    masked_spans = seen_spans                   mask, where seen_share >= min_share
"""

from __future__ import annotations

import polars as pl

from corpus_assets.policy.duplicates import UnitAction

_SPANS = pl.List(pl.List(pl.Int64))


def with_unit_rule(rows: pl.DataFrame, overlap: pl.LazyFrame, rule: UnitAction) -> pl.DataFrame:
    """`rows` (content_id) with weight and masked_spans, in their order.

    `overlap` is table unit_overlap. Rows that the rule does not reach, and those of documents
    without units, have weight 1 and no masked spans.
    """
    if rule.action not in ("mask", "down_weight"):
        return rows.with_columns(weight=pl.lit(1.0), masked_spans=pl.lit([], _SPANS))
    seen = (
        overlap.filter(pl.col("seen_share") >= rule.seen_share)
        .select("content_id", "seen_share", "seen_spans")
        .join(rows.lazy().select("content_id").unique(), on="content_id", how="semi")
        .collect()
    )
    joined = rows.join(seen, on="content_id", how="left", maintain_order="left")
    weight, spans = pl.lit(1.0), pl.lit([], _SPANS)
    if rule.action == "mask":
        spans = pl.col("seen_spans").fill_null(pl.lit([], _SPANS))
    else:
        lowered = pl.max_horizontal(1.0 - pl.col("seen_share"), pl.lit(rule.min_weight or 0.0))
        weight = pl.when(pl.col("seen_share").is_not_null()).then(lowered).otherwise(1.0)
    return joined.with_columns(weight=weight, masked_spans=spans).drop("seen_share", "seen_spans")
