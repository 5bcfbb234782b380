"""`corpus scan commits` on clones and bundles, and its increments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from corpus_assets.cli.main import app
from corpus_assets_tests.sample_history import Made, git, make_repository

CODE = b"def first(items):\n    return items[0]\n"
FIXED = b"def first(items):\n    return items[0] if items else 0\n"
HISTORY = [
    Made("Initial commit\n", {"a.py": CODE}),
    Made("Fix crash on empty lists\n", {"a.py": FIXED}),
    Made("Document first\n", {"README.md": b"# first\n"}),
    Made("Release 1.0.0\n", {"VERSION": b"1.0.0\n"}),
]  # fmt: skip


def scan(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["scan", "commits", *arguments])
    return done.exit_code, done.stdout, done.stderr


def rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text().splitlines()]


def test_one_row_a_commit_from_clone_and_bundle(tmp_path: Path) -> None:
    ids = make_repository(tmp_path / "r", HISTORY)
    git(tmp_path / "r", "bundle", "create", "-q", str(tmp_path / "b"), "--all")
    for path in ("r", "b"):
        code, out, err = scan(str(tmp_path / path))
        assert code == 0, err
        found = [json.loads(line) for line in out.splitlines()]
        assert [row["commit"] for row in found] == ids
        assert [row["label"] for row in found][1:] == ["bugfix", "docs", "release"]
        assert [pair["kind"] for pair in found[1]["pairs"]] == ["bug_fix"]
        assert list(found[0]) == [
            "commit", "label", "confidence", "evidence", "pairs", "withheld", "faults",
        ]  # fmt: skip


def test_labels_alone(tmp_path: Path) -> None:
    make_repository(tmp_path / "r", HISTORY)
    out = tmp_path / "rows"
    assert scan(str(tmp_path / "r"), "--no-pairs", "--out", str(out))[0] == 0
    assert [row["label"] for row in rows(out)][1] == "bugfix"
    assert all(row["pairs"] == [] for row in rows(out))


def test_updates_read_only_what_is_new_and_keep_what_was_rewritten(tmp_path: Path) -> None:
    repository, out = tmp_path / "r", tmp_path / "rows"
    ids = make_repository(repository, HISTORY)
    git(repository, "update-ref", "refs/heads/main", ids[1])
    assert scan(str(repository), "--out", str(out), "--update")[0] == 0
    assert [row["commit"] for row in rows(out)] == ids[:2]
    with out.open("a") as file:
        file.write('{"commit": "cut sho')  # a scan that was killed
    git(repository, "update-ref", "refs/heads/main", ids[3])
    code, _, err = scan(str(repository), "--out", str(out), "--update")
    assert (code, "2 lines written" in err) == (0, True)
    assert [row["commit"] for row in rows(out)] == ids
    git(repository, "update-ref", "refs/heads/main", ids[0])
    code, _, err = scan(str(repository), "--out", str(out), "--update")
    assert "3 known commits are on no branch" in err
    assert [row["commit"] for row in rows(out)] == ids


def test_what_a_clone_lacks_is_said(tmp_path: Path) -> None:
    make_repository(tmp_path / "r", HISTORY)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{tmp_path}/r", "s")
    code, out, err = scan(str(tmp_path / "s"))
    assert code == 0
    assert "shallow clone" in err
    (row,) = [json.loads(line) for line in out.splitlines()]
    assert (row["label"], row["faults"], row["pairs"]) == ("release", ["shallow"], [])


def test_what_is_no_repository_ends_with_an_error(tmp_path: Path) -> None:
    code, _, err = scan(str(tmp_path))
    assert code == 1
    assert "not a git repository" in err


@pytest.mark.parametrize("options", [["--update"], ["--threshold", "0.9"], ["--matches"]])
def test_options_that_do_not_fit_are_refused(tmp_path: Path, options: list[str]) -> None:
    assert scan(str(tmp_path), *options)[0] == 2


def test_options_of_commits_belong_to_commits(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["scan", "languages", str(tmp_path), "--no-pairs"])
    assert done.exit_code == 2
