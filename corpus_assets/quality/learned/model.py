"""Logistic regression with a quadratic penalty, and its calibration.

Belongs here: the arithmetic. It uses sparse products and element-wise sums only, which give the
same bits whatever the number of threads; general optimizers call threaded products.

The method is Nesterov's accelerated gradient with the step 1/L, L from the longest row
(Beck and Teboulle 2009, without the proximal part).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Vector = NDArray[np.float64]
PENALTY = 2e-4
ROUNDS = 200
_PLATT_ROUNDS = 50


class Fit(NamedTuple):
    """log odds = rows @ weights + intercept."""

    weights: Vector
    intercept: float


def fit(rows: sparse.csr_matrix, truth: Vector, weight: Vector) -> Fit:
    """The regression of `truth` (0 or 1) on `rows`, whose weights average about 1."""
    ones = sparse.csr_matrix(np.ones((rows.shape[0], 1)))
    matrix = sparse.hstack([rows, ones], format="csr")
    transposed = matrix.T.tocsr()
    total = weight.sum()
    longest = float(np.asarray(matrix.multiply(matrix).sum(axis=1)).max())
    step = 1.0 / (0.25 * longest * max(1.0, float(weight.max())) + PENALTY)
    penalty = np.full(matrix.shape[1], PENALTY)
    penalty[-1] = 0.0
    current = momentum = np.zeros(matrix.shape[1])
    pace = 1.0
    for _ in range(ROUNDS):
        residual = weight * (probability(matrix @ momentum) - truth) / total
        following = momentum - step * (transposed @ residual + penalty * momentum)
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        momentum = following + (pace - 1) / faster * (following - current)
        current, pace = following, faster
    return Fit(current[:-1], float(current[-1]))


def log_odds(model: Fit, rows: sparse.csr_matrix) -> Vector:
    """Of every row."""
    found: Vector = rows @ model.weights + model.intercept
    return found


def probability(odds: Vector) -> Vector:
    """1 / (1 + exp(-odds)), without overflow."""
    found: Vector = 0.5 * (1.0 + np.tanh(0.5 * odds))
    return found


def platt(odds: Vector, truth: Vector, weight: Vector) -> tuple[float, float]:
    """slope and offset so that probability(slope * odds + offset) is calibrated (Platt 1999), by
    Newton's method on the weighted log loss."""
    slope, offset = 1.0, 0.0
    for _ in range(_PLATT_ROUNDS):
        chance = probability(slope * odds + offset)
        residual = weight * (chance - truth)
        curvature = weight * np.maximum(chance * (1 - chance), 1e-9)
        g0, g1 = (residual * odds).sum(), residual.sum()
        h00, h01, h11 = (curvature * odds * odds).sum(), (curvature * odds).sum(), curvature.sum()
        determinant = h00 * h11 - h01 * h01
        if determinant <= 0:
            break
        slope -= (h11 * g0 - h01 * g1) / determinant
        offset -= (h00 * g1 - h01 * g0) / determinant
    return float(slope), float(offset)
