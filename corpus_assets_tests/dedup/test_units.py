"""Clusters of equal and renamed units, and how many near ones each has."""

from __future__ import annotations

import polars as pl

from corpus_assets.dedup.units import MIN_TYPE2_TOKENS, unit_duplicates
from corpus_assets.parse.units import units
from corpus_assets.tables import empty

FUNCTION = """def add(items):
    total = 0
    for item in items:
        total += item
    return total
"""
REFORMATTED = FUNCTION.replace("total = 0", "total  =  0  # start").replace("\n", "\n\n")
RENAMED = FUNCTION.replace("total", "number").replace("item", "part").replace("0", "10")
OTHER = FUNCTION.replace("+=", "-=")
SHORT = "def {}(self):\n    return self.{}\n"


def found(texts: dict[str, str], near: pl.DataFrame | None = None) -> pl.DataFrame:
    documents = pl.DataFrame(
        {
            "content_id": list(texts),
            "language": ["python"] * len(texts),
            "text": list(texts.values()),
        }
    )
    return unit_duplicates(units(documents), empty("near_units") if near is None else near)


def test_reformatted_copies_are_one_cluster_and_changed_ones_are_not() -> None:
    rows = found({"a": FUNCTION, "b": "x = 1\n" + REFORMATTED, "c": OTHER})
    assert rows.get_column("content_id").to_list() == ["a", "b"]
    assert rows.get_column("type1_cluster").n_unique() == 1
    assert rows.select("type1_units", "type1_contents", "near_units").rows() == [(2, 2, 0)] * 2


def test_renamed_copies_are_one_type2_cluster_of_several_type1_clusters() -> None:
    rows = found({"a": FUNCTION, "b": REFORMATTED, "c": RENAMED, "d": OTHER})
    assert rows.get_column("content_id").to_list() == ["a", "b", "c"]
    assert rows.get_column("type1_units").to_list() == [2, 2, 1]
    assert rows.get_column("type2_cluster").n_unique() == 1
    assert rows.select("type2_units", "type2_contents").rows() == [(3, 3)] * 3


def test_copies_in_one_file_are_counted_as_one_content() -> None:
    rows = found({"a": FUNCTION + "\n\n" + FUNCTION})
    assert rows.select("type1_units", "type1_contents").rows() == [(2, 1)] * 2


def test_short_units_are_clones_only_if_they_are_equal() -> None:
    first, second = SHORT.format("a", "a"), SHORT.format("b", "b")
    assert found({"a": first, "b": second}).height == 0
    rows = found({"a": first, "b": second, "c": first})
    assert rows.get_column("content_id").to_list() == ["a", "c"]
    assert (rows["n_tokens"] < MIN_TYPE2_TOKENS).all()
    assert rows.get_column("type2_cluster").equals(rows.get_column("type1_cluster"))


def test_a_class_is_no_clone_of_a_function() -> None:
    method = "\n".join(f"    {line}" for line in FUNCTION.splitlines())
    rows = found({"a": FUNCTION, "b": f"class A:\n{method}\n"})
    assert rows.get_column("kind").to_list() == ["function", "method"]


def test_near_units_count_for_all_copies_of_a_unit() -> None:
    texts = {"a": FUNCTION, "b": REFORMATTED, "c": OTHER}
    documents = pl.DataFrame(
        {"content_id": list(texts), "language": ["python"] * 3, "text": list(texts.values())}
    )
    ids = dict(units(documents).select("content_id", "unit_id").iter_rows())
    near = pl.DataFrame(
        [{
            "unit_id_a": ids["a"], "unit_id_b": ids["c"], "content_id_a": "a", "content_id_b": "c",
            "language": "python", "similarity": 0.8, "method_version": "x",
        }]
    )  # fmt: skip
    rows = found(texts, near)
    assert rows.select("content_id", "near_units", "near_contents").rows() == [
        ("a", 1, 1), ("b", 1, 1), ("c", 1, 1),
    ]  # fmt: skip
