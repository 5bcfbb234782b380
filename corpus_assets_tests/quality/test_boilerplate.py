"""Lines that stand in many projects, counted by origins and in parts."""

from __future__ import annotations

import polars as pl
import pytest

from corpus_assets.quality.boilerplate import boilerplate, common_lines
from corpus_assets.tables import TABLES
from corpus_assets_tests.sample_documents import documents_of

HEADER = "# This line stands in every project"
LOCAL = "value = compute_something_local({n})"


def sample(n_origins: int) -> pl.DataFrame:
    """Two files of each origin: the header, a line of the origin, and brackets."""
    files = [
        (f"{origin}/{n}.py", f"  {HEADER}\n{LOCAL.format(n=origin)}\n}}\n")
        for origin in range(n_origins)
        for n in range(2)
    ]
    documents = documents_of([*files, ("empty.py", "}\n"), ("binary.py", None)])
    return documents.with_columns(
        origin=pl.Series([path.split("/")[0] for path, _ in files] + ["x", "y"])
    )


def measured(documents: pl.DataFrame, size: int) -> pl.DataFrame:
    return boilerplate(lambda: documents.iter_slices(size), 10_000)


def test_a_line_of_five_origins_is_boilerplate_and_one_of_four_is_not() -> None:
    five, four = measured(sample(5), 99), measured(sample(4), 99)
    assert five.schema == TABLES["boilerplate"].schema
    assert five.height == 11  # the binary has no text
    shares = five.filter(pl.col("n_lines") > 0)["boilerplate_line_fraction"]
    assert set(shares) == {0.5}
    assert four["boilerplate_line_fraction"].max() == 0
    (empty,) = five.filter(pl.col("n_lines") == 0)["boilerplate_line_fraction"]
    assert empty is None


@pytest.mark.parametrize("size", [1, 3, 99])
@pytest.mark.parametrize("n_passes", [1, 2, 7])
def test_parts_and_batches_do_not_matter(size: int, n_passes: int) -> None:
    documents = sample(6)
    whole = common_lines(lambda: iter([documents]), 1)
    parts = common_lines(lambda: documents.reverse().iter_slices(size), n_passes)
    assert whole.tolist() == parts.tolist()
    assert len(whole) == 1
    assert measured(documents, size).equals(measured(documents, 99))


def test_no_document_at_all() -> None:
    nothing = boilerplate(lambda: iter([]), 0)
    assert nothing.is_empty()
    assert nothing.schema == TABLES["boilerplate"].schema
