"""What a file says about its own license: SPDX tags, notices, refusals.

Belongs here: finding the statements in each text once, whatever its place, and telling statements
from words that may be about anything. Does not belong here: what they are worth beside the claims
of the tree (`resolution.py`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from corpus_assets.licensing import scancode
from corpus_assets.licensing.clues import has_clue
from corpus_assets.licensing.comments import comment_lines, has_known_comments
from corpus_assets.licensing.copyrights import copyright_statements
from corpus_assets.licensing.expressions import normalize
from corpus_assets.licensing.pointers import pointers
from corpus_assets.licensing.snippets import snippet_statements
from corpus_assets.policy.license_words import NO_RIGHTS
from corpus_assets.tables import TABLES, conform

RULES_VERSION = "2"
TAG_DETECTOR = "spdx-tag"
WORDS_DETECTOR = "corpus"
UNREADABLE_TAG = "spdx-tag-unreadable"
RESERVED_RULE = "all-rights-reserved"

# Our own readers look besides at texts with one of these.
_OWN_WORDS = ["copyright", "copying", "licen"]
_TAG = re.compile(r"SPDX-License-Identifier:[ \t]*([^\r\n]*)", re.IGNORECASE)
_TAG_CLOSER = re.compile(r"(?:\*+/|-->|--\}\}|\*\)|-\}|#\}|%>|\"{1,3}|'{1,3}|`|;|,\s*$|\\n|<).*$")
_UNKNOWN_TAG = "LicenseRef-scancode-unknown-spdx"

# Words in matches this short or indirect are found in any code (licensing.md, section 5, end).
_SHORT_RULE = 3
# JSON cannot hold a statement about itself: a license in it is data, in bills of materials most.
_WITHOUT_COMMENTS = "json"
# Code that states the license of its own file.
_DECLARATION = re.compile(r"__licen[cs]e__\s*[:=]|\bMODULE_LICENSE\s*\(")
_RESERVED = re.compile(r"all\s+rights\s+reserved", re.IGNORECASE)
_GRANT_NEARBY = re.compile(
    r"(?i)licen[cs]|copying|permission|permitted|redistribut|under the terms|public domain"
)
_NEARBY_LINES = 15


def license_evidence(documents: pl.DataFrame, scan: scancode.Scan) -> pl.DataFrame:
    """Every license statement in the documents' texts: table license_evidence.

    What ScanCode finds is recorded as it finds it; our own readers add the LicenseRef names of
    tags, which ScanCode does not keep, pointers to other files, refusals without a license and
    copied snippets. A statement of kind reference is too weak to decide anything. A null
    license_expression of another kind means that the file says something that could not be read,
    or that its scan was cut short.
    """
    texts = documents.select(
        "content_id",
        "path",
        "text",
        "language",
        has_clue(pl.col("text")).alias("has_clue"),
    )
    own = pl.col("text").str.contains_any(_OWN_WORDS, ascii_case_insensitive=True)
    texts = texts.filter(pl.col("has_clue") | own).sort("content_id")
    scanned = texts.filter("has_clue")
    detections = iter(scan(scanned.select("content_id", "path", "text").iter_rows()))
    rows = []
    for content_id, _, text, language, clue in texts.iter_rows():
        detection = next(detections)[1] if clue else None
        found = _statements(text, language, detection)
        rows += [
            row | {"content_id": content_id, "language": language, "ordinal": ordinal}
            for ordinal, row in enumerate(_with_copyrights(found, text))
        ]
    frame = pl.DataFrame(rows, schema=TABLES["license_evidence"].schema)
    every = pl.concat([frame, _snippets(documents, frame)])
    return conform(every, "license_evidence").sort(TABLES["license_evidence"].key)


def _snippets(documents: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Copied snippets as further statements of their contents, numbered behind the others."""
    numbers = found.group_by("content_id").agg(pl.col("ordinal").max() + 1)
    position = pl.int_range(pl.len(), dtype=pl.Int64).over("content_id")
    return (
        snippet_statements(documents)
        .join(documents.select("content_id", "language"), on="content_id", maintain_order="left")
        .join(numbers, on="content_id", how="left", maintain_order="left")
        .with_columns(ordinal=pl.col("ordinal").fill_null(0) + position)
        .select(found.columns)
    )


def _with_copyrights(found: Iterable[dict[str, Any]], text: str) -> Iterator[dict[str, Any]]:
    """The statements, the first one with the copyright lines that stand in the file."""
    for ordinal, row in enumerate(found):
        yield row if ordinal else row | {"copyrights": copyright_statements(text)}


def _statements(
    text: str, language: str, detection: scancode.Detection | None
) -> Iterator[dict[str, Any]]:
    lines = re.split(r"\r\n|\r|\n", text)
    comments = comment_lines(lines, language)
    if detection is not None:
        yield from _of_scancode(detection, lines, comments, language)
        if not detection.statements:
            yield from _reserved(lines, comments)
    yield from _pointers(lines, comments)


def _of_scancode(
    detection: scancode.Detection,
    lines: list[str],
    comments: list[bool],
    language: str,
) -> Iterator[dict[str, Any]]:
    made_by = _made_by(scancode.DETECTOR, f"{detection.engine}+{RULES_VERSION}")
    if detection.state != "complete":
        # In data nothing counts, so nothing is lost; elsewhere half an answer is none.
        kind = "reference" if language == _WITHOUT_COMMENTS else "text"
        yield made_by | {"statement_kind": kind, "rule_id": f"scan-{detection.state}"}
        return
    for found in detection.statements:
        # ScanCode breaks very long lines and counts the pieces: the last line is as far as it goes.
        statement = found._replace(
            start_line=min(found.start_line, len(lines)), end_line=min(found.end_line, len(lines))
        )
        is_data = language == _WITHOUT_COMMENTS
        kind = "reference" if is_data else _kind(statement, lines, comments, language)
        yield made_by | {
            "license_expression": _named(statement, lines),
            "statement_kind": kind,
            "rule_id": statement.rule_id,
            "score": statement.score,
            "coverage": statement.coverage,
            "start_line": statement.start_line,
            "end_line": statement.end_line,
            "matched_text_sha256": statement.text_sha256,
            "referenced_files": list(statement.referenced_files),
        }
    yield from _missed_tags(lines, comments, detection)


def _named(statement: scancode.Statement, lines: list[str]) -> str | None:
    """The expression, with the names of a tag in place of ScanCode's word for unknown ones."""
    if _UNKNOWN_TAG not in statement.expression:
        return statement.expression
    span = lines[statement.start_line - 1 : statement.end_line]
    tags = [_tag_expression(match) for line in span if (match := _TAG.search(line))]
    if len(tags) != 1 or tags[0] is None:
        return None
    return normalize(statement.expression.replace(_UNKNOWN_TAG, f"({tags[0]})"))


def _tag_expression(match: re.Match[str]) -> str | None:
    words = _TAG_CLOSER.sub("", match.group(1)).strip()
    return normalize(words) if words else None


def _missed_tags(
    lines: list[str], comments: list[bool], detection: scancode.Detection
) -> Iterator[dict[str, Any]]:
    """Tags of comments in which ScanCode found no license: empty or unreadable ones."""
    spans = [(item.start_line, item.end_line) for item in detection.statements]
    for number, line in enumerate(lines, 1):
        match = _TAG.search(line)
        if match is None or not comments[number - 1]:
            continue
        if any(start <= number <= end for start, end in spans):
            continue
        expression = _tag_expression(match)
        yield (
            _made_by(TAG_DETECTOR, RULES_VERSION)
            | _evidence(lines, number)
            | {
                "license_expression": expression,
                "statement_kind": "tag",
                "rule_id": "spdx-tag" if expression else UNREADABLE_TAG,
            }
        )


def _pointers(lines: list[str], comments: list[bool]) -> Iterator[dict[str, Any]]:
    """A statement for each line that points to a license elsewhere, whatever ScanCode makes of it:
    following one twice leads to the same file."""
    by_line: dict[int, list[str]] = {}
    for pointer in pointers(lines, comments):
        by_line.setdefault(pointer.line, []).append(pointer.name)
    for number, names in by_line.items():
        yield (
            _made_by(WORDS_DETECTOR, RULES_VERSION)
            | _evidence(lines, number)
            | {
                "statement_kind": "reference",
                "rule_id": "pointer",
                "referenced_files": names,
            }
        )


def _reserved(lines: list[str], comments: list[bool]) -> Iterator[dict[str, Any]]:
    """The first "all rights reserved" in a comment with no word of a grant around it."""
    for number, line in enumerate(lines, 1):
        if not comments[number - 1] or not _RESERVED.search(line):
            continue
        nearby = lines[max(0, number - 1 - _NEARBY_LINES) : number + _NEARBY_LINES]
        if not any(_GRANT_NEARBY.search(other) for other in nearby):
            yield (
                _made_by(WORDS_DETECTOR, RULES_VERSION)
                | _evidence(lines, number)
                | {
                    "license_expression": NO_RIGHTS,
                    "statement_kind": "reference",
                    "rule_id": RESERVED_RULE,
                }
            )
        return


def _kind(
    statement: scancode.Statement, lines: list[str], comments: list[bool], language: str
) -> str:
    """ScanCode's kind, but reference for what is weak and notice for names in a comment.

    Outside the comments of a language whose comments are known stands code: what it says about
    licenses, at whatever length, is a template, a test or the output of a program.
    """
    in_comment = comments[statement.start_line - 1] or comments[statement.end_line - 1]
    if statement.kind == "tag" and statement.matcher == "1-spdx-id":
        # In a string or a page of documentation the tag is an example.
        return "tag" if in_comment or statement.start_line <= 2 else "reference"
    if statement.expression == scancode.UNKNOWN_REFERENCE or statement.rule_length == 1:
        return "reference"  # "see LICENSE" and a bare "GPL" say nothing about this file
    declares = _DECLARATION.search(lines[statement.start_line - 1]) is not None
    doubtful = has_known_comments(language) or _is_indirect(statement)
    if not in_comment and doubtful and not declares:
        return "reference"
    return "notice" if statement.kind == "reference" else statement.kind


def _is_indirect(statement: scancode.Statement) -> bool:
    indirect = (
        statement.rule_length <= _SHORT_RULE
        or statement.kind in ("reference", "tag")
        or statement.relevance < 100
    )
    return indirect and statement.matcher == "2-aho"


def _made_by(detector: str, version: str) -> dict[str, Any]:
    blank: dict[str, Any] = dict.fromkeys(TABLES["license_evidence"].names)
    return blank | {
        "detector": detector, "detector_version": version, "referenced_files": [], "copyrights": [],
    }  # fmt: skip


def _evidence(lines: list[str], number: int) -> dict[str, Any]:
    return {
        "score": 100.0,
        "coverage": 100.0,
        "start_line": number,
        "end_line": number,
        "matched_text_sha256": hashlib.sha256(lines[number - 1].encode()).hexdigest(),
    }
