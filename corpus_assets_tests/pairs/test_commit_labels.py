"""Labels of commits: exact forms, declared types, words, kinds of files, bots."""

from __future__ import annotations

import polars as pl
import pytest

from corpus_assets.pairs.commits.bots import is_bot
from corpus_assets.pairs.commits.cues import CUES, LABELS
from corpus_assets.pairs.commits.files import file_kinds
from corpus_assets.pairs.commits.labels import labels
from corpus_assets.pairs.commits.text import parsed

CHANGES = {
    "commit": pl.String, "path": pl.String, "status": pl.String, "mode": pl.String,
    "before_blob": pl.String, "after_blob": pl.String,
}  # fmt: skip


def label(
    message: str,
    paths: tuple[str, ...] = ("src/engine.py",),
    author: str = "Ann Author",
    email: str = "ann@example.org",
    parents: tuple[str, ...] = ("p",),
    status: str = "M",
) -> dict[str, object]:
    commits = pl.DataFrame(
        {
            "commit": ["c"], "parents": [list(parents)], "author_name": [author],
            "author_email": [email], "message": [message], "faults": [[]],
        },
        schema_overrides={"faults": pl.List(pl.String), "parents": pl.List(pl.String)},
    )  # fmt: skip
    rows = [("c", path, status, "100644", "1" * 40, "2" * 40) for path in paths]
    changes = pl.DataFrame(rows, schema=CHANGES, orient="row")
    counts = pl.DataFrame({"commit": ["c"], "n_files": [len(paths)]})
    return labels(commits, changes, counts).row(0, named=True)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Fix crash when the list of tokens is empty", "bugfix"),
        ("fix(parser): do not lose the last line", "bugfix"),
        ("[BUGFIX] Reader keeps the lock after an error", "bugfix"),
        ("Prevent a deadlock between pool and scheduler", "bugfix"),
        ("Handle NULL pointer returned by open_stream()", "bugfix"),
        ("Don't drop the connection when the peer is slow", "bugfix"),
        ("net: wrong byte order in the header", "bugfix"),
        ("CVE-2024-12345: check length before copying", "bugfix"),
        ("Correct off-by-one in page numbers", "bugfix"),
        ("Fix flaky test of the scheduler", "test"),
        ("Add tests for the reader", "test"),
        ("Fix typo in the guide", "docs"),
        ("docs: describe the cache", "docs"),
        ("Fix lint errors", "style"),
        ("style: run the formatter", "style"),
        ("Fix build on Windows", "build"),
        ("ci: cache the toolchain", "build"),
        ("Bump lodash from 4.17.20 to 4.17.21", "dependency"),
        ("build(deps): bump actions/checkout from 3 to 4", "dependency"),
        ("fix(deps): update dependency chalk to v5", "dependency"),
        ("Release 1.4.0", "release"),
        ("v2.0.1", "release"),
        ("[maven-release-plugin] prepare release tool-1.2", "release"),
        ('Revert "Add a cache of tokens"\n\nThis reverts commit ' + "a" * 40 + ".", "revert"),
        ("Merge branch 'main' into topic", "merge"),
        ("Merge pull request #12 from someone/topic\n\nFix the reader", "merge"),
        ("Add an option for timeouts", "feature"),
        ("feat: stream answers", "feature"),
        ("Refactor the scheduler into two classes", "refactor"),
        ("Rename Reader to Source", "refactor"),
    ],
)
def test_messages(message: str, expected: str) -> None:
    found = label(message)
    assert found["label"] == expected, found
    assert found["evidence"]
    assert 0 < float(str(found["confidence"])) <= 0.98


def test_files_outweigh_a_vague_message() -> None:
    assert label("Fix it", ("docs/index.md",))["label"] == "docs"
    assert label("Update", ("tests/test_reader.py",))["label"] == "test"
    assert label("Update", (".github/workflows/ci.yml",))["label"] == "build"
    assert label("Update", ("package.json", "package-lock.json"))["label"] == "dependency"
    assert label("Say more", ("src/new.py",), status="A")["label"] == "feature"


def test_two_parents_are_a_merge_whatever_the_message_tells() -> None:
    found = label("Fix crash of the reader", (), parents=("p", "q"))
    assert found["label"] == "merge"
    assert found["evidence"] == ["two or more parents"]


def test_issue_references_at_the_end_do_not_make_a_fix() -> None:
    assert label("Add a rule for quotes (fixes #12) (#13)")["label"] == "feature"
    assert label("Document the rule for quotes (fixes #12)")["label"] == "docs"


def test_bodies_speak_where_the_subject_does_not() -> None:
    quiet = label("Look at the length first")
    told = label(
        "Look at the length first\n\nWithout it the reader crashes on empty files.\n\n"
        "Fixes: 0123456789ab\nReported-by: Someone <s@example.org>\n"
    )
    assert quiet["label"] != "bugfix"
    assert told["label"] == "bugfix"


def test_bots_are_exact_accounts() -> None:
    people = pl.DataFrame(
        {
            "author_name": ["Abbott", "dependabot[bot]", "Robot Wars Fan", "renovate", "Botond"],
            "author_email": ["a@b.c", "x@y.z", "bot@example.org", "r@example.org", "b@b.c"],
        }
    )
    assert people.select(is_bot()).to_series().to_list() == [False, True, False, True, False]
    mail = "49699333+dependabot[bot]@users.noreply.github.com"
    assert label("Bump x from 1 to 2", email=mail)["label"] == "dependency"


def test_odd_messages_have_a_label() -> None:
    for message in ("", "\n\n", "\x00", "é" * 5_000, "(" * 300, "fix " * 20_000, "修复崩溃"):
        assert label(message)["label"] in LABELS


def test_subjects_lose_what_only_looks_like_words() -> None:
    commits = pl.DataFrame(
        {"commit": ["c"], "message": ["[NET-12] Fix `test_x` and parse_header() in v1.2.3 (#45)"]}
    )
    row = parsed(commits).row(0, named=True)
    assert row["subject"] == "fix test and idtok in vertok"
    assert row["head"] == "fix test"
    assert row["raw_subject"] == "[NET-12] Fix `test_x` and parse_header() in v1.2.3 (#45)"


def test_kinds_of_files() -> None:
    kinds = {
        "src/a.py": "code", "tests/a.py": "test", "a_test.go": "test", "README.md": "docs",
        "docs/conf.py": "docs", "Cargo.lock": "lock", "go.mod": "manifest", "Makefile": "build",
        ".travis.yml": "ci", ".eslintrc.json": "style", "po/de.po": "translation",
        "latest.txt": "other", "contest/solve.c": "code", "LICENSE": "docs",
    }  # fmt: skip
    found = pl.DataFrame({"path": list(kinds)}).select(file_kinds(pl.col("path"))).to_series()
    assert dict(zip(kinds, found, strict=True)) == kinds


def test_cues_name_columns_and_labels_that_exist() -> None:
    names = [cue.name for cue in CUES]
    assert len(names) == len(set(names))
    for cue in CUES:
        assert set(cue.weights) <= set(LABELS), cue.name
