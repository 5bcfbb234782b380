"""A first, transparent quality score: three parts between 0 and 1, and their weighted mean.

Belongs here: turning signals into parts. The weights stand in the filter policy. Nothing is
learned, so that every score can be recomputed by hand from one row of quality_signals.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.policy.strict import digest
from corpus_assets.quality.kinds import DROPPING
from corpus_assets.tables import conform

SCORES_VERSION = "2"
_NO_EVIDENCE = 0.5  # where a signal cannot be measured, the part says neither good nor bad


def quality_scores(signals: pl.DataFrame, policy: FilterPolicy) -> pl.DataFrame:
    """Table quality_scores, one row per row of quality_signals, sorted by content id.

    structure: 1 for code that parses, falling to 0 at 10 % of the bytes in syntax errors, times 1
    for lines of up to 60 characters on average, falling to 0 at 160.
    documentation: 0.3 without comments, 1 between 5 and 40 % of comments, falling to 0 at 90 %;
    0.5 where there is no grammar.
    substance: the share of lines that repeat no other, times 1 for at least 100 words (less in
    proportion to the square root), times the share of text that is neither digits nor encoded
    payload; 0 for files of the kinds that nobody wrote by hand (`kinds.DROPPING`).
    """
    weights = policy.score_weights
    parts = signals.select(
        "content_id",
        "language",
        _structure().alias("structure"),
        _documentation().alias("documentation"),
        _substance().alias("substance"),
    )
    score = (
        pl.col("structure") * weights.structure
        + pl.col("documentation") * weights.documentation
        + pl.col("substance") * weights.substance
    )
    version = f"scores {SCORES_VERSION}, weights {digest(weights)[:12]}"
    scored = parts.with_columns(
        score.clip(0.0, 1.0).alias("score"), pl.lit(version).alias("model_version")
    )
    return conform(scored.sort("content_id"), "quality_scores")


def _structure() -> pl.Expr:
    parses = _falling(pl.col("syntax_error_fraction"), 0.0, 0.10).fill_null(_NO_EVIDENCE)
    return parses * _falling(pl.col("mean_line_chars"), 60.0, 160.0)


def _documentation() -> pl.Expr:
    comments = pl.col("comment_fraction")
    rising = 0.3 + 0.7 * (comments / 0.05).clip(0.0, 1.0)
    return (rising * _falling(comments, 0.40, 0.90)).fill_null(_NO_EVIDENCE)


def _substance() -> pl.Expr:
    length = (pl.col("n_words") / 100).clip(0.0, 1.0).sqrt()
    literal = (pl.col("digit_fraction") + pl.col("encoded_fraction")).clip(0.0, 1.0)
    part = (1 - pl.col("duplicate_line_fraction")) * length * (1 - literal)
    written = ~pl.any_horizontal(f"is_{kind}" for kind in DROPPING)
    return part * written.cast(pl.Float64)


def _falling(value: pl.Expr, start: float, end: float) -> pl.Expr:
    """1 up to `start`, 0 from `end`, linear between."""
    return ((end - value) / (end - start)).clip(0.0, 1.0)
