"""Five categories to a served, audited mix: what holds of every run."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from corpus_assets.curate.accounting import verify as ledger_problems
from corpus_assets.languages import SOURCE_CATEGORIES, STAGES
from corpus_assets.serve.released import released_choices
from corpus_assets.tables import TABLES
from corpus_assets_tests.conftest import Project, project_at

# Rows of these say when or by whom something ran, so they differ from one project to the next.
_OF_THE_PLACE = frozenset({"secrets"})


def killed_in_the_middle(project: Project) -> None:
    """Start a build and kill it, without mercy, when the first ledger is written."""
    command = [sys.executable, "-m", "corpus_assets.cli.main", "build"]
    building = subprocess.Popen(
        command, env=dict(project.environment), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while building.poll() is None and not project.workspace.lake.exists("ledger"):
        time.sleep(0.1)
    assert building.poll() is None, "the build ended before it could be killed"
    building.kill()
    building.wait()
    assert not project.workspace.lake.exists("releases")


def asked(project: Project, *arguments: str) -> Any:
    """The JSON that a verb prints."""
    return json.loads(project.corpus(*arguments, "--json").stdout)


def test_every_category_is_collected_and_served(built: Project) -> None:
    status = asked(built, "status")
    assert {row["source_category"] for row in status["source_categories"]} == set(SOURCE_CATEGORIES)
    assert {row["stage"] for row in status["stages"]} == set(STAGES)
    assert all(row["rows"] > 0 for row in status["stages"])
    assert status["release"]["rows"] == sum(row["rows"] for row in status["stages"])
    assert Path(status["release"]["catalog"]).is_file()


def test_a_second_build_has_nothing_to_do(built: Project) -> None:
    assert "Nothing new" in built.corpus("collect").stdout
    assert "Nothing changed" in built.corpus("build").stdout
    assert asked(built, "build") == {"runs": 0, "failures": []}


def test_files_are_occurrences_or_quarantined(built: Project) -> None:
    lake = built.workspace.lake
    revisions = lake.read("revisions")
    occurrences, quarantined = lake.read("occurrences").height, lake.read("quarantine").height
    assert revisions["n_files"].sum() == occurrences + revisions["n_quarantined"].sum()
    # Deliveries that were set aside whole are rows of quarantine without a file.
    assert quarantined >= revisions["n_quarantined"].sum()
    assert {"not_ready", "checksum"} <= set(lake.read("quarantine")["reason"])


def test_every_content_is_a_document_of_one_language(built: Project) -> None:
    lake = built.workspace.lake
    contents, documents = lake.read("contents"), lake.read("documents")
    assert documents["content_id"].sort().to_list() == contents["content_id"].sort().to_list()
    assert documents["n_occurrences"].sum() == lake.read("occurrences").height


def test_stored_bytes_have_the_ids_they_are_stored_under(built: Project) -> None:
    for row in built.workspace.lake.read("contents").iter_rows(named=True):
        if row["data"] is not None:
            blob = b"blob %d\0" % len(row["data"]) + row["data"]
            assert row["content_id"] == "swh:1:cnt:" + hashlib.sha1(blob).hexdigest()
            assert row["sha256"] == hashlib.sha256(row["data"]).hexdigest()


def test_documents_in_are_kept_or_removed_by_a_first_gate(built: Project) -> None:
    lake = built.workspace.lake
    for language in sorted(lake.versions("ledger")):
        documents = lake.read("documents", language)
        assert ledger_problems(documents, lake.read("ledger", language)) == [], language


def test_released_rows_are_granted_and_traced(built: Project) -> None:
    lake = built.workspace.lake
    mix = lake.read("training_mix")
    assert set(mix["license_state"]) == {"granted"}
    place = ["content_id", "source_category", "source", "origin", "revision", "path"]
    assert mix.join(lake.read("occurrences"), on=place, how="anti").height == 0
    evaluation = mix.filter(pl.col("stage") == "evaluation")["split_group"]
    training = mix.filter(pl.col("stage") != "evaluation")["split_group"]
    assert not set(evaluation) & set(training)


@pytest.mark.parametrize(
    ("path", "state", "license_class"),
    [
        ("lib/copied.py", "granted", "strong_copyleft"),
        ("script_30.py", "none_found", "unknown"),
        ("lib/module_1.py", "granted", "permissive"),
    ],
)
def test_licenses_fail_safe(built: Project, path: str, state: str, license_class: str) -> None:
    lake = built.workspace.lake
    concluded = lake.read("license_conclusions").filter(pl.col("path") == path)
    assert concluded.select("license_state", "license_class").rows() == [(state, license_class)]
    released = lake.read("training_mix").filter(pl.col("path") == path).height
    assert (released > 0) == (license_class == "permissive")


def test_a_near_copy_names_the_kept_file(built: Project) -> None:
    explained = asked(built, "explain", "lib/module_3_again.py")
    assert explained["outcome"] == "removed"
    assert "lib/module_3.py" in " ".join(explained["sentences"])


@pytest.mark.parametrize(
    ("path", "outcome", "words"),
    [
        ("lib/module_1.py", "kept", "Kept. "),
        ("script_30.py", "not_eligible", "gate 'license state' found none_found where no stage"),
        ("lib/copied.py", "not_eligible", "gate 'license class' found strong_copyleft where no"),
    ],
)
def test_explain_says_for_what_a_file_may_be_used(
    built: Project, path: str, outcome: str, words: str
) -> None:
    explained = asked(built, "explain", path)
    assert explained["outcome"] == outcome
    assert words in " ".join(explained["sentences"])
    readable = built.corpus("explain", path).stdout
    assert f"{path}: {outcome.replace('_', ' ')}" in readable
    if outcome == "not_eligible":
        resolution = built.workspace.lake.read("duplicate_resolution")
        of_file = resolution.filter(pl.col("content_id") == explained["content_id"])
        assert of_file["license_reason"][0].rstrip(".") in explained["sentences"][0]


def test_explain_knows_quarantined_items(built: Project) -> None:
    rejected = built.workspace.lake.read("quarantine").filter(pl.col("path") != "")
    path = rejected.sort("path")["path"][0]
    assert asked(built, "explain", path)["outcome"] == "quarantined"
    assert f"{path}: quarantined" in built.corpus("explain", path).stdout
    assert built.corpus("explain", "no/such/file.py", check=False).returncode == 1


def test_trace_reaches_from_a_released_row_to_the_runs(built: Project) -> None:
    row_id = asked(built, "query", "SELECT row_id FROM mix ORDER BY row_id LIMIT 1")[0]["row_id"]
    traced = asked(built, "trace", row_id)
    assert traced["occurrences"]
    assert traced["license_claims"]
    assert {"all", "pretraining"} <= {row["stage"] for row in traced["ledger"]}
    assert any(release["is_current"] for release in traced["releases"])
    made = {row["table"] for row in traced["made_by"]}
    assert {"training_mix", "curated_documents", "license_claims", "occurrences"} <= made
    for commit in traced["made_by"]:
        assert commit["found"], commit
        assert commit["run_id"]
        assert commit["code_version"]
        assert len(commit["policy_digest"]) == 64
    readable = built.corpus("trace", row_id).stdout
    assert traced["content_id"] in readable
    assert "Verdicts" in readable


@pytest.mark.parametrize(
    "sql", ["DROP TABLE documents", "COPY mix TO 'x.csv'", "SELECT 1; SELECT 2", "SELECT nothing"]
)
def test_queries_that_are_refused_say_so(built: Project, sql: str) -> None:
    done = built.corpus("query", sql, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")


def test_the_choices_of_the_current_release_are_found_again(built: Project) -> None:
    place = built.workspace
    found = released_choices(place.lake, place.published, place.mix.name, "python")
    mix = place.lake.read("training_mix").filter(
        (pl.col("language") == "python") & (pl.col("content_kind") == "file")
    )
    assert mix.height
    assert set(mix["content_id"]) <= set(found.filter("is_released")["content_id"])
    resolution = place.lake.read("duplicate_resolution", "python")
    assert found.select("content_id", "kept_content_id").equals(
        resolution.select("content_id", "kept_content_id")
    )
    assert released_choices(place.lake, place.published, "other", "python").height == 0


def test_a_changed_release_is_noticed(built: Project, tmp_path: Path) -> None:
    built.corpus("verify")
    copy = tmp_path / "published"
    shutil.copytree(built.workspace.published, copy)
    shard = next(copy.rglob("*.parquet"))
    data = bytearray(shard.read_bytes())
    data[len(data) // 2] ^= 1
    shard.write_bytes(data)
    changed = Project(built.folder, {**built.environment, "CORPUS_PUBLISHED": str(copy)})
    done = changed.corpus("verify", check=False)
    assert done.returncode == 1
    assert shard.name in done.stderr


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Another folder, order of sources and number of workers, and a kill on the way."""
    other = project_at(tmp_path_factory.mktemp("twin"))
    other.corpus("collect", *(f"--category={name}" for name in reversed(SOURCE_CATEGORIES)))
    killed_in_the_middle(other)
    other.corpus("build", "--workers", "1")
    return other


def test_a_killed_build_of_the_same_input_ends_with_equal_data(
    built: Project, twin: Project
) -> None:
    for table in TABLES:
        if table in _OF_THE_PLACE:
            continue
        one, two = (project.workspace.lake.versions(table) for project in (built, twin))
        assert one.keys() == two.keys(), table
        for partition in one:
            assert one[partition].data_version == two[partition].data_version, (table, partition)
    files = [
        {
            path.relative_to(project.workspace.published): path.read_bytes()
            for path in project.workspace.published.rglob("*")
            if path.is_file() and path.name != "catalog.duckdb"  # DuckDB numbers files at random
        }
        for project in (built, twin)
    ]
    assert files[0] == files[1]
    assert files[0]


def test_a_language_whose_last_file_is_gone_leaves_the_mix(twin: Project) -> None:
    lake = twin.workspace.lake
    assert lake.read("documents", "julia").height > 0
    shutil.rmtree(twin.folder / "sources" / "mit" / "only")
    twin.corpus("collect")
    twin.corpus("collect", "--prune", "--apply")
    twin.corpus("build")
    assert lake.read("documents", "julia").height == 0
    assert lake.read("curated_documents", "julia").height == 0
    assert "julia" not in set(lake.read("training_mix")["language"])
    assert asked(twin, "build") == {"runs": 0, "failures": []}


def test_secrets_differ_between_projects_only_by_their_key(built: Project) -> None:
    rows = built.workspace.lake.read("secrets")
    assert rows.height == 0 or rows["fingerprint"].str.len_chars().min() == 64


def test_an_unknown_language_ends_with_the_choices(built: Project) -> None:
    done = built.corpus("build", "--language", "klingon", check=False)
    assert done.returncode == 2
    assert "python" in done.stderr
