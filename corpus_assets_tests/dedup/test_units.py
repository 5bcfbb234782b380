"""Clusters of units with equal tokens."""

import polars as pl

from corpus_assets.dedup.units import unit_duplicates
from corpus_assets.parse.units import units

FUNCTION = """def add(items):
    total = 0
    for item in items:
        total += item
    return total
"""
REFORMATTED = FUNCTION.replace("total = 0", "total  =  0  # start").replace("\n", "\n\n")


def test_reformatted_copies_are_one_cluster_and_changed_ones_are_not() -> None:
    texts = {"a": FUNCTION, "b": "x = 1\n" + REFORMATTED, "c": FUNCTION.replace("+=", "-=")}
    documents = pl.DataFrame(
        {"content_id": list(texts), "language": ["python"] * 3, "text": list(texts.values())}
    )
    found = unit_duplicates(units(documents))
    assert found.get_column("content_id").to_list() == ["a", "b"]
    assert found.get_column("cluster_id").n_unique() == 1
    assert found.select("cluster_units", "cluster_contents").unique().rows() == [(2, 2)]


def test_copies_in_one_file_are_counted_as_one_content() -> None:
    documents = pl.DataFrame(
        {"content_id": ["a"], "language": ["python"], "text": [FUNCTION + "\n\n" + FUNCTION]}
    )
    found = unit_duplicates(units(documents))
    assert found.select("cluster_units", "cluster_contents").rows() == [(2, 1)] * 2
