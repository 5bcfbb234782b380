"""Exercises in teaching material, found by how their files are laid out.

Belongs here: the layout rules, as data, and the tasks and submissions they make. Does not belong
here: judging the exercises.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from corpus_assets.collect.items import File
from corpus_assets.languages import BY_SLUG
from corpus_assets.parse.decoding import decode


class Layout(NamedTuple):
    """Where a kind of course keeps things; `key` in each pattern names the exercise."""

    name: str
    statement: re.Pattern[str]
    solution: re.Pattern[str]
    test: re.Pattern[str] | None = None


_CODE = r"(?!\.md$)\.[A-Za-z0-9]+$"

_TREES = re.compile(r"(?<![^/])(?:problems|solutions)/")
_EXERCISE = r"(?P<key>(?:^|.*/)(?:exercises|problems)/[^/]+)"
_SOLUTION = r"(?P<key>(?:^|.*/)solutions/[^/]+)"
_TRACK = r"(?P<key>(?:^|.*/)exercises/(?:practice/|concept/)?[^/]+)/"
_PROBLEM = r"/(?:en/)?problem(?:\.en)?\.(?:md|txt)$"

LAYOUTS: tuple[Layout, ...] = (
    # Workshoppers: exercises/<name>/problem.md beside solution/…, translations as problem.fr.md.
    Layout(
        "workshopper",
        re.compile(_EXERCISE + _PROBLEM),
        re.compile(_EXERCISE + r"/(?:solutions?/.+|solution)" + _CODE),
    ),
    # Workshoppers with a tree of solutions: problems/<name>/problem.md, solutions/<name>/….
    Layout(
        "workshopper_apart",
        re.compile(_EXERCISE + _PROBLEM),
        re.compile(_SOLUTION + r"/.*[^/]" + _CODE),
    ),
    # The same with flat files: problems/<name>.md and solutions/<name>.js.
    Layout(
        "flat",
        re.compile(_EXERCISE + r"\.(?:md|txt)$"),
        re.compile(_SOLUTION + _CODE),
    ),
    # Exercism tracks: .docs/instructions.md, an example or exemplar, and tests.
    Layout(
        "exercism",
        re.compile(_TRACK + r"(?:\.docs/instructions|README|description)\.md$"),
        re.compile(_TRACK + r"(?:.*/)?(?:example|exemplar|Example|Exemplar)" + _CODE),
        re.compile(
            _TRACK + r"(?:.*/)?(?:test_[^/.]*|[^/]*(?:_test|[-.]test|[-.]spec|Test))" + _CODE
        ),
    ),
)

Rows = list[dict[str, Any]]


def exercise_watcher() -> tuple[Callable[[File], None], Callable[[], tuple[Rows, Rows]]]:
    """A function to show every file to, and one giving (tasks, submissions) at the end.

    An exercise needs a statement and a solution in code. Rows lack the columns of the revision.
    """
    statements: dict[str, tuple[str, str, str]] = {}
    solutions: dict[str, list[File]] = {}
    tests: dict[str, list[str]] = {}

    def see(file: File) -> None:
        for layout in LAYOUTS:
            if match := layout.statement.match(file.path):
                text = decode(file.data or b"").text
                if text and text.strip():
                    statements.setdefault(_key(layout, match), (file.path, match["key"], text))
            elif layout.test is not None and (match := layout.test.match(file.path)):
                tests.setdefault(_key(layout, match), []).append(file.path)
            elif (match := layout.solution.match(file.path)) and _is_code(file):
                # Paths alone are kept, not the bytes.
                solutions.setdefault(_key(layout, match), []).append(file._replace(data=None))

    def rows() -> tuple[Rows, Rows]:
        tasks: Rows = []
        submissions: Rows = []
        told: set[str] = set()
        for key in sorted(statements):
            path, task_id, text = statements[key]
            if key not in solutions or path in told:
                continue
            told.add(path)
            found = sorted(solutions[key], key=lambda file: (file.path.count("/"), file.path))
            counted = Counter(file.language for file in found)
            language = min(counted, key=lambda slug: (-counted[slug], slug))
            title = re.sub(r"[_-]+", " ", task_id.rsplit("/", 1)[-1]).strip()
            tasks.append({
                "task_id": task_id, "title": title, "statement": text, "language": language,
                "kind": "exercise", "difficulty": None,
            })  # fmt: skip
            submissions.append(_submission(task_id, found, sorted(tests.get(key, []))))
        return tasks, submissions

    return see, rows


def _submission(task_id: str, solution: list[File], tests: list[str]) -> dict[str, Any]:
    return {
        "submission_id": f"{task_id}#solution", "task_id": task_id, "contributor_id": "",
        "attempt": 1, "solution_paths": [file.path for file in solution], "test_paths": tests,
        "ai_assist": "unknown", "state": "accepted", "state_reasons": [],
        "n_checks_passed": 0, "n_checks_failed": 0, "n_reviews": 0, "n_approvals": 0,
        "has_senior_review": False, "mean_score": None,
    }  # fmt: skip


def _key(layout: Layout, match: re.Match[str]) -> str:
    # Trees that lie side by side meet under one name.
    return f"{layout.name}:{_TREES.sub('exercises/', match['key'])}"


def _is_code(file: File) -> bool:
    kind = BY_SLUG[file.language].kind
    return file.data is not None and (
        kind == "programming" or file.language in ("css", "html", "sql")
    )
