"""Charts of duplicates count what they say."""

import base64
import re

import polars as pl

from corpus_assets.defs.curation import pictures


def texts(chart: str) -> list[str]:
    svg = base64.b64decode(chart.rpartition(",")[2].rstrip(")")).decode()
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_similarities_fall_into_their_bars() -> None:
    rows = pl.DataFrame({"similarity": [0.7, 0.7499, 0.85, 1.0, 0.95]})
    assert texts(pictures.similarities(rows)) == ["70-75 % 2", "85-90 % 1", "95-100 % 2"]


def test_clusters_are_counted_once_by_size() -> None:
    rows = pl.DataFrame({
        "is_kept": [True, False, True, True, True], "cluster_size": [2, 2, 1, 3, 8]
    })  # fmt: skip
    assert texts(pictures.cluster_sizes(rows)) == ["2-3 2", "8-15 1"]


def test_repeated_units_are_counted_once_by_documents() -> None:
    rows = pl.DataFrame({"type2_cluster": ["x", "x", "y"], "type2_contents": [2, 2, 1]})
    assert texts(pictures.document_frequency(rows)) == ["1 1", "2-3 1"]


def test_the_matrix_has_a_row_per_source() -> None:
    rows = pl.DataFrame({
        "level": ["exact"] * 2, "source_category": ["commercial", "open_source"],
        "source": ["a|b", "pypi"], "other_category": ["open_source", "commercial"],
        "share": [0.25, 0.1],
    })  # fmt: skip
    (table,) = pictures.overlap_matrix(rows).values()
    assert table.splitlines() == [
        "| | commercial | open_source |", "|---|---|---|",
        "| commercial a\\|b |  | 25.0% |", "| open_source pypi | 10.0% |  |",
    ]  # fmt: skip
