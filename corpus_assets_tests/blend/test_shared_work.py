"""What categories share, and whose work stands where."""

from __future__ import annotations

from typing import Any

import polars as pl

from corpus_assets.blend.copied import INPUTS as COPIED
from corpus_assets.blend.copied import copied_work
from corpus_assets.blend.overlap import INPUTS, source_overlap
from corpus_assets.languages import SOURCE_CATEGORIES
from corpus_assets.policy.filters import load_filter_policy
from corpus_assets_tests.curate.rows import document, frame, pair, resolution, signals

POLICY = load_filter_policy()
PLACES = {
    "open": ("open_source", "pypi", "pkg:old"),
    "both": ("open_source", "pypi", "pkg:old"),
    "near": ("commercial", "vendor", "delivery:1"),
    "far": ("commercial", "vendor", "delivery:1"),
    "part": ("freelance", "people", "task:1"),
}


def place(content: str, category: str, source: str, origin: str) -> dict[str, Any]:
    return {
        "source_category": category, "source": source, "origin": origin, "revision": "1",
        "path": f"{content}.py", "content_id": content, "language": "python",
    }  # fmt: skip


def unit(content: str, tokens: str) -> dict[str, Any]:
    return {
        "unit_id": f"{content}:0-500", "content_id": content, "language": "python",
        "kind": "function", "start_byte": 0, "end_byte": 500, "n_tokens": 100,
        "type1_sha256": tokens, "type2_sha256": tokens,
    }  # fmt: skip


def tables() -> dict[str, pl.LazyFrame]:
    places = [place(name, *where) for name, where in PLACES.items()]
    places.append(place("both", "commercial", "vendor", "delivery:1"))
    names = list(PLACES)
    made = {
        "occurrences": frame("occurrences", places),
        "revisions": frame("revisions", [
            {"source_category": "open_source", "source": "pypi", "origin": "pkg:old",
             "revision": "1", "revision_date": "2011-01-01"},
        ]),
        "documents": frame("documents", [document(name) for name in names]),
        "quality_signals": frame("quality_signals", [signals(name) for name in names]),
        "near_duplicates": frame("near_duplicates", [
            pair("near", "open", 0.9), pair("far", "open", 0.75),
        ]),
        "units": frame("units", [unit("open", "t1"), unit("part", "t1"), unit("far", "t2")]),
        "near_units": frame("near_units", []),
        "duplicate_resolution": frame("duplicate_resolution", [resolution(n) for n in names]),
    }  # fmt: skip
    return {name: table.lazy() for name, table in made.items()}


def test_every_source_is_held_against_every_other_category() -> None:
    found = source_overlap({name: tables()[name] for name in INPUTS}, POLICY)
    assert found.height == 3 * 3 * (len(SOURCE_CATEGORIES) - 1)
    shares = {
        (row["level"], row["source"], row["other_category"]): (row["n_items"], row["n_shared"])
        for row in found.iter_rows(named=True)
    }
    assert shares["exact", "vendor", "open_source"] == (3, 1)
    # The pair of 0.75 is recorded and does not remove.
    assert shares["near", "vendor", "open_source"] == (3, 2)
    assert shares["near", "pypi", "commercial"] == (2, 2)
    assert shares["unit", "people", "open_source"] == (1, 1)
    assert shares["unit", "vendor", "open_source"] == (1, 0)
    assert shares["exact", "people", "in_house"] == (1, 0)


def test_copied_work_names_the_strongest_likeness_and_its_earliest_place() -> None:
    found = copied_work({name: tables()[name] for name in COPIED}, POLICY)
    rows = {
        (row["content_id"], row["source"]): (
            row["level"], row["similarity"], row["other_content_id"], row["other_origin"],
        )
        for row in found.filter(pl.col("other_category") == "open_source").iter_rows(named=True)
    }  # fmt: skip
    assert rows == {
        ("both", "vendor"): ("exact", 1.0, "both", "pkg:old"),
        ("near", "vendor"): ("near", 0.9, "open", "pkg:old"),
        ("part", "people"): ("unit", 1.0, "open", "pkg:old"),
    }


def test_tiny_files_are_nobodys_work() -> None:
    given = tables() | {
        "quality_signals": frame(
            "quality_signals", [signals(name, n_tokens=5) for name in PLACES]
        ).lazy()
    }
    assert copied_work({name: given[name] for name in COPIED}, POLICY).height == 0
