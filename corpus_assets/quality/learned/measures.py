"""How good a score is: by origins it has not seen, by calibration, and by what it must not learn.

Belongs here: measures of odds against truth.
"""

from __future__ import annotations

import hashlib

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.quality.learned.model import Vector

FOLDS = 5
_BINS = 10


def folds(origins: pl.Series, is_curated: pl.Series) -> NDArray[np.int64]:
    """A fold for every row, one per origin: of either side the origins in the order of their hash
    are dealt out in turn, so that every fold has both sides."""
    frame = pl.DataFrame({"origin": origins, "side": is_curated})
    known = frame.unique()
    hashed = [hashlib.sha256(name.encode()).hexdigest() for name in known["origin"]]
    dealt = (
        known.with_columns(rank=pl.Series(hashed))
        .sort("side", "rank")
        .with_columns(fold=pl.int_range(pl.len()).over("side") % FOLDS)
    )
    joined = frame.join(dealt, on=["origin", "side"], how="left", maintain_order="left")
    return joined["fold"].to_numpy()


def auc(odds: Vector, truth: Vector, weight: Vector) -> float | None:
    """Area under the ROC curve: the chance that a curated example scores above a background one,
    ties counting half. None where one side weighs nothing."""
    order = np.argsort(odds, kind="stable")
    values, positives = odds[order], (weight * truth)[order]
    negatives = (weight * (1 - truth))[order]
    if positives.sum() <= 0 or negatives.sum() <= 0:
        return None
    starts = np.flatnonzero(np.concatenate([[True], np.diff(values) != 0]))
    tied_positives = np.add.reduceat(positives, starts)
    tied_negatives = np.add.reduceat(negatives, starts)
    below = np.cumsum(tied_negatives) - tied_negatives
    area = (tied_positives * (below + tied_negatives / 2)).sum()
    return float(area / (positives.sum() * negatives.sum()))


def reliability(chance: Vector, truth: Vector, weight: Vector) -> list[dict[str, float]]:
    """For each tenth of the scores that occurs: weight share, mean score, and curated share."""
    bins = np.minimum((chance * _BINS).astype(int), _BINS - 1)
    rows = []
    for number in range(_BINS):
        inside = (bins == number) & (weight > 0)
        total = weight[inside].sum()
        if total > 0:
            rows.append(
                {
                    "share": round(float(total / weight.sum()), 4),
                    "score": round(float((weight * chance)[inside].sum() / total), 4),
                    "curated": round(float((weight * truth)[inside].sum() / total), 4),
                }
            )
    return rows


def calibration_error(bins: list[dict[str, float]]) -> float:
    """Mean distance between score and curated share (expected calibration error)."""
    return round(sum(row["share"] * abs(row["score"] - row["curated"]) for row in bins), 4)


def rank_correlation(left: Vector, right: Vector) -> float:
    """Spearman's rho; 0 where one side is constant."""
    frame = pl.DataFrame({"a": left, "b": right}).select(pl.all().rank("average"))
    found = frame.select(pl.corr("a", "b")).item()
    return 0.0 if found is None or np.isnan(found) else round(float(found), 4)
