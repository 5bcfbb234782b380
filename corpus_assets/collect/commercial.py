"""Vendor deliveries: one record is one file; a record with a prompt is a solved task, too."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from corpus_assets.collect.drop_zone import Delivery, agreement_row, valid_records
from corpus_assets.collect.items import File, Item, Rejected, name_checker, read_file
from corpus_assets.collect.row_files import Row
from corpus_assets.collect.targets import Reading
from corpus_assets.policy.project import Limits


def commercial_items(delivery: Delivery, reading: Reading, limits: Limits) -> Iterator[Item]:
    """The records as files; fills agreements, and tasks and submissions of records with prompt."""
    for agreement in delivery.manifest["agreements"]:
        row = agreement_row(delivery, agreement, agreement.get("path_prefix", ""))
        reading.agreements.append(row)
    check, ids = name_checker(), set[str]()
    for record in valid_records(delivery, "records", "commercial_record"):
        if isinstance(record, Rejected):
            yield record
            continue
        if record["record_id"] in ids:
            name = record["record_id"]
            yield Rejected(name, "duplicate_id", f"record_id {name} is given twice")
            continue
        ids.add(record["record_id"])
        path = check(record["path"])
        if isinstance(path, Rejected):
            yield path._replace(detail=f"record {record['record_id']}: {path.detail}")
            continue
        data = record["content"].encode("utf-8", "surrogatepass")
        file = read_file(path, BytesIO(data), len(data), limits)
        if "prompt" in record:
            _note_task(reading, record, file)
        yield file


def _note_task(reading: Reading, record: Row, file: File) -> None:
    reading.tasks.append({
        "task_id": record["record_id"], "title": record.get("title") or record["record_id"],
        "statement": record["prompt"], "language": file.language,
        "kind": {"fix": "fix", "explanation": "explain", "test": "test"}.get(
            record["kind"], "write"
        ),
        "difficulty": None,
    })  # fmt: skip
    reading.submissions.append({
        "submission_id": f"{record['record_id']}#record", "task_id": record["record_id"],
        "contributor_id": "", "attempt": 1, "solution_paths": [file.path], "test_paths": [],
        "ai_assist": record.get("ai_assist", "unknown"), "state": "accepted",
        "state_reasons": [], "n_checks_passed": 0, "n_checks_failed": 0, "n_reviews": 0,
        "n_approvals": 0, "has_senior_review": False, "mean_score": None,
    })  # fmt: skip
