"""The SQL files of the checkout: catalog views, audit questions and reports.

Belongs here: finding and reading them. Does not belong here: running them (`query`).

A file starts with a comment that says what it answers; its name without `.sql` is its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus_assets.serve.release import ReleaseError

KINDS = ("audit", "report", "catalog")


@dataclass(frozen=True)
class Question:
    """One SQL file: its name, what it answers, and the statement."""

    kind: str
    name: str
    title: str
    sql: str


def questions(kind: str, folder: Path | None = None) -> dict[str, Question]:
    """The questions of a kind (audit, report or catalog) by name, sorted.

    `folder` defaults to `sql/` at the top of the checkout. Raises ReleaseError when it is missing.
    """
    home = folder or Path(__file__).resolve().parents[2] / "sql"
    paths = sorted((home / kind).glob("*.sql"))
    if not paths:
        raise ReleaseError(
            f"{home / kind}: no SQL files; they stand in `sql/` of the repository: install "
            "corpus_assets from a checkout with `pip install -e .`"
        )
    return {path.stem: _read(kind, path) for path in paths}


def question(name: str, folder: Path | None = None) -> Question:
    """An audit question or report by name. Raises ReleaseError naming those there are."""
    known = {**questions("audit", folder), **questions("report", folder)}
    if name not in known:
        raise ReleaseError(f"no question {name!r}; there are {', '.join(sorted(known))}")
    return known[name]


def _read(kind: str, path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    comments = [line[2:].strip() for line in text.splitlines() if line.startswith("--")]
    return Question(kind, path.stem, " ".join(comments), text)
