"""The git connector: trees, histories collected commit by commit, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus_assets.collect.connectors.git import is_remote
from corpus_assets_tests.collect.support import (
    assert_accounted,
    commit,
    gather,
    git,
    project,
    versions,
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    return folder


def source(folder: Path, **more: Any) -> dict[str, Any]:
    return {
        "name": "repo",
        "category": "open_source",
        "connector": "git",
        "url": str(folder),
    } | more


def places(lake: Any) -> set[tuple[str, str]]:
    return set(lake.read("occurrences").select("revision", "path").iter_rows())


def test_a_history_gives_each_content_to_the_commit_that_introduced_it(
    tmp_path: Path, repository: Path
) -> None:
    first = commit(repository, {"a.py": "a = 1\n", "b.py": "b = 1\n"})
    second = commit(repository, {"a.py": "a = 2\n", "b.py": None})
    empty = commit(repository, {})
    git(repository, "update-index", "--chmod=+x", "a.py")
    mode = commit(repository, {})
    found = project(tmp_path, source(repository, history=True))
    outcome, lake = gather(found, tmp_path)
    assert outcome.collected == 4
    assert places(lake) == {(first, "a.py"), (first, "b.py"), (second, "a.py")}
    revisions = {row["revision"]: row for row in lake.read("revisions").iter_rows(named=True)}
    assert revisions[first]["revision_date"] == "2024-03-01"
    assert revisions[empty]["n_files"] == revisions[mode]["n_files"] == 0
    assert set(lake.read("occurrences")["origin"]) == {"git:repo"}
    third = commit(repository, {"c.py": "c = 1\n"})
    outcome, _ = gather(found, tmp_path)
    assert (outcome.collected, outcome.unchanged, outcome.files) == (1, 4, 1)
    assert (third, "c.py") in places(lake)
    before = versions(lake)
    assert gather(found, tmp_path)[0].unchanged == 5
    assert versions(lake) == before
    assert_accounted(lake)


def test_a_merge_introduces_only_what_no_parent_has(tmp_path: Path, repository: Path) -> None:
    commit(repository, {"a.py": "a = 1\n"})
    git(repository, "checkout", "-q", "-b", "side")
    commit(repository, {"side.py": "s = 1\n", "a.py": "a = 2\n"})
    git(repository, "checkout", "-q", "main")
    commit(repository, {"main.py": "m = 1\n"})
    git(repository, "merge", "-q", "--no-commit", "--no-ff", "side")
    merge = commit(repository, {"a.py": "a = 3\n"}, "merge")
    _, lake = gather(project(tmp_path, source(repository, history=True)), tmp_path)
    assert [path for revision, path in places(lake) if revision == merge] == ["a.py"]
    assert lake.read("revisions").height == 4


@pytest.mark.parametrize("revision", ["HEAD", "main", "v1", "sha"])
def test_one_revision_is_the_tree_at_a_branch_tag_or_commit(
    tmp_path: Path, repository: Path, revision: str
) -> None:
    commit(repository, {"a.py": "a = 1\n", "old.py": "x\n"})
    tip = commit(repository, {"a.py": "a = 2\n", "old.py": None})
    git(repository, "tag", "-a", "v1", "-m", "one")
    name = tip if revision == "sha" else revision
    found = project(tmp_path, source(repository, revision=name))
    outcome, lake = gather(found, tmp_path)
    assert outcome.failures == []
    assert places(lake) == {(tip, "a.py")}
    assert gather(found, tmp_path)[0].unchanged == 1


def test_a_pinned_commit_needs_no_repository_any_more(tmp_path: Path, repository: Path) -> None:
    tip = commit(repository, {"a.py": "a = 1\n"})
    found = project(tmp_path, source(repository, revision=tip))
    gather(found, tmp_path)
    repository.rename(tmp_path / "moved")
    outcome, _ = gather(found, tmp_path)
    assert (outcome.unchanged, outcome.failures) == (1, [])


def test_links_and_submodules_are_quarantined(tmp_path: Path, repository: Path) -> None:
    (repository / "link").symlink_to("/etc/passwd")
    head = commit(repository, {"a.py": "a = 1\n"})
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},vendored")
    git(repository, "commit", "-q", "-m", "submodule")
    outcome, lake = gather(project(tmp_path, source(repository)), tmp_path)
    found = dict(lake.read("quarantine").select("path", "reason").iter_rows())
    assert found == {"link": "symlink", "vendored": "submodule"}
    assert outcome.files == 3


@pytest.mark.parametrize(
    ("revision", "message"),
    [("nope", "no branch or tag 'nope'"), ("0" * 40, "no commit 0000")],
)
def test_a_revision_that_is_not_there(
    tmp_path: Path, repository: Path, revision: str, message: str
) -> None:
    commit(repository, {"a.py": "a = 1\n"})
    outcome, _ = gather(project(tmp_path, source(repository, revision=revision)), tmp_path)
    (failure,) = outcome.failures
    assert message in failure.message
    assert "correct `revision`" in failure.message


def test_a_repository_that_is_empty_or_missing(tmp_path: Path, repository: Path) -> None:
    outcome, _ = gather(project(tmp_path, source(repository)), tmp_path)
    assert "holds no commit yet" in outcome.failures[0].message
    outcome, _ = gather(project(tmp_path, source(tmp_path / "nowhere")), tmp_path)
    assert "does not appear to be a git repository" in outcome.failures[0].message


def test_the_ext_transport_runs_nothing(tmp_path: Path) -> None:
    trap = tmp_path / "trapped"
    outcome, _ = gather(
        project(tmp_path, source(tmp_path) | {"url": f"ext::touch {trap}"}), tmp_path
    )
    assert len(outcome.failures) == 1
    assert not trap.exists()


@pytest.mark.parametrize(
    ("url", "remote"),
    [
        ("https://example.org/a.git", True),
        ("git@example.org:a/b.git", True),
        ("host:a.git", True),
        ("..", False),
        ("/srv/git/a", False),
        ("./with:colon", False),
    ],
)
def test_urls_and_paths_are_told_apart(url: str, remote: bool) -> None:
    assert is_remote(url) is remote
