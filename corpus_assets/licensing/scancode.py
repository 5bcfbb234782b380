"""The one door to ScanCode: what a full ScanCode run says about one file.

Belongs here: asking it, and turning its matches into plain statements. Does not belong here:
loading it (`scancode_engine.py`), matching (`scancode_fast.py`), which files are scanned
(`texts.py`, `statements.py`) and what follows from a statement.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from corpus_assets.licensing.scancode_engine import (
    Engine,
    EngineError,
    answers_by,
    engine,
    version,
)
from corpus_assets.licensing.scancode_fast import may_be_false_positive
from corpus_assets.licensing.scancode_files import on_disk

__all__ = [
    "DETECTOR",
    "Detection",
    "EngineError",
    "RuleMatch",
    "Statement",
    "answers_by",
    "detect",
    "version",
]

DETECTOR = "scancode"
UNKNOWN_REFERENCE = "LicenseRef-scancode-unknown-license-reference"

# The slowest source file among 2,809 took 15 s in ScanCode's own detection (licensing.md, 4).
DEADLINE_SECONDS = 60.0
# What is longer is no source file; ScanCode's memory grows into gigabytes (licensing.md, 7).
MAX_BYTES = 10_000_000
_LINE_BREAK = re.compile(rb"\r\n|\r|\n")

State = Literal["complete", "timed_out", "crashed", "too_large"]


class RuleMatch(NamedTuple):
    """One of ScanCode's rules, matched: its expression (SPDX), place and measures.

    `score` and `coverage` are percent, `relevance` (0-100) is the rule's own weight, `matcher`
    one of 1-hash, 1-spdx-id, 2-aho and 3-seq; lines count from 1.
    """

    rule_id: str
    expression: str
    matcher: str
    score: float
    coverage: float
    relevance: int
    start_line: int
    end_line: int


class Statement(NamedTuple):
    """One detected license statement: an SPDX expression with its evidence.

    `kind` is text, notice, tag or reference; `rule_length` counts the words of the longest rule
    behind it and `relevance` (0-100) is that rule's own weight; lines count from 1. `matches` are
    all rules of the detection, `referenced_files` the file names they point to ("see COPYING").
    """

    expression: str
    kind: str
    rule_id: str
    score: float
    coverage: float
    start_line: int
    end_line: int
    text_sha256: str
    rule_length: int
    relevance: int
    matcher: str
    referenced_files: tuple[str, ...]
    matches: tuple[RuleMatch, ...]


class Detection(NamedTuple):
    """ScanCode's whole answer on a text, or the reason why there is none.

    Unless `state` is complete there are no statements: a scan cut short is no answer. `engine` is
    the version and the matcher that answered. `clues` are matches that ScanCode itself takes for
    no license of the file.
    """

    statements: tuple[Statement, ...]
    state: State
    engine: str
    clues: tuple[RuleMatch, ...] = ()


Scan = Callable[[Iterable[tuple[str, str, str]]], Iterable[tuple[str, Detection]]]
"""(key, path, text) -> (key, detection), in the order of the texts."""


def detect(text: str | bytes, path: str, *, seconds: float = DEADLINE_SECONDS) -> Detection:
    """What ScanCode detects in a file of this content and path (relative, for its extension).

    Equals `scancode.api.get_licenses` on that file; a decoded text is taken as a file in UTF-8.
    Time is checked between steps only: a hard limit needs `scan_pool`. Raises EngineError without
    a usable engine; what else ScanCode and its expression parser raise on hostile text comes
    through: `scan_pool` makes it the state crashed.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    made_by = answers_by()
    if len(data) > MAX_BYTES:
        return Detection((), "too_large", made_by)
    deadline = time.time() + seconds
    statements, clues = _answer(engine(), data, path, deadline)
    if time.time() >= deadline:  # ScanCode returns what it has by then, without a word
        return Detection((), "timed_out", made_by)
    return Detection(statements, "complete", made_by, clues)


def _answer(
    by: Engine, data: bytes, path: str, deadline: float
) -> tuple[tuple[Statement, ...], tuple[RuleMatch, ...]]:
    with ExitStack() as stack:
        query, matches = _in_memory(by, data, path, deadline)
        if query is None:
            location = stack.enter_context(on_disk(data, path, by.folder))
            query = by.query.build_query(location=location, idx=by.index)
            matches = by.match(query, deadline) if query is not None else []
        groups = list(by.detection.group_matches(matches))
        doubtful = any(may_be_false_positive(by.detection, group) for group in groups)
        if doubtful and query.location is None:  # ScanCode will read the file once more
            query.location = stack.enter_context(on_disk(data, path, by.folder))
        detections = list(
            by.detection.process_detections(
                [_detection(by, group) for group in groups], licensing=by.licensing
            )
        )
    said = [found for found in detections if found.license_expression is not None]
    texts = _LINE_BREAK.split(data) if said else []
    statements = sorted((_statement(by, found, texts) for found in said), key=_place)
    clues = [
        match for found in detections if found.license_expression is None for match in found.matches
    ]
    return tuple(statements), tuple(map(_rule_match, clues))


def _in_memory(by: Engine, data: bytes, path: str, deadline: float) -> tuple[Any, list[Any]]:
    """Query and matches of a text file; no query if ScanCode must read the file itself."""
    if by.fast is None:
        return None, []
    lines = by.fast.reader.lines(data, path)
    if lines is None:
        return None, []
    query = by.fast.builder.build(lines)
    matches = by.match(query, deadline)
    kind = by.fast.reader.kind(data, path) if matches else "text"
    return (None if kind == "other" else query), (matches if kind == "text" else [])


def _detection(by: Engine, group: list[Any]) -> Any:
    """ScanCode's detection of a group of matches."""
    _, expression = by.detection.get_detected_license_expression(
        analysis=_analysis(by, group), license_matches=group, post_scan=False
    )
    return by.new_detection(
        matches=group, license_expression=None if expression is None else str(expression)
    )


def _analysis(by: Engine, group: list[Any]) -> Any:
    """ScanCode's category of a group of matches, by its own tests in its own order."""
    tests = by.detection
    if by.fast is None or may_be_false_positive(tests, group):
        return tests.analyze_detection(license_matches=group)
    category = tests.DetectionCategory
    if tests.has_unknown_intro_before_detection(group):
        found = category.UNKNOWN_INTRO_BEFORE_DETECTION
    elif tests.has_references_to_local_files(group):
        found = category.UNKNOWN_FILE_REFERENCE_LOCAL
    elif tests.has_correct_license_clue_matches(group):
        found = category.LICENSE_CLUES
    elif tests.is_correct_detection_non_unknown(group):
        found = category.PERFECT_DETECTION
    elif tests.has_unknown_matches(group):
        found = category.UNKNOWN_MATCH
    elif tests.is_low_quality_matches(group):
        found = category.LOW_QUALITY_MATCH_FRAGMENTS
    else:
        # Imperfect coverage, extra words and perfect matches lead to the same expression.
        found = category.IMPERFECT_COVERAGE
    return found.value


def _statement(by: Engine, found: Any, lines: list[bytes]) -> Statement:
    group = found.matches
    main = max(group, key=lambda match: (match.len(), match.rule.identifier))
    expression = _spdx(found.license_expression)
    start = min(match.start_line for match in group)
    end = max(match.end_line for match in group)
    return Statement(
        expression=expression,
        kind="reference" if expression == UNKNOWN_REFERENCE else _kind(main.rule),
        rule_id=main.rule.identifier,
        score=_weighted(group, [match.score() for match in group]),
        coverage=_weighted(group, [match.coverage() for match in group]),
        start_line=start,
        end_line=end,
        text_sha256=hashlib.sha256(b"\n".join(lines[start - 1 : end])).hexdigest(),
        rule_length=main.rule.length,
        relevance=main.rule.relevance,
        matcher=main.matcher,
        referenced_files=tuple(by.detection.get_referenced_filenames(group)),
        matches=tuple(_rule_match(match) for match in group),
    )


def _rule_match(match: Any) -> RuleMatch:
    rule = match.rule
    return RuleMatch(
        rule_id=rule.identifier,
        expression=_spdx(rule.license_expression),
        matcher=match.matcher,
        score=match.score(),
        coverage=match.coverage(),
        relevance=rule.relevance,
        start_line=match.start_line,
        end_line=match.end_line,
    )


@lru_cache(maxsize=10_000)
def _spdx(expression: str) -> str:
    by = engine()
    return str(by.cache.build_spdx_license_expression(expression, licensing=by.licensing))


def _place(statement: Statement) -> tuple[int, int, str]:
    return statement.start_line, statement.end_line, statement.rule_id


def _weighted(matches: list[Any], values: list[float]) -> float:
    """The mean over a detection's matches by matched length (ScanCode's own score() fails)."""
    lengths = [match.len() for match in matches]
    total = sum(value * length for value, length in zip(values, lengths, strict=True))
    return float(round(total / sum(lengths), 2))


def _kind(rule: Any) -> str:
    if rule.is_license_text:
        return "text"
    if rule.is_license_notice:
        return "notice"
    if rule.is_license_tag:
        return "tag"
    return "reference"
