"""Freelance deliveries: tasks, submissions, checks and reviews, and who of them is accepted.

A submission is accepted when every mandatory check passes, at least two others than the author
have reviewed it, one of them senior, all of them approve, and its agreement was valid on the day
(reference/blending-serving-scale.md, g2). Rights pass with acceptance: only the files of accepted
submissions are covered by their agreement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from corpus_assets.collect.archives import file_items
from corpus_assets.collect.drop_zone import Delivery, agreement_row, keep_valid, valid_records
from corpus_assets.collect.folder import folder_files
from corpus_assets.collect.items import Item, Rejected
from corpus_assets.collect.row_files import Row
from corpus_assets.collect.targets import Reading
from corpus_assets.languages import BY_NAME, BY_SLUG, OTHER
from corpus_assets.policy.project import Limits

REVIEWS_NEEDED = 2
_SENIOR = ("senior", "expert")
_APPROVING = ("accept", "minor")
_TREE = "tree"


def freelance_items(delivery: Delivery, reading: Reading, limits: Limits) -> Iterator[Item]:
    """The files of the submissions; fills agreements, tasks and submissions.

    Rejected are invalid records, and files below no valid submission: nobody's rights are known.
    """
    records: dict[str, list[Row]] = {}
    for name in ("task", "submission", "check", "review"):
        found = valid_records(delivery, f"{name}s", f"freelance_{name}")
        yield from keep_valid(found, f"{name}_id", records.setdefault(name, []))
    submissions = {record["submission_id"]: record for record in records["submission"]}
    paths: defaultdict[str, set[str]] = defaultdict(set)
    tree = delivery.folder / "payload" / _TREE
    for entry in folder_files(tree) if tree.is_dir() else ():
        path = f"{_TREE}/{entry.path}"
        owner = entry.path.partition("/")[0]
        if isinstance(entry, Rejected):
            yield entry._replace(path=path)
        elif owner not in submissions:
            yield Rejected(path, "no_submission", f"no valid submission {owner} in this delivery")
        else:
            paths[owner].add(path)
            with entry.location.open("rb") as stream:
                yield from file_items(path, stream, entry.size, limits)
    reading.tasks += [_task_row(record) for record in records["task"]]
    _judge(delivery, reading, records, paths)


def _judge(
    delivery: Delivery, reading: Reading, records: dict[str, list[Row]], paths: dict[str, set[str]]
) -> None:
    tasks = {record["task_id"]: record for record in records["task"]}
    agreements = {item["agreement_id"]: item for item in delivery.manifest["agreements"]}
    checks, reviews = _by_submission(records["check"]), _by_submission(records["review"])
    for record in records["submission"]:
        name = record["submission_id"]
        task, agreement = tasks.get(record["task_id"]), agreements.get(record["agreement_id"])
        row = _submission_row(record)
        reasons = _file_reasons(row, paths[name]) + _agreement_reasons(record, agreement)
        if task is None:
            reasons.append("unknown_task")
        else:
            reasons += _check_reasons(row, task, checks[name])
        reasons += _review_reasons(row, reviews[name])
        row["state"] = "rejected" if reasons else "accepted"
        row["state_reasons"] = sorted(reasons)
        reading.submissions.append(row)
        if agreement is not None and not reasons:
            reading.agreements.append(agreement_row(delivery, agreement, f"{_TREE}/{name}/"))


def _by_submission(records: list[Row]) -> defaultdict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for record in records:
        grouped[record["submission_id"]].append(record)
    return grouped


def _task_row(record: Row) -> dict[str, Any]:
    return {
        "task_id": record["task_id"], "title": record["title"], "statement": record["statement"],
        "language": _slug(record["language"]), "kind": record["kind"],
        "difficulty": record.get("difficulty"),
    }  # fmt: skip


def _slug(name: str) -> str:
    if name in BY_SLUG:
        return name
    return BY_NAME[name].slug if name in BY_NAME else OTHER


def _submission_row(record: Row) -> dict[str, Any]:
    folder = f"{_TREE}/{record['submission_id']}"
    return {
        "submission_id": record["submission_id"], "task_id": record["task_id"],
        "contributor_id": record["contributor_id"], "attempt": record["attempt"],
        "solution_paths": [f"{folder}/{path}" for path in record["solution_paths"]],
        "test_paths": [f"{folder}/{path}" for path in record.get("test_paths", [])],
        "ai_assist": record["ai_assist"], "n_checks_passed": 0, "n_checks_failed": 0,
    }  # fmt: skip


def _file_reasons(row: dict[str, Any], delivered: set[str]) -> list[str]:
    named = [*row["solution_paths"], *row["test_paths"]]
    return [f"missing_file:{path}" for path in named if path not in delivered]


def _agreement_reasons(record: Row, agreement: Row | None) -> list[str]:
    if agreement is None:
        return ["unknown_agreement"]
    reasons = []
    if agreement.get("contributor_id") not in (None, record["contributor_id"]):
        reasons.append("agreement_of_another")
    day = record["submitted_at"][:10]
    if day < (agreement.get("valid_from") or day) or day > (agreement.get("valid_to") or day):
        reasons.append("agreement_not_valid")
    return reasons


def _check_reasons(row: dict[str, Any], task: Row, checks: list[Row]) -> list[str]:
    reasons = []
    for kind in task["mandatory_checks"]:
        outcomes = {check["outcome"] for check in checks if check["kind"] == kind}
        passed = outcomes == {"pass"}
        row["n_checks_passed" if passed else "n_checks_failed"] += 1
        if not passed:
            reasons.append(f"check_{'failed' if outcomes else 'missing'}:{kind}")
    return reasons


def _review_reasons(row: dict[str, Any], reviews: list[Row]) -> list[str]:
    last: dict[str, Row] = {}
    for review in sorted(reviews, key=lambda item: (item["round"], item["review_id"])):
        if review["reviewer_id"] != row["contributor_id"]:
            last[review["reviewer_id"]] = review
    counted = list(last.values())
    scores = [score for review in counted for score in review.get("scores", {}).values()]
    row["n_reviews"] = len(counted)
    row["n_approvals"] = sum(review["decision"] in _APPROVING for review in counted)
    row["has_senior_review"] = any(review["reviewer_level"] in _SENIOR for review in counted)
    row["mean_score"] = sum(scores) / len(scores) if scores else None
    rules = {
        "too_few_reviews": row["n_reviews"] < REVIEWS_NEEDED,
        "no_senior_review": not row["has_senior_review"],
        "review_rejects": row["n_approvals"] < row["n_reviews"],
    }
    return [reason for reason, broken in rules.items() if broken]
