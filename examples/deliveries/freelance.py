"""The tables of the freelance batch, from freelance.yaml and the code in its payload tree.

Belongs here: tasks, submissions, checks, reviews and evidence. Does not belong here: how a delivery
is laid out on disk (`generate.py`).
"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
FIRST_DAY = date(2026, 8, 3)
TOOLS = {
    "build": ("buildbox", "4.2"), "lint": ("tidybox", "1.9"), "test": ("testbox", "3.0"),
    "secret": ("keyfinder", "2.6"), "license": ("noticer", "5.1"), "dedup": ("lookalike", "0.8"),
}  # fmt: skip
FAILED_BY = {"failing_tests": "test", "failing_lint": "lint", "foreign_license": "license",
             "missing_file": "build"}  # fmt: skip
CRITERIA = ("correctness", "tests", "clarity", "idiom", "security", "spec_fit")
REMARKS = (
    "Does what the task asks; the tests cover the edges.",
    "Clear names, short functions. One comment could go.",
    "I would have chosen another data structure, but this one is right too.",
    "Tests read well and fail for the right reasons.",
    "Good. The error message could name the value.",
)


def tables() -> dict[str, list[str]]:
    """The lines of tasks, submissions, checks and reviews, one JSON object each."""
    batch = load()
    lines: dict[str, list[str]] = {
        name: [] for name in ("tasks", "submissions", "checks", "reviews")
    }
    for at, task in enumerate(batch["tasks"], start=1):
        fields = {key: value for key, value in task.items() if key != "submissions"}
        lines["tasks"].append(_line(fields | {"mandatory_checks": batch["mandatory_checks"]}))
        for attempt, answer in enumerate(task["submissions"], start=1):
            name = f"s-{at:02d}-{attempt}"
            day = FIRST_DAY + timedelta(days=2 * at + 7 * (attempt - 1))
            lines["submissions"].append(
                _line(_submission(name, task["task_id"], attempt, answer, day))
            )
            lines["checks"] += [_line(check) for check in _checks(name, answer)]
            reviews = _reviews(name, answer, sorted(batch["contributors"]), day)
            lines["reviews"] += [_line(review) for review in reviews]
    lines["submissions"].append('{"submission_id": "s-26-1", "task_id": "t-26", "attem')
    lines["reviews"].append(_line({"review_id": "r-no-decision", "submission_id": "s-01-1"}))
    return lines


def assignments() -> dict[str, str]:
    """Contributor -> the day on which the assignment was signed, as an ISO date."""
    return {name: signed.isoformat() for name, signed in load()["contributors"].items()}


def load() -> Any:
    """freelance.yaml as it stands."""
    return yaml.safe_load((HERE / "freelance.yaml").read_text(encoding="utf-8"))


def _submission(
    name: str, task_id: str, attempt: int, answer: dict[str, Any], day: date
) -> dict[str, Any]:
    drawn = random.Random(f"minutes/{name}")
    clock = f"{drawn.randint(7, 18):02d}:{drawn.randint(0, 59):02d}:00Z"
    return {
        "submission_id": name,
        "task_id": task_id,
        "contributor_id": answer["by"],
        "agreement_id": f"assignment-{answer['by']}",
        "attempt": attempt,
        "submitted_at": f"{day.isoformat()}T{clock}",
        "ai_assist": "generated" if "ai_generated" in answer.get("flaws", []) else "none",
        "solution_paths": [answer["solution"]],
        "test_paths": [answer["test"]] if "test" in answer else [],
        "minutes_spent": drawn.randint(40, 240),
    }


def _checks(name: str, answer: dict[str, Any]) -> list[dict[str, Any]]:
    failed = {FAILED_BY[flaw] for flaw in answer.get("flaws", []) if flaw in FAILED_BY}
    return [
        {
            "check_id": f"k-{name[2:]}-{kind}",
            "submission_id": name,
            "tool": tool,
            "tool_version": version,
            "kind": kind,
            "outcome": "fail" if kind in failed else "pass",
            "seconds": random.Random(f"{name}/{kind}").randint(1, 90) / 10,
        }
        for kind, (tool, version) in TOOLS.items()
    ]


def _reviews(
    name: str, answer: dict[str, Any], people: list[str], day: date
) -> list[dict[str, Any]]:
    """Peers first, a senior last; nobody reviews the own work unless that is the flaw."""
    flaws = answer.get("flaws", [])
    drawn = random.Random(f"reviews/{name}")
    others = [person for person in people if person != answer["by"]]
    count = 1 if "one_review" in flaws else answer.get("reviews", 2)
    reviewers = [*drawn.sample(others, count - 1), drawn.choice(["senior-1", "senior-2"])]
    if "own_review" in flaws:
        reviewers[0] = answer["by"]
    if "one_review" in flaws:
        reviewers = [drawn.choice(others)]
    bad = bool(set(flaws) & set(FAILED_BY))
    made = []
    for number, reviewer in enumerate(reviewers, start=1):
        senior = reviewer.startswith("senior")
        low, high = (0, 2) if bad else (3, 4)
        decision = "major" if bad else drawn.choice(["accept", "accept", "minor"])
        comment = "Checks fail; see the report." if bad else drawn.choice(REMARKS)
        made.append({
            "review_id": f"r-{name[2:]}-{number}",
            "submission_id": name,
            "reviewer_id": reviewer,
            "reviewer_level": "senior" if senior else "peer",
            "round": 1,
            "decision": decision,
            "scores": {criterion: drawn.randint(low, high) for criterion in CRITERIA},
            "comment": comment,
            "blind": not senior,
            "minutes": drawn.randint(10, 45),
            "created_at": (day + timedelta(days=number)).isoformat(),
        })  # fmt: skip
    return made


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True)
