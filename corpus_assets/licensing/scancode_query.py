"""From a file's text to ScanCode's query: the same words, lines and runs, a whole text at a time.

Belongs here: what ScanCode's `Query` does when it reads a text file. Does not belong here: what
kind of file it is (`scancode_files.py`) and matching (`scancode_fast.py`).

ScanCode splits every line into words and looks each word up in Python; here one regular
expression splits the whole text, and numpy finds positions, lines and runs.
"""

from __future__ import annotations

import re
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

# ScanCode's own figures: junk lines that end a run, and words per line where lines are very long.
_JUNK_LINES = 15
_LONG_LINE_WORDS = 25
# Codes of what is no known word; known words have their token id, plus _SHORT if short or digits.
_LINE_END, _UNKNOWN, _STOPWORD = -3, -2, -1
_SHORT = 1 << 20


class Lines(NamedTuple):
    """Lines without their ends; several may have one number, where ScanCode breaks long lines.

    `numbers` is None where line n is simply the n-th.
    """

    texts: list[str]
    numbers: list[int] | None
    very_long: bool


class QueryBuilder:
    """Builds queries on one loaded index; what is slow to look up is looked up once."""

    def __init__(self, index: Any) -> None:
        """Prepare the words of a loaded `licensedcode.index.LicenseIndex`."""
        from intbitset import intbitset
        from licensedcode import match_spdx_lid, query, tokenize
        from licensedcode.spans import Span
        from licensedcode.stopwords import STOPWORDS

        self._index = index
        self._new_query, self._span, self._set = query.Query, Span, intbitset
        self._new_run = _run_class(query.QueryRun, intbitset)
        self._split_tag = match_spdx_lid.split_spdx_lid
        self._tokenizer = tokenize.query_tokenizer
        self._words = re.compile(tokenize.query_pattern + r"|\n").findall
        self._codes = {
            word: token + (_SHORT if len(word) == 1 or word.isdigit() else 0)
            for word, token in index.dictionary.items()
            if word not in STOPWORDS
        }
        self._codes.update(dict.fromkeys(STOPWORDS, _STOPWORD))
        self._codes["\n"] = _LINE_END
        size = 1 + max(index.dictionary.values())
        self._is_digits = np.zeros(size + 1, dtype=bool)  # the last place stands for "unknown"
        self._is_digits[list(index.digit_only_tids)] = True
        self._is_digits[size] = True

    def build(self, lines: Lines) -> Any:
        """ScanCode's query for a text file of these lines."""
        query = self._new_query(query_string=" ", idx=self._index, _test_mode=True)
        query.query_string = None
        query.line_threshold = _JUNK_LINES
        query.has_long_lines = lines.very_long
        codes, places = self._coded(lines.texts)
        words = codes != _STOPWORD
        known = codes >= 0
        before = np.cumsum(known) - 1  # the known word at or before each word
        self._note_gaps(query, codes, before)
        tokens = codes[known] & (_SHORT - 1)
        query.tokens = tokens.tolist()
        numbers = np.array(lines.numbers) if lines.numbers is not None else None
        at = places[known]
        query.line_by_pos = (at + 1 if numbers is None else numbers[at]).tolist()
        query.shorts_and_digits_pos = set(np.flatnonzero(codes[known] >= _SHORT).tolist())
        high = tokens < self._index.len_legalese
        high_places, low_places = np.flatnonzero(high), np.flatnonzero(~high)
        query.high_matchables = self._set(high_places.tolist())
        query.low_matchables = self._set(low_places.tolist())
        kept, kept_places = codes[words], places[words]
        self._note_tags(query, kept, kept_places, lines.texts, known[words], before[words])
        query._whole_query_run = self._new_run(query, 0, len(query.tokens) - 1)
        query.query_runs = self._runs(query, kept, kept_places, len(lines.texts))
        return query

    def _coded(self, texts: list[str]) -> tuple[Integers, Integers]:
        """The code of every word and the line it stands on (from 0)."""
        found = self._words("\n".join(texts).lower())
        codes = np.fromiter(
            map(self._codes.get, found, repeat(_UNKNOWN)), dtype=np.int64, count=len(found)
        )
        ends = codes == _LINE_END
        places = np.cumsum(ends)
        return codes[~ends], places[~ends]

    def _note_gaps(self, query: Any, codes: Integers, before: Integers) -> None:
        """After which known words how many unknown words and stopwords stand; -1 is the start."""
        query.unknowns_by_pos = _counts(before[codes == _UNKNOWN])
        query.unknowns_span = self._span([at for at in query.unknowns_by_pos if at >= 0])
        query.stopwords_by_pos = _counts(before[codes == _STOPWORD])

    def _note_tags(
        self, query: Any, codes: Integers, places: Integers, texts: list[str],
        known: NDArray[np.bool_], before: Integers,
    ) -> None:  # fmt: skip
        """The lines that name an SPDX expression: text, first and last known word."""
        tokens = np.where(codes < 0, -1, codes & (_SHORT - 1))
        starts = np.zeros(len(tokens), dtype=bool)
        for words in query.spdx_lid_token_ids:
            if None in words or len(tokens) < len(words):
                continue
            fits = np.ones(len(tokens) - len(words) + 1, dtype=bool)
            for offset, token in enumerate(words):
                fits &= tokens[offset : offset + len(fits)] == token
            starts[: len(fits)] |= fits
        for start in np.flatnonzero(starts).tolist():
            place = int(places[start])
            first, end = np.searchsorted(places, (place, place + 1)).tolist()
            offset = start - first
            if offset > 2 or starts[first:start].any() or end - start < 3:
                continue
            prefix, expression = self._split_tag(texts[place].strip())
            first_known = first + int(np.argmax(known[first:end]))
            begin, last = int(before[first_known]) + offset, int(before[end - 1])
            if begin <= last:
                query.spdx_lines.append(((prefix or "") + expression, begin, last))

    def _runs(self, query: Any, codes: Integers, places: Integers, count: int) -> list[Any]:
        """The query's runs: pieces of text with 15 lines of junk between them."""
        if query.has_long_lines:
            places, count = _broken(places)
        tokens = np.where(codes < 0, len(self._is_digits) - 1, codes & (_SHORT - 1))
        legalese = np.bincount(places[tokens < self._index.len_legalese], minlength=count)
        others = np.bincount(places[~self._is_digits[tokens]], minlength=count)
        known = np.bincount(places[codes >= 0], minlength=count)
        # Only runs of junk lines matter, so only the lines that end one are looked at.
        good = np.flatnonzero((legalese > 0) & (others > 0))
        return self._cut(query, good, known, count)

    def _cut(self, query: Any, good: Integers, known: Integers, count: int) -> list[Any]:
        runs, start, junk, position = [], 0, 0, 0
        end = None  # the last known word of the run; None while it has none
        is_good = np.zeros(count, dtype=bool)
        is_good[good] = True
        for good_line, words in zip(is_good.tolist(), known.tolist(), strict=True):
            if end is not None and junk >= _JUNK_LINES:
                runs.append(self._new_run(query, start, end))
                end, junk = None, 0
            if end is None:
                start = position
            if words:
                position += words
                end = position - 1
            junk = 0 if good_line else junk + 1
        if end is not None:
            digits = self._index.digit_only_tids
            if not all(token in digits for token in query.tokens[start : end + 1]):
                runs.append(self._new_run(query, start, end))
        return runs


def _counts(places: Integers) -> dict[int, int]:
    """How often each place occurs, from -1 on."""
    counts = np.bincount(places + 1)
    found = np.flatnonzero(counts)
    return dict(zip((found - 1).tolist(), counts[found].tolist(), strict=True))


def _broken(places: Integers) -> tuple[Integers, int]:
    """The lines of words once empty lines are left out and the others broken after 25 words."""
    if not len(places):
        return places, 0
    first = np.searchsorted(places, places)
    pieces = places * len(places) + (np.arange(len(places)) - first) // _LONG_LINE_WORDS
    _, renumbered = np.unique(pieces, return_inverse=True)
    return renumbered, int(renumbered[-1]) + 1


def _run_class(base: Any, new_set: Any) -> Any:
    """ScanCode's QueryRun, which finds its matchable positions by comparing all of the query's."""

    class Run(base):  # type: ignore[misc]
        __slots__ = ("_digits_only",)

        def __init__(self, query: Any, start: int, end: int) -> None:
            super().__init__(query, start, end)
            self._digits_only: bool | None = None

        @property
        def high_matchables(self: Any) -> Any:
            if not self._high_matchables:
                self._high_matchables = self._inside(self.query.high_matchables)
            return self._high_matchables

        @property
        def low_matchables(self: Any) -> Any:
            if not self._low_matchables:
                self._low_matchables = self._inside(self.query.low_matchables)
            return self._low_matchables

        def is_digits_only(self) -> bool:
            if self._digits_only is None:
                self._digits_only = super().is_digits_only()
            return self._digits_only

        def _inside(self, positions: Any) -> Any:
            if self.start == 0 and self.end == len(self.query.tokens) - 1:
                return positions.copy()
            return positions & new_set(range(self.start, self.end + 1))

    return Run
