"""The one door to ScanCode: its index, loaded once per process, and detection in one text.

Belongs here: starting ScanCode safely, and turning its matches into plain statements. Does not
belong here: which files are scanned (`texts.py`, `statements.py`) and what follows from a match.

The index takes about 4 s and 1.1 GB per process, so nothing loads it before the first text.
"""

from __future__ import annotations

import atexit
import ctypes
import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

DETECTOR = "scancode"

# A license text is 35 kB at most; what is longer is a list of other people's licenses.
MAX_CHARACTERS = 1_000_000
# Above so many license words a text is a list of licenses; the time to sort out its matches grows
# with their square (128,000 characters of nothing but such words took 19 s, half of them 1.7 s).
_LICENSE_WORDS = re.compile(r"(?i)licen[cs]e|gpl|bsd|mit\b|apache")
_MAX_LICENSE_WORDS = 10_000
_DENSE_CHARACTERS = 64_000
# The slowest source file among 2,809 took 15 s in full detection (reference/licensing.md, 4).
DEADLINE_SECONDS = 60.0

# The file API breaks query runs after 15 lines of junk, the string API after 4; with 15 and the
# normalization below both give the same answer (reference/licensing.md, section 2).
_LINE_THRESHOLD = 15
_ODD_LINE_BREAKS = str.maketrans(dict.fromkeys("\f\v\x1c\x1d\x1e\x85\u2028\u2029", " "))
UNKNOWN_REFERENCE = "LicenseRef-scancode-unknown-license-reference"


class EngineError(RuntimeError):
    """ScanCode cannot be loaded; the message says what to install."""


class Statement(NamedTuple):
    """One detected license statement: an SPDX expression with its evidence.

    `kind` is text, notice, tag or reference; `rule_length` counts the words of the longest rule
    behind it and `relevance` (0-100) is that rule's own weight; lines count from 1.
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


class Detection(NamedTuple):
    """All statements in a text; `complete` is false if time or size cut the search short."""

    statements: tuple[Statement, ...]
    complete: bool


def detect(text: str, *, approximate: bool, escapes: bool) -> Detection:
    """The license statements in `text`.

    With `approximate` off only exact matches of rules are found (hash, SPDX tag, Aho-Corasick):
    about 235 files/s instead of 1.6. `escapes` blanks the literal backslash-n, -r and -t of source
    files, as ScanCode does for them. A text that takes too long with `approximate` on is searched
    for exact matches only and reported as incomplete. Raises EngineError without a usable engine.
    """
    head = _searchable(text)
    query = _normalized(head, escapes)
    matches, in_time = _matches(query, approximate)
    if not in_time and approximate:
        matches, _ = _matches(query, False)
    statements = tuple(_statements(matches, query.split("\n")))
    return Detection(statements, in_time and len(head) == len(text))


@lru_cache(maxsize=1)
def version() -> str:
    """The version of ScanCode, without loading it."""
    from importlib.metadata import version as installed

    return installed("scancode-toolkit")


def _searchable(text: str) -> str:
    """The text, or its beginning if it is too long or too dense to be searched in bounded time."""
    head = text[:MAX_CHARACTERS]
    words = sum(1 for _ in islice(_LICENSE_WORDS.finditer(head), _MAX_LICENSE_WORDS + 1))
    return head if words <= _MAX_LICENSE_WORDS else head[:_DENSE_CHARACTERS]


def _normalized(text: str, escapes: bool) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_ODD_LINE_BREAKS)
    if escapes:
        for pair in ("\\r", "\\n", "\\t"):
            text = text.replace(pair, " ")
    return text


def _matches(text: str, approximate: bool) -> tuple[list[Any], bool]:
    """The matches and whether they were found in time; ScanCode returns partial ones silently."""
    engine = _engine()
    if not text.strip():
        return [], True
    query = engine.query.Query(query_string=text, idx=engine.index, line_threshold=_LINE_THRESHOLD)
    if not query.tokens:
        return [], True
    deadline = time.time() + DEADLINE_SECONDS
    matches = engine.index.match_query(query, approximate=approximate, deadline=deadline)
    return matches, time.time() < deadline


def _statements(matches: list[Any], lines: list[str]) -> list[Statement]:
    engine = _engine()
    found = []
    for group in engine.detection.group_matches(matches):
        expression = _expression(group)
        if expression is None:
            continue  # a clue or a known false positive
        main = max(group, key=lambda match: (match.len(), match.rule.identifier))
        start = min(match.start_line for match in group)
        end = max(match.end_line for match in group)
        excerpt = "\n".join(lines[start - 1 : end]).encode()
        found.append(
            Statement(
                expression=expression,
                kind="reference" if expression == UNKNOWN_REFERENCE else _kind(main.rule),
                rule_id=main.rule.identifier,
                score=_weighted(group, [match.score() for match in group]),
                coverage=_weighted(group, [match.coverage() for match in group]),
                start_line=start,
                end_line=end,
                text_sha256=hashlib.sha256(excerpt).hexdigest(),
                rule_length=main.rule.length,
                relevance=main.rule.relevance,
                matcher=main.matcher,
            )
        )
    return sorted(found, key=lambda item: (item.start_line, item.end_line, item.rule_id))


def _expression(group: list[Any]) -> str | None:
    """The SPDX expression of a group of matches, or None if ScanCode takes it for no license.

    ScanCode's own LicenseDetection does the same and then reads the whole file once more per
    group, for an identifier that nobody here needs.
    """
    engine = _engine()
    analysis = engine.detection.analyze_detection(license_matches=group)
    _, expression = engine.detection.get_detected_license_expression(
        analysis=analysis, license_matches=group, post_scan=False
    )
    if expression is None:
        return None
    return str(
        engine.cache.build_spdx_license_expression(str(expression), licensing=engine.licensing)
    )


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


class _Engine(NamedTuple):
    index: Any
    licensing: Any
    cache: Any
    query: Any
    detection: Any


@lru_cache(maxsize=1)
def _engine() -> _Engine:
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libgomp.so.1")
        except OSError:
            raise EngineError(
                "ScanCode needs the OpenMP runtime: install libgomp1 (apt-get install libgomp1)"
            ) from None
    folder = tempfile.mkdtemp(prefix="corpus-scancode-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.setdefault("SCANCODE_CACHE", folder)
    os.environ.setdefault("SCANCODE_TEMP", folder)
    try:
        from licensedcode import cache, detection, query

        index, licensing = cache.get_index(), cache.get_licensing()
    # ScanCode puts the whole process environment, secrets included, into the text of a plain
    # Exception when a library fails to load: nothing of it may reach a log.
    except Exception as error:  # noqa: BLE001
        raise EngineError(
            f"ScanCode {version()} does not load ({type(error).__name__}); check that pluggy is "
            "older than 1.7 and that scancode-toolkit is installed completely"
        ) from None
    return _Engine(index, licensing, cache, query, detection)
