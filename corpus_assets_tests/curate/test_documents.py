"""What passes, for which stages, and in which split group."""

import random
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.curate.documents import curated_documents, split_groups
from corpus_assets.curate.ledger import ledger
from corpus_assets.curate.resolution import duplicate_resolution
from corpus_assets.tables import empty
from corpus_assets_tests.curate.rows import (
    AS_OF,
    GPL,
    NONE,
    POLICY,
    conclusion,
    document,
    frame,
    pair,
    score,
    signals,
    stages,
)


def curated(documents: list[dict[str, Any]], licenses: dict[str, dict[str, Any]]) -> pl.DataFrame:
    names = [row["content_id"] for row in documents]
    table = frame("documents", documents)
    near = frame("near_duplicates", [pair("copy", "main", 0.9)])
    measured = frame("quality_signals", [signals(n) for n in names])
    scores = frame("quality_scores", [score(n, 0.4 if n == "plain" else 0.9) for n in names])
    conclusions = [conclusion(n, **licenses.get(n, {})) for n in names]
    resolution = duplicate_resolution(
        table, near, frame("license_conclusions", conclusions), measured, empty("revisions"), POLICY
    )
    rows = ledger(
        table, measured, scores, empty("secrets"), empty("contamination"), resolution,
        empty("takedowns"), POLICY, stages(), AS_OF,
    )  # fmt: skip
    return curated_documents(table, resolution, rows, measured, scores, near)


def test_documents_stages_and_licenses() -> None:
    documents = [document(name) for name in ("main", "copy", "plain", "bare")]
    found = curated(documents, {"bare": NONE})
    assert found.select("content_id", "stages").rows() == [
        ("bare", []),
        ("copy", ["fine_tuning", "pretraining"]),
        ("plain", ["pretraining"]),
    ]
    assert found.get_column("license_state").to_list() == ["none_found", "granted", "granted"]


def test_laundered_code_reaches_no_stage() -> None:
    frame = curated([document("copy"), document("main")], {"main": GPL})
    assert frame.select("content_id", "license_state", "stages").rows() == [
        ("copy", "conflict", [])
    ]


def groups(documents: list[dict[str, Any]], pairs: list[tuple[str, str]]) -> dict[str, str]:
    near = frame("near_duplicates", [pair(*names, 0.71) for names in pairs])
    return dict(split_groups(frame("documents", documents), near).rows())


def test_revisions_of_an_origin_are_one_group_and_similar_documents_join_theirs() -> None:
    documents = [
        document("a", origin="o1"),
        document("b", origin="o1", revision="2"),
        document("c", origin="o2"),
        document("d", origin="o3"),
        document("e", origin="o4"),
    ]
    found = groups(documents, [("c", "d")])
    assert found == {"a": "a", "b": "a", "c": "c", "d": "c", "e": "e"}


def test_submissions_of_a_freelance_delivery_are_groups_of_their_own() -> None:
    def answer(name: str, path: str) -> dict[str, Any]:
        return document(name, source_category="freelance", origin="delivery-1", path=path)

    found = groups(
        [
            answer("a", "tree/s1/main.py"),
            answer("b", "tree/s1/test/t.py"),
            answer("c", "tree/s2/main.py"),
            document("d", origin="delivery-1"),
        ],
        [],
    )
    assert found == {"a": "a", "b": "a", "c": "c", "d": "d"}


NODES = [f"n{i:02}" for i in range(20)]
EDGES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=25)


@settings(max_examples=80, deadline=None)
@given(EDGES, st.randoms(use_true_random=False))
def test_groups_are_the_connected_components(
    edges: list[tuple[str, str]], shuffler: random.Random
) -> None:
    pairs = sorted({(min(e), max(e)) for e in edges if e[0] != e[1]})
    expected = {name: name for name in NODES}
    for _ in NODES:
        for a, b in pairs:
            expected[a] = expected[b] = min(expected[a], expected[b])
    documents = [document(name, origin=name) for name in NODES]
    assert groups(documents, pairs) == expected
    shuffler.shuffle(documents)
    shuffler.shuffle(pairs)
    assert groups(documents, pairs) == expected
