"""Copyright statements in a text, as their authors wrote them.

Belongs here: finding the statements and where they begin and end. Does not belong here: the words
they are told by (`copyright_words.py`), the lines they stand on (`copyright_lines.py`), or who must
be credited in a release (`serve/notice.py`).

Three steps: cheap literals say whether a text can hold a statement at all; one pass over the
markers (the word, a sign, an SPDX tag) proposes places; each is accepted by what follows it, a
year or a name. Prose, blanks of templates and the copyright of license texts are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from corpus_assets.licensing import copyright_words as words
from corpus_assets.licensing.copyright_lines import (
    DECORATION,
    NEWLINE,
    Piece,
    below,
    below_gap,
    piece_of,
    read_line,
    tidied,
)

RULES_VERSION = "1"
# Every marker holds one of these. Looking for them first is nine times as fast as the markers'
# pattern alone, which tries each character.
LITERALS = (
    "opyright", "opyRight", "OPYRIGHT", "opr.", "(c)", "(C)", "( c )", "( C )", "(c )", "(C )",
    "( c)", "( C)", "©", "&copy;", "&#169;", "&#xa9;", "&#xA9;", "\\(co", "|copy|", "\\u00a9",
    "\\u00A9", "\\xa9", "\\251",
)  # fmt: skip
_REACH = 32  # characters of a marker around its literal, at most
_MAX_TEXT = 2_000_000  # characters looked at: license dumps are larger, statements stand early
_MAX_MARKERS = 20_000  # of a text; beyond, it is data about copyrights, not a notice
_MAX_LINES = 8  # of one statement
_MAX_BELOW = 200  # holders listed below one marker
_BEFORE = 120  # characters of the line before a marker
_AFTER = 260  # characters behind a statement that may tell that it is the license text's own

_WORDS = rf"{words.WORD}(?:\([cC]\))?|{words.SIGN}"
_HEAD = re.compile(
    rf"(?:{words.TAG}|{_WORDS})(?:[ \t:,=>*.|]{{0,8}}(?:u(?=['\"]))?['\"]?(?:{_WORDS})){{0,4}}"
)
_WORD = re.compile(words.WORD)
# Also the line ends that strings spell out.
_LINE_BEFORE = re.compile(r"[\r\n]|\\n")
_TAG = re.compile(words.TAG)
_BARE_SIGN = re.compile(r"\([ ]?[Cc][ ]?\)$")
_OPEN_END = re.compile(r"(?i)(?:[,&(<–-]|\b(?:and|by|the|of|for|all|all rights))$")


class Copyright(NamedTuple):
    """One statement in one line of text, and the lines of the source on which it stands."""

    statement: str
    start_line: int
    end_line: int


def copyright_statements(text: str, max_n: int = 50) -> list[str]:
    """The statements of a text, each once, in the order of the text, at most `max_n`."""
    return [found.statement for found in distinct_copyrights(text, max_n)]


def distinct_copyrights(text: str, max_n: int) -> list[Copyright]:
    """The first `max_n` different statements of a text, each where it stands first."""
    found: dict[str, Copyright] = {}
    for item in copyrights(text):
        found.setdefault(item.statement, item)
        if len(found) == max_n:
            break
    return list(found.values())


def copyrights(text: str) -> Iterator[Copyright]:
    """Every statement of a text with its lines, from 1, in the order of the text.

    White space is folded; comment marks, markup and control characters are left out; the words are
    those of the text. Two holders on lines of their own below one "Copyright" are two statements.
    """
    counted, number, resume = 0, 1, 0
    for start in islice(_markers(text), _MAX_MARKERS):
        head = _HEAD.match(text, start) if start >= resume else None
        if head is None:
            continue
        resume = head.end()
        for place in _statements_at(text, start):
            number += len(NEWLINE.findall(text, counted, place.start))
            counted, resume = place.start, place.resume
            last = number + len(NEWLINE.findall(text, place.start, place.end))
            yield Copyright(place.statement, number, last)


def _markers(text: str) -> Iterator[int]:
    """Where the markers stand, in order."""
    done = 0
    for spot in sorted({found for literal in LITERALS for found in _all(text, literal)}):
        for marker in words.MARKER.finditer(text, max(done, spot - _REACH), spot + _REACH):
            done = marker.end()
            if words.MARKER.match(text, marker.start()):  # also with what follows in sight
                yield marker.start()


def _all(text: str, literal: str) -> Iterator[int]:
    found = text.find(literal, 0, _MAX_TEXT)
    while found >= 0:
        before = text[found - 1] if found else " "
        # Calls in minified code, `f(c)`: the commonest look-alike, so it is left out early.
        if literal[0] != "(" or not (before in "_)]" or (before.isascii() and before.isalnum())):
            yield found
        found = text.find(literal, found + len(literal), _MAX_TEXT)


class _Place(NamedTuple):
    statement: str
    start: int  # offsets in the text
    end: int
    resume: int  # where the next marker may stand


def _statements_at(text: str, start: int) -> Iterator[_Place]:
    """The statement at a marker, and those on the lines below that share the marker."""
    above = text[max(0, start - _BEFORE) : start]
    before = _LINE_BEFORE.split(above)[-1]
    line, end = read_line(text, start)
    match = _HEAD.match(line)
    if match is None or words.LICENSE_IS.search(before):
        return
    head = match.group()
    if head.lower().startswith("copyrighted") and words.WHICH_IS.search(above):
        return
    piece = piece_of(line[match.end() :], 0, start + match.end(), end)
    body, verdict = piece.words, _judge(head, piece.words, before)
    n_lines, years, column = 1, "", -1
    while verdict is not False and not piece.is_cut and n_lines < _MAX_LINES:
        added = below(text, piece.end, before)
        if added is None and verdict is None and n_lines == 1:  # centered, an empty line between
            added = below_gap(text, piece.end, before)
        if added is None:
            break
        in_column = added.column == column  # a list of names rather than one name on two lines
        if not _goes_on(body, added.words, is_whole=verdict is True, in_column=in_column):
            break
        if verdict is None and words.YEARS.fullmatch(body):
            years, column = body, added.column  # holders may stand one below the other
        piece, n_lines = added, n_lines + 1
        body = f"{body} {added.words}".strip()
        verdict = _judge(head, body, before)
    if verdict is not True or _is_of_the_license(text, piece.end):
        return
    portions = words.PORTIONS.search(before)
    said = f"{portions.group() if portions else ''}{_last_word(head)} {body}"
    yield _Place(tidied(said), start, piece.end, _resume(text, piece))
    if not piece.is_cut:
        yield from _listed_below(text, head, piece.end, before, years, column)


def _last_word(head: str) -> str:
    """The head without what it repeats or what code puts around it.

    ":copyright: Copyright 2020" is "Copyright 2020"; "__copyright__ = '© 2020" is "© 2020".
    """
    found = [match.start() for match in _WORD.finditer(head)]
    if not found:
        return _TAG.sub(lambda tag: f"{tag.group()}:", head.replace(":", ""))
    word, _, quoted = head[found[-1] :].partition("=")
    return quoted.strip(" '\"") or word.strip("_ '\"")


def _resume(text: str, piece: Piece) -> int:
    """A line that was cut may hold another statement."""
    again = words.MARKER.search(text, piece.start, piece.end) if piece.is_cut else None
    return again.start() if again else piece.end


def _judge(head: str, body: str, before: str) -> bool | None:
    """Whether head and body are a statement; None while it has no holder yet."""
    if words.BLANK.search(body):
        return False
    if _TAG.match(head):
        return True if re.search(r"[^\W\d_]", body) else None
    has_word = _WORD.search(head) is not None
    named_by = words.HEADED.match(body) if has_word else None
    if named_by is not None:
        body = body[named_by.end() :].lstrip()
    elif has_word and words.PROSE.match(body):
        return False
    if not body:
        return None
    years = words.YEARS.match(body)
    if years is not None:
        holder = words.RESERVED.sub("", body[years.end() :])
        return True if re.search(r"[^\W\d_]{2}", holder) else None
    if not words.NAME.match(body) or words.REFUSED_NAME.match(body):
        return False
    has_year, is_firm = words.YEAR.search(body), words.CORPORATE.search(body)
    if named_by is not None:
        return True
    if not has_word and _BARE_SIGN.match(head):  # "(c)" also numbers clauses
        told = words.IS_OF.search(before) and words.FULL_NAME.match(body)
        return bool(has_year or told or (is_firm and len(body.split()) > 1))
    if _WORD.fullmatch(head):  # nothing but the word: only a line that begins so
        begins = DECORATION.fullmatch(before) or words.PORTIONS.search(before)
        if begins and head == "copyright" and not (has_year or is_firm or " " in body):
            return False  # a key of code or configuration
        if begins or head.lower().startswith("copyrighted"):
            shouts = body.isupper() and len(body.split()) > 3
            return bool(has_year or is_firm or words.ONLY_NAMES.fullmatch(body)) and not shouts
        if words.HALF_NAME.fullmatch(body):
            return None
        return words.FULL_NAME.match(body) is not None and not body.isupper()
    return True


def _goes_on(body: str, added: str, *, is_whole: bool, in_column: bool) -> bool:
    """Whether a line continues the statement above it."""
    if not added or words.MARKER.match(added):
        return False
    if not is_whole:
        return True
    if words.RESERVED.match(added):
        return True
    if words.YEARS.match(added):
        return body.endswith((",", "-", "–", "&", " and"))
    if _OPEN_END.search(body):
        return True
    if body.endswith(".") or (in_column and not added[0].islower()):
        return False
    return words.FIRM_ENDS.fullmatch(added) is not None


def _listed_below(
    text: str, head: str, end: int, before: str, years: str, column: int
) -> Iterator[_Place]:
    """Holders on lines of their own that share the marker: with years of their own, below a field
    of debian/copyright, or in the column of the first holder below the common years."""
    is_field = head == "Copyright" and not before
    for _ in range(_MAX_BELOW):
        piece = below(text, end, before)
        if piece is None:
            return
        said = piece.words
        if not words.YEARS.match(said):
            is_listed = (is_field and piece.column) or piece.column == column
            if not is_listed or not _is_name(said):
                return
            said = f"{years} {said}".strip()
        if _judge(head, said, before) is not True:
            return
        said = tidied(f"{_last_word(head)} {said}")
        yield _Place(said, piece.start, piece.end, _resume(text, piece))
        if piece.is_cut:
            return
        end = piece.end


def _is_name(said: str) -> bool:
    """Whether a line holds a name and nothing else."""
    if words.RESERVED.match(said) or words.REFUSED_NAME.match(said):
        return False
    return bool(words.ONLY_NAMES.fullmatch(said) or words.PERSON.fullmatch(said))


def _is_of_the_license(text: str, end: int) -> bool:
    """Whether the words that follow say that the statement is that of a license text."""
    following = text[end : end + _AFTER]
    marker = words.MARKER.search(following)
    near = following[: marker.start()] if marker else following
    found = words.OF_THE_LICENSE_TEXT.search(" ".join(re.split(r"[\s#*/;%]+", near)))
    return found is not None and not words.FIELD.search(near)
