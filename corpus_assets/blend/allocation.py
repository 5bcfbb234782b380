"""Dividing a budget by weights between limits, exactly.

Belongs here: the arithmetic of dividing. Does not belong here: what is divided (`plan`).

Fractions, not floats: a plan is the same on every machine, and limits hold to the token.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Number = Fraction | int


def share(value: float) -> Fraction:
    """A share as it is written in the spec: 0.1 is one tenth, not its nearest binary float."""
    return Fraction(str(value))


def divide(
    budget: Number,
    weights: Sequence[Number],
    caps: Sequence[Number],
    floors: Sequence[Number] | None = None,
) -> list[Fraction]:
    """Parts of the budget in proportion to the weights, none below its floor or above its cap.

    What a capped part cannot take goes to the others (water-filling); with equal weights this is
    UniMax (Chung et al. 2023, arXiv 2304.09151). The parts sum to the budget, or to the caps when
    these are too low. Raising the budget with caps that grow no faster lowers no part. A floor
    counts only as far as its cap; floors that sum to more than the budget raise ValueError.
    """
    lows = [
        min(Fraction(floor), Fraction(cap))
        for floor, cap in zip(floors or [0] * len(caps), caps, strict=True)
    ]
    highs = [
        Fraction(cap) if weight > 0 else low
        for cap, low, weight in zip(caps, lows, weights, strict=True)
    ]
    if sum(lows) > budget:
        raise ValueError(f"floors of {sum(lows)} do not fit into a budget of {budget}")
    if sum(highs) <= budget:
        return highs
    level = _level(Fraction(budget), weights, lows, highs)
    return [_part(level, *limits) for limits in zip(weights, lows, highs, strict=True)]


def _part(level: Fraction, weight: Number, low: Fraction, high: Fraction) -> Fraction:
    return min(max(level * weight, low), high)


def _level(
    budget: Fraction,
    weights: Sequence[Number],
    lows: Sequence[Fraction],
    highs: Sequence[Fraction],
) -> Fraction:
    """The water level at which the parts sum to the budget.

    The sum grows piecewise linearly with the level and bends only where a part leaves its floor
    or reaches its cap, so the level lies between two neighboring bends.
    """
    limits = [item for item in zip(weights, lows, highs, strict=True) if item[0] > 0]
    fixed = sum(lows) - sum(low for _, low, _ in limits)

    def filled(level: Fraction) -> Fraction:
        return fixed + sum((_part(level, *item) for item in limits), Fraction(0))

    bends = sorted(
        {Fraction(0)} | {bound / weight for weight, low, high in limits for bound in (low, high)}
    )
    first, last = 0, len(bends) - 1  # filled(bends[last]) is the sum of the caps: above the budget
    while last - first > 1:
        middle = (first + last) // 2
        if filled(bends[middle]) <= budget:
            first = middle
        else:
            last = middle
    low, high = filled(bends[first]), filled(bends[last])
    if high == low:
        return bends[first]
    return bends[first] + (bends[last] - bends[first]) * (budget - low) / (high - low)
