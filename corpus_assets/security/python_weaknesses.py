"""Weaknesses of Python documents, by the security rules of ruff.

Belongs here: running ruff over documents and reading its report. Which of its rules count, and
for which weakness, is in weaknesses.yaml.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from corpus_assets.security.found import Found, Unread
from corpus_assets.security.weakness_rules import WEAKNESSES_VERSION, rules

_BATCH = 2_000  # files of one process
_TIMEOUT_SECONDS = 600


def python_weaknesses(documents: pl.DataFrame) -> Iterator[Found | Unread]:
    """Findings in the Python documents; those with a syntax error are given as unread.

    Markers in comments that tell a tool to be silent are ignored.
    """
    known, tool = rules().ruff, f"{version('ruff')}, rules {WEAKNESSES_VERSION}"
    python = documents.filter(pl.col("language") == "python")
    for batch in python.iter_slices(_BATCH):
        with TemporaryDirectory(prefix="corpus-weaknesses-") as folder:
            for number, text in enumerate(batch["text"]):
                (Path(folder) / f"{number}.py").write_text(text, encoding="utf-8", newline="")
            reports = _ruff(folder)
        broken = set[str]()
        for report in reports:
            row = batch.row(int(Path(report["filename"]).stem), named=True)
            if report["code"] in known:
                yield _finding(row, report, tool)
            elif row["content_id"] not in broken:  # a syntax error has no code of ours
                broken.add(row["content_id"])
                line = report["location"]["row"]
                reason = f"syntax error in line {line}: {report['message']}"
                yield Unread(row["content_id"], "ruff", reason)


def _finding(row: dict[str, Any], report: dict[str, Any], tool: str) -> Found:
    rule = rules().ruff[report["code"]]
    return Found(
        row["content_id"], row["language"], rule.cwe, report["code"], rule.confidence,
        report["message"], report["location"]["row"], report["location"]["column"],
        report["end_location"]["row"], "ruff", tool,
    )  # fmt: skip


def _ruff(folder: str) -> list[dict[str, Any]]:
    """Ruff's findings in a folder of files. Raises RuntimeError when ruff itself fails."""
    from ruff import find_ruff_bin

    command = [find_ruff_bin(), "check", "--isolated", "--no-cache", "--ignore-noqa", "--exit-zero"]
    command += ["--quiet", "--no-fix", "--target-version", "py314", "--output-format", "json"]
    command += ["--select", ",".join(sorted(rules().ruff)), folder]
    done = subprocess.run(
        command, capture_output=True, check=False, timeout=_TIMEOUT_SECONDS, cwd=folder
    )
    if done.returncode != 0:
        raise RuntimeError(
            f"ruff ended with {done.returncode}: {done.stderr.decode(errors='replace').strip()}"
        )
    reports: list[dict[str, Any]] = json.loads(done.stdout)
    return reports
