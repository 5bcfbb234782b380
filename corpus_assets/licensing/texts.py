"""What license files and manifests say: table license_texts.

Belongs here: scanning each such content once, whatever its place. Does not belong here: for which
files it speaks (`claims.py`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from corpus_assets.licensing import manifests, scancode
from corpus_assets.parse.decoding import decode
from corpus_assets.tables import TABLES, conform

RULES_VERSION = "1"
MANIFEST_DETECTOR = "manifest"

# Why a content has no statement; stands in rule_id beside an empty license_expression.
NOTHING_FOUND = "nothing-found"
NO_TEXT = "no-text"
INCOMPLETE = "scan-incomplete"
INVALID_MANIFEST = "invalid-manifest"

_COPYRIGHT = re.compile(
    r"^[\s#*/;%!>.-]*((?:copyright\b|\(c\)|©).{0,20}(?:\d{4}|\(c\)|©).*?)[\s*/]*$",
    re.IGNORECASE | re.MULTILINE,
)
# The blanks of license templates, and the copyright of the license texts themselves.
_PLACEHOLDER = re.compile(
    r"(?i)[\[<{](?:yyyy|year|name)|free software foundation, inc|<https?://fsf"
)
_MAX_COPYRIGHTS = 50


def license_texts(files: pl.DataFrame) -> pl.DataFrame:
    """The statements in license files and manifests: table license_texts.

    `files` has content_id, path, role (see `evidence_files`) and data. License files get
    ScanCode's full detection, manifests the reader of their format. Every content has at least
    one row; where it says nothing, license_expression is null and rule_id tells why.
    """
    first = files.sort("content_id", "role", "path").unique(
        ["content_id", "role"], keep="first", maintain_order=True
    )
    rows = [
        row | {"content_id": content_id, "role": role, "ordinal": ordinal}
        for content_id, path, role, data in first.select(
            "content_id", "path", "role", "data"
        ).iter_rows()
        for ordinal, row in enumerate(_statements(path, role, data))
    ]
    frame = pl.DataFrame(rows, schema=TABLES["license_texts"].schema)
    return conform(frame, "license_texts").sort(TABLES["license_texts"].key)


def _statements(path: str, role: str, data: bytes | None) -> Iterator[dict[str, Any]]:
    text = None if data is None else decode(data).text
    if role == "manifest":
        yield from _of_manifest(path, text)
    else:
        yield from _of_license_file(path, text)


def _of_license_file(path: str, text: str | None) -> Iterator[dict[str, Any]]:
    made_by = {
        "detector": scancode.DETECTOR,
        "detector_version": f"{scancode.answers_by()}+{RULES_VERSION}",
    }
    if text is None or not text.strip():
        yield _row(made_by, rule_id=NO_TEXT, copyrights=[])
        return
    copyrights = _copyrights(text)
    found = scancode.detect(text, path)
    if (
        found.state != "complete"
    ):  # half a list of licenses is worse than none: it may look permissive
        yield _row(made_by, rule_id=INCOMPLETE, copyrights=copyrights)
        return
    for statement in found.statements:
        yield _row(
            made_by,
            license_expression=statement.expression,
            statement_kind=statement.kind,
            rule_id=statement.rule_id,
            score=statement.score,
            coverage=statement.coverage,
            start_line=statement.start_line,
            end_line=statement.end_line,
            matched_text_sha256=statement.text_sha256,
            copyrights=copyrights,
        )
    if not found.statements:
        yield _row(made_by, rule_id=NOTHING_FOUND, copyrights=copyrights)


def _of_manifest(path: str, text: str | None) -> Iterator[dict[str, Any]]:
    made_by = {"detector": MANIFEST_DETECTOR, "detector_version": RULES_VERSION}
    if text is None:
        yield _row(made_by, rule_id=NO_TEXT, copyrights=[])
        return
    try:
        found = manifests.declared(path.rsplit("/", 1)[-1], text)
    except manifests.ManifestError:
        yield _row(made_by, rule_id=INVALID_MANIFEST, copyrights=[])
        return
    for item in found:
        line = _line_of(text, item.words)
        yield _row(
            made_by,
            license_expression=item.expression,
            statement_kind="declared" if item.expression is not None else "reference",
            rule_id=item.rule,
            score=100.0,
            coverage=100.0,
            start_line=line,
            end_line=line,
            matched_text_sha256=hashlib.sha256(item.words.encode()).hexdigest(),
            copyrights=[],
        )
    if not found:
        yield _row(made_by, rule_id=NOTHING_FOUND, copyrights=[])


def _row(made_by: dict[str, str], **values: Any) -> dict[str, Any]:
    return dict.fromkeys(TABLES["license_texts"].names) | made_by | values


def _line_of(text: str, words: str) -> int | None:
    """The line on which the declared words stand, null if they are spread over several."""
    position = text.find(words)
    return None if position < 0 else text.count("\n", 0, position) + 1


def _copyrights(text: str) -> list[str]:
    """The lines that begin with a copyright notice, each once, in order, at most 50."""
    lines = (match.group(1) for match in _COPYRIGHT.finditer(text[:200_000]))
    stated = (" ".join(line.split())[:300] for line in lines if not _PLACEHOLDER.search(line))
    return list(dict.fromkeys(stated))[:_MAX_COPYRIGHTS]
