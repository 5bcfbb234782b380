"""A removed file held against the kept one: bounded, printable, with both licenses."""

import polars as pl

from corpus_assets.audit.comparison import MAX_DIFF_LINES, _difference
from corpus_assets.audit.explain import explain
from corpus_assets.lake import Lake


def test_a_removed_file_is_shown_against_the_kept_one(sample_lake: Lake) -> None:
    found = explain(sample_lake, "vendor/alpha3.py")["comparison"]
    assert found["path"].endswith("vendor/alpha3.py")
    assert found["kept_path"].endswith("src/alpha3.py")
    assert found["similarity"] == 0.97
    assert found["license"]
    assert found["kept_license"]
    assert found["diff"][:2] == ["--- kept", "+++ removed"]
    ids = found["content_id"], found["kept_content_id"]
    texts = sample_lake.read("documents").filter(pl.col("content_id").is_in(ids))
    assert texts.height == 2
    assert explain(sample_lake, "src/alpha0.py")["comparison"] is None


def test_the_difference_is_bounded_and_harmless() -> None:
    found = _difference("\n".join("ab" * 500), "\x1b[31m" + "x" * 5_000 + "\ny" * 200_000)
    assert len(found["diff"]) == MAX_DIFF_LINES
    assert found["diff_is_cut"]
    assert all(len(line) < 300 and "\x1b" not in line for line in found["diff"])


def test_a_late_change_is_found() -> None:
    same = "line\n" * 5_000
    found = _difference(f"{same}old", f"{same}new")
    assert found["equal_lines_before"] == 4_997
    assert found["diff"][-2:] == ["-old", "+new"]
    assert not found["diff_is_cut"]
