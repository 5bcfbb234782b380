"""The lines of a text on which copyright statements stand, freed of what surrounds them.

Belongs here: comment marks, markup, control characters; where on a line the words of a statement
end. Does not belong here: whether the words are a statement (`copyrights.py`).
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from corpus_assets.licensing import copyright_words as words

MAX_LENGTH = 400  # characters of one statement; a longer one is cut and ends in an ellipsis
NEWLINE = re.compile(r"\r\n|\r|\n")
_WINDOW = 1_000  # characters read of a line: minified code is one line

_GAP = re.compile(r"(?:[ \t:,=>*.|-]|u(?=['\"])|['\"])*")
_SIGNED = re.compile(rf"[ ,]*(?:{words.SIGN})")
DECORATION = re.compile(
    r"(?:[ \t]|//+|/?\*+|#+|;+|%+|--+|!+|>+|\|+|\.?\\\"|\"+|'+|<!|(?:dnl|[Rr][Ee][Mm]|@c|@comment)"
    r"(?![\w.]))*"
)
_MACRO = re.compile(r"\.[A-Za-z]{1,3}\b")  # a request of troff: the next paragraph, a heading
_LINE_COMMENT = re.compile(r"//|#|;|%|--|dnl")
# Tags of HTML and DocBook; "<ada at example dot org>" is none.
_MARKUP = re.compile(
    r"</?(?:a|abbr|address|b|big|br|center|cite|code|copy|copyright|dd|div|dl|dt|em|font|footer|"
    r"h[1-6]|hr|holder|i|img|kbd|li|link|meta|nobr|ol|p|para|person|pre|s|simpara|small|span|strong|"
    r"sub|sup|table|td|text|th|title|tr|tt|u|ul|xref|year)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_ABBREVIATION = re.compile(r"(?i)\b(?:inc|ltd|co|corp|jr|sr|al|bros|s\.a|b\.v|e\.v|[a-z])\.$")


class Piece(NamedTuple):
    """What one line adds to a statement."""

    words: str
    is_cut: bool  # something else follows on the line: the statement ends here
    column: int  # of the words in their line
    start: int  # offsets of the words and of the line's end in the text
    end: int


def read_line(text: str, start: int) -> tuple[str, int]:
    """What stands from here to the end of the line, readable, and where the line ends."""
    newline = NEWLINE.search(text, start, start + _WINDOW)
    end = newline.start() if newline else min(len(text), start + _WINDOW)
    line = text[start:end]
    if "&" in line:
        line = html.unescape(line)
    # "<year> <holder>" are blanks of a template; with closing tags they are DocBook's.
    if "</" in line or ("<" in line and not words.BLANK.search(line)):
        line = _MARKUP.sub(" ", line)
    return _UNSEEN.sub(" ", line), end


def piece_of(rest: str, column: int, start: int, end: int) -> Piece:
    """The part of a line that belongs to the statement."""
    gap = _GAP.match(rest)
    body = rest[gap.end() :] if gap else rest
    years = words.YEARS.match(body)
    signed = _SIGNED.match(body, years.end()) if years else None  # "Copyright 2020 (c) Foo"
    again = words.MARKER.search(body, signed.end() if signed else 0)
    if again is not None:  # first, so that work stays linear in a text of nothing but markers
        body = body[: again.start()]
    ends = (words.CLOSER, words.GRANT, words.SENTENCE_END)
    stops = [found.start() for found in (pattern.search(body) for pattern in ends) if found]
    stop = min(stops, default=len(body))
    reserved = words.RESERVED.search(body)
    if reserved is not None and reserved.start() <= stop:
        stop = reserved.end()
    is_cut = bool(stops) or reserved is not None or again is not None
    return Piece(body[:stop].strip(), is_cut, column, start, end)


def below(text: str, end: int, before: str) -> Piece | None:
    """The next line without its comment marks; None if the comment or paragraph ends."""
    newline = NEWLINE.match(text, end)
    if newline is None:
        return None
    line, line_end = read_line(text, newline.end())
    if _MACRO.match(line):
        return None
    marks = DECORATION.match(line)
    content = line[marks.end() :] if marks else line
    own = _LINE_COMMENT.search(before)
    if not content.strip() or (own and own.group() not in line[: len(line) - len(content)]):
        return None
    column = len(line) - len(content)
    return piece_of(content, column, newline.end() + column, line_end)


def below_gap(text: str, end: int, before: str) -> Piece | None:
    """The indented name below one empty line, as title pages of manuals set it; else None."""
    newline = NEWLINE.match(text, end)
    blank, blank_end = read_line(text, newline.end()) if newline else ("", end)
    if newline is None or blank.strip():
        return None
    found = below(text, blank_end, before)
    return found if found and found.column and words.ONLY_NAMES.fullmatch(found.words) else None


def tidied(statement: str) -> str:
    """The statement on one line of at most MAX_LENGTH characters, without what dangles from it."""
    folded = " ".join(statement.split()).rstrip(" ,;:|*#/=~_-+\\\"'")
    if folded.endswith(".") and not _ABBREVIATION.search(folded):
        folded = folded.rstrip(". ")
    folded = words.DANGLING.sub("", folded)
    for opening, closing in ("()", "<>", "[]"):
        if folded.endswith(closing) and folded.count(closing) > folded.count(opening):
            folded = folded[:-1].rstrip()
    if len(folded) > MAX_LENGTH:
        folded = folded[: MAX_LENGTH - 2].rsplit(" ", 1)[0] + " …"
    return folded
