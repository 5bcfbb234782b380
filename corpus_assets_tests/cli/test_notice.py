"""`corpus licenses notice`: printed, exported, and asked for where there is none."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from corpus_assets.lake import Lake
from corpus_assets.serve.release import Release
from corpus_assets_tests import sample_lake as sample
from corpus_assets_tests.conftest import Project


@pytest.fixture
def project(sample_lake: Lake, sample_release: Release, tmp_path: Path) -> Project:
    """A project whose mix is the sample's, with a copy of its release."""
    (tmp_path / "project.yaml").write_text(
        "name: sample\nmix: mix.yaml\n"
        "sources: [{name: a, category: open_source, connector: directory, path: a}]\n"
    )
    (tmp_path / "mix.yaml").write_text(sample.spec().model_dump_json())
    shutil.copytree(sample_release.folder.parent.parent, tmp_path / "published")
    environment = os.environ | {
        "CORPUS_CONFIG": str(tmp_path / "project.yaml"),
        "CORPUS_LAKE": sample_lake.root,
        "CORPUS_PUBLISHED": str(tmp_path / "published"),
        "CORPUS_STATE": str(tmp_path / "state"),
    }
    return Project(tmp_path, environment)


def _notice(project: Project) -> Path:
    (path,) = (project.folder / "published").rglob("NOTICE.txt")
    return path


def test_the_notice_is_printed_and_written_as_it_is(
    project: Project, sample_release: Release, tmp_path: Path
) -> None:
    wanted = _notice(project).read_text(encoding="utf-8")
    assert project.corpus("licenses", "notice").stdout == wanted
    version = sample_release.version
    assert project.corpus("licenses", "notice", "--release", version).stdout == wanted
    written = project.corpus("licenses", "notice", "--out", str(tmp_path / "out.txt"))
    assert written.stdout == ""
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == wanted


def test_as_json_it_is_the_table_of_works(project: Project, tmp_path: Path) -> None:
    told = json.loads(project.corpus("licenses", "notice", "--json").stdout)
    assert [work["locator"] for work in told["works"]] == [
        "pkg:pypi/beta@1", "pkg:npm/school@1", "pkg:pypi/alpha@1",
    ]  # fmt: skip
    assert told["works"][2]["copyrights"] == ["Copyright (c) 2020 The alpha authors"]
    project.corpus("licenses", "notice", "--json", "--out", str(tmp_path / "out.json"))
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == told


def test_a_release_that_is_not_there_or_has_none_is_an_error_in_words(project: Project) -> None:
    unknown = project.corpus("licenses", "notice", "--release", "9", check=False)
    assert unknown.returncode == 1
    assert "no version 9" in unknown.stderr
    _notice(project).unlink()
    older = project.corpus("licenses", "notice", check=False)
    assert older.returncode == 1
    assert "published before releases had a NOTICE.txt" in older.stderr
