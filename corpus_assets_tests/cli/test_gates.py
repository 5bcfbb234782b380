"""`corpus gates`: the list, differences of two policies, and previews on a small lake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus_assets_tests.conftest import Project, project_at
from corpus_assets_tests.policy.test_filters import PACKAGED

TEXT = PACKAGED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project_at(tmp_path_factory.mktemp("gates"))


def ask(project: Project, *arguments: str) -> Any:
    return json.loads(project.corpus("gates", *arguments, "--json").stdout)


def changed(tmp_path: Path, *replaced: tuple[str, str]) -> str:
    """A copy of the packaged policy in which texts that stand there once are others."""
    text = TEXT
    for before, after in replaced:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path = tmp_path / "changed.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


MORE_COMMENTS = ("{comment_fraction: {max: 0.8}}", "{comment_fraction: {max: 0.83}}")


def test_the_list_is_the_funnel(project: Project, tmp_path: Path) -> None:
    told = ask(project, "list")
    names = [row["gate"] for row in told["gates"]]
    assert names[:4] == ["taken_down", "readable", "size", "replacement_characters"]
    assert told["policy"]["version"] == "2"
    mine = ask(project, "list", "--policy", changed(tmp_path, MORE_COMMENTS), "--language", "go")
    assert mine["policy"]["digest"] != told["policy"]["digest"]
    [row] = [row for row in mine["gates"] if row["gate"] == "comments"]
    assert row["limits"] == "comment_fraction <= 0.83"
    text = project.corpus("gates", "list", "--language", "go").stdout
    assert "not judged for go: visible_text, data_length" in text
    assert "linguist: large is over 1 MiB" in text


def test_an_unknown_language_is_named(project: Project) -> None:
    done = project.corpus("gates", "list", "--language", "pyhton", check=False)
    assert done.returncode == 2
    assert "did you mean python?" in done.stderr


def test_two_policy_files_are_compared(project: Project, tmp_path: Path) -> None:
    mine = changed(tmp_path, MORE_COMMENTS, ("{removal: 0.85, recorded", "{removal: 0.9, recorded"))
    told = ask(project, "diff", str(PACKAGED), mine)
    assert [(row["place"], row["before"], row["after"]) for row in told["changes"]] == [
        ("comments.limits.comment_fraction", "comment_fraction <= 0.8", "comment_fraction <= 0.83"),
        ("near_duplicates.removal", "0.85", "0.9"),
    ]
    text = project.corpus("gates", "diff", str(PACKAGED), mine).stdout
    assert "comment_fraction <= 0.83" in text
    assert "nothing differs" in project.corpus("gates", "diff", mine, mine).stdout


def test_a_policy_that_cannot_be_read_ends_a_diff(project: Project, tmp_path: Path) -> None:
    bad = changed(tmp_path, ("{comment_fraction: {max: 0.8}}", "{comment_fraction: {max: 1.8}}"))
    done = project.corpus("gates", "diff", str(PACKAGED), bad, check=False)
    assert done.returncode == 2
    line = TEXT[: TEXT.index("{comment_fraction: {max: 0.8}}")].count("\n") + 1
    assert f"{bad}:{line}: gates.comments.limits.comment_fraction.max: 1.8 is" in done.stderr
