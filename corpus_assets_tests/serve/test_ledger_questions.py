"""The named questions about the ledger: the funnel adds up, and says why and how nearly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.serve.query import query
from corpus_assets.serve.questions import question
from corpus_assets_tests.curate.rows import document, frame, run, signals

FILES: dict[str, dict[str, dict[str, Any]]] = {
    "python": {
        "a": {}, "b": {"n_bytes": 2_000_000}, "c": {"n_bytes": 1_050_000, "is_minified": True},
        "d": {"n_bytes": 1_048_000}, "e": {"comment_fraction": 0.9},
    },
    "go": {"f": {"is_minified": True}, "g": {}},
}  # fmt: skip


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Two languages; two source categories in Python."""
    found = Lake(str(tmp_path_factory.mktemp("ledger") / "lake"))
    for language, files in FILES.items():
        documents = [
            document(name, language=language,
                     source_category="freelance" if name == "d" else "open_source")
            for name in files
        ]  # fmt: skip
        measured = [signals(name, language=language) | known for name, known in files.items()]
        for table, rows in (
            ("documents", frame("documents", documents)),
            ("quality_signals", frame("quality_signals", measured)),
            ("ledger", run(documents, files)),
        ):
            found.replace(table, rows, Provenance(table, "run", "1", "p"), language)
    return found


def ask(lake: Lake, name: str, folder: Path) -> list[dict[str, Any]]:
    found = query(lake, folder, question(name).sql)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_documents_add_up_per_language_and_in_total(lake: Lake, tmp_path: Path) -> None:
    rows = ask(lake, "accounted_for", tmp_path)
    assert all(row["adds_up"] for row in rows)
    counts = {(row["stage"], row["language"]): (row["n_in"], row["n_kept"], row["n_removed"])
              for row in rows}  # fmt: skip
    assert counts[("all", "python")] == (5, 3, 2)
    assert counts[("all", "go")] == (2, 1, 1)
    assert counts[("all", "every language")] == (7, 4, 3)
    # One of them has a freelance license on little evidence.
    assert counts[("fine_tuning", "python")] == (3, 1, 2)
    assert counts[("fine_tuning", "every language")] == (4, 2, 2)


@pytest.mark.parametrize("lost", ["verdicts", "first failures", "a language"])
def test_what_does_not_add_up_is_seen(lake: Lake, tmp_path: Path, lost: str) -> None:
    broken = Lake(str(tmp_path / "lake"))
    for table in ("documents", "quality_signals", "ledger"):
        for language in FILES:
            rows = lake.read(table, language)
            if table == "ledger" and language == "go":
                if lost == "a language":
                    continue
                if lost == "verdicts":
                    rows = rows.filter(pl.col("content_id") != "f")
                else:
                    rows = rows.with_columns(is_first_failure=pl.lit(False))
            broken.replace(table, rows, Provenance(table, "run", "1", "p"), language)
    rows = ask(broken, "accounted_for", tmp_path)
    adds_up = {row["language"]: row["adds_up"] for row in rows if row["stage"] == "all"}
    assert adds_up == {"python": True, "go": False, "every language": False}


def test_the_funnel_of_every_source_adds_up(lake: Lake, tmp_path: Path) -> None:
    rows = ask(lake, "funnel_by_source", tmp_path)
    for row in rows:
        assert row["n_in"] == row["n_removed"] + row["n_kept"]
        assert row["tokens_in"] == row["tokens_removed"] + row["tokens_kept"]
    sizes = {
        (row["source_category"], row["language"]): (row["n_in"], row["n_removed"])
        for row in rows
        if row["gate"] == "size"
    }
    assert sizes == {
        ("open_source", "python"): (4, 2), ("freelance", "python"): (1, 0),
        ("open_source", "go"): (2, 0),
    }  # fmt: skip
    (minified,) = [
        row
        for row in rows
        if row["gate"] == "minified"
        and (row["source_category"], row["language"]) == ("open_source", "python")
    ]
    # One fails it, but an earlier gate removed that one already.
    assert (minified["n_in"], minified["n_removed"], minified["n_failed"]) == (2, 0, 1)
    removed = sum(row["n_removed"] for row in rows if row["stage"] == "all")
    assert removed == 3


def test_every_removal_has_its_rule(lake: Lake, tmp_path: Path) -> None:
    rows = ask(lake, "why_removed", tmp_path)
    found = {(row["language"], row["gate"], row["stage"]): row for row in rows}
    size = found[("python", "size", "all")]
    assert size["threshold"] == "n_bytes <= 1048576; n_lines <= 100000"
    assert size["rule_version"].startswith("gates-2; ")
    assert (size["n_removed"], size["n_failed"], size["n_by_it_alone"]) == (2, 2, 1)
    assert (size["example"], size["example_value"]) == ("pkg:a src/b.py", "2000000; 40")
    assert size["tokens_removed"] == 400
    minified = found[("python", "minified", "all")]
    assert (minified["n_removed"], minified["n_by_it_alone"]) == (0, 0)
    assert found[("python", "comments", "fine_tuning")]["n_removed"] == 1


def test_values_near_a_threshold_are_shown(lake: Lake, tmp_path: Path) -> None:
    rows = ask(lake, "gate_values", tmp_path)
    (size,) = [
        row
        for row in rows
        if row["bound"] == "n_bytes <= 1048576" and row["language"] == "python"
    ]  # fmt: skip
    assert (size["n_measured"], size["smallest"], size["largest"]) == (5, 900, 2_000_000)
    assert (size["n_outside"], size["n_just_outside"], size["n_just_inside"]) == (2, 1, 1)
    assert (size["nearest_outside"], size["value_outside"]) == ("src/c.py", 1_050_000)
    assert (size["nearest_inside"], size["value_inside"]) == ("src/d.py", 1_048_000)
    bounds = {row["bound"] for row in rows}
    assert {"alpha_fraction >= 0.25", "contamination_hits < 1"} <= bounds
    assert not any("path" in bound or "is_" in bound for bound in bounds)
