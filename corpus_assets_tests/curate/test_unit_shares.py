"""What share of a document's functions stands elsewhere first, and what stages do about it."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from corpus_assets.blend.repeats import with_unit_rule
from corpus_assets.curate.unit_overlap import boilerplate_share, unit_overlap
from corpus_assets.policy.duplicates import UnitAction, UnitDuplicates
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets_tests.curate.rows import (
    GPL,
    POLICY,
    conclusion,
    document,
    frame,
    resolution,
    revision,
    run,
    signals,
)

DATES = [revision("pkg:old", "1", "2011-01-01"), revision("pkg:new", "1", "2020-01-01")]


def unit(content: str, number: int, tokens: str, shape: str, n_tokens: int = 100) -> dict[str, Any]:
    start = 1000 * number
    return {
        "unit_id": f"{content}:{start}-{start + 500}", "content_id": content,
        "language": "python", "kind": "function", "name": f"f{number}", "start_byte": start,
        "end_byte": start + 500, "start_line": 1, "end_line": 9, "n_tokens": n_tokens,
        "type1_sha256": tokens, "type2_sha256": shape, "parser_version": "1",
    }  # fmt: skip


def overlap(
    units: list[dict[str, Any]],
    near: list[dict[str, Any]] | None = None,
    licenses: dict[str, dict[str, Any]] | None = None,
    resolved: dict[str, dict[str, Any]] | None = None,
    policy: FilterPolicy = POLICY,
) -> dict[str, dict[str, Any]]:
    names = sorted({row["content_id"] for row in units})
    known = {name: (licenses or {}).get(name, {}) for name in names}
    result = unit_overlap(
        frame("documents", [document(name) for name in names]),
        frame("units", units),
        frame("near_units", near or []),
        frame("duplicate_resolution", [
            resolution(n, **(resolved or {}).get(n, {}), **known[n]) for n in names
        ]),
        frame("license_conclusions", [conclusion(n, **known[n]) for n in names]),
        frame("quality_signals", [signals(n) for n in names]),
        frame("revisions", DATES),
        policy,
    )  # fmt: skip
    return {row["content_id"]: row for row in result.iter_rows(named=True)}


OLD, NEW = {"origin": "pkg:old"}, {"origin": "pkg:new"}


def test_the_earlier_document_has_its_function_and_the_later_one_has_it_seen() -> None:
    units = [unit("a", 0, "t1", "s1"), unit("a", 1, "t2", "s2"), unit("b", 0, "t1", "s1")]
    found = overlap(units, licenses={"a": NEW, "b": OLD})
    assert (found["a"]["n_units"], found["a"]["n_seen_units"], found["a"]["seen_share"]) == (
        2, 1, 0.5,
    )  # fmt: skip
    assert (found["a"]["seen_in"], found["a"]["seen_origin"]) == ("b", "pkg:old")
    assert found["a"]["seen_spans"] == [[0, 500]]
    assert (found["b"]["n_seen_units"], found["b"]["seen_in"]) == (0, None)


@pytest.mark.parametrize(("n_tokens", "seen"), [(79, 0), (80, 1)])
def test_renamed_clones_count_from_a_size_on(n_tokens: int, seen: int) -> None:
    units = [unit("a", 0, "t1", "s", n_tokens), unit("b", 0, "t2", "s", n_tokens)]
    found = overlap(units, licenses={"a": NEW, "b": OLD})
    assert found["a"]["n_seen_units"] == seen


def test_similar_functions_count_for_all_with_the_same_tokens() -> None:
    units = [unit("a", 0, "t1", "s1"), unit("b", 0, "t2", "s2"), unit("c", 0, "t2", "s2")]
    near = [{
        "unit_id_a": "a:0-500", "unit_id_b": "b:0-500", "content_id_a": "a", "content_id_b": "b",
        "language": "python", "similarity": 0.8, "method_version": "1",
    }]  # fmt: skip
    found = overlap(units, near, {"a": OLD, "b": NEW, "c": NEW})
    assert [found[name]["n_seen_units"] for name in "abc"] == [0, 1, 1]


def test_removed_documents_hold_nothing() -> None:
    units = [unit("a", 0, "t1", "s1"), unit("b", 0, "t1", "s1")]
    found = overlap(units, None, {"a": NEW, "b": OLD}, {"b": {"is_kept": False}})
    assert found["a"]["n_seen_units"] == 0


def test_small_and_widespread_units_are_boilerplate() -> None:
    least = POLICY.unit_duplicates.min_tokens
    tiny = [unit("a", 0, "t", "s", least - 1), unit("b", 0, "t", "s", least - 1)]
    everywhere = [
        unit(f"d{i:02}", 1, "e", "e") for i in range(POLICY.unit_duplicates.max_documents + 1)
    ]
    found = overlap([*tiny, *everywhere])
    assert all(row["n_units"] == 0 and row["n_boilerplate_units"] == 1 for row in found.values())
    assert boilerplate_share(pl.DataFrame(list(found.values()))) == 1.0


def test_functions_of_restrictive_code_are_flagged() -> None:
    units = [unit("a", 0, "t1", "s1"), unit("b", 0, "t1", "s1")]
    found = overlap(units, licenses={"a": {}, "b": GPL})
    assert found["a"]["license_flags"] == ["restrictive_units"]
    assert (found["a"]["restrictive_share"], found["b"]["license_flags"]) == (1.0, [])


def test_drop_is_a_gate_that_adds_up() -> None:
    rule = POLICY.unit_duplicates.model_copy(
        update={"stages": {"pretraining": UnitAction(action="drop", min_share=0.6)}}
    )
    policy = POLICY.model_copy(update={"unit_duplicates": rule})
    rows = run(
        [document(name) for name in "abc"],
        policy=policy,
        overlap=[
            {"content_id": "a", "language": "python", "seen_share": 0.6, "license_flags": []},
            {"content_id": "b", "language": "python", "seen_share": 0.59, "license_flags": []},
        ],
    )
    failed = rows.filter(~pl.col("passed") & (pl.col("gate") == "seen_units"))
    assert failed.select("content_id", "stage").rows() == [("a", "pretraining")]


def rows_and_overlap() -> tuple[pl.DataFrame, pl.LazyFrame]:
    rows = pl.DataFrame({"content_id": ["a", "b", "c"]})
    seen = frame("unit_overlap", [
        {"content_id": "a", "seen_share": 0.95, "seen_spans": [[0, 9]]},
        {"content_id": "b", "seen_share": 0.4, "seen_spans": [[3, 7]]},
    ])  # fmt: skip
    return rows, seen.lazy()


@pytest.mark.parametrize(
    ("rule", "weights", "masks"),
    [
        (UnitAction(action="keep"), [1.0, 1.0, 1.0], [[], [], []]),
        (
            UnitAction(action="down_weight", min_share=0.4, min_weight=0.1),
            [0.1, 0.6, 1.0], [[], [], []],
        ),
        (UnitAction(action="mask", min_share=0.5), [1.0, 1.0, 1.0], [[[0, 9]], [], []]),
        (UnitAction(action="mask"), [1.0, 1.0, 1.0], [[[0, 9]], [[3, 7]], []]),
    ],
)  # fmt: skip
def test_weights_and_masks_of_a_stage(
    rule: UnitAction, weights: list[float], masks: list[list[list[int]]]
) -> None:
    found = with_unit_rule(*rows_and_overlap(), rule)
    assert found["weight"].to_list() == pytest.approx(weights)
    assert found["masked_spans"].to_list() == masks


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"action": "keep", "min_share": 0.5}, "keep does nothing"),
        ({"action": "drop"}, "min_share"),
        ({"action": "mask", "min_weight": 0.5}, "belongs to down_weight"),
    ],
)
def test_settings_without_effect_are_errors(rule: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        UnitDuplicates.model_validate(
            POLICY.unit_duplicates.model_dump() | {"stages": {"pretraining": rule}}
        )
