"""Steps as data: their code versions, their order, and what makes a partition stale."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

import corpus_assets
from corpus_assets.defs.registry import STEPS
from corpus_assets.defs.step import Step, code_version
from corpus_assets.tables import TABLES, Column

PACKAGE = Path(corpus_assets.__file__).parent
# Ground floor: data and plumbing whose effects show in digests, schemas or rows themselves.
GROUND = {"lake.py", "lake_versions.py", "spool.py", "languages.py", "workspace.py"}


def module_file(name: str) -> str | None:
    """Path below the package of a module of ours; None for packages and others' modules."""
    if not name.startswith("corpus_assets."):
        return None
    path = name.removeprefix("corpus_assets.").replace(".", "/") + ".py"
    return path if (PACKAGE / path).is_file() else None


def imported(path: Path) -> set[str]:
    """Modules of ours that a file imports anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            found |= {file for name in names if (file := module_file(name))}
    return found


def files_of(step: Step) -> set[str]:
    files: set[str] = set()
    for name in step.code:
        path = PACKAGE / name
        found = path.rglob("*.py") if path.is_dir() else [path]
        files |= {file.relative_to(PACKAGE).as_posix() for file in found}
    return files


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.table)
def test_the_code_version_covers_what_the_step_runs(step: Step) -> None:
    files = files_of(step)
    assert all((PACKAGE / file).is_file() for file in files)
    needed = {
        module
        for file in files
        for module in imported(PACKAGE / file)
        if module not in GROUND and not module.startswith(("policy/", "tables/"))
    }
    assert needed <= files


def test_only_tables_that_a_step_touches_change_its_code_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def versions() -> dict[str, str]:
        code_version.cache_clear()
        return {step.table: step.code_version for step in STEPS}

    before = versions()
    wider = replace(
        TABLES["near_duplicates"],
        columns=(*TABLES["near_duplicates"].columns, Column("more", pl.Int64, "a new column")),
    )
    monkeypatch.setitem(TABLES, "near_duplicates", wider)
    after = versions()
    touched = {
        step.table
        for step in STEPS
        if "near_duplicates" in {step.table, *(read.table for read in step.reads)}
    }
    assert "duplicate_resolution" in touched
    assert {table for table in before if before[table] != after[table]} == touched
    code_version.cache_clear()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.table)
def test_steps_read_only_what_is_made_before_them(step: Step) -> None:
    collected = {
        "revisions", "occurrences", "contents", "agreements", "forge_licenses",
        "forge_facts", "tasks", "submissions",
    }  # fmt: skip
    earlier = {other.table for other in STEPS[: STEPS.index(step)]}
    assert {read.table for read in step.reads} <= earlier | collected


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.table)
def test_the_same_partition_means_the_same_column(step: Step) -> None:
    for read in step.reads:
        column = TABLES[read.table].partition
        assert read.partitions == "all" or column in (None, step.partition_column)


def test_every_table_is_written_by_one_asset() -> None:
    collected = {
        "revisions", "occurrences", "contents", "quarantine", "agreements", "forge_licenses",
        "forge_facts", "tasks", "submissions",
    }  # fmt: skip
    written = [step.table for step in STEPS]
    assert len(set(written)) == len(written)
    assert set(written) | collected == set(TABLES)
