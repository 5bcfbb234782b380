"""Repositories as a whole: facts, dates against the newest of the lake, homework."""

from __future__ import annotations

from typing import Any

import polars as pl

from corpus_assets.quality.repositories import INPUTS, repositories
from corpus_assets.tables import TABLES, empty

Rows = list[dict[str, Any]]


def frame(table: str, rows: Rows) -> pl.LazyFrame:
    wide = pl.DataFrame(rows, schema_overrides=dict(TABLES[table].schema), infer_schema_length=None)
    return pl.concat([empty(table), wide], how="diagonal").lazy()


def told(paths: dict[str, list[str]], dates: dict[str, str], facts: Rows) -> dict[str, Any]:
    """The row of every origin; every file with `main` in its name has one."""
    place = {"source_category": "open_source", "source": "s", "revision": "1"}
    occurrences = [
        place | {"origin": origin, "path": path, "content_id": f"{origin}{path}",
                 "language": "markdown" if path.endswith(".md") else "python"}
        for origin, names in paths.items() for path in names
    ]  # fmt: skip
    signals = [
        {
            "content_id": row["content_id"],
            "language": "python",
            "n_mains": int("main" in row["path"]),
        }
        for row in occurrences
    ]
    revisions = [place | {"origin": o, "revision_date": date} for o, date in dates.items()]
    given = {
        "occurrences": frame("occurrences", occurrences),
        "revisions": frame("revisions", revisions),
        "forge_facts": frame("forge_facts", [place | fact for fact in facts]),
        "quality_signals": frame("quality_signals", signals),
    }
    assert set(given) == set(INPUTS)
    found = repositories(given)
    assert found.schema == TABLES["repositories"].schema
    return {row["origin"]: row for row in found.iter_rows(named=True)}


def test_facts_and_dates() -> None:
    rows = told(
        {"old": ["a.py"], "new": ["a.py", "b.md"], "unknown": ["a.py"]},
        {"old": "2019-01-01", "new": "2024-01-02T03:04:05Z"},
        [
            {"origin": "new", "name": "stars", "value": "7"},
            {"origin": "new", "name": "stars", "value": "9"},
            {"origin": "new", "name": "archived", "value": "True"},
            {"origin": "old", "name": "stars", "value": "many"},
            {"origin": "old", "name": "last_commit", "value": "2020-01-02 00:00:00"},
        ],
    )
    assert (rows["new"]["stars"], rows["new"]["n_files"], rows["new"]["n_code_files"]) == (9, 2, 1)
    assert (rows["new"]["is_archived"], rows["new"]["is_abandoned"]) == (True, True)
    assert (rows["new"]["quiet_years"], rows["new"]["forks"]) == (0.0, None)
    assert (rows["old"]["last_commit"], rows["old"]["quiet_years"]) == ("2020-01-02", 4.0)
    assert (rows["old"]["stars"], rows["old"]["is_abandoned"]) == (None, True)
    assert rows["unknown"]["quiet_years"] is None
    assert rows["unknown"]["is_abandoned"] is False


def test_homework() -> None:
    rows = told(
        {
            "course": [f"hw{n}/main_{n}.py" for n in range(6)] + ["README.md"],
            "library": ["setup.py", "lib/a.py", "lib/b.py", "tests/test_a.py", "examples/lab.py"],
            "lessons": ["pyproject.toml"] + [f"chapter{n}/a{n}.py" for n in range(200)],
            "scripts": ["main_a.py", "main_b.py"],
        },
        {},
        [],
    )
    assert rows["course"]["homework_signs"] == ["assignments", "programs", "no_package", "small"]
    assert rows["course"]["homework_share"] == 1.0
    likely = {origin for origin, row in rows.items() if row["is_homework_like"]}
    assert likely == {"course"}


def test_words_that_only_begin_alike_name_no_assignment() -> None:
    paths = ["labels/a.py", "weekday.py", "finalizers/b.py", "exporter/c.py", "solutionset/d.py"]
    rows = told({"o": paths}, {}, [])
    assert rows["o"]["homework_share"] == 0.0
