"""Collecting into a lake: unchanged, changed, killed, concurrent and failing runs."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

from corpus_assets.collect.identity import content_id, sha256
from corpus_assets.collect.prune import prune
from corpus_assets.lake import Lake
from corpus_assets_tests.collect.support import (
    PROVENANCE,
    assert_accounted,
    directory_source,
    gather,
    project,
    tables,
    tar,
    tar_bytes,
    versions,
)


def test_every_file_is_an_occurrence_and_every_content_stored_once(
    tmp_path: Path, code: Path
) -> None:
    outcome, lake = gather(project(tmp_path, directory_source(code)), tmp_path)
    assert (outcome.collected, outcome.unchanged, outcome.failures) == (1, 0, [])
    assert (outcome.files, outcome.quarantined) == (6, 1)
    found = lake.read("occurrences")
    assert found["path"].to_list() == ["b.js", "latin.c", "logo.bin", "src/a.py", "src/copy.py"]
    assert found["language"].to_list() == ["javascript", "c", "other", "python", "python"]
    assert set(found["origin"]) == {"dir:code"}
    contents = lake.read("contents")
    assert contents.height == 4
    stored = {row["content_id"]: row for row in contents.iter_rows(named=True)}
    text = b"def a():\n    return 1\n"
    assert stored[content_id(text)]["data"] == text
    assert stored[content_id(text)]["sha256"] == sha256(text)
    assert stored[content_id(b"\0\1\2\3")]["data"] is None
    assert stored[content_id(b"\0\1\2\3")]["encoding"] == "binary"
    assert sorted(contents["encoding"]) == ["binary", "cp1252", "utf_8", "utf_8"]
    (rejected,) = lake.read("quarantine").to_dicts()
    assert (rejected["path"], rejected["reason"]) == ("link", "symlink")
    assert_accounted(lake)


def test_no_machine_path_reaches_the_data(tmp_path: Path, code: Path) -> None:
    (code / "broken.tar.gz").write_bytes(gzip.compress(tar_bytes([("a.py", b"a" * 999)]))[:-9])
    dump = tmp_path / "bad.parquet"
    dump.write_bytes(b"PAR1 and then nothing")
    sources = [directory_source(code), {"name": "d", "category": "open_source",
               "connector": "dump", "path": str(dump)}]  # fmt: skip
    _, lake = gather(project(tmp_path, *sources), tmp_path)
    for name, frame in tables(lake).items():
        text = frame.drop("data", strict=False).write_ndjson()
        assert str(tmp_path) not in text, name
    assert set(lake.read("quarantine")["reason"]) == {
        "symlink", "corrupt_archive", "truncated_parquet",
    }  # fmt: skip


def test_a_second_collection_writes_nothing(tmp_path: Path, code: Path) -> None:
    found = project(tmp_path, directory_source(code))
    _, lake = gather(found, tmp_path)
    before = versions(lake)
    outcome, _ = gather(found, tmp_path)
    assert (outcome.collected, outcome.unchanged, outcome.files) == (0, 1, 0)
    assert versions(lake) == before


def test_other_settings_replace_the_revision_and_nothing_else(tmp_path: Path, code: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "o.py").write_text("o = 1\n")
    sources = [directory_source(code), directory_source(other, "other")]
    gather(project(tmp_path, *sources), tmp_path)
    agreement = {"agreement_id": "A-1", "kind": "employment", "license_class": "owned",
                 "license_expression": "LicenseRef-own"}  # fmt: skip
    sources[0]["agreements"] = [agreement]
    outcome, lake = gather(project(tmp_path, *sources), tmp_path)
    assert (outcome.collected, outcome.unchanged) == (1, 1)
    assert lake.read("revisions").height == 2
    assert lake.read("agreements")["source"].to_list() == ["code"]
    assert_accounted(lake)


def test_changed_folders_are_new_revisions_and_prune_removes_the_old(
    tmp_path: Path, code: Path
) -> None:
    found = project(tmp_path, directory_source(code))
    gather(found, tmp_path)
    (code / "b.js").write_text("let b = 3;\n")
    outcome, lake = gather(found, tmp_path)
    assert outcome.collected == 1
    assert lake.read("revisions").height == 2
    state = tmp_path / "state"
    listed = prune(found, lake, "open_source", PROVENANCE, state, apply=False)
    assert listed.height == 1
    assert lake.read("revisions").height == 2
    prune(found, lake, "open_source", PROVENANCE, state, apply=True)
    assert lake.read("revisions").height == 1
    assert lake.read("occurrences").height == 5
    assert lake.read("quarantine").height == 1
    assert prune(found, lake, "open_source", PROVENANCE, state, apply=False).is_empty()


def test_prune_removes_sources_that_left_the_project(tmp_path: Path, code: Path) -> None:
    gather(project(tmp_path, directory_source(code), directory_source(code, "twin")), tmp_path)
    found = project(tmp_path, directory_source(code))
    lake = Lake(str(tmp_path / "lake"))
    listed = prune(found, lake, "open_source", PROVENANCE, tmp_path / "state", apply=True)
    assert listed["source"].to_list() == ["twin"]
    assert set(lake.read("occurrences")["source"]) == {"code"}


def test_one_failing_source_does_not_stop_the_others(tmp_path: Path, code: Path) -> None:
    missing = directory_source(tmp_path / "nowhere", "gone", optional=True)
    strange = {"name": "strange", "category": "open_source", "connector": "archive",
               "path": str(code / "b.js")}  # fmt: skip
    outcome, lake = gather(project(tmp_path, missing, strange, directory_source(code)), tmp_path)
    assert outcome.collected == 1
    assert [(item.source, item.optional) for item in outcome.failures] == [
        ("gone", True), ("strange", False),
    ]  # fmt: skip
    assert outcome.failed == 1
    assert "no such folder; correct the path" in outcome.failures[0].message
    assert "not a known kind of archive" in outcome.failures[1].message
    assert lake.read("revisions")["source"].to_list() == ["code"]


def test_a_corrupt_archive_is_one_quarantined_revision(tmp_path: Path) -> None:
    path = tar(tmp_path / "a.tar.gz", [(f"f{n}.py", b"x = 1\n" * 500) for n in range(9)])
    path.write_bytes(path.read_bytes()[:-20])
    source = {"name": "arc", "category": "open_source", "connector": "archive", "path": str(path)}
    found = project(tmp_path, source)
    outcome, lake = gather(found, tmp_path)
    assert (outcome.collected, outcome.files, outcome.quarantined) == (1, 1, 1)
    (row,) = lake.read("quarantine").to_dicts()
    assert (row["path"], row["reason"], row["origin"]) == (
        "", "corrupt_archive", "archive:arc/a.tar.gz",
    )  # fmt: skip
    assert lake.read("contents").is_empty()
    assert gather(found, tmp_path)[0].unchanged == 1
    tar(path, [("f.py", b"x = 1\n")])
    outcome, lake = gather(found, tmp_path)
    assert outcome.files == 1
    assert lake.read("revisions")["revision_date"].to_list().count("2023-11-14") == 1


def test_large_revisions_are_spilled_and_stored_whole(tmp_path: Path) -> None:
    folder = tmp_path / "big"
    folder.mkdir()
    line = "x" * 99 + "\n"
    for number in range(10):
        (folder / f"f{number}.txt").write_text(f"{number}\n" + line * 90_000)
    started = time.monotonic()
    outcome, lake = gather(project(tmp_path, directory_source(folder)), tmp_path)
    assert time.monotonic() - started < 30
    assert outcome.files == 10
    assert lake.read("contents")["data"].bin.size().sum() == outcome.bytes
    assert_accounted(lake)
