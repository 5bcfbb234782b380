"""Dumps: the published schemas, compressed or not, and what is wrong with their rows."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import zstandard

from corpus_assets.lake import Lake
from corpus_assets_tests.collect.support import assert_accounted, gather, jsonl, project

TEXT = "print('hello')\n"
ROWS: dict[str, dict[str, Any]] = {
    "stack_v1": {
        "hexsha": "1" * 40, "size": 15, "ext": "py", "lang": "Python", "content": TEXT,
        "max_stars_repo_name": "o/r", "max_stars_repo_path": "src/a.py",
        "max_stars_repo_head_hexsha": "c" * 40, "max_stars_repo_licenses": ["MIT"],
    },
    "stack_v2": {
        "blob_id": "b" * 40, "path": "/src/a.py", "repo_name": "o/r", "revision_id": "c" * 40,
        "detected_licenses": ["MIT"], "content": TEXT,
    },
    "stack_v3": {
        "repo_id": 7, "repo_path": "o/r", "commit_id": "c" * 40,
        "files": [{"file_path": "src/a.py", "content": TEXT, "language": "Python"},
                  {"file_path": "src/b.py", "content": TEXT, "language": "Python"}],
    },
    "starcoderdata": {
        "max_stars_repo_path": "src/a.py", "max_stars_repo_name": "o/r", "max_stars_count": 3,
        "id": "7", "content": TEXT,
    },
    "codeparrot": {
        "repo_name": "o/r", "path": "src/a.py", "copies": "1", "size": "15", "content": TEXT,
        "license": "mit",
    },
}  # fmt: skip


def source(path: Path, schema: str = "auto") -> dict[str, Any]:
    return {"name": "d", "category": "open_source", "connector": "dump", "path": str(path),
            "schema": schema}  # fmt: skip


@pytest.mark.parametrize("ending", ["parquet", "jsonl", "jsonl.gz", "jsonl.zst"])
@pytest.mark.parametrize("schema", sorted(ROWS))
def test_each_schema_is_recognized_in_each_format(tmp_path: Path, schema: str, ending: str) -> None:
    row = dict(ROWS[schema])
    if schema == "stack_v2":
        row["path"] = "src/a.py"
    path = tmp_path / f"shard-0.{ending}"
    text = jsonl([row]).encode()
    if ending == "parquet":
        pl.DataFrame([row]).write_parquet(path)
    else:
        pack = {"jsonl": bytes, "jsonl.gz": gzip.compress, "jsonl.zst": zstandard.compress}
        path.write_bytes(pack[ending](text))
    outcome, lake = gather(project(tmp_path, source(path)), tmp_path)
    assert outcome.failures == []
    found = lake.read("occurrences")
    assert set(found["origin"]) == {"o/r"}
    assert found["path"][0] == "src/a.py"
    commit = found["revision"][0].partition("+")[0]
    assert commit == ("c" * 40 if schema.startswith("stack") else "dump")
    assert lake.read("contents")["data"].to_list() == [TEXT.encode()]
    assert found.height == (2 if schema == "stack_v3" else 1)
    assert_accounted(lake)


def test_absolute_paths_of_the_stack_v2_are_kept_relative(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(jsonl([ROWS["stack_v2"]]))
    _, lake = gather(project(tmp_path, source(path)), tmp_path)
    assert lake.read("occurrences")["path"].to_list() == ["src/a.py"]


def test_the_stack_v2_without_text_says_what_is_missing(tmp_path: Path) -> None:
    row = {key: value for key, value in ROWS["stack_v2"].items() if key != "content"}
    pl.DataFrame([row]).write_parquet(tmp_path / "ids.parquet")
    outcome, lake = gather(project(tmp_path, source(tmp_path / "*.parquet")), tmp_path)
    (failure,) = outcome.failures
    assert "Software Heritage identifiers" in failure.message
    assert "column `content`" in failure.message
    assert lake.read("revisions").is_empty()


def test_unknown_columns_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"what": 1}\n')
    outcome, _ = gather(project(tmp_path, source(tmp_path / "a.jsonl")), tmp_path)
    assert "no known schema has columns what" in outcome.failures[0].message


def test_bad_rows_are_set_aside_with_their_line(tmp_path: Path) -> None:
    good = ROWS["codeparrot"]
    lines = [
        good,
        "{broken",
        "[1]",
        good | {"path": "../evil.py"},
        good | {"content": None},
        good | {"repo_name": None},
        good,
        good | {"path": "b.py", "content": "b\ud800\n"},
    ]
    (tmp_path / "a.jsonl").write_text(jsonl(lines))
    outcome, lake = gather(project(tmp_path, source(tmp_path / "a.jsonl")), tmp_path)
    assert outcome.files == 8
    found = dict(lake.read("quarantine").select("path", "reason").iter_rows())
    assert found == {
        "a.jsonl#2": "bad_json", "a.jsonl#3": "bad_record", "a.jsonl#4": "path_traversal",
        "a.jsonl#5": "no_text", "a.jsonl#6": "bad_record", "a.jsonl#7": "duplicate_member",
    }  # fmt: skip
    assert_accounted(lake)


@pytest.mark.parametrize("ending", ["parquet", "jsonl.gz", "jsonl.zst"])
def test_a_truncated_shard_is_quarantined_whole_and_others_stay(
    tmp_path: Path, ending: str
) -> None:
    rows = [ROWS["codeparrot"] | {"path": f"f{n}.py", "content": f"{n}\n" * n} for n in range(300)]
    good, bad = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    if ending == "parquet":
        pl.DataFrame(rows).write_parquet(good)
    else:
        pack = gzip.compress if ending.endswith("gz") else zstandard.compress
        good.write_bytes(pack(jsonl(rows).encode()))
    bad.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    outcome, lake = gather(project(tmp_path, source(tmp_path / f"?.{ending}")), tmp_path)
    assert (outcome.failures, outcome.quarantined) == ([], 1)
    (row,) = lake.read("quarantine").to_dicts()
    assert row["origin"] == f"dump:d/b.{ending}"
    assert row["reason"] in ("truncated_parquet", "corrupt_archive")
    assert lake.read("occurrences").height == 300
    assert_accounted(lake)


def test_shards_share_repositories_and_a_new_shard_is_all_that_is_read(tmp_path: Path) -> None:
    for number in range(2):
        row = ROWS["stack_v1"] | {"max_stars_repo_path": f"f{number}.py"}
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(row) + "\n")
    found = project(tmp_path, source(tmp_path / "*.jsonl"))
    _, lake = gather(found, tmp_path)
    assert set(lake.read("occurrences")["origin"]) == {"o/r"}
    (tmp_path / "2.jsonl").write_text(jsonl([ROWS["stack_v1"]]))
    outcome, _ = gather(found, tmp_path)
    assert (outcome.unchanged, outcome.files) == (2, 1)
    assert_accounted(lake)


def test_a_glob_without_match_is_a_failure(tmp_path: Path) -> None:
    outcome, _ = gather(project(tmp_path, source(tmp_path / "none*.parquet")), tmp_path)
    assert "matches no file; correct `path`" in outcome.failures[0].message


def test_facts_that_a_dump_states_are_kept_once_per_revision(tmp_path: Path) -> None:
    facts = {"star_events_count": 12, "fork_events_count": 3, "revision_date": "2021-05-06"}
    rows = [ROWS["stack_v2"] | facts | {"path": f"f{n}.py", "blob_id": f"{n}"} for n in range(3)]
    (tmp_path / "a.jsonl").write_text(jsonl(rows))
    _, lake = gather(project(tmp_path, source(tmp_path / "a.jsonl")), tmp_path)
    kept = set(lake.read("forge_facts").select("origin", "name", "value").iter_rows())
    assert kept == {("o/r", "stars", "12"), ("o/r", "forks", "3"),
                    ("o/r", "last_commit", "2021-05-06")}  # fmt: skip
    assert lake.read("forge_facts").height == 3


def stated(lake: Lake) -> set[tuple[str, str, str]]:
    return set(lake.read("forge_licenses").select("path", "field", "words").iter_rows())


@pytest.mark.parametrize(
    ("schema", "more", "expected"),
    [
        ("stack_v1", {}, {("", "max_stars_repo_licenses", "MIT")}),
        ("stack_v1", {"max_stars_repo_licenses": ["MIT", "GPL-2.0", None, 3, ""],
                      "max_issues_repo_licenses": ["Apache-2.0"]},
         {("", "max_stars_repo_licenses", "MIT"), ("", "max_stars_repo_licenses", "GPL-2.0")}),
        ("stack_v2", {"license_type": "permissive", "gha_license_id": "MIT"},
         {("src/a.py", "detected_licenses", "MIT"), ("src/a.py", "license_type", "permissive"),
          ("", "gha_license_id", "MIT")}),
        ("stack_v3", {"license_type": "no_license", "detected_licenses": [],
                      "files": [{"file_path": "b.py", "content": TEXT,
                                 "detected_licenses": ["ISC"]}]},
         {("", "license_type", "no_license"), ("b.py", "detected_licenses", "ISC")}),
        ("codeparrot", {}, {("", "license", "mit")}),
        ("codeparrot", {"license": {"x": 1}}, set()),
        ("codeparrot", {"license": " a\u0000b" + "x" * 500},
         {("", "license", "a\\x00b" + "x" * 197)}),
        ("starcoderdata", {}, set()),
    ],
)  # fmt: skip
def test_licenses_that_a_dump_states_are_kept_as_given(
    tmp_path: Path, schema: str, more: dict[str, Any], expected: set[tuple[str, str, str]]
) -> None:
    (tmp_path / "a.jsonl").write_text(jsonl([ROWS[schema] | more]))
    _, lake = gather(project(tmp_path, source(tmp_path / "a.jsonl")), tmp_path)
    assert stated(lake) == expected
    assert set(lake.read("forge_licenses")["origin"]) <= {"o/r"}
    assert_accounted(lake)


def test_what_is_stated_of_a_repository_is_kept_once_and_replaced_with_it(tmp_path: Path) -> None:
    rows = [ROWS["codeparrot"] | {"path": f"f{n}.py"} for n in range(50)]
    rows += [ROWS["codeparrot"] | {"path": "f0.py", "license": "gpl-2.0"}]  # set aside
    rows += [ROWS["codeparrot"] | {"path": "g.py", "license": "isc"}]
    (tmp_path / "a.jsonl").write_text(jsonl(rows))
    found = project(tmp_path, source(tmp_path / "a.jsonl"))
    _, lake = gather(found, tmp_path)
    assert stated(lake) == {("", "license", "mit"), ("", "license", "isc")}
    assert lake.read("forge_licenses").height == 2
    again = project(tmp_path, source(tmp_path / "a.jsonl"), limits={"max_file_bytes": 7})
    outcome, lake = gather(again, tmp_path, lake=lake)
    assert outcome.collected == 2
    assert lake.read("forge_licenses").height == 2


def test_parquet_lists_of_licenses(tmp_path: Path) -> None:
    pl.DataFrame([ROWS["stack_v1"] | {"max_stars_repo_licenses": ["MIT", "ISC"]}]).write_parquet(
        tmp_path / "a.parquet"
    )
    _, lake = gather(project(tmp_path, source(tmp_path / "a.parquet")), tmp_path)
    assert {words for _, _, words in stated(lake)} == {"MIT", "ISC"}
