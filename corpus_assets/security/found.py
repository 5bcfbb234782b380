"""What an analyzer of weaknesses says about a document: a finding, or that it could not look.

Belongs here: the two kinds of statement, which every analyzer gives and the table, the command
and the benchmark read.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal, NamedTuple

Confidence = Literal["low", "medium", "high"]


class Found(NamedTuple):
    """A weakness. Lines and columns count from 1; `tool` is a name, `tool_version` says which."""

    content_id: str
    language: str
    cwe: int
    rule: str
    confidence: Confidence
    message: str
    line: int
    column: int
    end_line: int
    tool: str
    tool_version: str

    def row(self) -> dict[str, Any]:
        """The finding as a row of table weaknesses."""
        identity = f"{self.content_id}\n{self.rule}\n{self.line}\n{self.column}"
        return {
            "finding_id": hashlib.sha256(identity.encode()).hexdigest(),
            "content_id": self.content_id,
            "language": self.language,
            "cwe": self.cwe,
            "rule": self.rule,
            "confidence": self.confidence,
            "message": self.message,
            "start_line": self.line,
            "end_line": self.end_line,
            "detector": self.tool,
            "detector_version": self.tool_version,
        }


class Unread(NamedTuple):
    """A tool could not analyze a document: its silence is not a verdict."""

    content_id: str
    tool: str
    reason: str
