"""Secrets in documents: passwords, tokens and private keys, found without touching the network.

Belongs here: scanning, judging each match, and turning it into a row. The secret itself is
hashed under the project's key and dropped; it is never stored, logged or put into a message. The
scanner's parts that contact providers are never used.
"""

from __future__ import annotations

import bisect
import hashlib
import hmac
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from corpus_assets.languages import BY_SLUG
from corpus_assets.security.plausible import (
    is_placeholder,
    is_plausible_assignment,
    is_plausible_url_password,
    is_public_digest,
    is_uuid,
)
from corpus_assets.tables import TABLES, conform

SECRETS_VERSION = "1"
DETECTOR = "kingfisher"

_URL_RULES = ("corpus.url-password", "betterleaks.generic-credential-uri")
_ASSIGNMENT = "corpus.assignment"  # also begins the names of its variants
_UNQUOTED = ("corpus.assignment-bare", "corpus.assignment-command")
_SHELL_LIKE = frozenset({"shell", "dockerfile", "makefile", "powershell", "hcl"})
_TRANSLATION = re.compile(r"(?i)(?:^|/)(?:locales?|i18n|l10n|lang|translations?|messages)/")
_TEST = re.compile(
    r"(?i)(?:^|[/_.-])(?:tests?|testdata|testing|fixtures?|mocks?|vectors?|specs?|examples?)(?:[/_.-]|$)"
)
_PASSWORD = re.compile(r"(?i)passw|passphrase|pwd|\bpass|[_.-]pass")
_BLOB_BEFORE = re.compile(r"[A-Za-z0-9+/]{16}$")  # a piece of a longer run of base64
_BLOB_AFTER = re.compile(r"[A-Za-z0-9+/]{16}")
_LOWERED = {"high": "medium", "medium": "low", "low": "low"}


class _Match(NamedTuple):
    rule: str
    confidence: str
    start: int
    end: int
    secret: str


def secrets(documents: pl.DataFrame, key: bytes, cache_folder: Path | None = None) -> pl.DataFrame:
    """Table secrets for the documents that have text, sorted by finding id.

    Spans are bytes and lines of the text as UTF-8. `confidence` is the rule's, one step lower in
    tests and examples; the fingerprint is HMAC-SHA256 under `key`. `cache_folder` keeps the
    compiled rules (None: the user's cache folder). About 30 MB a second.
    """
    scanner = _scanner(None if cache_folder is None else str(cache_folder))
    detector_version = f"{version('kingfisher-secret-scanner')}, rules {SECRETS_VERSION}"
    rows = [
        {**row, "detector": DETECTOR, "detector_version": detector_version}
        for content_id, language, path, text in documents.filter(pl.col("text").is_not_null())
        .select("content_id", "language", "path", "text")
        .iter_rows()
        for row in _findings(scanner, content_id, language, path, text.encode(), key)
    ]
    frame = pl.DataFrame(rows, schema=TABLES["secrets"].schema)
    return conform(frame.sort("finding_id"), "secrets")


def _findings(
    scanner: Any, content_id: str, language: str, path: str, data: bytes, key: bytes
) -> Iterator[dict[str, object]]:
    matches = _matches(scanner, data)
    if not matches:
        return
    starts = [0, *(found.end() for found in re.finditer(b"\n", data))]
    for match in _apart(matches):
        first = bisect.bisect_right(starts, match.start)
        last = bisect.bisect_right(starts, max(match.start, match.end - 1))
        line_start = starts[first - 1]
        line_end = starts[last] - 1 if last < len(starts) else len(data)
        before = data[line_start : match.start].decode(errors="replace")
        after = data[match.end : line_end].decode(errors="replace")
        confidence = _judged(match, before, after, language, path)
        if confidence is None:
            continue
        identity = f"{content_id}\n{match.rule}\n{match.start}\n{match.end}"
        yield {
            "finding_id": hashlib.sha256(identity.encode()).hexdigest(),
            "content_id": content_id,
            "language": language,
            "kind": _kind(match.rule, before),
            "rule": match.rule,
            "confidence": confidence,
            "start_byte": match.start,
            "end_byte": match.end,
            "start_line": first,
            "end_line": last,
            "fingerprint": hmac.new(key, match.secret.encode(), hashlib.sha256).hexdigest(),
        }


def _matches(scanner: Any, data: bytes) -> list[_Match]:
    return [
        _Match(
            finding.rule_id,
            finding.confidence,
            finding.location["start_offset"],
            finding.location["end_offset"],
            finding.secret,
        )
        for finding in scanner.scan(data)
        if finding.visible
    ]


def _apart(matches: list[_Match]) -> list[_Match]:
    """One match where several overlap: a provider's rule before ours, then the longest."""

    def rank(match: _Match) -> tuple[bool, int, int, str]:
        generic = match.rule.startswith(_ASSIGNMENT) or match.rule in _URL_RULES
        return generic, match.start - match.end, match.start, match.rule

    chosen: list[_Match] = []
    for match in sorted(set(matches), key=rank):
        if all(match.end <= other.start or other.end <= match.start for other in chosen):
            chosen.append(match)
    return sorted(chosen, key=lambda match: match.start)


def _judged(match: _Match, before: str, after: str, language: str, path: str) -> str | None:
    """The confidence of the match, or None when it is no secret."""
    line, confidence = before + after, match.confidence
    if match.rule in _URL_RULES:
        if not is_plausible_url_password(match.secret, before, after):
            return None
    elif match.rule.startswith(_ASSIGNMENT):
        bare_code = BY_SLUG[language].kind == "programming" and language not in _SHELL_LIKE
        if match.rule in _UNQUOTED and bare_code:
            return None  # an expression, not a literal
        if _TRANSLATION.search(path) or not is_plausible_assignment(match.secret, before, line):
            return None
        if is_uuid(match.secret):
            confidence = "low"
    elif not _is_key(match.rule) and (
        is_placeholder(match.secret)
        or is_public_digest(match.secret, line)
        or _BLOB_BEFORE.search(before)
        or _BLOB_AFTER.match(after)
    ):
        return None
    return _LOWERED[confidence] if _TEST.search(path) else confidence


def _is_key(rule: str) -> bool:
    return "private-key" in rule or "pgp" in rule or "ssh" in rule


def _kind(rule: str, before: str) -> str:
    if _is_key(rule):
        return "private_key"
    if rule in _URL_RULES:
        return "url_password"
    if "jwt" in rule:
        return "jwt"
    if rule.startswith(_ASSIGNMENT):
        return "password" if _PASSWORD.search(before) else "generic_secret"
    return "provider_token"


@cache
def _scanner(cache_folder: str | None) -> Any:
    from kingfisher_sdk.rules import Rules
    from kingfisher_sdk.scanner import DetectionScanner

    ours = Path(__file__).with_name("rules.yaml")
    rules = Rules([ours], confidence="low", cache_dir=cache_folder)
    # A comment that asks scanners to look away does not make a secret fit for training.
    return DetectionScanner(rules, inline_ignores=False)
