"""What `corpus collect` says and how it ends when sources fail, and before anything is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_assets_tests.conftest import Project, project_at

SOURCES = """\
name: sample
mix: mix.yaml
sources:
  - {name: bare, category: open_source, connector: directory, path: sources/bare}
  - {name: gone, category: open_source, connector: directory, path: nowhere, optional: OPTIONAL}
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_at(tmp_path)


def configure(project: Project, text: str) -> None:
    (project.folder / "project.yaml").write_text(text)


def test_a_required_source_that_fails_ends_with_its_message(project: Project) -> None:
    configure(project, SOURCES.replace("OPTIONAL", "false"))
    done = project.corpus("collect", "--category", "open_source", check=False)
    assert done.returncode == 1
    assert "gone" in done.stderr
    assert "no such folder" in done.stderr
    assert project.workspace.lake.read("revisions")["source"].to_list() == ["bare"]


def test_an_optional_source_that_fails_is_a_note(project: Project) -> None:
    configure(project, SOURCES.replace("OPTIONAL", "true"))
    done = project.corpus("collect", "--category", "open_source")
    assert "optional source left out: gone" in done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SOURCES.replace("OPTIONAL", "maybe"), "project.yaml:5: sources.gone.optional"),
        (SOURCES.replace("mix: mix.yaml", "mxi: mix.yaml"), "mxi"),
        (SOURCES.replace("OPTIONAL", "false") + "name: twice\n", "'name' is given twice"),
    ],
)
def test_a_broken_project_file_is_named_before_anything_runs(
    project: Project, text: str, message: str
) -> None:
    configure(project, text)
    done = project.corpus("collect", check=False)
    assert done.returncode == 2
    assert message in done.stderr
    assert "project.yaml" in done.stderr
    assert not (project.folder / "lake").exists()


@pytest.mark.parametrize("verb", ["build", "status"])
def test_verbs_that_need_a_lake_say_what_to_do_first(project: Project, verb: str) -> None:
    done = project.corpus(verb, check=False)
    assert done.returncode == 1
    assert "corpus collect" in done.stderr


def test_what_is_no_longer_configured_is_listed_and_goes_only_when_told(project: Project) -> None:
    configure(project, SOURCES.replace("OPTIONAL", "true"))
    project.corpus("collect", "--category", "open_source")
    configure(project, SOURCES.replace("sources/bare", "sources/mit").replace("OPTIONAL", "true"))
    project.corpus("collect", "--category", "open_source")
    lake = project.workspace.lake
    before = lake.read("revisions").height
    assert before == 2
    listed = project.corpus("collect", "--category", "open_source", "--prune").stdout
    assert "No longer configured" in listed
    assert lake.read("revisions").height == before
    project.corpus("collect", "--category", "open_source", "--prune", "--apply")
    assert lake.read("revisions").height == before - 1
