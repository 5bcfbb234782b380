"""The step of contamination on a lake: rows of hits, and canaries that are measured and logged."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import yaml

from corpus_assets.defs.curation.security import CANARIES, CONTAMINATION
from corpus_assets.defs.step import StepContext, provenance, read_versions
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.tables import TABLES
from corpus_assets.workspace import Workspace
from corpus_assets_tests.dedup.test_contamination import BODY, IDIOMS, PROMPT_TEXT, host
from corpus_assets_tests.defs.test_near_steps import documents
from corpus_assets_tests.sample_project import write_project


def context(root: Path, benchmarks: list[dict[str, str]], log: list[str]) -> StepContext:
    project = write_project(root)
    settings = yaml.safe_load(project.read_text())
    project.write_text(yaml.safe_dump(settings | {"benchmarks": benchmarks}))
    workspace = Workspace(project, Lake(str(root / "lake")), root / "published", root / "state")
    texts = {"a": host("py") + PROMPT_TEXT + BODY, "b": IDIOMS, "c": None}
    origin = Provenance("documents", "run", "code", "policy")
    workspace.lake.replace("documents", documents(texts), origin, "python")
    versions = read_versions(workspace.lake, (CONTAMINATION,))
    planned = provenance(workspace, versions, CONTAMINATION, "python", "run")
    return StepContext(workspace, "python", planned, log.append)


def test_hits_and_canaries(tmp_path: Path) -> None:
    log: list[str] = []
    inside = context(tmp_path, [{"name": "own", "path": "own.jsonl"}], log)
    item = {"task_id": "own/1", "prompt": PROMPT_TEXT, "canonical_solution": BODY}
    (inside.workspace.config.parent / "own.jsonl").write_text(json.dumps(item))
    rows = CONTAMINATION.compute(inside)
    assert isinstance(rows, pl.DataFrame)
    assert rows.schema == TABLES["contamination"].schema
    found = rows.select("content_id", "benchmark", "item_id", "kind").rows()
    assert found == [("a", "own", "own/1", "docstring"), ("a", "own", "own/1", "verbatim")]
    assert CONTAMINATION.checks is not None
    (check,) = CONTAMINATION.checks(inside, rows)
    assert (check.name, check.passed, check.blocking) == (CANARIES, True, False)
    assert check.description.startswith("canaries found: verbatim 1 of 1")
    assert any(check.description in line for line in log)


def test_without_benchmarks(tmp_path: Path) -> None:
    inside = context(tmp_path, [], [])
    rows = CONTAMINATION.compute(inside)
    assert isinstance(rows, pl.DataFrame)
    assert rows.is_empty()
    assert CONTAMINATION.checks is not None
    (check,) = CONTAMINATION.checks(inside, rows)
    assert check.passed


def test_items_too_short_to_be_found_are_a_warning(tmp_path: Path) -> None:
    inside = context(tmp_path, [{"name": "own", "path": "own.jsonl"}], [])
    item = {"task_id": "1", "canonical_solution": "return x\n"}
    (inside.workspace.config.parent / "own.jsonl").write_text(json.dumps(item))
    rows = CONTAMINATION.compute(inside)
    assert isinstance(rows, pl.DataFrame)
    assert CONTAMINATION.checks is not None
    (check,) = CONTAMINATION.checks(inside, rows)
    assert not check.passed
    assert "verbatim 0 of 1" in check.description
