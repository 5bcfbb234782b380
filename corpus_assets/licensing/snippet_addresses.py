"""Addresses of places from which code is copied, and under which terms it stands there.

Belongs here: question-and-answer sites, gists and paste bins, wikis, other pages; the license of
Stack Exchange by date. Does not belong here: whether the code was copied (`snippet_words.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

MAX_ADDRESSES = 2_000
"""Addresses of one text that are looked at; sources name a handful, lists of links thousands."""

_END = r"[^\s<>\"'`)\]}|\\,]"
_NETWORK = (
    r"(?:[a-z0-9-]{1,40}\.){0,2}(?:stackoverflow\.com|stackexchange\.com|superuser\.com|"
    r"serverfault\.com|askubuntu\.com|mathoverflow\.net|stackapps\.com)"
)
_ADDRESS = re.compile(
    rf"https?://{_END}{{4,500}}|(?<![\w/.@-])(?:www\.)?(?:{_NETWORK}|gist\.github\.com|"
    rf"pastebin\.com|rosettacode\.org)/{_END}{{1,300}}",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?:https?://)?(?:www\.)?([^/:?#]+)(?::\d+)?([^?#]*)(?:\?[^#]*)?(?:#(.*))?", re.I
)
_POST = re.compile(
    r"/(?:(?P<answer>a|posts|revisions)|(?P<question>q|questions))/(?P<id>\d{1,10})"
    r"(?:/[^/]*)?(?:/(?P<below>\d{1,10}))?"
)
_ANCHOR = re.compile(r"(?:answer-)?(\d{1,10})$|comment\d+_(\d{1,10})$")
_USER = re.compile(r"/users/\d+")

# Terms that speak of facts, standards and papers: what is "taken from" there is no code.
_NO_CODE = re.compile(
    r"(?:^|\.)(?:ietf\.org|rfc-editor\.org|w3\.org|whatwg\.org|unicode\.org|iana\.org|iso\.org|"
    r"ecma-international\.org|khronos\.org|opengroup\.org|arxiv\.org|doi\.org|acm\.org|ieee\.org|"
    r"springer\.com|sciencedirect\.com|jstor\.org|nist\.gov|wikidata\.org|spdx\.org|"
    r"creativecommons\.org|mdn\.io|es5\.github\.(?:com|io)|tc39\.(?:es|github\.io))$"
)
_LICENSE_PAGE = re.compile(r"/(?:licen[cs]es?|legal|copyleft|mpl)(?:[/._-]|$)", re.IGNORECASE)
# Answers there are about formulas, not code, unless the words say otherwise.
_THEORY = re.compile(r"(?:math|stats|physics|cs|dsp|cstheory|quant)\.stackexchange|mathoverflow")
_PASTE = re.compile(
    r"(?:^|\.)(?:pastebin\.com|paste\.debian\.net|dpaste\.(?:com|org|de)|hastebin\.com|"
    r"jsfiddle\.net|jsbin\.com|codepen\.io|plnkr\.co|codesandbox\.io|ideone\.com|repl\.it|"
    r"snippets\.(?:net|dev)|activestate\.com)$"
)


class Address(NamedTuple):
    """An address in a text: its place in characters, itself, and what it is.

    `site` is stackoverflow, stackexchange, gist, paste, codeproject, rosettacode, wikipedia,
    github or page. `is_snippet` tells that what stands there is a piece of code and no page about
    it: an answer, gist or paste. `post` is the id of an answer, or else question, of Stack
    Overflow itself, whose ids grow with time; `by_question` tells which.
    """

    start: int
    end: int
    text: str
    site: str
    is_snippet: bool
    post: int | None = None
    by_question: bool = False


UNKNOWN_POST = Address(0, 0, "", "stackexchange", is_snippet=True)
"""A post of which a comment does not say where it stands."""


def addresses(text: str) -> Iterator[Address]:
    """The addresses in a text that may be a source of code, in order, at most MAX_ADDRESSES."""
    for number, match in enumerate(_ADDRESS.finditer(text)):
        if number >= MAX_ADDRESSES:
            return
        found = match[0].rstrip(".,;:!?*_-")
        address = _address(match.start(), found)
        if address is not None:
            yield address


def _address(start: int, text: str) -> Address | None:
    parts = _PARTS.match(text)
    if parts is None:
        return None
    host, path, anchor = parts[1].lower(), parts[2] or "", parts[3] or ""
    end = start + len(text)
    if re.fullmatch(_NETWORK, host):
        return _post(start, end, text, host, path, anchor)
    site = _site(host)
    if site is None or _LICENSE_PAGE.search(path):
        return None
    is_snippet = site in ("gist", "paste") and len(path) > 1
    return Address(start, end, text, site, is_snippet)


def _post(start: int, end: int, text: str, host: str, path: str, anchor: str) -> Address | None:
    """An address in the Stack Exchange network, None if it is neither a post nor its author."""
    site = "stackoverflow" if host == "stackoverflow.com" else "stackexchange"
    if host.startswith(("chat.", "blog.", "data.", "api.")):
        return None
    match = _POST.match(path)
    if match is None:
        return Address(start, end, text, site, False) if _USER.match(path) else None
    anchored = _ANCHOR.match(anchor)
    below = match["below"] if match["question"] == "questions" else None
    answer = (
        below or next((group for group in anchored.groups() if group), None) if anchored else below
    )
    is_answer = match["answer"] is not None or answer is not None
    post = int(answer or match["id"]) if site == "stackoverflow" else None
    is_snippet = is_answer and not _THEORY.match(host)
    return Address(start, end, text, site, is_snippet, post, not is_answer)


def _site(host: str) -> str | None:
    if host in ("gist.github.com", "gist.githubusercontent.com"):
        return "gist"
    if _PASTE.search(host):
        return "paste"
    if host.endswith("codeproject.com"):
        return "codeproject"
    if host.endswith("rosettacode.org"):
        return "rosettacode"
    if host.endswith((".wikipedia.org", ".wikibooks.org", ".wikisource.org")):
        return "wikipedia"
    if _NO_CODE.search(host):
        return None
    return "github" if host.endswith(("github.com", "githubusercontent.com")) else "page"


class Terms(NamedTuple):
    """The license of what stands at an address, null where unknown, and how it was dated."""

    expression: str | None
    dating: str


# Contributions until 2011-04-07 are CC BY-SA 2.5, until 2018-05-01 3.0, later ones 4.0
# (meta.stackexchange.com/questions/347758).
_CHANGES = ((date(2011, 4, 8), "2.5"), (date(2018, 5, 2), "3.0"))
# The first ids of those days are about 5,588,000 and 50,141,000, judged by posts whose dates are
# known; a margin of a week or more lies on each side, and within it the newer version is named.
_ID_CHANGES = (((5_500_000, 5_700_000), "2.5"), ((49_900_000, 50_400_000), "3.0"))
_NEWEST = "4.0"
_LAST_ID = 100_000_000
_WIKIPEDIA_CHANGE = date(2023, 6, 7)  # Wikimedia's terms of use: CC BY-SA 3.0 until then


def terms(address: Address, written: date | None) -> Terms:
    """The terms at an address. `written` is a date in the comment, on or after which nothing was
    copied: what could be older than it is taken for the newest version of that day.

    Dating: by-id, by-question-id (its answers may be younger), by-id-near-change, by-comment,
    undated (the newest version is named); unknown where the license is.
    """
    if address.site == "wikipedia":
        dated = written is not None and written < _WIKIPEDIA_CHANGE
        return Terms(
            f"CC-BY-SA-{'3.0' if dated else _NEWEST}", "by-comment" if written else "undated"
        )
    if address.site not in ("stackoverflow", "stackexchange"):
        return Terms(None, "unknown")
    if address.post is not None and 0 < address.post < _LAST_ID:
        return _by_id(address.post, address.by_question)
    if written is None:
        return Terms(f"CC-BY-SA-{_NEWEST}", "undated")
    version = next((old for day, old in _CHANGES if written < day), _NEWEST)
    return Terms(f"CC-BY-SA-{version}", "by-comment")


def _by_id(post: int, by_question: bool) -> Terms:
    dating = "by-question-id" if by_question else "by-id"
    for (low, high), old in _ID_CHANGES:
        if post < low:
            return Terms(f"CC-BY-SA-{old}", dating)
        if post < high:
            newer = "3.0" if old == "2.5" else _NEWEST
            return Terms(f"CC-BY-SA-{newer}", "by-id-near-change")
    return Terms(f"CC-BY-SA-{_NEWEST}", dating)
