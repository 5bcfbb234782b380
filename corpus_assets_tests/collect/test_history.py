"""Reading the history of clones and bundles, with everything that can be odd about them."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from corpus_assets.collect.history.batches import read_history
from corpus_assets.collect.history.blobs import read_blobs
from corpus_assets.collect.history.changes import MAX_CHANGES, read_changes
from corpus_assets.collect.history.commits import MAX_MESSAGE_BYTES, read_commits
from corpus_assets.collect.history.repository import commit_ids, open_repository
from corpus_assets.collect.items import CollectError
from corpus_assets_tests.sample_history import START, Made, git, make_repository

PLAIN = [
    Made("First\n", {"a.py": b"a = 1\n", "b.py": b"b = 1\n"}),
    Made("Change a\n", {"a.py": b"a = 2\n"}),
    Made("Move b, drop nothing else\n", {"b.py": None, "c/b.py": b"b = 1\n"}),
]


def read(path: Path) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    with open_repository(path) as repository:
        parts = list(read_history(repository, commit_ids(repository)))
    return (
        pl.concat([commits for commits, _ in parts]),
        pl.concat([changes.rows for _, changes in parts]),
        pl.concat([changes.counts for _, changes in parts]),
    )


def test_commits_and_changes_of_a_bare_clone(tmp_path: Path) -> None:
    ids = make_repository(tmp_path / "r", PLAIN)
    commits, changes, counts = read(tmp_path / "r")
    assert commits["commit"].to_list() == ids
    assert commits["parents"].to_list() == [[], [ids[0]], [ids[1]]]
    assert commits["message"].to_list() == [made.message for made in PLAIN]
    assert commits["authored_at"].to_list() == [START, START + 3600, START + 7200]
    assert commits["faults"].list.len().sum() == 0
    assert counts["n_files"].to_list() == [2, 1, 2]
    assert changes.select("path", "status").rows() == [
        ("a.py", "A"), ("b.py", "A"), ("a.py", "M"), ("b.py", "D"), ("c/b.py", "A"),
    ]  # fmt: skip
    moved = changes.filter(pl.col("commit") == ids[2])
    assert moved["before_blob"][0] == moved["after_blob"][1] is not None


def test_work_trees_and_bundles_read_the_same(tmp_path: Path) -> None:
    make_repository(tmp_path / "r", PLAIN)
    git(tmp_path, "clone", "-q", "r", "work")
    git(tmp_path / "work", "checkout", "-q", "--detach", "HEAD")
    git(tmp_path / "r", "bundle", "create", "-q", str(tmp_path / "all.bundle"), "--all")
    git(tmp_path / "work", "bundle", "create", "-q", str(tmp_path / "head.bundle"), "HEAD")
    expected = read(tmp_path / "r")
    for path in ("work", "work/.git", "all.bundle", "head.bundle"):
        for found, same in zip(read(tmp_path / path), expected, strict=True):
            assert found.equals(same), path


def test_paths_without_history_are_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text").write_text("no bundle")
    make_repository(tmp_path / "r", PLAIN)
    git(tmp_path / "r", "bundle", "create", "-q", str(tmp_path / "new.bundle"), "main~1..main")
    git(tmp_path, "init", "-q", "unborn")
    for path, words in {
        "none": "no such file",
        "empty": "not a git repository",
        "text": "neither a folder nor a git bundle",
        "new.bundle": "needs others",
        "unborn": "no commit yet",
    }.items():
        with (
            pytest.raises(CollectError, match=words),
            open_repository(tmp_path / path) as repository,
        ):
            commit_ids(repository)


def test_a_folder_inside_a_work_tree_is_no_repository(tmp_path: Path) -> None:
    make_repository(tmp_path / "r", PLAIN)
    git(tmp_path, "clone", "-q", "r", "work")
    with (
        pytest.raises(CollectError, match="not a git repository"),
        open_repository(tmp_path / "work" / "c"),
    ):
        pass


def test_merges_have_parents_and_no_changes(tmp_path: Path) -> None:
    ids = make_repository(
        tmp_path / "r",
        [
            *PLAIN,
            Made("One\n", {"x": b"1"}, (2,)),
            Made("Two\n", {"y": b"1"}, (2,)),
            Made("Merge three\n", {"x": b"1", "y": b"1"}, (2, 3, 4)),
        ],
    )
    commits, changes, counts = read(tmp_path / "r")
    assert commits.filter(pl.col("commit") == ids[5])["parents"].to_list() == [ids[2:5]]
    assert changes.filter(pl.col("commit") == ids[5]).is_empty()
    assert counts.filter(pl.col("commit") == ids[5])["n_files"].to_list() == [0]


def test_odd_commits_are_read_and_their_faults_named(tmp_path: Path) -> None:
    hostile = "Eve \x1b[31m\u202e$(rm -rf) <eve@example.org>"
    far = 9_999_999_999_999
    make_repository(
        tmp_path / "r",
        [
            Made("Caf\xe9".encode("latin-1") + b"\n", {"a": b"1"}),
            Made("Caf\xe9\n".encode("latin-1"), {"a": b"2"}, encoding="ISO-8859-1"),
            Made("Future\n", {"a": b"3"}, time=START + 10**9),
            Made("Present\n", {"a": b"4"}),
            Made("Too far\n", {"a": b"5"}, time=far),
            Made(b"x" * (MAX_MESSAGE_BYTES + 5), {"a": b"6"}),
            Made("Hostile\n", {"a": b"7", "odd\u202ename": b"1"}, author=hostile),
        ],
    )
    commits, changes, _ = read(tmp_path / "r")
    assert commits["message"].to_list()[:2] == ["Café\n", "Café\n"]
    assert commits["faults"].to_list() == [
        ["encoding"], [], [], ["before_parent"], ["no_date"], ["long_message"], [],
    ]  # fmt: skip
    assert commits["message"].str.len_chars()[5] == MAX_MESSAGE_BYTES
    assert commits["author_name"][6] == "Eve [31m$(rm -rf)"
    assert "odd\u202ename" in changes["path"].to_list()


def test_shallow_clones_know_what_they_do_not_know(tmp_path: Path) -> None:
    ids = make_repository(tmp_path / "r", PLAIN)
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{tmp_path}/r", "s")
    commits, changes, counts = read(tmp_path / "s")
    assert commits["commit"].to_list() == ids[1:]
    assert commits["faults"].to_list() == [["shallow"], []]
    assert counts["n_files"].to_list() == [None, 2]
    assert changes["commit"].unique().to_list() == [ids[2]]


def test_partial_clones_are_read_without_fetching(tmp_path: Path) -> None:
    make_repository(tmp_path / "r", PLAIN)
    git(tmp_path / "r", "config", "uploadpack.allowFilter", "true")
    for kind, n_files in {"blob:none": [2, 1, 2], "tree:0": [None, None, None]}.items():
        clone = tmp_path / kind.replace(":", "")
        git(tmp_path, "clone", "-q", "--no-checkout", f"--filter={kind}",
            f"file://{tmp_path}/r", clone.name)  # fmt: skip
        with open_repository(clone) as repository:
            assert repository.is_partial
            ids = commit_ids(repository)
            rows, counts = read_changes(repository, ids)
            assert counts["n_files"].to_list() == n_files
            blobs = read_blobs(repository, rows["after_blob"].drop_nulls())
            assert blobs["state"].unique().to_list() == (["missing"] if rows.height else [])


def test_a_commit_of_very_many_files_is_bounded_and_counted(tmp_path: Path) -> None:
    many = {f"d{n % 50}/f{n}": b"x" for n in range(MAX_CHANGES + 200)}
    make_repository(tmp_path / "r", [Made("Many\n", many), Made("One\n", {"a": b"1"})])
    _, changes, counts = read(tmp_path / "r")
    assert counts["n_files"].to_list() == [MAX_CHANGES + 200, 1]
    assert changes.height == MAX_CHANGES + 1


def test_blobs_are_read_within_limits(tmp_path: Path) -> None:
    make_repository(
        tmp_path / "r",
        [
            Made("Files\n", {"a": b"small", "b": b"y" * 5_000, "e": b""}),
            Made("Module\n", {"sub": ("160000", b"1" * 40), "link": ("120000", b"a")}),
        ],
    )
    with open_repository(tmp_path / "r") as repository:
        rows, _ = read_changes(repository, commit_ids(repository))
        found = read_blobs(repository, rows["after_blob"], max_bytes=1_000)
    by_path = dict(rows.join(found, left_on="after_blob", right_on="blob").select(
        "path", pl.struct("state", "data")
    ).iter_rows())  # fmt: skip
    assert by_path["a"] == {"state": "ok", "data": b"small"}
    assert by_path["e"] == {"state": "ok", "data": b""}
    assert by_path["b"] == {"state": "too_large", "data": None}
    assert by_path["sub"] == {"state": "missing", "data": None}
    assert by_path["link"] == {"state": "ok", "data": b"a"}


def test_settings_of_the_repository_run_no_program(tmp_path: Path) -> None:
    make_repository(tmp_path / "r", PLAIN)
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    for key in ("diff.external", "core.fsmonitor", "gpg.program", "diff.x.textconv",
                "core.sshCommand", "core.pager"):  # fmt: skip
        git(tmp_path / "r", "config", key, str(trap))
    git(tmp_path / "r", "config", "log.showSignature", "true")
    (tmp_path / "r" / "info" / "attributes").write_text("*.py diff=x\n")
    _, changes, _ = read(tmp_path / "r")
    assert changes.height == 5
    assert not (tmp_path / "sprung").exists()


def test_a_repository_that_disappears_is_an_error_in_words(tmp_path: Path) -> None:
    ids = make_repository(tmp_path / "r", PLAIN)
    with open_repository(tmp_path / "r") as repository:
        shutil.rmtree(tmp_path / "r")
        with pytest.raises(CollectError, match=r"git rev-list|no commit"):
            commit_ids(repository)
        with pytest.raises(CollectError, match="went away"):
            read_commits(repository, ids, {})
        with pytest.raises(CollectError, match="went away"):
            read_changes(repository, ids)
