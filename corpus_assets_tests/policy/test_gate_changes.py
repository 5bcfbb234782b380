"""Differences of two filter policies, told as before and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.policy.filters import FilterPolicy, load_filter_policy
from corpus_assets.policy.gate_changes import Change, gate_changes

PACKAGED = load_filter_policy()
Data = dict[str, Any]


def edited(edit: Callable[[Data], Any]) -> FilterPolicy:
    data = PACKAGED.model_dump()
    data["gates"] = {gate["name"]: gate for gate in data["gates"]}
    edit(data)
    data["gates"] = list(data["gates"].values())
    return FilterPolicy.model_validate(data)


def found(edit: Callable[[Data], Any]) -> list[Change]:
    """What the edit of the packaged policy changes; the way back says the same."""
    after = edited(edit)
    changes = gate_changes(PACKAGED, after)
    back = gate_changes(after, PACKAGED)
    assert {(c.place, c.before, c.after) for c in changes if c.what != "moved"} == {
        (c.place, c.after, c.before) for c in back if c.what != "moved"
    }
    return changes


def gate(name: str, **fields: Any) -> Callable[[Data], Any]:
    return lambda data: data["gates"][name].update(fields)


def test_equal_policies_do_not_differ() -> None:
    assert found(gate("size")) == []


def test_gates_come_and_go() -> None:
    new = {
        "name": "no_tests", "limits": {"is_test": {"is": False}}, "must_drop": {"is_test": [True]},
        "must_keep": {"is_test": [False]}, "source": "us",
    }  # fmt: skip
    changes = found(lambda data: data["gates"].update(no_tests=new))
    assert changes == [Change("added", "no_tests", None, "is_test is false")]
    changes = found(lambda data: data["gates"].pop("minified"))
    assert changes == [Change("removed", "minified", "is_minified is false", None)]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            gate("size", limits={"n_bytes": {"max": 99}}),
            [
                Change("limits", "size.limits.n_bytes", "n_bytes <= 1048576", "n_bytes <= 99"),
                Change("limits", "size.limits.n_lines", "n_lines <= 100000", None),
            ],
        ),
        (
            gate("comments", stages=("pretraining",)),
            [
                Change(
                    "stages", "comments.stages", "continued_pretraining, fine_tuning", "pretraining"
                )
            ],
        ),
        (
            gate("visible_text", only_languages=("html", "xml")),
            [Change("languages", "visible_text.only_languages", "html", "html, xml")],
        ),
        (
            gate("letters", exempt_languages=()),
            [
                Change(
                    "languages",
                    "letters.exempt_languages",
                    "html, json, markdown, restructuredtext, tex, text, xml",
                    "none",
                )
            ],
        ),
        (gate("data", enabled=False), [Change("enabled", "data.enabled", "true", "false")]),
        (
            gate("data", may_be_silent=True, source="them"),
            [
                Change("alarms", "data.may_be_silent", "false", "true"),
                Change("source", "data.source", "measured for this project", "them"),
            ],
        ),
        (
            gate("comments", must_drop={"comment_fraction": (0.9,)}),
            [
                Change(
                    "samples",
                    "comments.must_drop",
                    '{"comment_fraction": [0.85]}',
                    '{"comment_fraction": [0.9]}',
                )
            ],
        ),
    ],
)
def test_what_a_gate_says(edit: Callable[[Data], Any], expected: list[Change]) -> None:
    assert found(edit) == expected


def test_overrides_are_compared_by_what_holds() -> None:
    [change] = found(gate("syntax_errors", overrides={}))
    limits = "syntax_error_fraction <= 0.15", "syntax_error_fraction <= 0.05"
    place = "syntax_errors.overrides"
    assert change == Change("override", place, *limits, ("c", "cpp"))
    [change] = found(
        lambda data: data["gates"]["letters"]["overrides"].update(
            go={"limits": {"alpha_fraction": {"min": 0.5}}}
        )
    )
    assert change.languages == ("go",)
    assert change.after == "alpha_fraction >= 0.5; alnum_fraction >= 0.25"


def test_the_gate_that_moved_is_named_and_no_other() -> None:
    def move(data: Data) -> None:
        data["gates"] = {"data": data["gates"].pop("data"), **data["gates"]}

    assert found(move) == [Change("moved", "data", "after encoded_data", "first")]


@given(st.permutations([gate.name for gate in PACKAGED.gates]))
def test_moving_the_named_gates_is_enough(order: list[str]) -> None:
    by_name = {gate.name: gate for gate in PACKAGED.gates}
    after = PACKAGED.model_copy(update={"gates": tuple(by_name[name] for name in order)})
    changes = gate_changes(PACKAGED, after)
    assert {change.what for change in changes} <= {"moved"}
    moved = {change.place for change in changes}
    stayed = [name for name in by_name if name not in moved]
    assert stayed == [name for name in order if name not in moved]
    assert len(moved) < len(by_name)


def test_thresholds_outside_gates() -> None:
    def edit(data: Data) -> None:
        data["near_duplicates"]["removal"] = 0.9
        data["near_duplicates"]["overrides"]["go"] = {"removal": 0.8, "recorded": 0.7}
        data["unit_duplicates"]["stages"]["pretraining"] = {"action": "drop", "min_share": 0.9}
        data["removal_budget"]["overrides"] = [
            {"language": "go", "max_removed_share": 0.5, "min_documents": 9}
        ]
        data["version"] = "next"

    changes = {change.place: change for change in found(edit)}
    assert {change.what for change in changes.values()} == {"setting"}
    assert changes["near_duplicates.removal"][2:4] == ("0.85", "0.9")
    assert changes["near_duplicates.overrides.go.removal"][2:4] == (None, "0.8")
    assert changes["unit_duplicates.stages.pretraining.action"][2:4] == ("keep", "drop")
    assert changes["unit_duplicates.stages.pretraining.min_share"][2:4] == (None, "0.9")
    assert '"max_removed_share": 0.5' in str(changes["removal_budget.overrides"].after)
    assert changes["version"][2:4] == (PACKAGED.version, "next")
