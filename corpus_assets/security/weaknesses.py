"""Code weaknesses (CWE) in documents, by ruff for Python and by tree-sitter queries.

Belongs here: running both over documents and putting their findings into one table. Which rules
there are, and which weakness each stands for, is data: `weaknesses.yaml`. The findings grade
code; they are no proof, and no code is executed.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, Literal

import polars as pl
from pydantic import Field

from corpus_assets.parse.errors import syntax_errors
from corpus_assets.parse.syntax import grammar_version, syntax_tree
from corpus_assets.policy.strict import Strict, load
from corpus_assets.tables import TABLES, conform

if TYPE_CHECKING:
    from tree_sitter import Language, Query

WEAKNESSES_VERSION = "1"
_RUFF_BATCH = 2_000  # files of one process
_RUFF_TIMEOUT_SECONDS = 600
_FINDING = "finding"

Confidence = Literal["low", "medium", "high"]


class RuffRule(Strict):
    """The weakness a rule of ruff stands for."""

    cwe: Annotated[int, Field(gt=0)]
    confidence: Confidence


class TreeRule(RuffRule):
    """A query whose capture @finding is a weakness."""

    rule: str
    languages: Annotated[list[str], Field(min_length=1)]
    needs: Annotated[list[str], Field(min_length=1)]
    message: str
    query: str


class Rules(Strict):
    """All of weaknesses.yaml."""

    ruff: dict[str, RuffRule]
    queries: list[TreeRule]


def weaknesses(documents: pl.DataFrame) -> pl.DataFrame:
    """Table weaknesses for the documents that have text, sorted by finding id.

    Markers in comments that tell a tool to be silent are ignored. Python that does not parse, and
    languages without rules, get no rows: no finding is not a proof of safety.
    """
    readable = documents.filter(pl.col("text").is_not_null()).sort("content_id")
    found = [*_ruff_findings(readable), *_tree_findings(readable)]
    frame = pl.DataFrame(found, schema=TABLES["weaknesses"].schema)
    return conform(frame.unique("finding_id", keep="first").sort("finding_id"), "weaknesses")


@cache
def rules() -> Rules:
    """The rules in force."""
    return load(Rules, Path(__file__).with_name("weaknesses.yaml"))


def _ruff_findings(documents: pl.DataFrame) -> Iterator[dict[str, Any]]:
    known, tool = rules().ruff, f"{version('ruff')}, rules {WEAKNESSES_VERSION}"
    python = documents.filter(pl.col("language") == "python")
    for batch in python.iter_slices(_RUFF_BATCH):
        with TemporaryDirectory(prefix="corpus-weaknesses-") as folder:
            for number, text in enumerate(batch["text"]):
                (Path(folder) / f"{number}.py").write_text(text, encoding="utf-8", newline="")
            reports = _ruff(folder)
        for report in reports:
            if report["code"] not in known:  # a syntax error has no code
                continue
            rule = known[report["code"]]
            row = batch.row(int(Path(report["filename"]).stem), named=True)
            yield _finding(
                row["content_id"], row["language"], rule, report["code"], report["message"],
                (report["location"]["row"], report["location"]["column"]),
                report["end_location"]["row"], "ruff", tool,
            )  # fmt: skip


def _ruff(folder: str) -> list[dict[str, Any]]:
    """Ruff's findings in a folder of files. Raises RuntimeError when ruff itself fails."""
    from ruff import find_ruff_bin

    command = [find_ruff_bin(), "check", "--isolated", "--no-cache", "--ignore-noqa", "--exit-zero"]
    command += ["--quiet", "--no-fix", "--target-version", "py314", "--output-format", "json"]
    command += ["--select", ",".join(sorted(rules().ruff)), folder]
    done = subprocess.run(
        command, capture_output=True, check=False, timeout=_RUFF_TIMEOUT_SECONDS, cwd=folder
    )
    if done.returncode != 0:
        raise RuntimeError(
            f"ruff ended with {done.returncode}: {done.stderr.decode(errors='replace').strip()}"
        )
    reports: list[dict[str, Any]] = json.loads(done.stdout)
    return reports


def _tree_findings(documents: pl.DataFrame) -> Iterator[dict[str, Any]]:
    from tree_sitter import QueryCursor

    tool = f"{grammar_version()}, rules {WEAKNESSES_VERSION}"
    for content_id, language, text in _candidates(documents).iter_rows():
        source = text.encode()
        tree = syntax_tree(language, source)
        if tree is None or not syntax_errors(tree).allow_queries:
            continue
        for rule in rules().queries:
            if language not in rule.languages or not any(need in text for need in rule.needs):
                continue
            query = _query(rule.rule, rule.query, tree.language)
            for _, captures in QueryCursor(query).matches(tree.root_node):
                node = captures[_FINDING][0]
                yield _finding(
                    content_id, language, rule, rule.rule, rule.message,
                    (node.start_point.row + 1, node.start_point.column + 1),
                    node.end_point.row + 1, "tree-sitter", tool,
                )  # fmt: skip


def _candidates(documents: pl.DataFrame) -> pl.DataFrame:
    """content_id, language and text of the documents that contain a word some query needs."""
    needs: dict[str, set[str]] = {}
    for rule in rules().queries:
        for language in rule.languages:
            needs.setdefault(language, set()).update(rule.needs)
    wanted = [
        (pl.col("language") == language)
        & pl.col("text").str.contains("|".join(re.escape(word) for word in sorted(words)))
        for language, words in sorted(needs.items())
    ]
    return documents.select("content_id", "language", "text").filter(pl.any_horizontal(wanted))


@cache
def _query(_rule: str, source: str, language: Language) -> Query:
    from tree_sitter import Query

    return Query(language, source)


def _finding(
    content_id: str,
    language: str,
    rule: RuffRule,
    name: str,
    message: str,
    start: tuple[int, int],
    end_line: int,
    detector: str,
    detector_version: str,
) -> dict[str, Any]:
    identity = f"{content_id}\n{name}\n{start[0]}\n{start[1]}"
    return {
        "finding_id": hashlib.sha256(identity.encode()).hexdigest(),
        "content_id": content_id,
        "language": language,
        "cwe": rule.cwe,
        "rule": name,
        "confidence": rule.confidence,
        "message": message,
        "start_line": start[0],
        "end_line": end_line,
        "detector": detector,
        "detector_version": detector_version,
    }
