"""What license files, manifests and READMEs say: table license_texts.

Belongs here: scanning each such content once, whatever its place. Does not belong here: for which
files it speaks (`claims.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import polars as pl

from corpus_assets.licensing import manifests, scancode
from corpus_assets.licensing.copyrights import copyright_statements
from corpus_assets.licensing.dep5 import scoped_statements
from corpus_assets.licensing.evidence_rank import is_scoped
from corpus_assets.licensing.paragraph_texts import paragraph_texts
from corpus_assets.licensing.readme import section
from corpus_assets.parse.decoding import decode
from corpus_assets.tables import TABLES, conform

RULES_VERSION = "2"
MANIFEST_DETECTOR = "manifest"
PATHS_DETECTOR = "paths"

# Why a content has no statement; stands in rule_id beside an empty license_expression.
NOTHING_FOUND = "nothing-found"
NO_TEXT = "no-text"
EMPTY = "empty"
NO_SECTION = "no-license-section"
INVALID_MANIFEST = "invalid-manifest"

Row = dict[str, Any]


class _Passage(NamedTuple):
    """A text to scan: whose it is, the path, the text, and the line before its first one."""

    key: tuple[str, str]
    path: str
    text: str
    offset: int
    copyrights: list[str]


def license_texts(files: pl.DataFrame, scan: scancode.Scan) -> pl.DataFrame:
    """The statements in license files, manifests and READMEs: table license_texts.

    `files` has content_id, path, role (see `evidence_files`) and data. License files and the
    license sections of READMEs get ScanCode's detection, manifests the reader of their format.
    Every content has at least one row; where it says nothing, license_expression is null and
    rule_id tells why.
    """
    first = (
        files.sort("content_id", "role", "path")
        .unique(["content_id", "role"], keep="first", maintain_order=True)
        .select("content_id", "path", "role", "data")
    )
    lists = (
        (path, decode(data).text)
        for path, data in first.select("path", "data").iter_rows()
        if data is not None and is_scoped(path)
    )
    meant = paragraph_texts(((path, text) for path, text in lists if text), scan)
    rows: list[Row] = []
    passages: list[_Passage] = []
    for content_id, path, role, data in first.iter_rows():
        key, text = (content_id, role), None if data is None else decode(data).text
        if text is None or not text.strip():
            reason = NO_TEXT if data is None or data.strip() else EMPTY
            rows += _numbered(key, [_row(_BY_SCANCODE, rule_id=reason)])
        elif role == "manifest":
            rows += _numbered(key, _of_manifest(path, text))
        elif (paragraphs := _of_paragraphs(path, text, meant)) is not None:
            rows += _numbered(key, paragraphs)
        elif (passage := _passage(key, path, text)) is not None:
            passages.append(passage)
        else:
            rows += _numbered(key, [_row(_BY_SCANCODE, rule_id=NO_SECTION)])
    found = scan((str(number), item.path, item.text) for number, item in enumerate(passages))
    for passage, (_, detection) in zip(passages, found, strict=True):
        rows += _numbered(passage.key, _of_passage(passage, detection))
    frame = pl.DataFrame(rows, schema=TABLES["license_texts"].schema)
    return conform(frame, "license_texts").sort(TABLES["license_texts"].key)


def _passage(key: tuple[str, str], path: str, text: str) -> _Passage | None:
    """The part of the text that speaks of the license: of a README its section on it, or None."""
    _, role = key
    if role != "readme":
        return _Passage(key, path, text, 0, copyright_statements(text))
    found = section(text)
    if found is None:
        return None
    return _Passage(key, path, found.text, found.start_line - 1, copyright_statements(found.text))


def _of_passage(passage: _Passage, detection: scancode.Detection) -> Iterator[Row]:
    made_by = _BY_SCANCODE | {"detector_version": f"{detection.engine}+{RULES_VERSION}"}
    if detection.state != "complete":
        # Half a list of licenses is worse than none: it may look permissive.
        yield _row(made_by, rule_id=f"scan-{detection.state}", copyrights=passage.copyrights)
        return
    for statement in detection.statements:
        yield _row(
            made_by,
            license_expression=statement.expression,
            statement_kind=statement.kind,
            rule_id=statement.rule_id,
            score=statement.score,
            coverage=statement.coverage,
            start_line=statement.start_line + passage.offset,
            end_line=statement.end_line + passage.offset,
            matched_text_sha256=statement.text_sha256,
            referenced_files=list(statement.referenced_files),
            copyrights=passage.copyrights,
        )
    if not detection.statements:
        yield _row(made_by, rule_id=NOTHING_FOUND, copyrights=passage.copyrights)


def _of_paragraphs(path: str, text: str, meant: dict[str, str]) -> list[Row] | None:
    """The statements of a list of paths, None where the file is none."""
    if not is_scoped(path):
        return None
    made_by = {"detector": PATHS_DETECTOR, "detector_version": RULES_VERSION}
    try:
        found = scoped_statements(path, text, meant.get)
    except manifests.ManifestError:
        return [_row(made_by, rule_id=INVALID_MANIFEST)]
    return [
        _row(
            made_by,
            license_expression=item.expression,
            statement_kind="declared" if item.expression is not None else "reference",
            rule_id=item.rule,
            score=100.0,
            coverage=100.0,
            start_line=item.start_line,
            end_line=item.end_line,
            matched_text_sha256=hashlib.sha256(item.words.encode()).hexdigest(),
            copyrights=list(item.copyrights),
            applies_to=list(item.applies_to) or ["*"],
        )
        for item in found
    ] or None


def _of_manifest(path: str, text: str) -> Iterator[Row]:
    made_by = {"detector": MANIFEST_DETECTOR, "detector_version": RULES_VERSION}
    try:
        found = manifests.declared(path, text)
    except manifests.ManifestError:
        yield _row(made_by, rule_id=INVALID_MANIFEST)
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
            referenced_files=list(item.files),
        )
    if not found:
        yield _row(made_by, rule_id=NOTHING_FOUND)


_BY_SCANCODE = {"detector": scancode.DETECTOR, "detector_version": RULES_VERSION}


def _numbered(key: tuple[str, str], rows: Iterable[Row]) -> Iterator[Row]:
    content_id, role = key
    for ordinal, row in enumerate(rows):
        yield row | {"content_id": content_id, "role": role, "ordinal": ordinal}


def _row(made_by: dict[str, str], **values: Any) -> Row:
    blank: Row = dict.fromkeys(TABLES["license_texts"].names)
    return blank | {"referenced_files": [], "copyrights": [], "applies_to": []} | made_by | values


def _line_of(text: str, words: str) -> int | None:
    """The line on which the declared words stand, null if they are spread over several."""
    position = text.find(words)
    return None if position < 0 else text.count("\n", 0, position) + 1
