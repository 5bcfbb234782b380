"""Whether the words around an address say that code was copied from there.

Belongs here: the wording of comments, in English, in which nearly all of them are. Does not belong
here: addresses (`snippet_addresses.py`) and what the comment stands before (`snippet_spans.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Literal

Wording = Literal["copied", "reference", "silent"]

_WINDOW = 240
# What ends the sentence before the address; an abbreviation or a list of addresses does not.
_SENTENCE = re.compile(
    r"(?<!e\.g)(?<!i\.e)(?<!c\.f)(?<!cf)[.!?][ \t]*(?:\n|(?=\s[A-Z@]))|\n[ \t]*\n"
)

# Phrases of copying. They are literals, because all texts are searched for them at once.
_COPYING_FROM = (
    "taken", "took", "copied", "copy-pasted", "copy pasted", "copypasted", "pasted", "borrowed",
    "stolen", "stole", "steal", "lifted", "grabbed", "ripped", "cribbed", "pinched", "nicked",
    "snatched", "yanked", "adapted", "adopted", "ported", "derived", "translated", "converted",
    "reproduced", "cloned", "forked", "extracted", "obtained", "retrieved", "excerpted", "reused",
    "modified", "changed", "rewritten", "copy", "port", "borrows", "take", "copied over",
    "copied verbatim", "taken directly", "adapted slightly", "code comes", "code is",
)  # fmt: skip
PHRASES = (
    *(f"{verb} from" for verb in _COPYING_FROM), "based on", "based upon", "copy of", "port of",
    "fork of", "adaptation of", "modified version of", "variation of", "variation on",
    "variant of", "rewrite of", "derivative of", "translation of", "source:", "sources:",
    "shamelessly", "taken off", "ripped off", "lifted off",
)  # fmt: skip
"""Phrases of which one stands before the address of a page from which code was copied."""
_PHRASE = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in PHRASES)
# Without word boundaries, which cost Rust's engine a factor of 30 on texts that are not ASCII.
NEAR_PHRASE = (
    rf"(?i)(?:{'|'.join(map(re.escape, PHRASES))})[^\n]{{0,100}}(?:\n[^\n]{{0,30}})?https?://"
)
"""Such a phrase with an address shortly behind it."""

_PHRASED = re.compile(rf"\b(?:{_PHRASE})", re.IGNORECASE)
_COPYING = re.compile(
    rf"\b(?:{_PHRASE}|taken|copied|copy(?:[- ]?and|[- ]?n)?[- ]?past(?:ed?|a|ing)|pasted|borrowed|"
    r"stolen|lifted|grabbed|ripped|cribbed|pinched|nicked|snatched|yanked|adapted|adopted|ported|"
    r"derived|excerpted|reproduced|obtained|retrieved|modified)(?!\w)",
    re.IGNORECASE,
)
# A copy that readers may get, of a license most of all.
_GIVEN = re.compile(
    r"\b(?:grab|get|got|obtain|receive\w*|download|have|need|install|keep|includ\w+|distributed)\b"
    r"[^.]{0,30}\bcopy of\b|"
    r"\bcopy of (?:the|this|that) (?:\w+ ){0,4}(?:licen[cs]e|[lam]?gpl|mpl)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:courtesy|credits?|kudos|props|thanks|thx|thank you|provided by|contributed by|"
    r"written by|authors?|authored|hat tip|h/t|all glory)\b",
    re.IGNORECASE,
)
# What was taken is a thought, a fact or a figure, and no code.
_IDEA = re.compile(
    r"\b(?:ideas?|inspir\w+|concepts?|hints?|suggest\w*|advice|trick from|approach)\b",
    re.IGNORECASE,
)
_FACTS = re.compile(
    r"\b(?:data|values?|tables?|lists?|constants?|numbers?|names?|spec\w*|papers?|formulas?|formulae|"
    r"equations?|algorithms?|pseudo-?code|definitions?|descriptions?|text|documentation|docs?|"
    r"quot\w+|coordinates|colou?rs?|icons?|images?|logo|fonts?|schema|format|standard|download\w*|"
    r"sample|example|information|explanation)\b",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:code|snippets?|implementation|functions?|class(?:es)?|methods?|script|recipe|solution|"
    r"answers?|polyfill|regex\w*|regular expression|macros?|shim|copied|pasted?|ported)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:see|cf|refs?|refer(?:s|red|ence|ences)?|expla\w+|describ\w+|description|discuss\w*|details?|"
    r"context|info|information|background|why|as per|per|according|reads?|docs?|documentation|"
    r"because|learn|about|links?|issues?|bugs?|note|notes|relate[ds]?|related|similar|workaround|"
    r"guide|tutorial|please|also|compare|known|report\w*|answers? to|example|e\.g|understand|"
    r"warning|avoid|due to|reason|prevents?|require[sd]?|cannot|can't|doesn't|don't|must|"
    r"support|gh-?\d+|problems?|errors?|fix(?:es)?)\b"
    r"|\bc\.\s?f\.|(?<![\w/])#\d+\b|(?m:^\w{1,8}\]:?\s*\Z)",
    re.IGNORECASE,
)
# Words that may stand between "from" and the address.
_FILLER = (
    r"(?:[\s:=<>`'\"(\[{|@*_,#/~-]|\b(?:the|this|that|these|those|an?|here|following|below|answers?|"
    r"questions?|posts?|threads?|comments?|gists?|pages?|articles?|blogs?|urls?|sites?|"
    r"stack ?overflow(?:\.com)?|so|stack ?exchange|code|github|github\.com|users?|on|at|in|by|href|"
    r"link|accepted|great|excellent|nice|one|of|and|web|website)\b)*"
)
_DIRECT = re.compile(
    rf"\b(?:from|sources?|src|orig(?:in|inal|inally)?|via|solutions?|implementation|"
    rf"(?:code|snippets?|script)\s*[:=]|using|uses|copyright){_FILLER}\Z"
    rf"|\(c\){_FILLER}\Z|©{_FILLER}\Z",
    re.IGNORECASE,
)
_FOUND = re.compile(rf"\bfound (?:at|in|on|here|by){_FILLER}\Z", re.IGNORECASE)
_AFTERWARDS = re.compile(
    r"\A[\s)>\]}'\"`._:;,*/#-]{0,20}(?:\(|and |but |then |with |was |is |are )*"
    r"(?:adapted|modified|adjusted|(?:some |minor |small |slight |few |my |our )*"
    r"(?:changes|modifications|adjustments|tweaks)|slightly (?:changed|modified|adapted)|"
    r"simplified|licen[cs]ed|cc[- ]by|public domain|copied|taken)\b",
    re.IGNORECASE,
)
_LICENSED = re.compile(r"\bcc[- ]?by[- ]?sa\b|\blicen[cs]ed under\b", re.IGNORECASE)
_LIST = re.compile(r"[\s,;*•&+/#-]*(?:and|or)?[\s,;*•&+/#-]*\Z", re.IGNORECASE)

_NAMED = re.compile(
    r"\b(?:taken|copied|adapted|borrowed|stolen|lifted|grabbed|ported|pasted|courtesy|from|"
    r"based on)\b[^.\n]{0,40}?\b(?:stack ?overflow|stack ?exchange)\b",
    re.IGNORECASE,
)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_DATES = (
    re.compile(r"\b(?P<y>20[0-3]\d)[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>0?[1-9]|[12]\d|3[01])\b"),
    re.compile(
        rf"\b(?P<n>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?:'(?P<s>\d\d)|(?P<y>20[0-3]\d))\b",
        re.I,
    ),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<n>{_MONTH})[\s,-]+(?P<y>20[0-3]\d)\b", re.I
    ),
)
_FIRST_DAY = date(2008, 7, 31)  # of Stack Overflow


def wording(before: str, after: str, is_page: bool, is_article: bool = False) -> Wording:
    """What a comment says about an address: the words up to it and those that follow.

    `is_page` asks for plain words: a page that is no snippet site is named for many reasons, of
    which only a verb of copying counts. `is_article` asks besides for a word that means code:
    from encyclopedias facts are taken.
    """
    near = before[-_WINDOW:]
    sentence = near[max((match.end() for match in _SENTENCE.finditer(near)), default=0) :]
    is_idea = _IDEA.search(sentence) is not None and not _CODE.search(sentence)
    copying = _COPYING.search(sentence) is not None
    if is_page:
        copying = _PHRASED.search(sentence) is not None and not _GIVEN.search(sentence)
        facts = _FACTS.search(sentence) is not None and not _CODE.search(sentence)
        facts |= is_article and not _CODE.search(sentence)
        return "copied" if copying and not is_idea and not facts else "reference"
    if is_idea:
        return "reference"
    if copying or _CREDIT.search(sentence) or _AFTERWARDS.match(after[:80]):
        return "copied"
    found = _FOUND.search(sentence)
    if found is not None and (not sentence[: found.start()].strip() or _CODE.search(sentence)):
        return "copied"
    if _DIRECT.search(sentence):
        return "copied"
    if _LICENSED.search(near) or _LICENSED.search(after[:80]):
        return "copied"
    return "reference" if _REFERENCE.search(sentence) else "silent"


def continues(between: str) -> bool:
    """Whether an address only goes on with the list that the one before it began."""
    return _LIST.fullmatch(between) is not None


def network_names(text: str) -> Iterator[re.Match[str]]:
    """Where a text says without an address that code is from Stack Overflow, at most 20 times."""
    return islice(_NAMED.finditer(text), 20)


def written_on(comment: str) -> date | None:
    """The newest day a comment names, None if it names none since Stack Overflow exists."""
    days = [
        day for pattern in _DATES for match in pattern.finditer(comment) if (day := _day(match))
    ]
    return max((day for day in days if day >= _FIRST_DAY), default=None)


def _day(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    year = int(groups["y"]) if groups.get("y") else 2000 + int(groups["s"])
    month = int(groups["m"]) if "m" in groups else _MONTHS.index(groups["n"][:3].lower()) + 1
    try:
        return date(year, month, int(groups["d"]))
    except ValueError:
        return None
