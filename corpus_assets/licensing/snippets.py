"""Copied snippets: comments that name the address from which code was taken.

Belongs here: a statement of kind `snippet` for each such address, with the lines it covers, its
license where the place has one, and whether it tells of a copy or only refers to something.
Does not belong here: the parts this is put together from (`snippet_addresses`, `snippet_words`,
`snippet_spans`), and what a snippet means for the file (`weighing`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from corpus_assets.evidence_names import is_license_name
from corpus_assets.languages import LANGUAGES
from corpus_assets.licensing.snippet_addresses import UNKNOWN_POST, Address, addresses, terms
from corpus_assets.licensing.snippet_spans import Comment, Source, plain
from corpus_assets.licensing.snippet_words import (
    NEAR_PHRASE,
    PHRASES,
    Wording,
    continues,
    network_names,
    wording,
    written_on,
)
from corpus_assets.tables import TABLES

DETECTOR = "snippet-address"
RULES_VERSION = "1"
COPIED = "snippet-copied"
REFERENCE = "snippet-reference"
TOO_MANY = "snippet-limit"
COPIED_SCORE, REFERENCE_SCORE = 90.0, 40.0

MAX_STATEMENTS = 100
"""Snippets of one text; one more row tells that there are others."""

_WITHOUT_COMMENTS = (
    "json", *(language.slug for language in LANGUAGES if language.kind == "prose")
)  # fmt: skip
# Every address of a snippet site holds one of these.
_SITES = (
    "stackoverflow", "stack overflow", "stackexchange", "stack exchange", "superuser.com",
    "serverfault.com", "askubuntu.com", "mathoverflow.net", "stackapps.com", "gist.github",
    "pastebin.com", "paste.debian.net", "dpaste.", "hastebin.com", "jsfiddle.net", "jsbin.com",
    "codepen.io", "plnkr.co", "codesandbox.io", "ideone.com", "repl.it", "activestate.com",
    "codeproject.com", "rosettacode.org",
)  # fmt: skip
_NEAR = 160
# Of pages that are no snippet site only copies are told, no references.
_PAGES = ("wikipedia", "github", "page")
_NEAR_PHRASE = re.compile(NEAR_PHRASE)
_WORD = re.compile(r"\w")
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+\.(?:com|net|org|io)/\S+", re.IGNORECASE)

SCHEMA = pl.Schema(
    {
        name: dtype
        for name, dtype in TABLES["license_evidence"].schema.items()
        if name not in ("ordinal", "language")
    }
)


def snippet_statements(documents: pl.DataFrame) -> pl.DataFrame:
    """Snippets named in comments and docstrings of the documents, in order of their place.

    `documents` has content_id, language, path and text; prose, JSON and license files are left
    out, for they hold no comments about code. Columns: `SCHEMA`, which is license_evidence
    without ordinal and language; statement_kind is snippet. The lines are those of the comment
    and of the code it introduces (a reference introduces none), referenced_files holds the
    address. rule_id begins with snippet-copied (score 90) or snippet-reference (40), then names
    the site and how its license was dated; `unworded` at the end tells that no word, only the
    place of the comment, speaks of a copy. The expression is null where the terms are unknown.
    """
    others = ~pl.col("language").is_in(list(_WITHOUT_COMMENTS)) & ~is_license_name(pl.col("path"))
    likely = documents.filter(others).select("content_id", "language", "text")
    rows = [
        row | {"content_id": content_id}
        for content_id, language, text in likely.filter(_is_candidate())
        .sort("content_id")
        .iter_rows()
        for row in _statements(text, language)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def _is_candidate() -> pl.Expr:
    """Boolean: whether a text names a snippet site, or a page near a word of copying."""
    text = pl.col("text")
    site = text.str.contains_any(list(_SITES), ascii_case_insensitive=True)
    phrase = text.str.contains_any(list(PHRASES), ascii_case_insensitive=True)
    return (site | (phrase & text.str.contains(NEAR_PHRASE))).fill_null(value=False)


def _statements(text: str, language: str) -> Iterator[dict[str, Any]]:
    source: Source | None = None
    previous: tuple[Address, Comment, Wording] | None = None
    spoken: set[tuple[int, str]] = set()
    n_found = 0
    for address in addresses(text):
        if not _may_count(address, text, previous):
            continue
        source = source or Source(text, language)
        comment = source.comment_at(address.start)
        if comment is None or (comment.start, address.text) in spoken:
            continue
        said = _wording(address, comment, previous)
        previous = address, comment, said
        if said != "copied" and address.site in _PAGES:
            continue
        spoken.add((comment.start, address.text))
        n_found += 1
        if n_found > MAX_STATEMENTS:
            yield _row(comment, TOO_MANY, None, 0.0, [])
            return
        yield _statement(address, comment, said)
    if not spoken:
        yield from _unaddressed(text, language, source)


def _may_count(
    address: Address, text: str, previous: tuple[Address, Comment, Wording] | None
) -> bool:
    """Whether to look at an address at all: pages only where a word of copying is near."""
    if address.site not in _PAGES:
        return True
    before = text[max(0, address.start - _NEAR) : address.start]
    near = previous is not None and address.start - previous[0].end < _NEAR
    return near or _NEAR_PHRASE.search(before + "https://") is not None


def _wording(
    address: Address, comment: Comment, previous: tuple[Address, Comment, Wording] | None
) -> Wording:
    place = address.start - comment.start
    start = 0
    if previous is not None and previous[1].start == comment.start:
        start = previous[0].end - comment.start
        if continues(plain(comment.text[start:place])):
            return previous[2]
    before, after = comment.text[start:place], comment.text[place + len(address.text) :]
    is_article = address.site == "wikipedia"
    return wording(plain(before), plain(after), address.site in _PAGES, is_article)


def _statement(address: Address, comment: Comment, said: Wording) -> dict[str, Any]:
    is_copied = said == "copied" or (said == "silent" and _looks_copied(address, comment))
    found = terms(address, written_on(plain(comment.text)))
    rule = [COPIED if is_copied else REFERENCE, address.site]
    rule += [found.dating] if found.expression else []
    rule += ["unworded"] if is_copied and said == "silent" else []
    score = COPIED_SCORE if is_copied else REFERENCE_SCORE
    return _row(comment, "-".join(rule), found.expression, score, [address.text])


def _looks_copied(address: Address, comment: Comment) -> bool:
    """Whether the place of an address without a telling word speaks of a copy.

    An answer, gist or paste is one where it heads code of several lines or the whole file, or
    stands all alone with code; a question, where it stands all alone right above a definition.
    """
    alone = not _WORD.search(_URL.sub("", plain(comment.text)))
    if address.is_snippet:
        return comment.is_head or (comment.has_code and (alone or comment.span_first == 1))
    return alone and comment.is_above


def _unaddressed(text: str, language: str, source: Source | None) -> Iterator[dict[str, Any]]:
    """Comments that say that code is from Stack Overflow, without saying where."""
    for match in network_names(text):
        source = source or Source(text, language)
        comment = source.comment_at(match.start())
        if comment is not None:
            found = terms(UNKNOWN_POST, written_on(plain(comment.text)))
            rule = f"{COPIED}-{UNKNOWN_POST.site}-{found.dating}"
            yield _row(comment, rule, found.expression, COPIED_SCORE, [])


def _row(
    comment: Comment, rule: str, expression: str | None, score: float, pointers: list[str]
) -> dict[str, Any]:
    is_copied = rule.startswith(COPIED)
    return {
        "license_expression": expression,
        "statement_kind": "snippet",
        "rule_id": rule,
        "score": score,
        "coverage": 100.0,
        "start_line": comment.span_first if is_copied else comment.first,
        "end_line": comment.span_last if is_copied else comment.last,
        "matched_text_sha256": hashlib.sha256(comment.text.encode()).hexdigest(),
        "referenced_files": pointers,
        "copyrights": [],
        "detector": DETECTOR,
        "detector_version": RULES_VERSION,
    }
