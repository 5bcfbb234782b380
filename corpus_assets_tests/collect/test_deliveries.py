"""Deliveries: verified whole, validated record by record, accepted by the rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus_assets.collect.drop_zone import CHECKSUMS, READY
from corpus_assets_tests.collect.support import (
    AGREEMENT,
    assert_accounted,
    delivery,
    gather,
    project,
    seal,
)

RECORD = {"record_id": "r-1", "path": "a.py", "language": "Python", "kind": "module",
          "content": "a = 1\n"}  # fmt: skip
TASK = {"task_id": "t-1", "title": "Sum", "statement": "Add two numbers.", "language": "Python",
        "kind": "write", "difficulty": 1, "mandatory_checks": ["lint", "test"]}  # fmt: skip
SUBMISSION = {"submission_id": "s-1", "task_id": "t-1", "contributor_id": "c-1",
              "agreement_id": "A-1", "attempt": 1, "submitted_at": "2026-04-01T10:00:00Z",
              "ai_assist": "none", "solution_paths": ["sum.py"],
              "test_paths": ["test_sum.py"]}  # fmt: skip


def check(kind: str, outcome: str = "pass") -> dict[str, Any]:
    return {"check_id": f"k-{kind}-{outcome}", "submission_id": "s-1", "tool": kind,
            "tool_version": "1", "kind": kind, "outcome": outcome}  # fmt: skip


def review(who: str, level: str, decision: str = "accept", turn: int = 1) -> dict[str, Any]:
    return {"review_id": f"v-{who}-{turn}", "submission_id": "s-1", "reviewer_id": who,
            "reviewer_level": level, "round": turn, "decision": decision,
            "scores": {"correctness": 4, "clarity": 3}, "created_at": "2026-04-02"}  # fmt: skip


def freelance(**changes: Any) -> dict[str, Any]:
    """The payload of a delivery whose one submission is accepted, with changes."""
    return {
        "tasks.jsonl": [TASK],
        "submissions.jsonl": [SUBMISSION],
        "checks.jsonl": [check("lint"), check("test")],
        "reviews.jsonl": [review("r-1", "peer"), review("r-2", "senior", "minor")],
        "tree/s-1/sum.py": "def add(a, b):\n    return a + b\n",
        "tree/s-1/test_sum.py": "assert True\n",
    } | {f"{name}.jsonl": value for name, value in changes.items()}


def collected(tmp_path: Path, category: str) -> Any:
    source = {"name": "d", "category": category, "connector": "delivery",
              "path": str(tmp_path / "zone")}  # fmt: skip
    outcome, lake = gather(project(tmp_path, source), tmp_path, category)
    assert outcome.failures == []
    assert_accounted(lake)
    return lake


def test_records_become_occurrences_under_the_agreement(tmp_path: Path) -> None:
    solved = RECORD | {"record_id": "r-2", "path": "b.py", "prompt": "Write b.", "title": "B"}
    delivery(tmp_path / "zone", "commercial", {"records.jsonl": [RECORD, solved]})
    lake = collected(tmp_path, "commercial")
    found = lake.read("occurrences")
    assert found["path"].to_list() == ["a.py", "b.py"]
    assert set(found["origin"]) == {"delivery:commercial/vendor/lot-1"}
    (agreement,) = lake.read("agreements").to_dicts()
    assert (agreement["license_class"], agreement["path_prefix"]) == ("contract", "")
    (task,) = lake.read("tasks").to_dicts()
    assert (task["task_id"], task["statement"], task["language"]) == ("r-2", "Write b.", "python")
    (submission,) = lake.read("submissions").to_dicts()
    assert (submission["solution_paths"], submission["state"]) == (["b.py"], "accepted")
    assert lake.read("revisions")["revision_date"].to_list() == ["2026-05-01"]


def test_bad_records_are_set_aside_one_by_one(tmp_path: Path) -> None:
    records = [
        RECORD,
        {"record_id": "r-2"},
        "{not json",
        RECORD | {"record_id": "r-3", "path": "/abs.py"},
        RECORD,
        RECORD | {"record_id": "r-4", "path": "A.py"},
        RECORD | {"record_id": "r-5", "surprise": 1},
    ]
    delivery(tmp_path / "zone", "commercial", {"records.jsonl": records})
    lake = collected(tmp_path, "commercial")
    found = {(row["path"], row["reason"]) for row in lake.read("quarantine").to_dicts()}
    assert found == {
        ("records.jsonl#2", "invalid_record"), ("records.jsonl#3", "bad_json"),
        ("/abs.py", "absolute_path"), ("r-1", "duplicate_id"), ("A.py", "case_collision"),
        ("records.jsonl#7", "invalid_record"),
    }  # fmt: skip
    assert lake.read("occurrences").height == 1


def unready(folder: Path) -> None:
    (folder / READY).unlink()


def altered(folder: Path) -> None:
    records = folder / "payload" / "records.jsonl"
    records.write_text(records.read_text().replace("a = 1", "a = 2"))


def unlisted(folder: Path) -> None:
    (folder / "payload" / "extra.txt").write_text("x")


def lost(folder: Path) -> None:
    (folder / "payload" / "records.jsonl").unlink()


def unlisting(folder: Path) -> None:
    (folder / CHECKSUMS).unlink()


def misnamed(folder: Path) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"lot-1"', '"lot-2"'))
    seal(folder)


def unmanifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")
    seal(folder)


def miscounted(folder: Path) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"rows": 1', '"rows": 5'))
    seal(folder)


def undocumented(folder: Path) -> None:
    manifest = folder / "manifest.json"
    changed = manifest.read_text().replace('"kind"', '"document": "evidence/no.txt", "kind"')
    manifest.write_text(changed)
    seal(folder)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (unready, "not_ready"), (altered, "checksum"), (unlisted, "checksum"),
        (lost, "checksum"), (unlisting, "checksum"), (misnamed, "manifest"),
        (unmanifest, "manifest"), (miscounted, "declared_size"), (undocumented, "evidence"),
    ],
)  # fmt: skip
def test_an_unsound_delivery_is_quarantined_whole_until_it_is_mended(
    tmp_path: Path, spoil: Callable[[Path], None], reason: str
) -> None:
    folder = delivery(tmp_path / "zone", "commercial", {"records.jsonl": [RECORD]})
    spoil(folder)
    lake = collected(tmp_path, "commercial")
    (row,) = lake.read("quarantine").to_dicts()
    assert (row["path"], row["reason"]) == ("", reason)
    assert lake.read("occurrences").is_empty()
    assert lake.read("agreements").is_empty()
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    delivery(tmp_path / "zone", "commercial", {"records.jsonl": [RECORD]})
    lake = collected(tmp_path, "commercial")
    assert lake.read("quarantine").is_empty()
    assert lake.read("occurrences").height == 1


def test_a_superseded_delivery_is_left_out(tmp_path: Path) -> None:
    delivery(tmp_path / "zone", "commercial", {"records.jsonl": [RECORD]})
    delivery(tmp_path / "zone", "commercial", {"records.jsonl": [RECORD]},
             {"supersedes": "lot-1"}, "lot-2")  # fmt: skip
    lake = collected(tmp_path, "commercial")
    assert lake.read("revisions")["revision"].to_list() == ["lot-2"]


def submission_of(tmp_path: Path, payload: dict[str, Any], **manifest: Any) -> dict[str, Any]:
    delivery(tmp_path / "zone", "freelance", payload, manifest)
    (row,) = collected(tmp_path, "freelance").read("submissions").to_dicts()
    return dict(row)


def test_a_submission_is_accepted_by_checks_reviews_and_agreement(tmp_path: Path) -> None:
    row = submission_of(tmp_path, freelance())
    assert (row["state"], row["state_reasons"]) == ("accepted", [])
    assert (row["n_checks_passed"], row["n_checks_failed"]) == (2, 0)
    assert (row["n_reviews"], row["n_approvals"], row["has_senior_review"]) == (2, 2, True)
    assert row["mean_score"] == 3.5
    assert row["solution_paths"] == ["tree/s-1/sum.py"]
    assert row["test_paths"] == ["tree/s-1/test_sum.py"]
    lake = collected(tmp_path, "freelance")
    assert lake.read("occurrences")["path"].to_list() == [
        "tree/s-1/sum.py", "tree/s-1/test_sum.py",
    ]  # fmt: skip
    assert lake.read("agreements")["path_prefix"].to_list() == ["tree/s-1/"]
    assert lake.read("tasks")["language"].to_list() == ["python"]


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"checks": [check("lint")]}, ["check_missing:test"]),
        ({"checks": [check("lint"), check("test", "fail")]}, ["check_failed:test"]),
        ({"checks": [check("lint"), check("test"), check("test", "error")]},
         ["check_failed:test"]),
        ({"reviews": [review("r-2", "senior")]}, ["too_few_reviews"]),
        ({"reviews": [review("r-1", "peer"), review("r-2", "peer")]}, ["no_senior_review"]),
        ({"reviews": [review("r-1", "peer"), review("c-1", "senior")]},
         ["no_senior_review", "too_few_reviews"]),
        ({"reviews": [review("r-1", "peer", "reject"), review("r-2", "senior")]},
         ["review_rejects"]),
        ({"submissions": [SUBMISSION | {"submitted_at": "2027-01-01"}]}, ["agreement_not_valid"]),
        ({"submissions": [SUBMISSION | {"agreement_id": "A-9"}]}, ["unknown_agreement"]),
        ({"submissions": [SUBMISSION | {"task_id": "t-9"}]}, ["unknown_task"]),
        ({"submissions": [SUBMISSION | {"test_paths": ["no.py"]}]},
         ["missing_file:tree/s-1/no.py"]),
    ],
)  # fmt: skip
def test_every_broken_rule_is_named_and_gives_no_rights(
    tmp_path: Path, changes: dict[str, Any], reasons: list[str]
) -> None:
    row = submission_of(tmp_path, freelance(**changes))
    assert (row["state"], row["state_reasons"]) == ("rejected", reasons)
    assert collected(tmp_path, "freelance").read("agreements").is_empty()


def test_the_last_round_of_a_reviewer_counts(tmp_path: Path) -> None:
    reviews = [review("r-1", "peer", "reject"), review("r-1", "peer", "accept", 2),
               review("r-2", "expert")]  # fmt: skip
    row = submission_of(tmp_path, freelance(reviews=reviews))
    assert (row["state"], row["n_reviews"]) == ("accepted", 2)


def test_an_agreement_covers_its_contributor_only(tmp_path: Path) -> None:
    row = submission_of(
        tmp_path, freelance(), agreements=[AGREEMENT | {"contributor_id": "c-2"}]
    )  # fmt: skip
    assert row["state_reasons"] == ["agreement_of_another"]


def test_files_of_nobodys_submission_are_set_aside(tmp_path: Path) -> None:
    payload = freelance() | {"tree/s-9/x.py": "x = 1\n"}
    payload["submissions.jsonl"] = [SUBMISSION, {"submission_id": "s-9"}]
    delivery(tmp_path / "zone", "freelance", payload)
    lake = collected(tmp_path, "freelance")
    found = dict(lake.read("quarantine").select("path", "reason").iter_rows())
    assert found == {
        "submissions.jsonl#2": "invalid_record", "tree/s-9/x.py": "no_submission",
    }  # fmt: skip
