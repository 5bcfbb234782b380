"""The asset gates_preview: rows and tables of what the policy to try out would change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from corpus_assets.curate.preview import INPUTS
from corpus_assets.defs.build import WorkspaceResource, build_asset
from corpus_assets.defs.curation.gates_preview import GATES_PREVIEW
from corpus_assets.lake_versions import Provenance
from corpus_assets.policy.strict import ConfigError
from corpus_assets_tests.conftest import Project, project_at
from corpus_assets_tests.curate.test_preview import tables
from corpus_assets_tests.policy.test_filters import PACKAGED

LIMIT = "{comment_fraction: {max: 0.8}}"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with three documents of two languages, and a policy that it may try out."""
    project = project_at(tmp_path)
    lake, made_by = project.workspace.lake, Provenance("test", "run", "1", "p")
    for language, fractions in (("go", (0.82,)), ("python", (0.1, 0.82))):
        facts = {f"{language}{n}": {"comment_fraction": x} for n, x in enumerate(fractions)}
        for name, rows in tables(facts, language).items():
            if name != "takedowns":
                lake.replace(name, rows.collect(), made_by, language)
    wider = PACKAGED.read_text(encoding="utf-8").replace(LIMIT, LIMIT.replace("8", "83"))
    (tmp_path / "wider.yaml").write_text(wider, encoding="utf-8")
    for name, value in project.environment.items():
        monkeypatch.setenv(name, value)
    return project


def try_out(project: Project, name: str) -> None:
    with (project.folder / "project.yaml").open("a", encoding="utf-8") as file:
        file.write(f"policy: {{filters_preview: {name}}}\n")


def metadata(**options: Any) -> dict[str, Any]:
    done = dg.materialize(
        [build_asset(GATES_PREVIEW)], resources={"workspace": WorkspaceResource()}, **options
    )
    [made] = done.get_asset_materialization_events()
    return {name: value.value for name, value in made.materialization.metadata.items()}


def test_the_asset_writes_what_the_policy_would_change(project: Project) -> None:
    try_out(project, "wider.yaml")
    shown = metadata()
    rows = project.workspace.lake.read("gates_preview")
    gained = rows.filter(change="gained", stage="continued_pretraining")
    assert gained.select("language", "gate_before", "n_documents", "sample_paths").rows() == [
        ("go", "comments", 1, ["src/go0.py"]),
        ("python", "comments", 1, ["src/python1.py"]),
    ]
    assert rows.filter(stage="all")["n_documents"].sum() == 3
    assert "| continued_pretraining | 1 | 2 | 0 | 3 | 200 | 400 | 0 | 600 |" in shown["what passes"]
    assert (
        "| gained | continued_pretraining | comments | go | s | 1 | 200 |"
        in (shown["which gates decide"])
    )
    assert (
        "| comment_fraction &lt;= 0.83 | inside | 0.82 | src/go0.py |"
        in (shown["nearest to changed limits"])
    )
    assert shown["not previewed"] == "-"
    assert metadata()["skipped"]


def test_another_policy_to_try_out_makes_it_stale(project: Project) -> None:
    try_out(project, "wider.yaml")
    metadata()
    text = (project.folder / "wider.yaml").read_text(encoding="utf-8")
    near = text.replace("{removal: 0.85, recorded", "{removal: 0.9, recorded")
    (project.folder / "wider.yaml").write_text(near, encoding="utf-8")
    shown = metadata()
    assert not shown["skipped"]
    assert shown["not previewed"].startswith("- near_duplicates.removal 0.85 -> 0.9: which")


def test_without_a_policy_to_try_out_there_are_no_rows(project: Project) -> None:
    assert metadata()["dagster/row_count"] == 0
    assert project.workspace.filters_preview is None
    assert project.workspace.setting("filters_preview") == ()


def test_a_policy_to_try_out_is_as_strict(project: Project) -> None:
    bad = PACKAGED.read_text(encoding="utf-8").replace(LIMIT, "{comment_fraction: {max: 8}}")
    (project.folder / "bad.yaml").write_text(bad, encoding="utf-8")
    try_out(project, "bad.yaml")
    with pytest.raises(ConfigError, match=r"bad\.yaml:\d+: gates\.comments\.limits"):
        _ = project.workspace.filters_preview


def test_the_step_reads_what_a_preview_needs() -> None:
    assert {read.table for read in GATES_PREVIEW.reads} == set(INPUTS)
