"""The rows a stage may draw from, documents and pairs in one shape.

Belongs here: filtering by the stage's spec and the evaluation line. Does not belong here: how
many of the rows are taken (`plan`, `mix`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.blend.splits import admitted, evaluation_groups, reviewed, side
from corpus_assets.policy.mixes import MixSpec, StageSpec

CELL = ("content_kind", "source_category", "language", "license_class")
_COLUMNS = (
    "id", "content_kind", "content_id", "pair_id", "language",
    "source_category", "source", "origin", "revision", "path",
    "license_concluded", "license_state", "license_class", "license_evidence",
    "quality_score", "n_tokens", "split_group",
)  # fmt: skip


def eligible(spec: MixSpec, stage: str, curated: pl.LazyFrame, pairs: pl.LazyFrame) -> pl.LazyFrame:
    """The stage's candidate rows: `id` (content or pair id) and the columns of training_mix.

    Raises KeyError naming the stages of the mix when it has no such stage.
    """
    wanted = stage_spec(spec, stage)
    groups = evaluation_groups(spec, pairs)
    if wanted.content == "pairs":
        rows = pairs.filter(reviewed(wanted)).with_columns(
            id="pair_id", content_kind=pl.lit("pair"), quality_score=pl.lit(None, pl.Float64)
        )
    else:
        score = pl.col("quality_score").fill_null(0.0)
        rows = curated.filter(score >= wanted.min_quality_score).with_columns(
            id="content_id",
            content_kind=pl.lit("file"),
            pair_id=pl.lit(None, pl.String),
        )
    weighty = pl.col("n_tokens") > 0  # an empty text fills no budget and teaches nothing
    return rows.filter(admitted(stage, wanted), side(stage, groups), weighty).select(_COLUMNS)


def stage_spec(spec: MixSpec, stage: str) -> StageSpec:
    """The stage's part of the spec. Raises KeyError naming the stages there are."""
    if stage not in spec.stages:
        raise KeyError(f"mix {spec.name} has no stage {stage!r}; it has {', '.join(spec.stages)}")
    return spec.stages[stage]
