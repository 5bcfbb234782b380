"""The example deliveries: reproducible, valid but for the planted defects, large enough."""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

REPOSITORY = Path(__file__).parents[2]
SCHEMAS = REPOSITORY / "corpus_assets/collect/schemas"
ZONE = REPOSITORY / "examples/deliveries"
VENDOR = ZONE / "commercial/northlight-code"
LOT = VENDOR / "lot-2026-07"
BATCH = ZONE / "freelance/algorithm-studio/batch-2026-10"
DELIVERIES = [LOT, VENDOR / "lot-2026-08", VENDOR / "lot-2026-09", BATCH]


@lru_cache
def checker(schema):
    return Draft202012Validator(json.loads((SCHEMAS / f"{schema}.json").read_text("utf-8")))


def read_lines(path, schema):
    """The valid objects of a JSON Lines file, and the ids of the lines that are not."""
    valid, refused = [], set()
    for line in path.read_text("utf-8").splitlines():
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            refused.add("no JSON")
            continue
        name = next(value for key, value in record.items() if key in ("record_id", "review_id"))
        if checker(schema).is_valid(record) and ".." not in record.get("path", ""):
            valid.append(record)
        else:
            refused.add(name)
    return valid, refused


@pytest.fixture(scope="module")
def records():
    return read_lines(LOT / "payload/records.jsonl", "commercial_record")


def rows(table):
    lines = (BATCH / f"payload/{table}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.endswith("}")]


def files_below(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_generator_writes_what_is_committed(tmp_path):
    command = [sys.executable, "-B", str(ZONE / "generate.py"), "--into", str(tmp_path)]
    subprocess.run(command, check=True, timeout=60)
    for category in ("commercial", "freelance"):
        assert files_below(tmp_path / category) == files_below(ZONE / category)


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda path: path.name)
def test_manifests_are_valid_and_name_their_folder(delivery):
    manifest = json.loads((delivery / "manifest.json").read_text("utf-8"))
    assert [error.message for error in checker("manifest").iter_errors(manifest)] == []
    place = (manifest["category"], manifest["source_id"], manifest["delivery_id"])
    assert place == delivery.relative_to(ZONE).parts
    documents = [agreement["document"] for agreement in manifest["agreements"]]
    assert all((delivery / document).is_file() for document in documents)


@pytest.mark.parametrize(
    ("delivery", "wrong"),
    [(LOT, []), (DELIVERIES[1], []), (DELIVERIES[2], ["payload/records.jsonl"]), (BATCH, [])],
    ids=lambda value: getattr(value, "name", ""),
)
def test_checksums(delivery, wrong):
    listed = dict(
        reversed(line.split("  ", 1))
        for line in (delivery / "checksums.sha256").read_text("utf-8").splitlines()
    )
    found = files_below(delivery)
    for name in ("_READY", "checksums.sha256"):
        found.pop(name, None)
    assert listed.keys() == found.keys()
    broken = [name for name in found if hashlib.sha256(found[name]).hexdigest() != listed[name]]
    assert broken == wrong


def test_only_one_lot_is_not_ready():
    assert [path.name for path in DELIVERIES if not (path / "_READY").exists()] == ["lot-2026-08"]


def test_the_lot_is_large_and_varied(records):
    valid, _ = records
    good = [record for record in valid if not record["record_id"].startswith("nl-x-")]
    assert len(good) >= 150
    assert len({record["record_id"] for record in valid}) == len(valid)
    assert len({record["path"] for record in valid}) == len(valid)
    languages = Counter(record["language"] for record in good)
    assert sum(count >= 5 for count in languages.values()) >= 8
    kinds = {record["kind"] for record in good}
    assert {"module", "function", "class", "test", "fix", "script", "query"} <= kinds
    assert len({record["content"] for record in good}) == len(good)


def test_every_placeholder_was_filled(records):
    valid, _ = records
    words = ("@entity@", "@entities@", "@key@", "@group@", "@amount@", "%%=")
    assert [
        r["record_id"] for r in valid if any(word in r["content"].lower() for word in words)
    ] == []


def test_no_two_good_records_are_near_duplicates(records):
    valid, _ = records
    good = [record for record in valid if not record["record_id"].startswith("nl-x-")]
    shingles = []
    for record in good:
        words = record["content"].split()
        shingles.append({tuple(words[at : at + 5]) for at in range(max(1, len(words) - 4))})
    close = [
        (good[i]["path"], good[j]["path"])
        for i in range(len(good))
        for j in range(i)
        if len(shingles[i] & shingles[j]) >= 0.7 * len(shingles[i] | shingles[j])
    ]
    assert close == []


def test_invalid_records_are_the_planted_ones(records):
    _, refused = records
    assert refused == {"bad-no-content", "bad-kind", "bad-path", "bad-extra-key", "no JSON"}


def test_planted_records(records):
    valid, _ = records
    planted = {r["record_id"].removeprefix("nl-x-"): r for r in valid if "-x-" in r["record_id"]}
    contents = Counter(record["content"] for record in valid)
    assert {name for name, record in planted.items() if contents[record["content"]] > 1} == {
        "exact-duplicate-1", "exact-duplicate-2", "wrong-language",
    }  # fmt: skip
    assert "GPL-2.0-or-later" in planted["gpl-header"]["content"]
    assert planted["minified"]["content"].count("\n") == 1
    assert planted["made-by-a-model"]["ai_assist"] == "generated"
    assert planted["expired-grant"]["path"].startswith("legacy/")
    with pytest.raises(SyntaxError):
        compile(planted["not-parsing"]["content"], "record", "exec")


def test_good_python_records_parse(records):
    valid, _ = records
    for record in valid:
        if record["language"] == "Python" and not record["record_id"].startswith("nl-x-"):
            compile(record["content"], record["path"], "exec")


@pytest.mark.parametrize("table", ["tasks", "submissions", "checks", "reviews"])
def test_freelance_tables_are_valid(table):
    for record in rows(table):
        if record.get("review_id") != "r-no-decision":
            assert checker(f"freelance_{table[:-1]}").is_valid(record), record


def test_the_batch_is_large_enough_and_tries_again():
    tasks, submissions = rows("tasks"), rows("submissions")
    assert len({task["task_id"] for task in tasks}) >= 24
    assert len({task["language"] for task in tasks}) >= 6
    assert {task["task_id"] for task in tasks} == {one["task_id"] for one in submissions}
    assert sum(one["attempt"] == 2 for one in submissions) == 5


def test_only_the_planted_submission_misses_a_file():
    missing = {
        one["submission_id"]
        for one in rows("submissions")
        for name in one["solution_paths"] + one["test_paths"]
        if not (BATCH / "payload/tree" / one["submission_id"] / name).is_file()
    }
    assert missing == {"s-22-1"}


def test_every_file_of_the_tree_belongs_to_a_submission():
    named = {
        f"{one['submission_id']}/{name}"
        for one in rows("submissions")
        for name in one["solution_paths"] + one["test_paths"]
    }
    assert files_below(BATCH / "payload/tree").keys() <= named


def test_submissions_without_a_flaw_meet_the_rules_of_acceptance():
    """All mandatory checks, two reviews by others, one senior, own work, assigned in time."""
    manifest = json.loads((BATCH / "manifest.json").read_text("utf-8"))
    signed = {item["agreement_id"]: item["valid_from"] for item in manifest["agreements"]}
    mandatory = {task["task_id"]: set(task["mandatory_checks"]) for task in rows("tasks")}
    reviews = [review for review in rows("reviews") if "decision" in review]
    passed = {(c["submission_id"], c["kind"]) for c in rows("checks") if c["outcome"] == "pass"}
    flawed = set()
    for one in rows("submissions"):
        name = one["submission_id"]
        by = [review for review in reviews if review["submission_id"] == name]
        others = [review for review in by if review["reviewer_id"] != one["contributor_id"]]
        fine = (
            all((name, kind) in passed for kind in mandatory[one["task_id"]])
            and len(others) == len(by) >= 2
            and any(review["reviewer_level"] != "peer" for review in others)
            and all(review["decision"] in ("accept", "minor") for review in others)
            and one["ai_assist"] == "none"
            and signed[one["agreement_id"]] <= one["submitted_at"][:10]
        )
        if not fine:
            flawed.add(name)
    assert flawed == {
        "s-02-1", "s-06-1", "s-07-1", "s-08-1", "s-10-1", "s-11-1",
        "s-13-1", "s-16-1", "s-22-1", "s-24-1", "s-25-1",
    }  # fmt: skip


def test_the_tests_of_accepted_python_submissions_pass(tmp_path):
    """Ours, written by hand and small: the only example code that is ever run."""
    for name in ("s-01-1", "s-02-2", "s-03-1", "s-04-1", "s-05-1", "s-08-2"):
        for path in (BATCH / "payload/tree" / name).iterdir():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "-c", "/dev/null", "--rootdir", ".", "."],
        cwd=tmp_path, timeout=60, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "26 passed" in done.stdout
