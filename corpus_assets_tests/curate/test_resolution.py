"""Who is kept, why, and what the cluster's license becomes."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.curate.resolution import duplicate_resolution
from corpus_assets.curate.stability import PREVIOUS, no_release
from corpus_assets.tables import empty
from corpus_assets_tests.curate.rows import (
    GPL,
    NONE,
    POLICY,
    conclusion,
    document,
    frame,
    pair,
    revision,
    score,
    signals,
)  # fmt: skip


def resolve(
    conclusions: dict[str, dict[str, Any]],
    pairs: list[tuple[Any, ...]],
    measured: dict[str, dict[str, Any]] | None = None,
    dates: list[dict[str, Any]] | None = None,
    scores: dict[str, float] | None = None,
    contained: list[dict[str, Any]] | None = None,
    previous: list[tuple[str, str, bool]] | None = None,
) -> dict[str, dict[str, Any]]:
    near = [item if isinstance(item, dict) else pair(*item) for item in pairs]
    result = duplicate_resolution(
        frame("documents", [document(name) for name in conclusions]),
        frame("near_duplicates", near),
        frame("contained_documents", contained or []),
        frame("license_conclusions", [conclusion(n, **known) for n, known in conclusions.items()]),
        frame("quality_signals", [signals(n, **(measured or {}).get(n, {})) for n in conclusions]),
        frame("quality_scores", [score(n, (scores or {}).get(n, 0.8)) for n in conclusions]),
        frame("revisions", dates or []),
        pl.DataFrame(previous or [], schema=PREVIOUS, orient="row"),
        POLICY,
    )
    assert result.get_column("content_id").to_list() == sorted(conclusions)
    return {row["content_id"]: row for row in result.iter_rows(named=True)}


def kept(resolved: dict[str, dict[str, Any]]) -> list[str]:
    return [name for name, row in resolved.items() if row["is_kept"]]


def test_a_single_document_keeps_its_own_license() -> None:
    row = resolve({"a": {}}, [])["a"]
    assert row["is_kept"]
    assert (row["cluster_id"], row["cluster_size"], row["reason"]) == ("a", 1, "only_member")
    assert (row["license_state"], row["license_reason"]) == ("granted", "nearest license file")


def test_a_chain_keeps_both_ends() -> None:
    rows = resolve({"a": {}, "b": {}, "c": {}}, [("a", "b"), ("b", "c", 0.95), ("a", "c", 0.75)])
    assert kept(rows) == ["a", "c"]
    assert (rows["b"]["kept_content_id"], rows["b"]["similarity_to_kept"]) == ("c", 0.95)
    assert (rows["b"]["cluster_id"], rows["b"]["cluster_size"]) == ("b", 2)


def test_pairs_below_the_removal_threshold_remove_nothing() -> None:
    assert kept(resolve({"a": {}, "b": {}}, [("a", "b", 0.84)])) == ["a", "b"]


DATES = [revision("pkg:old", "1", "2011-01-01"), revision("pkg:new", "1", "2020-01-01")]
OLD, NEW = {"origin": "pkg:old"}, {"origin": "pkg:new"}


@pytest.mark.parametrize(
    ("a", "b", "measured", "winner", "reason"),
    [
        (NONE, {}, {}, "b", "license_granted"),
        (NEW, OLD, {}, "b", "earliest_origin"),
        (NEW | {"license_state": "granted"}, OLD | NONE, {}, "a", "license_granted"),
        ({}, OLD, {}, "b", "earliest_origin"),  # no date is later than any date
        (OLD, NEW, {"a": {"is_vendored": True}}, "b", "earliest_origin"),  # a copy is no origin
        ({}, {}, {"a": {"is_vendored": True}}, "b", "not_vendored"),
        ({}, {}, {"a": {"is_test": True}}, "b", "not_test"),
        ({}, {}, {"a": {"is_minified": True}}, "b", "not_generated"),
        ({}, {}, {"a": {"syntax_error_fraction": 0.2}}, "b", "parses_best"),
        ({}, {}, {}, "a", "smallest_content_id"),
    ],
)
def test_order_of_choice(
    a: dict[str, Any], b: dict[str, Any], measured: dict[str, Any], winner: str, reason: str
) -> None:
    rows = resolve({"a": a, "b": b}, [("a", "b")], measured, DATES)
    assert kept(rows) == [winner]
    assert {row["reason"] for row in rows.values()} == {reason}


def test_permissive_copy_of_restrictive_code_is_a_conflict_that_names_the_original() -> None:
    rows = resolve({"fork": {}, "original": GPL}, [("fork", "original", 0.93)])
    assert kept(rows) == ["fork"]
    for row in rows.values():
        assert (row["license_state"], row["license_class"]) == ("conflict", "strong_copyleft")
        assert (row["license_concluded"], row["license_evidence"]) == ("GPL-3.0-only", "none")
        assert "0.93 similar to original, which is GPL-3.0-only" in row["license_reason"]
        assert "pkg:gpl" in row["license_reason"]


HELD = {
    "content_id": "part", "container_content_id": "whole", "language": "python",
    "containment": 0.95, "similarity": 0.3, "n_shared": 19, "n_shingles": 20,
    "n_shingles_container": 60,
}  # fmt: skip
MIT_AT_A, GPL_AT_GPL = "MIT (permissive) at pkg:a", "GPL-3.0-only (strong_copyleft) at pkg:gpl"


def test_a_similar_file_and_the_document_itself_are_both_named() -> None:
    rows = resolve({"fork": {}, "original": GPL}, [("fork", "original", 0.93)])
    assert rows["fork"]["license_reason"] == (
        f"0.93 similar to original, which is {GPL_AT_GPL}, but is itself {MIT_AT_A}; "
        "nearest license file"
    )


def test_a_restrictive_file_inside_a_permissive_one_makes_it_a_conflict_that_names_both() -> None:
    rows = resolve({"part": GPL, "whole": {}}, [], contained=[HELD])
    assert kept(rows) == ["part", "whole"]
    assert (rows["whole"]["license_state"], rows["whole"]["license_concluded"]) == (
        "conflict", "GPL-3.0-only",
    )  # fmt: skip
    assert rows["whole"]["license_reason"].startswith(
        f"holds 0.95 of part, which is {GPL_AT_GPL}, but is itself {MIT_AT_A}; "
    )
    assert rows["part"]["license_state"] == "granted"


def test_a_permissive_file_inside_an_older_restrictive_one_names_both() -> None:
    dates = [revision("pkg:gpl", "1", "2011-01-01"), revision("pkg:a", "1", "2020-01-01")]
    rows = resolve({"part": {}, "whole": GPL}, [], dates=dates, contained=[HELD])
    assert rows["part"]["license_state"] == "conflict"
    assert rows["part"]["license_reason"].startswith(
        f"0.95 of it stands in the older whole, which is {GPL_AT_GPL}, but is itself {MIT_AT_A}; "
    )
    younger = resolve({"part": {}, "whole": GPL}, [], contained=[HELD])
    assert younger["part"]["license_state"] == "granted"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("none_found", "has no license of its own"),
        ("unreadable", "has no license of its own that could be read"),
    ],
)
@pytest.mark.parametrize(
    ("own", "other", "begin"),
    [
        ("whole", "part", "holds 0.95 of part"),
        ("part", "whole", "0.95 of it stands in the older whole"),
    ],
)
def test_a_document_without_a_license_of_its_own_is_told_so(
    own: str, other: str, begin: str, state: str, words: str
) -> None:
    dates = [revision("pkg:gpl", "1", "2011-01-01"), revision("pkg:a", "1", "2020-01-01")]
    bare = NONE | {"license_state": state}
    rows = resolve({own: bare, other: GPL}, [], dates=dates, contained=[HELD])
    assert (rows[own]["license_state"], rows[other]["license_state"]) == ("conflict", "granted")
    assert rows[own]["license_reason"] == (f"{begin}, which is {GPL_AT_GPL}, but {words}; no claim")


def test_an_unlicensed_copy_is_told_that_it_has_no_license_of_its_own() -> None:
    denied = {"license_state": "denied", "license_class": "unknown", "license_concluded": None}
    row = resolve({"a": NONE, "b": GPL | denied}, [("a", "b")])["a"]
    assert row["license_state"] == "conflict"
    assert row["license_reason"] == (
        "0.9 similar to b, which is unlicensed (unknown) at pkg:gpl and denied, "
        "but has no license of its own; no claim"
    )


def test_a_second_conflict_still_names_the_documents_own_license() -> None:
    agpl = GPL | {
        "license_concluded": "AGPL-3.0-only", "license_class": "network_copyleft",
        "origin": "pkg:agpl",
    }  # fmt: skip
    rows = resolve({"part": GPL, "whole": {}, "x": agpl}, [("whole", "x", 0.93)], contained=[HELD])
    first, second, rest = rows["whole"]["license_reason"].split("; ")
    assert first.startswith("0.93 similar to x, which is AGPL-3.0-only (network_copyleft)")
    assert second.startswith("holds 0.95 of part, which is GPL-3.0-only")
    assert first.endswith(f"but is itself {MIT_AT_A}")
    assert second.endswith(f"but is itself {MIT_AT_A}")
    assert rest == "nearest license file"


def test_a_denied_side_is_called_denied() -> None:
    denied = {"license_state": "denied", "origin": "pkg:b", "basis": "file"}
    rows = resolve({"a": {}, "b": denied}, [("a", "b")])
    assert (
        "MIT (permissive) at pkg:b and denied, but is itself MIT (permissive) at pkg:a"
        in (rows["a"]["license_reason"])
    )


def test_restrictive_code_reaches_every_kept_neighbor_of_a_removed_copy() -> None:
    # b is removed in favor of a; its claim binds c too, which is as similar to it.
    rows = resolve({"a": {}, "b": GPL, "c": {}}, [("a", "b"), ("b", "c")])
    assert kept(rows) == ["a", "c"]
    assert {rows[name]["license_state"] for name in "ac"} == {"conflict"}


def test_neighbors_never_relax_a_license() -> None:
    rows = resolve({"a": GPL, "b": {}}, [("a", "b")])
    assert {row["license_class"] for row in rows.values()} == {"strong_copyleft"}
    unlicensed = resolve({"a": NONE, "b": NONE | {"origin": "pkg:z"}}, [("a", "b")])
    assert {row["license_state"] for row in unlicensed.values()} == {"none_found"}


def test_unlicensed_copy_of_restrictive_code_is_a_conflict() -> None:
    denied = {"license_state": "denied", "license_class": "unknown", "license_concluded": None}
    rows = resolve({"a": NONE, "b": GPL | denied}, [("a", "b")])
    assert {row["license_state"] for row in rows.values()} == {"conflict"}


def test_limits_of_agreements_bind_the_cluster() -> None:
    contract = {
        "license_class": "contract", "basis": "contract", "valid_to": "2027-01-01",
        "stages_allowed": ["evaluation", "pretraining"],
    }  # fmt: skip
    rows = resolve({"a": {}, "b": contract}, [("a", "b")])
    assert rows["a"]["stages_allowed"] == ["evaluation", "pretraining"]
    assert rows["a"]["valid_to"] == "2027-01-01"


def test_document_without_conclusion_is_never_granted() -> None:
    result = duplicate_resolution(
        frame("documents", [document("a", decode_state="binary", text=None)]),
        *(empty(name) for name in ("near_duplicates", "contained_documents")),
        *(empty(name) for name in ("license_conclusions", "quality_signals", "quality_scores")),
        empty("revisions"),
        no_release(),
        POLICY,
    )
    assert result.select("license_state", "license_class").row(0) == ("none_found", "unknown")


NAMES = [f"d{i:02}" for i in range(12)]


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] < p[1]),
        st.floats(0.7, 1.0),
        max_size=40,
    ),
    st.lists(st.sampled_from([{}, NONE, GPL, OLD, NEW]), min_size=12, max_size=12),
    st.randoms(use_true_random=False),
)
def test_every_removed_document_has_a_verified_pair_with_a_kept_one(
    pairs: dict[tuple[str, str], float], licenses: list[dict[str, Any]], random: Any
) -> None:
    conclusions = dict(zip(NAMES, licenses, strict=True))
    edges = [(a, b, s) for (a, b), s in pairs.items()]
    rows = resolve(conclusions, edges, dates=DATES)
    strong = {frozenset(names): s for names, s in pairs.items() if s >= 0.85}
    for name, row in rows.items():
        other = row["kept_content_id"]
        assert rows[other]["is_kept"]
        if row["is_kept"]:
            assert (other, row["similarity_to_kept"]) == (name, 1.0)
            assert not any(
                frozenset((name, peer)) in strong for peer in rows if rows[peer]["is_kept"]
            )
        else:
            assert strong[frozenset((name, other))] == row["similarity_to_kept"]
    for names in strong:
        a, b = names
        if conclusions[a] is GPL and conclusions[b] is not GPL:
            assert rows[b]["license_state"] == "conflict" or not rows[b]["is_kept"]
    random.shuffle(edges)
    shuffled = {name: conclusions[name] for name in random.sample(NAMES, len(NAMES))}
    assert pl.DataFrame(list(resolve(shuffled, edges, dates=DATES).values())).equals(
        pl.DataFrame(list(rows.values()))
    )
