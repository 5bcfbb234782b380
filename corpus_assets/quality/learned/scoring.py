"""Scores of documents by the model of their family.

Belongs here: applying a model. Training is `training`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from corpus_assets.quality.learned import FAMILY_OF
from corpus_assets.quality.learned.features import NUMBERS, Scaling, matrix
from corpus_assets.quality.learned.model import Fit, log_odds, probability
from corpus_assets.tables import empty

_BATCH_BYTES = 32 << 20


def learned_scores(
    documents: pl.DataFrame, signals: pl.DataFrame, models: pl.DataFrame
) -> pl.DataFrame:
    """content_id, language, family, learned_score, model_version of the documents with text in
    languages whose family has a trained model, sorted by content id; others get no row.

    Raises ValueError when a model was trained on other numbers than this version measures.
    """
    known = models.filter(pl.col("state") == "trained")
    readable = (
        documents.filter(pl.col("text").is_not_null())
        .with_columns(family=pl.col("language").replace_strict(FAMILY_OF, default=None))
        .join(signals.select("content_id", *NUMBERS), on="content_id")
        .sort("content_id")
    )
    parts = [empty("learned_scores").drop("learned_quantile")]
    for model in known.iter_rows(named=True):
        own = readable.filter(pl.col("family") == model["family"])
        batches = own["text"].str.len_bytes().cum_sum() // _BATCH_BYTES
        for _, batch in own.group_by(batches.alias("batch"), maintain_order=True):
            parts.append(_scored(batch, model))
    return pl.concat(parts).sort("content_id")


def quantiles(scores: pl.DataFrame) -> pl.DataFrame:
    """Table learned_scores: with the share of the language's documents that score lower or equal,
    so that one threshold keeps the same share in every language."""
    rank = pl.col("learned_score").rank("max").over("language")
    return scores.with_columns(learned_quantile=rank / pl.len().over("language")).select(
        empty("learned_scores").columns
    )


def _scored(batch: pl.DataFrame, model: dict[str, Any]) -> pl.DataFrame:
    if tuple(model["numbers"]) != NUMBERS:
        raise ValueError(
            f"model {model['model_version']} was trained on other signals; "
            "materialize quality_models again"
        )
    scale = Scaling(np.array(model["means"]), np.array(model["scales"]))
    fitted = Fit(np.array(model["weights"], np.float64), model["intercept"])
    odds = log_odds(fitted, matrix(batch, batch, scale))
    chance = probability(model["slope"] * odds + model["offset"])
    return batch.select("content_id", "language", "family").with_columns(
        learned_score=pl.Series(chance), model_version=pl.lit(model["model_version"])
    )
