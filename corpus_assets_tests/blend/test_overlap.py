"""Vendor work that stands in open source shows, with its place there."""

from typing import Any

import polars as pl

from corpus_assets.blend.copied import copied_work
from corpus_assets.blend.overlap import source_overlap
from corpus_assets.policy.filters import load_filter_policy
from corpus_assets_tests.sample_curation import rows

POLICY = load_filter_policy()
OPEN, VENDOR = ("open_source", "pypi", "pkg:lib"), ("commercial", "lot", "delivery:lot")


def place(content_id: str, where: tuple[str, str, str]) -> dict[str, Any]:
    category, source, origin = where
    return {"content_id": content_id, "source_category": category, "source": source,
            "origin": origin, "revision": "1", "path": f"{content_id}.py"}  # fmt: skip


def tables() -> dict[str, pl.LazyFrame]:
    """same: in both. v ~ o: similar. w, p: share a function. own: the vendor's alone."""
    places = [place("same", OPEN), place("same", VENDOR), place("o", OPEN), place("v", VENDOR),
              place("p", OPEN), place("w", VENDOR), place("own", VENDOR)]  # fmt: skip
    names = ("o", "own", "p", "same", "v", "w")
    of = [{"content_id": name, "language": "python"} for name in names]
    units = [
        {"unit_id": f"{name}:0-9", "content_id": name, "language": "python", "kind": "function",
         "start_byte": 0, "end_byte": 9, "n_tokens": 80, "type1_sha256": tokens,
         "type2_sha256": tokens}
        for name, tokens in (("p", "t"), ("w", "t"), ("own", "u"))
    ]  # fmt: skip
    near = [{"content_id_a": "o", "content_id_b": "v", "language": "python", "similarity": 0.9}]
    made = {
        "occurrences": places,
        "revisions": [
            {k: v for k, v in place("", where).items() if k not in ("content_id", "path")}
            | {"revision_date": "2015-01-01"}
            for where in (OPEN, VENDOR)
        ],
        "documents": of,
        "quality_signals": [row | {"n_tokens": 200} for row in of],
        "near_duplicates": near,
        "units": units,
        "near_units": [],
        "duplicate_resolution": [
            row | {"is_kept": True, "license_class": "permissive", "license_state": "granted"}
            for row in of
        ],
    }
    return {name: rows(name, items).lazy() for name, items in made.items()}


def test_the_matrix_is_complete_and_counts_both_ways() -> None:
    found = source_overlap(tables(), POLICY)
    assert found.height == 3 * 2 * 4
    shared = found.filter(pl.col("n_shared") > 0).sort("source_category", "level")
    assert shared.select(
        "source_category", "level", "other_category", "n_items", "n_shared"
    ).rows() == [
        ("commercial", "exact", "open_source", 4, 1),
        ("commercial", "near", "open_source", 4, 2),
        ("commercial", "unit", "open_source", 2, 1),
        ("open_source", "exact", "commercial", 3, 1),
        ("open_source", "near", "commercial", 3, 2),
        ("open_source", "unit", "commercial", 1, 1),
    ]


def test_copied_work_names_the_place_and_the_strongest_likeness() -> None:
    found = copied_work(tables(), POLICY).filter(pl.col("source_category") == "commercial")
    assert found.sort("content_id").select(
        "content_id", "level", "similarity", "other_content_id", "other_origin", "other_path",
        "other_license_class",
    ).rows() == [
        ("same", "exact", 1.0, "same", "pkg:lib", "same.py", "permissive"),
        ("v", "near", 0.9, "o", "pkg:lib", "o.py", "permissive"),
        ("w", "unit", 1.0, "p", "pkg:lib", "p.py", "permissive"),
    ]  # fmt: skip
