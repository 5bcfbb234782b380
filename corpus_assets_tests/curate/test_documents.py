"""What passes, for which stages, and in which split group."""

import hashlib
import random
from collections.abc import Sequence
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.curate.documents import curated_documents, split_groups
from corpus_assets.curate.ledger import ledger
from corpus_assets.curate.resolution import duplicate_resolution
from corpus_assets.curate.stability import no_release
from corpus_assets.tables import empty
from corpus_assets_tests.curate.rows import (
    AS_OF,
    GPL,
    LICENSES,
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
        table,
        near,
        empty("contained_documents"),
        frame("license_conclusions", conclusions),
        measured,
        scores,
        empty("revisions"),
        no_release(),
        POLICY,
    )
    rows = ledger(
        table, measured, scores, empty("secrets"), empty("contamination"), resolution,
        empty("unit_overlap"), empty("takedowns"), POLICY, LICENSES, stages(), AS_OF,
    )  # fmt: skip
    return curated_documents(table, resolution, rows, measured, scores, near, empty("submissions"))


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


def groups(
    documents: list[dict[str, Any]],
    pairs: Sequence[tuple[str, str]] = (),
    submissions: Sequence[dict[str, Any]] = (),
) -> dict[str, str]:
    near = frame("near_duplicates", [pair(*names, 0.71) for names in pairs])
    answers = frame("submissions", list(submissions))
    return dict(split_groups(frame("documents", documents), near, answers).rows())


def test_revisions_of_an_origin_are_one_group_and_similar_documents_join_theirs() -> None:
    documents = [
        document("a", origin="o1"),
        document("b", origin="o1", revision="2"),
        document("c", origin="o2"),
        document("d", origin="o3"),
        document("e", origin="o4"),
    ]
    found = groups(documents, [("c", "d"), ("e", "not collected")])
    assert found["a"] == found["b"]
    assert found["c"] == found["d"]
    assert len(set(found.values())) == 3
    assert all(len(name) == 32 for name in found.values())
    key = "\0".join(["open_source", "s", "o4", ""])
    assert found["e"] == hashlib.blake2b(key.encode(), digest_size=16).hexdigest()


def test_equal_origins_of_two_sources_or_categories_are_two_groups() -> None:
    documents = [
        document("a"),
        document("b", source="t"),
        document("c", source_category="educational"),
    ]
    assert len(set(groups(documents).values())) == 3


def test_partitions_agree_on_the_group_of_a_package() -> None:
    python = groups([document(name, origin=f"o-{name}") for name in "zab"])
    go = groups([document("m", language="go", origin="o-a"), document("n", origin="o-z")])
    assert (go["m"], go["n"]) == (python["a"], python["z"])


ANSWERS = [
    {"source_category": "freelance", "source": "s", "origin": "delivery-1", "revision": "1",
     "submission_id": submission, "task_id": task}
    for submission, task in (("s1", "t1"), ("s2", "t2"), ("s3", "t1"))
]  # fmt: skip


def test_answers_to_one_task_are_one_group_in_every_language() -> None:
    def answer(name: str, path: str, **known: Any) -> dict[str, Any]:
        place = {"source_category": "freelance", "origin": "delivery-1", "path": path}
        return document(name, **place | known)

    python = groups(
        [
            answer("a", "tree/s1/main.py"),
            answer("b", "tree/s1/test/t.py"),
            answer("c", "tree/s2/main.py"),
            answer("d", "tree/s3/main.py"),
            answer("e", "tree/s1/main.py", origin="delivery-2"),
            answer("f", "README.md", origin="delivery-2"),
            answer("g", "exercises/s1/main.py", source_category="educational"),
        ],
        submissions=[*ANSWERS, {**ANSWERS[0], "source_category": "educational"}],
    )
    assert python["a"] == python["b"] == python["d"]
    assert python["e"] == python["f"]  # nothing is known of a task: the origin as a whole
    assert len({python[name] for name in "acefg"} - {python["f"]}) == 3
    shell = groups([answer("s", "tree/s3/run.sh", language="shell")], submissions=ANSWERS)
    assert shell["s"] == python["a"]


NODES = [f"n{i:02}" for i in range(20)]
EDGES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=25)


@settings(max_examples=80, deadline=None)
@given(EDGES, st.randoms(use_true_random=False))
def test_groups_are_the_connected_components(
    edges: list[tuple[str, str]], shuffler: random.Random
) -> None:
    pairs = sorted({(min(e), max(e)) for e in edges if e[0] != e[1]})
    documents = [document(name, origin=name) for name in NODES]
    smallest = {name: name for name in NODES}
    for _ in NODES:
        for a, b in pairs:
            smallest[a] = smallest[b] = min(smallest[a], smallest[b])
    alone = groups(documents)
    assert len(set(alone.values())) == len(NODES)
    expected = {name: alone[first] for name, first in smallest.items()}
    assert groups(documents, pairs) == expected
    shuffler.shuffle(documents)
    shuffler.shuffle(pairs)
    assert groups(documents, pairs) == expected
