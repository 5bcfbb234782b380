"""Where a README speaks of its project's license.

Belongs here: the section under a heading such as License, else the sentence that says it. Does
not belong here: what the words mean; the caller has them read like a license file.

A README speaks of many licenses: badges, links and lists of dependencies do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MAX_CHARACTERS = 400_000
_MAX_LINE = 2_000
# A section holds a short text such as MIT's, or the notice of a long one; the rest is something
# else, or the whole text of a license that stands in its own file as well.
_MAX_LINES = 120
_MAX_SENTENCE_LINES = 8

_WORD = (
    r"(?:licen[cs](?:e|es|ed|ing)|licencia|licenza|licença|lizenz|лицензия|许可证|许可|授权|"
    r"ライセンス|라이선스|copying|copyrights?|copyleft|legal(?:e?s|ese)?)"
)
_TITLE = re.compile(
    rf"(?i)^(?:(?:the|our|project|software|code|source|open|mit|bsd|apache|gpl|author|authors|terms|"
    rf"and|of|use|acknowledge?ments?|support|contact)\W+){{0,4}}{_WORD}\b"
    rf"(?:\W+(?:{_WORD}|and|of|for|the|this|info|information|notices?|details?|terms|statement|"
    rf"stuff|agreement|mit|isc|bsd|apache|gnu|gpl|lgpl|agpl|v?\d[\d.]*|public|general|lesser|"
    rf"clause|authors?|credits?|warranty|disclaimer|project|software|code|c|©|\d{{4}}))*$"
)
_OTHERS = re.compile(
    r"(?i)third[- ]?part|3rd[- ]?part|dependenc|contributor licen|\bcla\b|credit|acknowledg"
    r"|components|libraries used|attribution|commercial|trademark|bundled|vendored"
)
_UNDERLINE = re.compile(r"^([=\-~^\"*+#`:'.])\1{2,}\s*$")
_MARKED = re.compile(
    r"^(?P<sign>\#{1,6}|={1,6}|\*{1,6}|h[1-6]\.|=head[1-4])\s+(?P<title>.+?)\s*(?:\#+|={1,6})?$"
)
_TIGHT = re.compile(r"^(?P<sign>\#{1,6})(?P<title>[A-Za-z].*?)\s*\#*$")
_HTML = re.compile(r"(?i)^\s*<h(?P<sign>[1-6])[^>]{0,200}>(?P<title>.{1,300}?)</h[1-6]>\s*$")
_BARE = re.compile(r"^\s{0,3}(?:\*\*|__)?([A-Z][A-Za-z &/]{3,40}?):?(?:\*\*|__)?:?\s*$")
_BADGE = re.compile(
    r"\[?!\[[^\]\n]{0,300}\]\s?(?:\([^)\n]{0,500}\)|\[[^\]\n]{0,100}\])(?:\]\s?(?:\([^)\n]{0,500}\)"
    r"|\[[^\]\n]{0,100}\]))?|^\s*\.\. (?:\|[^|\n]{1,100}\| )?image::.*$|^\s*:(?:target|alt):.*$"
    r"|<img\b[^>]{0,800}>|^\s*\[[^\]\n]{1,200}\]:\s.*$|^\s*\.\. _[^:\n]{1,200}:.*$"
)
_KIND = (
    r"(?:project|software|library|package|module|code|source(?: code)?|program|repository|repo|"
    r"crate|gem|plug-?in|tool|app|application|framework|work|implementation|extension|script|"
    r"component|game|font|theme|template|file|files|product|sdk|api|driver|utility|bundle|port)"
)
_DONE = (
    r"(?:(?:an?\s)?(?:free|open[- ]source|libre)\s(?:and open[- ]source\s)?(?:project|software|"
    r"program|library)?,?\s?(?:that is\s|which is\s|and is\s)?)?"
    r"(?:(?:dual|multi|triple|also|both|now|hereby|free(?:ly)?|made|open|copyrighted|and|solely)"
    r"[ -]{1,3}){0,3}(?:licen[cs]ed|released|distributed|available|published|provided|"
    r"open[- ]?sourced?|covered|governed|offered|placed|dedicated|shared|free software)"
)
_UNDER = (
    r"(?:[^.\n]{0,60}?\b(?:under|with|by|in|into|to|subject to)\b[^.\n]{0,160}?"
    r"(?:licen[cs]e|\bterms\b|\b[al]?gpl|\bmit\b|\bbsd\b|\bisc\b|apache|public domain|unlicense|"
    r"\bmpl\b|\bcc0\b|\bzlib\b|creative commons|wtfpl|copyright))"
)
_SENTENCES = (
    rf"\b(?:this|the|all|our|its)\s(?:[\w'/*`-]{{1,30}}\s){{0,4}}?{_KIND}\s(?:[\w(),'/-]{{1,30}}\s)"
    rf"{{0,5}}?(?:is|are|may be|can be)\s{_DONE}\s{_UNDER}",
    rf"(?:^|[.!]\s|[-*>|]\s|©.{{0,80}})[*_]{{0,2}}{_DONE}\s{_UNDER}",
    r"^\W{0,6}licen[cs]e[ds]?\W{0,4}[:=-]\s*\S.{1,200}",
    r"\b(?:this|it)\s(?:[\w-]{1,20}\s)?is\s(?:free software|in the public domain)\b",
)
_SAYS = re.compile("|".join(f"(?:{part})" for part in _SENTENCES), re.IGNORECASE)
_NAMED = re.compile(
    rf"(?i)(?:^|[.!]\s+|\bthat\s)[*_`\[]{{0,3}}([\w.+#/@-]{{2,60}})[^\s]{{0,80}}\s(?:itself\s)?"
    rf"(?:is|are)\s{_DONE}\s{_UNDER}"
)


_NO_NAMES = frozenset({"", "the", "a", "an", "and", "it", "this", "which", "that", "documentation"})


class Section(NamedTuple):
    """The lines of a README that speak of its license, from 1, both included.

    Lines between them that speak of something else are empty in `text`, so that the lines of a
    match in it count from `start_line`.
    """

    start_line: int
    end_line: int
    text: str


class _Heading(NamedTuple):
    line: int
    level: int
    title: str
    body: int
    sign: str


def section(text: str) -> Section | None:
    """What the README says of its license, None if it says nothing.

    That are the sections under headings such as License, Licensing, Copyright or Legal; without
    one, the sentences such as "This library is released under the ...". Of a text beyond 400,000
    characters only the beginning is looked at.
    """
    lines = re.split(r"\r\n|\r|\n", text[:_MAX_CHARACTERS])
    fenced = _fenced(lines)
    headings = _real(list(_headings(lines, fenced)))
    # A heading of nothing but the word "License" says nothing without what is below it.
    titles = {item.line for item in headings if len(item.title.split()) == 1}
    chosen = _by_heading(lines, headings) or _by_sentence(lines, fenced, headings)
    kept = {at: cleaned for at in chosen if (cleaned := _BADGE.sub(" ", lines[at])).strip()}
    if not kept:
        return None
    first, last = min(kept), max(kept)
    body = "\n".join(kept.get(at, "") for at in range(first, last + 1))
    said = "".join(text for at, text in kept.items() if at not in titles)
    return Section(first + 1, last + 1, body) if re.search(r"\w", said) else None


def _fenced(lines: list[str]) -> set[int]:
    """The lines in fenced blocks of code, the fences included."""
    inside, found = "", set()
    for at, line in enumerate(lines):
        match = re.match(r"^\s{0,3}(```+|~~~+)", line)
        sign = match.group(1)[:3] if match is not None else ""
        if inside or sign:
            found.add(at)
        if sign and not inside:
            inside = sign
        elif sign and sign == inside:
            inside = ""
    return found


def _headings(lines: list[str], fenced: set[int]) -> Iterator[_Heading]:
    """All headings: marked ones, underlined ones, and lone short lines that name a license."""
    signs: list[str] = []
    for at, line in enumerate(lines):
        if at in fenced or not line.strip() or len(line) > _MAX_LINE:
            continue
        marked = _MARKED.match(line) or _HTML.match(line) or _TIGHT.match(line)
        below = lines[at + 1] if at + 1 < len(lines) else ""
        if marked is not None and not _UNDERLINE.match(line):
            sign = marked["sign"]
            digits = re.search(r"\d", sign)
            level = int(digits.group()) if digits else len(sign)
            yield _Heading(at, level, _plain(marked["title"]), at + 1, sign[0])
        elif _is_title(line) and _UNDERLINE.match(below) and len(below.strip()) >= 3:
            sign = below[0]
            if sign not in signs:
                signs.append(sign)
            yield _Heading(at, signs.index(sign) + 1, _plain(line), at + 2, sign)
        else:
            bare = _BARE.match(line)
            alone = not below.strip() or below[:1].isspace()
            if bare is not None and alone and (at == 0 or not lines[at - 1].strip()):
                title = _plain(bare.group(1))
                if _is_license_title(title):
                    yield _Heading(at, 9, title, at + 1, "")


def _real(headings: list[_Heading]) -> list[_Heading]:
    """The headings without those by `*`, as in Org files, where others show it to mark lists."""
    others = [item for item in headings if item.sign != "*"]
    return others if any(item.sign for item in others) else headings


def _is_title(line: str) -> bool:
    return len(line.strip()) <= 100 and not _UNDERLINE.match(line) and line[:2] not in ("- ", "* ")


def _plain(title: str) -> str:
    """A heading's words without markup, numbers before it and pictures."""
    text = re.sub(r"<[^>]{0,200}>|!\[[^\]]{0,200}\]\([^)]{0,300}\)", " ", title)
    text = re.sub(r"\[([^\]]{0,200})\](?:\([^)]{0,300}\)|\[[^\]]{0,100}\])?", r"\1", text)
    text = re.sub(r":[a-z_+\d-]{1,40}:|[*_`\"]|&\w{1,10};", " ", text)
    text = re.sub(r"^[\W\d]+(?=\w)", "", text.strip())
    return " ".join(text.split()).strip(" :.#-")


def _is_license_title(title: str) -> bool:
    return len(title) <= 80 and _TITLE.match(title) is not None and not _OTHERS.search(title)


def _by_heading(lines: list[str], headings: list[_Heading]) -> list[int]:
    """The lines below the headings that name a license, up to the next heading of their rank."""
    chosen: list[int] = []
    for number, heading in enumerate(headings):
        if not _is_license_title(heading.title):
            continue
        end = len(lines)
        for place in range(number + 1, len(headings)):
            later = headings[place]
            if later.level <= heading.level or _OTHERS.search(later.title):
                end = later.line
                break
        end = min(end, heading.body + _MAX_LINES)
        # With its heading even a bare "MIT" is a statement, and "License: MIT" is one by itself.
        chosen += [heading.line, *range(heading.body, end)]
    return chosen


def _by_sentence(lines: list[str], fenced: set[int], headings: list[_Heading]) -> list[int]:
    """The lines of the sentences that state a license of the project."""
    names = _names(lines, headings)
    chosen: list[int] = []
    for start, end in _blocks(lines, fenced):
        block = [_BADGE.sub(" ", line) for line in lines[start:end]]
        joined = " ".join(line[:_MAX_LINE] for line in block)
        for match in _SAYS.finditer(joined):
            chosen += _lines_of(block, start, match.start(), match.end())
        for match in _NAMED.finditer(joined):
            if match.group(1).lower().strip(".") in names:
                chosen += _lines_of(block, start, match.start(1), match.end())
    return sorted(set(chosen))


def _names(lines: list[str], headings: list[_Heading]) -> set[str]:
    """The words by which the README may call its project: those of its first heading and lines."""
    title = headings[0].title if headings else ""
    first = " ".join([title, *[line for line in lines if line.strip()][:5]])
    return {word.lower().strip(".,:()*_`'\"") for word in first[:500].split()} - _NO_NAMES


def _blocks(lines: list[str], fenced: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of lines that are neither empty nor code."""
    start = None
    for at in range(len(lines) + 1):
        text = at < len(lines) and at not in fenced and bool(lines[at].strip())
        if text and start is None:
            start = at
        elif start is not None and (not text or at - start >= 40):
            yield start, at
            start = at if text else None


def _lines_of(block: list[str], start: int, begin: int, end: int) -> list[int]:
    """The lines on which the characters of a block's joined lines stand, and two more."""
    position, found = 0, []
    for number, line in enumerate(block):
        after = position + min(len(line), _MAX_LINE) + 1
        if position < end and after > begin:
            found.append(start + number)
        position = after
    last = found[-1] - start if found else 0
    more = range(start + last + 1, start + min(len(block), last + 3))
    return [*found, *more][:_MAX_SENTENCE_LINES]
