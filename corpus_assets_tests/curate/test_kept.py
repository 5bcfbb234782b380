"""The kept documents of a graph: what a plain walk down the order keeps, also of long chains."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.curate.kept import kept_places


def test_a_long_chain_in_order_of_preference_keeps_every_other() -> None:
    n = 100_000
    kept = kept_places(n, np.arange(n - 1), np.arange(1, n))
    assert kept.tolist() == [place % 2 == 0 for place in range(n)]


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(
    st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=150)
)))  # fmt: skip
def test_it_keeps_what_a_walk_down_the_order_keeps(
    graph: tuple[int, list[tuple[int, int]]],
) -> None:
    n, edges = graph
    peers: list[set[int]] = [set() for _ in range(n)]
    for a, b in edges:
        if a != b:
            peers[a].add(b)
            peers[b].add(a)
    expected: set[int] = set()
    for place in range(n):
        if not peers[place] & expected:
            expected.add(place)
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    assert set(np.flatnonzero(kept_places(n, ends[:, 0], ends[:, 1])).tolist()) == expected
