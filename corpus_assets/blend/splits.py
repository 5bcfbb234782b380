"""The evaluation line: which split groups stand on the evaluation side.

Belongs here: choosing groups and cutting rows along the line. Does not belong here: what makes a
group (`curate`). A group is chosen by a hash of the salt and its name alone, so adding documents
or other groups never moves it; every document and pair of a chosen group is kept out of training.
"""

from __future__ import annotations

import hashlib
from fractions import Fraction

import polars as pl

from corpus_assets.policy.mixes import EVALUATION, MixSpec, StageSpec

_RANGE = 2**64


def admitted(stage: str, spec: StageSpec) -> pl.Expr:
    """Whether a row of curated_documents or pairs may enter the stage by license and category."""
    return (
        pl.col("stages").list.contains(stage)
        & pl.col("license_state").is_in(list(spec.license_states))
        & pl.col("license_class").is_in(list(spec.license_classes))
        & pl.col("source_category").is_in(list(spec.source_categories))
    )


def reviewed(spec: StageSpec) -> pl.Expr:
    """Whether a pair has the expert reviews and the attested authorship the stage asks for."""
    return (pl.col("n_expert_reviews") >= spec.reviewed_only) & pl.col("ai_assist").is_in(
        list(spec.ai_assist)
    )


def evaluation_groups(spec: MixSpec, pairs: pl.LazyFrame) -> list[str]:
    """The split groups of the evaluation side, sorted; none when the mix has no such stage.

    Only groups with a pair that people reviewed and that may serve evaluation are eligible.
    """
    stage = spec.stages.get(EVALUATION)
    if stage is None:
        return []
    groups = (
        pairs.filter(admitted(EVALUATION, stage) & reviewed(stage))
        .select(pl.col("split_group").unique())
        .collect()["split_group"]
        .drop_nulls()
    )
    limit = Fraction(str(spec.evaluation.share)) * _RANGE
    return sorted(group for group in groups if _position(spec.evaluation.salt, group) < limit)


def side(stage: str, groups: list[str]) -> pl.Expr:
    """Whether a row's split group stands on the stage's side of the evaluation line.

    A row without a group belongs to no evaluation group: it may be trained on.
    """
    held_out = pl.col("split_group").is_in(groups).fill_null(value=False)
    return held_out if stage == EVALUATION else ~held_out


def _position(salt: str, group: str) -> int:
    digest = hashlib.blake2b(f"{salt}\0{group}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")
