"""Documents next to limits that differ: the nearest on both sides, with excerpts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from corpus_assets.curate.borderline import (
    HIDDEN,
    SAMPLES,
    borderline,
    changed_limits,
    excerpt,
    with_excerpts,
)
from corpus_assets.curate.preview import Policies, outcomes, stored_facts
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets_tests.curate.rows import LICENSES, POLICY, document, frame
from corpus_assets_tests.curate.test_preview import MIX, SHORTER, TESTS, policy, tables


def samples(
    facts: Mapping[str, Mapping[str, Any]], changed: FilterPolicy, count: int = 2
) -> pl.DataFrame:
    policies = Policies(POLICY, changed, LICENSES, MIX)
    known = stored_facts(tables(facts), policies)
    return borderline(known, outcomes(known, policies), policies, count)


def told(rows: pl.DataFrame) -> list[tuple[Any, ...]]:
    return rows.select("side", "content_id", "value").rows()


MEANS = {name: {"mean_line_chars": float(mean)} for name, mean in
         (("a", 20), ("b", 78), ("c", 80), ("d", 81), ("e", 99), ("f", 101))}  # fmt: skip


def test_the_nearest_on_both_sides_of_a_stricter_limit() -> None:
    rows = samples(MEANS, policy(long_lines={"limits": SHORTER}))
    assert told(rows) == [
        ("outside", "d", "81.0"),
        ("outside", "e", "99.0"),
        ("inside", "c", "80.0"),
        ("inside", "b", "78.0"),
    ]
    first = rows.row(0, named=True)
    assert first["limit_before"] == "mean_line_chars <= 100"
    assert first["limit_after"] == "mean_line_chars <= 80"
    assert "pretraining" in first["lost_for"]
    assert (first["gained_for"], first["column"]) == ([], "mean_line_chars")
    assert rows["lost_for"].to_list()[2:] == [[], []]


def test_the_nearest_on_both_sides_of_a_wider_limit() -> None:
    wider = {"max_code_line_chars": {"max": 1000}, "mean_line_chars": {"max": 105}}
    rows = samples(MEANS | {"g": {"mean_line_chars": 106.0}}, policy(long_lines={"limits": wider}))
    assert told(rows)[:2] == [("outside", "g", "106.0"), ("inside", "f", "101.0")]
    assert "pretraining" in rows["gained_for"][1]


def test_what_goes_anyway_is_not_shown() -> None:
    facts = MEANS | {"d": {"mean_line_chars": 81.0, "is_generated": True}}
    rows = samples(facts, policy(long_lines={"limits": SHORTER}), 1)
    assert told(rows) == [("outside", "e", "99.0"), ("inside", "c", "80.0")]


def test_a_flag_has_no_near_side() -> None:
    rows = samples({"t": {"is_test": True}, "u": {"is_test": False}}, policy(TESTS))
    assert told(rows) == [("outside", "t", "true")]
    assert rows.row(0, named=True)["limit_before"] is None


def test_a_limit_that_goes_is_looked_at_from_where_it_was() -> None:
    rows = samples(MEANS, policy(long_lines={"enabled": False}), 1)
    means = rows.filter(column="mean_line_chars")
    assert told(means) == [("outside", "f", "101.0"), ("inside", "e", "99.0")]
    assert means["limit_after"].to_list() == [None, None]


def test_another_stage_is_another_limit() -> None:
    policies = Policies(POLICY, policy(comments={"stages": "all"}), LICENSES, MIX)
    assert [limit.gate for limit in changed_limits(policies, "python")] == ["comments"]
    policies = Policies(POLICY, policy(comments={"only_languages": ["go"]}), LICENSES, MIX)
    assert [limit.gate for limit in changed_limits(policies, "python")] == ["comments"]
    assert changed_limits(policies, "go") == []


def test_equal_policies_and_empty_languages_show_nothing() -> None:
    assert samples(MEANS, POLICY).is_empty()
    assert samples({}, policy(TESTS)).schema == SAMPLES
    assert samples(MEANS, policy(long_lines={"limits": SHORTER}), 0).is_empty()


def test_an_excerpt_shows_the_longest_line_or_the_middle() -> None:
    lines = [f"line {number}" for number in range(1, 22)]
    assert excerpt("\n".join(lines), "n_bytes") == lines[8:13]
    lines[18] = "x" * 300
    found = excerpt("\n".join(lines), "max_code_line_chars")
    assert found == [*lines[16:18], "x" * 109 + "…", *lines[19:21]]
    assert excerpt("one\r\nt\x1b[31mo", "n_bytes") == ["one", "t·[31mo"]


def test_a_line_with_a_secret_is_never_shown() -> None:
    text = "\n".join(f"line {number}" for number in range(1, 6))
    rows = samples({"t": {"is_test": True}}, policy(TESTS))
    documents = frame("documents", [document("t", text=text), document("u", text="other")])
    found = {"finding_id": "1", "content_id": "t", "start_line": 2, "end_line": 3}
    shown = with_excerpts(rows, documents.lazy(), frame("secrets", [found]).lazy())
    assert shown["excerpt"].to_list() == [["line 1", HIDDEN, HIDDEN, "line 4", "line 5"]]
