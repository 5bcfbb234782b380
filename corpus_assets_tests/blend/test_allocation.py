from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.blend.allocation import divide, share

parts = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 300)),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize(
    ("budget", "weights", "caps", "expected"),
    [
        (90, [1, 2], [1000, 1000], [30, 60]),
        (90, [1, 1, 1], [10, 1000, 1000], [10, 40, 40]),  # UniMax by hand
        (100, [1, 1, 1], [10, 20, 30], [10, 20, 30]),  # short supply is not an error
        (10, [0, 1], [50, 50], [0, 10]),
        (0, [1, 1], [5, 5], [0, 0]),
    ],
)
def test_known_divisions(
    budget: int, weights: list[int], caps: list[int], expected: list[int]
) -> None:
    assert divide(budget, weights, caps) == expected


def test_floors_lift_small_parts() -> None:
    assert divide(100, [1, 99], [100, 100], [20, 0]) == [20, 80]
    assert divide(100, [1, 99], [5, 100], [20, 0]) == [5, 95]  # no more than there is
    with pytest.raises(ValueError, match="do not fit"):
        divide(10, [1, 1], [100, 100], [8, 8])


@given(parts, st.integers(0, 4000))
def test_limits_hold_and_nothing_is_lost(items: list[tuple[int, int, int]], budget: int) -> None:
    weights, caps, floors = (list(column) for column in zip(*items, strict=True))
    if sum(min(pair) for pair in zip(floors, caps, strict=True)) > budget:
        return
    found = divide(budget, weights, caps, floors)
    reachable = [
        cap if weight else min(floor, cap)
        for weight, cap, floor in zip(weights, caps, floors, strict=True)
    ]
    assert sum(found) == min(budget, sum(reachable))
    for part, cap, floor in zip(found, caps, floors, strict=True):
        assert min(floor, cap) <= part <= cap


@given(parts, st.integers(0, 4000), st.integers(0, 500))
def test_a_larger_budget_lowers_no_part(
    items: list[tuple[int, int, int]], budget: int, more: int
) -> None:
    weights, caps, _ = (list(column) for column in zip(*items, strict=True))
    before = divide(budget, weights, caps)
    after = divide(budget + more, weights, caps)
    assert all(a >= b for a, b in zip(after, before, strict=True))


def test_shares_are_decimal() -> None:
    assert share(0.1) == Fraction(1, 10)
    assert share(1) == 1
