"""Choices that a release was made with stand, or change with a record; parts bind as wholes do."""

from __future__ import annotations

from typing import Any

import pytest

from corpus_assets_tests.curate.rows import GPL, NONE, pair
from corpus_assets_tests.curate.test_resolution import DATES, NEW, OLD, kept, resolve

LIKE = [("a", "b", 0.9)]


def test_without_a_release_the_earliest_origin_wins() -> None:
    rows = resolve({"a": OLD, "b": NEW}, LIKE, dates=DATES)
    assert (kept(rows), rows["a"]["reason"]) == (["a"], "earliest_origin")
    assert rows["b"]["previous_kept_content_id"] is None


def test_a_released_document_stands_where_another_would_win_by_now() -> None:
    before = [("b", "b", True)]
    rows = resolve({"a": OLD, "b": NEW}, LIKE, dates=DATES, previous=before)
    assert (kept(rows), rows["b"]["reason"]) == (["b"], "already_released")
    assert rows["a"]["previous_kept_content_id"] is None


@pytest.mark.parametrize(
    ("conclusions", "pairs", "reason"),
    [
        # What nobody may use any more does not stand, whatever was released.
        ({"a": OLD, "b": NEW | NONE}, LIKE, "license_granted"),
        ({"a": OLD}, [], "previous_gone"),
        ({"a": OLD, "b": NEW}, [], "no_longer_similar"),
        ({"a": OLD, "b": NEW, "c": NEW}, [("a", "b", 0.86), ("a", "c", 0.99)], "more_similar"),
    ],
)
def test_a_choice_that_changes_is_recorded_with_the_reason(
    conclusions: dict[str, dict[str, Any]], pairs: list[tuple[Any, ...]], reason: str
) -> None:
    before = [("a", "b", False), ("b", "b", True), ("c", "c", True)]
    rows = resolve(conclusions, pairs, dates=DATES, previous=before)
    assert rows["a"]["previous_kept_content_id"] == "b"
    assert rows["a"]["reason"] == reason


def test_what_was_not_released_leaves_no_record() -> None:
    before = [("a", "b", False), ("b", "b", False)]
    rows = resolve({"a": OLD, "b": NEW}, LIKE, dates=DATES, previous=before)
    assert kept(rows) == ["a"]
    assert all(row["previous_kept_content_id"] is None for row in rows.values())


def test_lines_and_containment_point_from_the_removed_to_the_kept() -> None:
    found = pair("a", "b", 0.9) | {
        "containment": 0.97, "a_start_line": 1, "a_end_line": 5, "b_start_line": 11,
        "b_end_line": 15,
    }  # fmt: skip
    rows = resolve({"a": OLD, "b": NEW}, [found], dates=DATES)
    names = ("containment", "shared_start_line", "shared_end_line", "kept_start_line",
             "kept_end_line")  # fmt: skip
    assert [rows["b"][name] for name in names] == [0.97, 11, 15, 1, 5]
    assert [rows["a"][name] for name in names] == [1.0, None, None, None, None]
    back = resolve({"a": NEW, "b": OLD}, [found], dates=DATES)
    assert [back["a"][name] for name in names] == [0.97, 1, 5, 11, 15]


def contained(inner: str, outer: str) -> dict[str, Any]:
    return {
        "content_id": inner, "container_content_id": outer, "language": "python",
        "containment": 0.95, "similarity": 0.3, "n_shared": 95, "n_shingles": 100,
        "n_shingles_container": 300, "method_version": "1",
    }  # fmt: skip


def test_restrictive_code_inside_a_permissive_file_is_a_conflict_that_names_it() -> None:
    rows = resolve({"part": GPL, "whole": {}}, [], contained=[contained("part", "whole")])
    assert kept(rows) == ["part", "whole"]
    assert rows["whole"]["license_state"] == "conflict"
    assert "part" in rows["whole"]["license_reason"]
    assert "GPL-3.0-only" in rows["whole"]["license_concluded"]
    assert rows["part"]["license_state"] == "granted"


def test_a_permissive_part_takes_nothing_from_a_restrictive_whole_that_is_not_older() -> None:
    rows = resolve({"part": {}, "whole": GPL}, [], contained=[contained("part", "whole")])
    assert rows["part"]["license_state"] == "granted"
