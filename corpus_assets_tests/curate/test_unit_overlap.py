"""Whose functions were seen first elsewhere, and what does not count as a function."""

from typing import Any

import polars as pl

from corpus_assets.curate.unit_overlap import boilerplate_share, unit_overlap
from corpus_assets_tests.curate.rows import (
    GPL,
    POLICY,
    conclusion,
    document,
    frame,
    resolution,
    revision,
    signals,
)  # fmt: skip

DATES = [revision("pkg:old", "1", "2011-01-01"), revision("pkg:new", "1", "2020-01-01")]


def unit(
    content: str, start: int, tokens: str, n_tokens: int = 100, **known: Any
) -> dict[str, Any]:
    end = start + 50
    return {
        "unit_id": f"{content}:{start}-{end}", "content_id": content, "language": "python",
        "kind": "function", "name": "f", "start_byte": start, "end_byte": end,
        "n_tokens": n_tokens, "type1_sha256": tokens, "type2_sha256": tokens,
    } | known  # fmt: skip


def overlaps(
    units: list[dict[str, Any]],
    conclusions: dict[str, dict[str, Any]],
    near: list[dict[str, Any]] | None = None,
) -> dict[str, dict[str, Any]]:
    terms = {name: conclusion(name, **known) for name, known in conclusions.items()}
    held = ("license_class", "license_state")
    found = unit_overlap(
        frame("documents", [document(n, origin=terms[n]["origin"]) for n in terms]),
        frame("units", units),
        frame("near_units", near or []),
        frame("duplicate_resolution", [
            resolution(n, **{name: terms[n][name] for name in held}) for n in terms
        ]),
        frame("license_conclusions", list(terms.values())),
        frame("quality_signals", [signals(n) for n in terms]),
        frame("revisions", DATES),
        POLICY,
    )  # fmt: skip
    return {row["content_id"]: row for row in found.iter_rows(named=True)}


OLD, NEW = {"origin": "pkg:old"}, {"origin": "pkg:new"}


def test_of_two_documents_the_younger_has_the_unit_seen() -> None:
    units = [unit("a", 0, "same"), unit("a", 60, "own", 300), unit("b", 10, "same")]
    rows = overlaps(units, {"a": NEW, "b": OLD})
    assert (rows["a"]["seen_share"], rows["a"]["seen_in"]) == (0.25, "b")
    assert rows["a"]["seen_spans"] == [[0, 50]]
    assert rows["a"]["seen_origin"] == "pkg:old"
    assert (rows["b"]["n_seen_units"], rows["b"]["seen_share"]) == (0, 0.0)


def test_similar_units_are_seen_too() -> None:
    units = [unit("a", 0, "one"), unit("b", 0, "two")]
    near = [{"unit_id_a": "a:0-50", "unit_id_b": "b:0-50", "content_id_a": "a",
             "content_id_b": "b", "language": "python", "similarity": 0.8}]  # fmt: skip
    assert overlaps(units, {"a": NEW, "b": OLD}, near)["a"]["seen_share"] == 1.0


def test_small_and_widespread_units_are_boilerplate_and_recorded() -> None:
    many = [f"d{i:03}" for i in range(POLICY.unit_duplicates.max_documents + 1)]
    units = [unit(name, 0, "main") for name in many]
    units += [unit("d000", 60, "getter", 5), unit("d001", 60, "getter", 5)]
    rows = overlaps(units, dict.fromkeys(many, OLD))
    assert {row["n_units"] for row in rows.values()} == {0}
    assert (rows["d000"]["n_boilerplate_units"], rows["d000"]["n_boilerplate_tokens"]) == (2, 105)
    assert {row["seen_share"] for row in rows.values()} == {0.0}
    one_less = dict.fromkeys(many[:-1], OLD)
    assert overlaps(units[: len(many) - 1], one_less)["d001"]["seen_share"] == 1.0
    assert boilerplate_share(pl.DataFrame(list(rows.values()))) == 1.0


def test_units_of_restrictive_code_raise_a_license_flag() -> None:
    units = [unit("a", 0, "same"), unit("b", 0, "same")]
    rows = overlaps(units, {"a": NEW, "b": GPL | OLD})
    assert rows["a"]["license_flags"] == ["restrictive_units"]
    assert (rows["a"]["restrictive_share"], rows["a"]["seen_license_class"]) == (
        1.0, "strong_copyleft",
    )  # fmt: skip
    assert rows["b"]["license_flags"] == []
    younger = overlaps(units, {"a": OLD, "b": GPL | NEW})
    assert younger["a"]["license_flags"] == []
