"""Globs of `exclude`: what they match, and that excluded files leave no trace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.collect.exclusion import excluder
from corpus_assets.policy.strict import ConfigError
from corpus_assets_tests.collect.support import (
    assert_accounted,
    commit,
    directory_source,
    gather,
    git,
    project,
    tar_bytes,
)


@pytest.mark.parametrize(
    ("glob", "inside", "outside"),
    [
        ("docs/**", ["docs/a.md", "docs/b/c.md", "docs"], ["src/docs/a.md", "docs2/a.md"]),
        ("**/*.min.js", ["a.min.js", "x/y/a.min.js"], ["a.js", "a.min.js/b.js"]),
        ("*.md", ["a.md"], ["docs/a.md", "a.MD"]),
        ("**/test/**", ["test/a.py", "x/test/y/a.py", "test"], ["tests/a.py"]),
        ("a/**/z.py", ["a/z.py", "a/b/c/z.py"], ["z.py", "a/b/z.pyc"]),
        ("**", ["a", "a/b"], []),
        ("v?/[ab].c", ["v1/a.c"], ["v10/a.c", "v1/c.c", "v/a.c"]),
    ],
)
def test_what_a_glob_matches(glob: str, inside: list[str], outside: list[str]) -> None:
    excluded = excluder([glob])
    assert [path for path in [*inside, *outside] if excluded(path)] == inside
    assert not any(map(excluder([]), inside))
    assert all(map(excluder(["nothing", glob]), inside))


PARTS = st.lists(st.text("abc.", min_size=1, max_size=3), min_size=1, max_size=6)


@given(PARTS, st.integers(0, 5))
def test_a_path_matches_itself_and_what_stands_around_it(parts: list[str], cut: int) -> None:
    path, start = "/".join(parts), "/".join(parts[: cut % len(parts) + 1])
    assert excluder([path])(path)
    assert excluder([f"{start}/**"])(path)
    assert excluder([f"**/{parts[-1]}"])(path)
    assert not excluder([f"{path}/**"])(f"x/{path}")


@pytest.mark.parametrize("glob", ["", "/docs/**", "docs/", "./a", "a/../b", "**.md", "a**/b"])
@pytest.mark.parametrize("connector", ["git", "directory"])
def test_a_glob_that_matches_nothing_is_refused(tmp_path: Path, glob: str, connector: str) -> None:
    place = {"git": "url", "directory": "path"}[connector]
    entry = {"name": "a", "category": "in_house", "connector": connector, place: "x"}
    with pytest.raises(ConfigError, match=r"project\.yaml:\d+: sources\.a\.exclude\.0"):
        project(tmp_path, entry | {"exclude": [glob]})


def _paths(lake: Any, table: str = "occurrences") -> list[str]:
    return sorted(lake.read(table)["path"])


def test_excluded_files_of_a_folder_do_not_exist(tmp_path: Path) -> None:
    code = tmp_path / "code"
    (code / "lib" / "skip").mkdir(parents=True)
    (code / "lib" / "a.py").write_text("a = 1\n")
    (code / "lib" / "A.PY").write_text("a = 2\n")
    (code / "lib" / "skip" / "b.py").write_text("b = 1\n")
    (code / "lib" / "skip" / "link").symlink_to("b.py")
    (code / "all.tar").write_bytes(tar_bytes([("c.py", b"c = 1\n"), ("skip/d.py", b"d = 1\n")]))
    source = directory_source(code, exclude=["**/skip/**", "lib/A.PY"])
    outcome, lake = gather(project(tmp_path, source), tmp_path)
    assert _paths(lake) == ["all.tar", "all.tar!/c.py", "lib/a.py"]
    assert (outcome.files, outcome.quarantined) == (3, 0)
    assert_accounted(lake)
    (code / "lib" / "skip" / "b.py").write_text("b = 2\n")
    assert gather(project(tmp_path, source), tmp_path)[0].unchanged == 1
    (code / "lib" / "a.py").write_text("a = 3\n")
    assert gather(project(tmp_path, source), tmp_path)[0].collected == 1


@pytest.mark.parametrize("history", [False, True])
def test_excluded_files_of_a_repository_do_not_exist(tmp_path: Path, history: bool) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    git(repository, "init", "-q", "-b", "main")
    commit(repository, {"a.py": "a = 1\n", "others/b.py": "b = 1\n"})
    (repository / "others" / "link").symlink_to("b.py")
    tip = commit(repository, {"others/c.py": "c = 1\n"})
    source = {"name": "repo", "category": "open_source", "connector": "git",
              "url": str(repository), "history": history}  # fmt: skip
    _, lake = gather(project(tmp_path, source), tmp_path)
    assert _paths(lake) == ["a.py", "others/b.py", "others/c.py"]
    assert _paths(lake, "quarantine") == ["others/link"]
    # Another setting: what is stored is collected anew, and the excluded files go.
    found = project(tmp_path, source | {"exclude": ["others/**"]})
    outcome, _ = gather(found, tmp_path)
    assert (outcome.unchanged, outcome.files, outcome.quarantined) == (0, 1, 0)
    assert _paths(lake) == ["a.py"]
    assert lake.read("quarantine").is_empty()
    counted = dict(lake.read("revisions").select("revision", "n_files").iter_rows())
    assert counted[tip] == (0 if history else 1)
    assert gather(found, tmp_path)[0].collected == 0
