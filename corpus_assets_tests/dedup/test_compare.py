"""Exact comparison: the outlines may only spare work, never change an answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.dedup.compare import shared_members, similar_pairs
from corpus_assets.dedup.sets import Sets

MEMBERS = st.sets(st.integers(1, 2**64 - 1) | st.integers(1, 400), min_size=1, max_size=150)


def laid_out(members: list[set[int]]) -> Sets:
    sizes = np.array([len(values) for values in members], np.int64)
    values = np.array([value for one in members for value in sorted(one)], np.uint64)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    half = len(values) // 2  # no set may cross from memory to the other part
    split = int(starts[starts <= half][-1])
    return Sets(values[:split], values[split:], starts, sizes)


@settings(max_examples=200, deadline=None)
@given(st.lists(MEMBERS, min_size=2, max_size=8), st.floats(0, 1))
def test_every_count_that_is_needed_is_exact(members: list[set[int]], share: float) -> None:
    pairs = np.array([(a, b) for a in range(len(members)) for b in range(a + 1, len(members))])
    truth = np.array([len(members[a] & members[b]) for a, b in pairs])
    needed = np.floor(share * np.array([min(len(members[a]), len(members[b])) for a, b in pairs]))
    found = shared_members(laid_out(members), pairs, needed)
    assert (found[truth >= needed] == truth[truth >= needed]).all()
    assert ((found == truth) | (found == -1)).all()
    assert (shared_members(laid_out(members), pairs, np.zeros(len(pairs))) == truth).all()


@pytest.mark.parametrize("n_other", [1_000, 1_030, 2_100, 9_000])
def test_sets_whose_outlines_have_other_lengths(n_other: int) -> None:
    rng = np.random.default_rng(n_other)
    values = rng.integers(1, 2**63, 10_000).astype(np.uint64)
    one, other = set(values[:1_000].tolist()), set(values[100 : 100 + n_other].tolist())
    found = similar_pairs(laid_out([one, other]), np.array([[0, 1]]), 0.05)
    assert found.shared.tolist() == [len(one & other)]
    assert found.similarity[0] == len(one & other) / len(one | other)
