"""What a file says about its own license: SPDX tags, notices, refusals.

Belongs here: finding the statements in each text once, whatever its place. Does not belong here:
what they are worth beside the claims of the tree (`conclusions.py`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from corpus_assets.licensing import scancode
from corpus_assets.licensing.comments import in_comment
from corpus_assets.licensing.evidence_files import evidence_role, is_program
from corpus_assets.licensing.expressions import normalize
from corpus_assets.licensing.license_names import NO_RIGHTS

RULES_VERSION = "1"
TAG_DETECTOR = "spdx-tag"
WORDS_DETECTOR = "corpus"
INCOMPLETE = "scan-incomplete"
UNREADABLE_TAG = "spdx-tag-unreadable"

SCHEMA = pl.Schema(
    {
        "content_id": pl.String,
        "ordinal": pl.Int64,
        "license_expression": pl.String,
        "statement_kind": pl.String,
        "rule_id": pl.String,
        "score": pl.Float64,
        "coverage": pl.Float64,
        "start_line": pl.Int64,
        "end_line": pl.Int64,
        "matched_text_sha256": pl.String,
        "detector": pl.String,
        "detector_version": pl.String,
    }
)

# A text without any of these words holds no license statement: the literals are searched at
# 1.9 GB/s, the expression at 160 MB/s (reference/licensing.md, section 5).
_LITERALS = (
    "licen", "all rights reserved", "redistribut", "permission", "public domain", "gpl", "bsd",
    "copyleft", "free software", "proprietary", "confidential", "creative commons",
    "creativecommons", "cc-by", "cc by", "cc0", "wtfpl", "mozilla", "apache", "artistic",
)  # fmt: skip
_WORDS = (
    r"(?i)licen[cs]|all rights reserved|redistribut|permission (?:is|to)|public domain|"
    r"\b[al]?gpl|\bbsd\b|copyleft|free software|proprietary|confidential|creative ?commons|"
    r"\bcc[- ]by|\bcc0\b|wtfpl|mozilla public|apache software|artistic"
)
_TAG = re.compile(r"SPDX-License-Identifier:[ \t]*([^\r\n]*)", re.IGNORECASE)
_TAG_CLOSER = re.compile(r"(?:\*+/|-->|--\}\}|\*\)|-\}|#\}|%>|\"{1,3}|'{1,3}|`|;|,\s*$|\\n|<).*$")

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


def file_statements(documents: pl.DataFrame) -> pl.DataFrame:
    """Every license statement in the documents' texts, by content_id and ordinal.

    Columns: `SCHEMA`, the evidence columns of table license_claims. SPDX tags are read by us, so
    that own LicenseRef names stay; other notices come from ScanCode's exact matchers. A statement
    of kind reference is recorded but too weak to decide anything. A null license_expression of
    another kind means that the file says something that could not be read.
    """
    texts = documents.select(
        "content_id",
        "language",
        "text",
        ((evidence_role(pl.col("path")) == "manifest") & ~is_program(pl.col("path")))
        .fill_null(False)
        .alias("is_manifest"),
    ).filter(pl.col("text").is_not_null() & (pl.col("language") != _WITHOUT_COMMENTS))
    likely = texts.filter(
        pl.col("text").str.contains_any(list(_LITERALS), ascii_case_insensitive=True)
    ).filter(pl.col("text").str.contains(_WORDS))
    rows = [
        row | {"content_id": content_id, "ordinal": ordinal}
        for content_id, language, text, is_manifest in likely.sort("content_id").iter_rows()
        for ordinal, row in enumerate(_statements(text, language, is_manifest))
    ]
    return pl.DataFrame(rows, schema=SCHEMA).sort("content_id", "ordinal")


def _statements(text: str, language: str, is_manifest: bool) -> Iterator[dict[str, Any]]:
    lines = re.split(r"\r\n|\r|\n", text)
    tags = [(number, match) for number, line in enumerate(lines, 1) if (match := _TAG.search(line))]
    for number, match in tags:
        yield _tag(lines, number, match, language)
    if is_manifest:
        return  # what it declares is read by `manifests`; its description is not about the file
    tagged = {number for number, _ in tags}
    # The tags are settled: without them many files have no further word to look at.
    rest = "\n".join("" if number in tagged else line for number, line in enumerate(lines, 1))
    if not re.search(_WORDS, rest):
        return
    found = scancode.detect(rest, approximate=False, escapes=True)
    made_by = _made_by(scancode.DETECTOR, f"{scancode.version()}+{RULES_VERSION}")
    for statement in found.statements:
        if statement.matcher == "1-spdx-id":
            continue  # remains of tags, which are read above
        yield made_by | {
            "license_expression": statement.expression,
            "statement_kind": _kind(statement, lines, language),
            "rule_id": statement.rule_id,
            "score": statement.score,
            "coverage": statement.coverage,
            "start_line": statement.start_line,
            "end_line": statement.end_line,
            "matched_text_sha256": statement.text_sha256,
        }
    if not found.complete:
        yield made_by | {"statement_kind": "text", "rule_id": INCOMPLETE}
    if not found.statements and not tags:
        yield from _reserved(lines, language)


def _tag(lines: list[str], number: int, match: re.Match[str], language: str) -> dict[str, Any]:
    words = _TAG_CLOSER.sub("", match.group(1)).strip()
    expression = normalize(words) if words else None
    # In a string or a page of documentation the tag is an example.
    stands = in_comment(lines, number, language) or number <= 2
    return (
        _made_by(TAG_DETECTOR, RULES_VERSION)
        | _evidence(lines, number)
        | {
            "license_expression": expression,
            "statement_kind": "tag" if stands else "reference",
            "rule_id": "spdx-tag" if expression else UNREADABLE_TAG,
        }
    )


def _reserved(lines: list[str], language: str) -> Iterator[dict[str, Any]]:
    """The first "all rights reserved" in a comment with no word of a grant around it."""
    for number, line in enumerate(lines, 1):
        if not _RESERVED.search(line) or not in_comment(lines, number, language):
            continue
        around = lines[max(0, number - 1 - _NEARBY_LINES) : number + _NEARBY_LINES]
        if _GRANT_NEARBY.search("\n".join(around)):
            continue
        yield (
            _made_by(WORDS_DETECTOR, RULES_VERSION)
            | _evidence(lines, number)
            | {
                "license_expression": NO_RIGHTS,
                "statement_kind": "notice",
                "rule_id": "all-rights-reserved",
            }
        )
        return


def _kind(statement: scancode.Statement, lines: list[str], language: str) -> str:
    """ScanCode's kind, but reference for what is weak and notice for names in a comment."""
    if statement.kind != "reference":
        return "reference" if _is_weak(statement, lines, language) else statement.kind
    if statement.expression == scancode.UNKNOWN_REFERENCE or statement.rule_length == 1:
        return "reference"  # "see LICENSE" and a bare "GPL" say nothing about this file
    return "reference" if _is_weak(statement, lines, language) else "notice"


def _is_weak(statement: scancode.Statement, lines: list[str], language: str) -> bool:
    if _DECLARATION.search(lines[statement.start_line - 1]):
        return False
    doubtful = (
        statement.rule_length <= _SHORT_RULE
        or statement.kind in ("reference", "tag")
        or statement.relevance < 100
    )
    exact_rule_only = statement.matcher == "2-aho"
    return exact_rule_only and doubtful and not in_comment(lines, statement.start_line, language)


def _made_by(detector: str, version: str) -> dict[str, Any]:
    return dict.fromkeys(SCHEMA.names()) | {"detector": detector, "detector_version": version}


def _evidence(lines: list[str], number: int) -> dict[str, Any]:
    return {
        "score": 100.0,
        "coverage": 100.0,
        "start_line": number,
        "end_line": number,
        "matched_text_sha256": hashlib.sha256(lines[number - 1].encode()).hexdigest(),
    }
