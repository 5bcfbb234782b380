"""Training the model of a family, with its measures and its manifest.

Belongs here: the order of things. Origins are held out as a whole: files of one project resemble
one another, and a split by files would measure how well projects are recognized.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from scipy import sparse

from corpus_assets.quality.learned import LEARNED_VERSION
from corpus_assets.quality.learned.examples import too_few
from corpus_assets.quality.learned.features import (
    BUCKETS,
    NUMBERS,
    Scaling,
    matrix,
    scaling,
)
from corpus_assets.quality.learned.measures import (
    FOLDS,
    auc,
    calibration_error,
    folds,
    rank_correlation,
    reliability,
)
from corpus_assets.quality.learned.model import (
    PENALTY,
    ROUNDS,
    Vector,
    fit,
    log_odds,
    platt,
    probability,
)
from corpus_assets.tables import TABLES

LEAST_AUC = 0.65
"""A model that tells unseen origins apart less well has learned the origins it saw, and is kept
out of use; its measures stay."""
_TEXTBOOK = ("comment_fraction", "n_chars")
_PARAMETERS = ("numbers", "means", "scales", "weights", "intercept", "slope", "offset")


class _Sides(NamedTuple):
    truth: Vector
    weight: Vector
    folds: Any


def family_model(
    family: str, found: pl.DataFrame, documents: pl.DataFrame, signals: pl.DataFrame
) -> dict[str, Any]:
    """A row of table quality_models.

    `found`: the family's part of `examples`; `documents` (language, text) and `signals` are of the
    same contents in the same order. Where examples are too few, or unseen origins not told apart,
    the row says so and has no weights.
    """
    row = dict.fromkeys(TABLES["quality_models"].names)
    n_curated = int(found["is_curated"].sum())
    row |= {"family": family, "n_curated": n_curated, "n_background": found.height - n_curated}
    reason = too_few(found)
    row["state"] = reason or "trained"
    digest = hashlib.sha256("\n".join(found["content_id"]).encode())
    manifest: dict[str, Any] = {
        "examples_digest": digest.hexdigest(),
        "learned_version": LEARNED_VERSION,
        "origins": {
            side: found.filter(pl.col("is_curated") == flag)["origin"].n_unique()
            for side, flag in (("curated", True), ("background", False))
        },
    }
    if reason is None:
        scale = scaling(signals)
        rows = matrix(documents, signals, scale)
        sides = _Sides(
            found["is_curated"].cast(pl.Float64).to_numpy(),
            found["weight"].to_numpy(),
            folds(found["origin"], found["is_curated"]),
        )
        row |= _trained(rows, sides, scale)
        manifest |= _measured(rows, sides, found)
        manifest |= {"penalty": PENALTY, "rounds": ROUNDS, "folds": FOLDS, "buckets": BUCKETS}
        row |= {name: manifest[name] for name in ("auc", "calibration_error")}
        if row["auc"] is None or row["auc"] < LEAST_AUC:
            row |= dict.fromkeys(_PARAMETERS)
            row["state"] = f"AUC {row['auc']} by origins held out; {LEAST_AUC} is needed"
    row["manifest"] = json.dumps(manifest, sort_keys=True)
    row["model_version"] = _version(row)
    return row


def _trained(rows: sparse.csr_matrix, sides: _Sides, scale: Scaling) -> dict[str, Any]:
    model = fit(rows, sides.truth, sides.weight)
    slope, offset = platt(_held_out(rows, sides), sides.truth, sides.weight)
    return {
        "numbers": list(NUMBERS),
        "means": scale.means.tolist(),
        "scales": scale.scales.tolist(),
        "weights": model.weights.astype(np.float32).tolist(),
        "intercept": model.intercept,
        "slope": slope,
        "offset": offset,
    }


def _measured(rows: sparse.csr_matrix, sides: _Sides, found: pl.DataFrame) -> dict[str, Any]:
    """AUC by origins held out (all, words alone, numbers alone, and of short and long examples),
    reliability of the calibrated scores, and what the score owes to comments and length."""
    held = _held_out(rows, sides)
    chance = _calibrated(held, sides)
    bins = reliability(chance, sides.truth, sides.weight)
    background = sides.truth == 0
    long = found["n_chars"].to_numpy() > found["n_chars"].median()
    parts = {
        "auc": (held, sides.weight),
        "auc_unweighted": (held, np.ones(len(held))),
        "auc_words": (_held_out(rows[:, :BUCKETS].tocsr(), sides), sides.weight),
        "auc_numbers": (_held_out(rows[:, BUCKETS:].tocsr(), sides), sides.weight),
        "auc_short": (held, sides.weight * ~long),
        "auc_long": (held, sides.weight * long),
    }
    areas = {name: auc(odds, sides.truth, weight) for name, (odds, weight) in parts.items()}
    return {
        **{name: None if area is None else round(area, 4) for name, area in areas.items()},
        "reliability": bins,
        "calibration_error": calibration_error(bins),
        "textbook_correlation": {
            name: rank_correlation(
                held[background], found[name].cast(pl.Float64).to_numpy()[background]
            )
            for name in _TEXTBOOK
        },
    }


def _held_out(rows: sparse.csr_matrix, sides: _Sides) -> Vector:
    """The odds of every example by a model that has seen none of its origin."""
    odds = np.zeros(rows.shape[0])
    for fold in range(FOLDS):
        held = sides.folds == fold
        if held.any() and not held.all():
            model = fit(rows[~held], sides.truth[~held], sides.weight[~held])
            odds[held] = log_odds(model, rows[held])
    return odds


def _calibrated(odds: Vector, sides: _Sides) -> Vector:
    """Scores of every example, calibrated on the other folds."""
    chance = np.zeros(len(odds))
    for fold in range(FOLDS):
        held = sides.folds == fold
        if held.any() and not held.all():
            slope, offset = platt(odds[~held], sides.truth[~held], sides.weight[~held])
            chance[held] = probability(slope * odds[held] + offset)
    return chance


def _version(row: dict[str, Any]) -> str:
    """Family, code version, and twelve digits that change with any weight or measure."""
    digest = hashlib.sha256(json.dumps(row, sort_keys=True, default=str).encode()).hexdigest()
    return f"{row['family']} {LEARNED_VERSION}-{digest[:12]}"
