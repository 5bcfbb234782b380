"""`corpus scan weaknesses`: findings of a folder, one row each, in two profiles.

Belongs here: which confidence a profile asks for, and the rows that are printed. Does not belong
here: reading the folder (`folder.py`) and the analyzers (`security`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus_assets.cli import output
from corpus_assets.cli.options import Profile

if TYPE_CHECKING:
    from corpus_assets.cli.scan.folder import Folder

NOT_ANALYSABLE = "not_analysable"


_CONFIDENCES = {Profile.STRICT: ("medium", "high"), Profile.WIDE: ("low", "medium", "high")}


def scan_weaknesses(folder: Folder, profile: Profile) -> Iterator[dict[str, Any]]:
    """One row per finding in order of path and line.

    A file that a tool could not analyze gives a row `not_analysable` without CWE and confidence;
    its message says why. Every path of a content found twice has its own rows.
    """
    from corpus_assets.cli.scan.folder import batches
    from corpus_assets.security.found import Found
    from corpus_assets.security.weaknesses import examined

    paths: dict[str, list[str]] = {}
    for path, content_id in folder.occurrences.select("path", "content_id").iter_rows():
        paths.setdefault(content_id, []).append(path)
    rows: list[dict[str, Any]] = []
    for part in batches(folder.documents, "look for weaknesses"):
        for item in examined(part):
            if not isinstance(item, Found):
                row = _row(1, 1, None, item.tool, NOT_ANALYSABLE, None, item.reason)
            elif item.confidence in _CONFIDENCES[profile]:
                row = _row(
                    item.line, item.end_line, item.cwe, item.tool, item.rule, item.confidence,
                    item.message,
                )  # fmt: skip
            else:
                continue
            rows += [{"path": path, **row} for path in paths[item.content_id]]
    unread = sorted({row["path"] for row in rows if row["rule"] == NOT_ANALYSABLE})
    if unread:
        output.err.print(f"{len(unread):,} files could not be analyzed, or not by every tool")
    yield from sorted(rows, key=lambda row: (row["path"], row["line"], row["tool"], row["rule"]))


def _row(
    line: int,
    end_line: int,
    cwe: int | None,
    tool: str,
    rule: str,
    confidence: str | None,
    message: str,
) -> dict[str, Any]:
    return {
        "line": line,
        "end_line": end_line,
        "cwe": cwe,
        "tool": tool,
        "rule": rule,
        "confidence": confidence,
        "message": message,
    }
