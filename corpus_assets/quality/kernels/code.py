"""A lexer for all languages: comments, strings, words and lines, good enough to count by.

Belongs here: the loop over bytes and what is counted in it. What the signs and words of a language
are is in `lexicon.py`; fractions are made in `code.py`. A syntax tree knows comments better and is
asked for them (`trees.py`): a regular expression with a quote in it may open a string here, which
ends on its line.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined
from corpus_assets.quality.kernels.counters import slot_of, table_size

KEYWORD, BRANCH, IMPORT, PRINT, PASS, DEFINE, RETURN, TODO, TEACHING = (1 << n for n in range(9))

COUNTS = (
    "max_code_line_chars", "code_lines", "import_lines", "print_lines", "assert_lines",
    "pass_lines", "definition_lines", "trivial_lines", "assignment_lines", "todo_lines",
    "preprocessor_lines", "mains", "branches", "max_depth", "string_chars", "string_words_chars",
    "long_string_words_chars", "long_string_lines", "words", "hex_words", "identifiers",
    "distinct_identifiers", "identifier_chars", "short_identifiers", "snake", "camel", "pascal",
    "upper", "teaching_words", "comment_bytes", "statement_string_bytes",
)  # fmt: skip
(
    _CODE_LINE, _LINES, _IMPORTS, _PRINTS, _ASSERTS, _PASSES, _DEFINITIONS, _TRIVIAL, _ASSIGNED,
    _TODOS, _PREPROCESSOR, _MAINS, _BRANCHES, _DEPTH, _STRINGS, _STRING_WORDS, _LONG_WORDS,
    _LONG_STRINGS, _WORDS, _HEX, _NAMES, _DISTINCT, _NAME_CHARS, _SHORT, _SNAKE, _CAMEL, _PASCAL,
    _UPPER, _TEACHING, _COMMENTS, _STATEMENTS,
) = range(len(COUNTS))  # fmt: skip

_STRING, _LONG_STRING, _CHARACTER = 1, 2, 3
_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)  # FNV-1a, 64 bits
_MANY_WORDS = 20  # a string of more is prose
_LONG_WORD = 20
_SHORT_NAME = 2
_DOT = np.uint64(46)


@inlined
def _is_letter(byte: Any) -> Any:
    return 97 <= (byte | 32) <= 122 or byte == 95 or byte == 36 or byte >= 0x80


@inlined
def _is_space(byte: Any) -> Any:
    return byte == 32 or 9 <= byte <= 13


@inlined
def _starts(data: Any, at: Any, end: Any, marks: Any) -> Any:
    """Index of the mark (rows of uint8, padded with 0) that stands at `at`; -1 if none does."""
    for row in range(len(marks)):
        length = 0
        while length < marks.shape[1] and marks[row, length] != 0:
            length += 1
        if length == 0 or at + length > end:
            continue
        same = True
        for place in range(length):
            if data[at + place] != marks[row, place]:
                same = False
                break
        if same:
            return row
    return -1


@inlined
def _mark_length(marks: Any, row: Any) -> Any:
    length = 0
    while length < marks.shape[1] and marks[row, length] != 0:
        length += 1
    return length


@inlined
def _flags_of(code: Any, keys: Any, flags: Any) -> Any:
    """Flags of a word by its hash, from an open-addressing table; 0 for others."""
    mask = np.uint64(len(keys) - 1)
    slot = (code ^ (code >> np.uint64(32))) & mask
    while keys[slot] != np.uint64(0):
        if keys[slot] == code:
            return flags[slot]
        slot = (slot + np.uint64(1)) & mask
    return np.uint16(0)


@inlined
def _string_end(data: Any, at: Any, end: Any, quote: Any, kind: Any, escapes: Any) -> Any:
    """Where the text after an opening quote ends (its closing quote, line end or the end); -1 if
    the quote opens nothing."""
    if kind == _CHARACTER:
        stop = at + 1
        if at < end and data[at] == 92:
            stop = at + 2
            while stop < end and stop < at + 10 and data[stop] != quote and data[stop] != 10:
                stop += 1
        elif at < end and data[at] >= 0x80:
            while stop < end and (data[stop] & 0xC0) == 0x80:
                stop += 1
        return stop if stop < end and data[stop] == quote and stop > at else -1
    while at < end and data[at] != quote:
        if data[at] == 10 and kind == _STRING:
            return at
        if data[at] == 92 and escapes and at + 1 < end:
            at += 1
        at += 1
    return min(at, end)


@inlined
def _triple_end(data: Any, at: Any, end: Any, quote: Any) -> Any:
    """Where three quotes stand next, or the end."""
    while at + 2 < end:
        if data[at] == quote and data[at + 1] == quote and data[at + 2] == quote:
            return at
        at += 2 if data[at] == 92 else 1
    return end


@inlined
def _string_words(data: Any, at: Any, end: Any, row: Any) -> Any:
    """Count the words of a string's content; returns how many."""
    n = 0
    while at < end:
        if _is_space(data[at]):
            at += 1
            continue
        length, address = 0, False
        while at < end and not _is_space(data[at]):
            length += (data[at] & 0xC0) != 0x80
            address = address or (data[at] == 58 and at + 2 < end and data[at + 1] == 47)
            at += 1
        n += 1
        row[_STRING_WORDS] += length
        if length > _LONG_WORD and not address:
            row[_LONG_WORDS] += length
    return n


@inlined
def _comment_words(data: Any, at: Any, end: Any, keys: Any, flags: Any, row: Any) -> Any:
    """Count teaching words in a comment; whether it asks for code to be written."""
    asks, your = False, False
    while at < end:
        byte = data[at] | 32
        if not 97 <= byte <= 122:
            at += 1
            continue
        code, begin = _BASIS, at
        while at < end and 97 <= (data[at] | 32) <= 122:
            code = (code ^ np.uint64(data[at] | 32)) * _PRIME
            at += 1
        found = _flags_of(code, keys, flags)
        if found & TODO:
            asks = True
        if found & TEACHING:
            row[_TEACHING] += 1
        is_code = at - begin == 4 and (data[begin] | 32) == 99 and (data[begin + 1] | 32) == 111
        if your and is_code and (data[begin + 2] | 32) == 100 and (data[begin + 3] | 32) == 101:
            asks = True
        your = at - begin == 4 and (data[begin] | 32) == 121 and (data[begin + 3] | 32) == 114
    return asks


@inlined
def _ends_line(data: Any, at: Any, end: Any) -> Any:
    """Whether nothing but white space stands between `at` and the end of the line."""
    while at < end and data[at] != 10:
        if not _is_space(data[at]):
            return False
        at += 1
    return True


@inlined
def _asserts(data: Any, at: Any, end: Any) -> Any:
    """Whether a word begins with assert or expect, in either case."""
    if end - at < 6:
        return False
    a = (data[at] | 32) == 97 and (data[at + 1] | 32) == 115 and (data[at + 2] | 32) == 115
    if a:
        return (data[at + 3] | 32) == 101 and (data[at + 4] | 32) == 114
    e = (data[at] | 32) == 101 and (data[at + 1] | 32) == 120 and (data[at + 2] | 32) == 112
    return e and (data[at + 3] | 32) == 101 and (data[at + 4] | 32) == 99


@compiled
def count_code(
    data: Any,
    offsets: Any,
    line_marks: Any,
    block_opens: Any,
    block_closes: Any,
    begins: Any,
    quotes: Any,
    escapes: Any,
    triple: Any,
    hash_lines: Any,
    braces: Any,
    keys: Any,
    flags: Any,
    most: Any,
    out: Any,
    bits: Any,
) -> Any:
    """Fill `out` (int64, a row per document of one language) with COUNTS of the first `most` bytes
    and `bits` (float64) with the entropy of names in bits.

    `line_marks`, `block_opens`, `block_closes`: uint8 rows padded with 0; `begins` (bool[256]):
    bytes a comment may begin with; `quotes` (uint8[256]): what a byte opens; `keys`, `flags`: table
    of words by FNV-1a hash. A code line holds a token that is no comment.
    """
    longest = 0
    for document in range(len(offsets) - 1):
        longest = max(longest, min(offsets[document + 1] - offsets[document], most))
    size = table_size(longest // 4 + 8)
    names, turns = np.empty(size, np.uint64), np.zeros(size, np.int64)
    times = np.empty(size, np.int64)
    for document in range(len(offsets) - 1):
        start = offsets[document]
        end = min(offsets[document + 1], start + most)
        row = out[document]
        turn = document + 1
        used = table_size((end - start) // 4 + 8)  # names and what parts them
        at, depth = start, 0
        line_chars, line_tokens, line_names, line_parens = 0, 0, 0, 0
        line_begins_hash, line_assigns, line_asserts, line_asks = False, False, False, False
        line_defines, line_long = False, False
        first_flags, previous, first_code = np.uint16(0), 0, np.uint64(0)
        line_depth = 0
        entropy_sum = 0.0
        while at <= end:
            byte = data[at] if at < end else np.uint8(10)
            if byte == 10:
                row[_CODE_LINE] = max(row[_CODE_LINE], line_chars)
                if line_asks:
                    row[_TODOS] += 1
                if line_long:
                    row[_LONG_STRINGS] += 1
                if line_tokens > 0:
                    row[_LINES] += 1
                    defines = line_defines or (
                        braces
                        and previous == 123
                        and line_parens > 0
                        and line_depth <= 1
                        and not first_flags & BRANCH
                    )
                    imports = (first_flags & IMPORT) != 0
                    passes = (first_flags & PASS) != 0 and line_tokens == 1
                    if line_begins_hash:
                        row[_PREPROCESSOR] += 1
                    if imports:
                        row[_IMPORTS] += 1
                    if first_flags & PRINT:
                        row[_PRINTS] += 1
                    if line_asserts:
                        row[_ASSERTS] += 1
                    if passes:
                        row[_PASSES] += 1
                    if defines:
                        row[_DEFINITIONS] += 1
                    if line_assigns:
                        row[_ASSIGNED] += 1
                    constant = line_assigns and line_parens == 0 and line_names <= 1
                    returns = (first_flags & RETURN) and line_parens == 0 and line_names <= 1
                    if imports or passes or defines or constant or returns:
                        row[_TRIVIAL] += 1
                at += 1
                line_chars, line_tokens, line_names, line_parens = 0, 0, 0, 0
                line_begins_hash, line_assigns, line_asserts, line_asks = False, False, False, False
                line_defines, line_long = False, False
                first_flags, previous, first_code = np.uint16(0), 0, np.uint64(0)
                line_depth = depth
                continue
            if _is_space(byte):
                at += 1
                line_chars += 1
                continue
            if begins[byte]:
                block = _starts(data, at, end, block_opens)
                if block >= 0:
                    begin = at
                    at += _mark_length(block_opens, block)
                    length = _mark_length(block_closes, block)
                    while at < end and _starts(data, at, end, block_closes[block : block + 1]) < 0:
                        at += 1
                    at = min(at + length, end)
                    if _comment_words(data, begin, at, keys, flags, row):
                        line_asks = True
                    # The lines within a comment are no code lines, and as long as they are.
                    length = 0
                    for place in range(begin, at):
                        if data[place] == 10:
                            row[_CODE_LINE] = max(row[_CODE_LINE], line_chars + length)
                            line_chars, length = 0, 0
                        else:
                            length += (data[place] & 0xC0) != 0x80
                    line_chars += length
                    row[_COMMENTS] += at - begin
                    continue
                if _starts(data, at, end, line_marks) >= 0 and not (hash_lines and byte == 35):
                    begin = at
                    while at < end and data[at] != 10:
                        line_chars += (data[at] & 0xC0) != 0x80
                        at += 1
                    row[_COMMENTS] += at - begin
                    if _comment_words(data, begin, at, keys, flags, row):
                        line_asks = True
                    continue
            kind = quotes[byte]
            if kind:
                tripled = triple and at + 2 < end and data[at + 1] == byte and data[at + 2] == byte
                if tripled:
                    begin = at + 3
                    stop = _triple_end(data, begin, end, byte)
                    after = min(stop + 3, end)
                else:
                    begin = at + 1
                    stop = _string_end(data, begin, end, byte, kind, escapes)
                    after = stop + 1 if stop < end and data[stop] == byte else stop
                if stop >= 0:
                    for place in range(begin, stop):
                        row[_STRINGS] += (data[place] & 0xC0) != 0x80
                    if _string_words(data, begin, stop, row) > _MANY_WORDS:
                        line_long = True
                    if triple and line_tokens == 0 and depth == 0 and _ends_line(data, after, end):
                        row[_STATEMENTS] += after - at
                    line_tokens += 1
                    line_chars += 2
                    previous = 34
                    at = after
                    continue
            if _is_letter(byte):
                begin, code = at, _BASIS
                lines, lower, upper = 0, 0, 0
                while at < end:
                    letter = data[at]
                    if 97 <= letter <= 122:
                        lower += 1
                    elif 65 <= letter <= 90:
                        upper += 1
                    elif letter == 95:
                        lines += begin < at
                    elif letter >= 0x80:
                        line_chars -= (letter & 0xC0) == 0x80
                    elif letter != 36 and not 48 <= letter <= 57:
                        break
                    code = (code ^ np.uint64(letter)) * _PRIME
                    at += 1
                length = at - begin
                line_chars += length
                lines -= data[at - 1] == 95 and length > 1
                row[_WORDS] += 1
                found = _flags_of(code, keys, flags) & ~np.uint16(TODO | TEACHING)
                if found & BRANCH:
                    row[_BRANCHES] += 1
                if line_tokens == 0 or (line_begins_hash and line_tokens == 1):
                    first_flags = found
                    first_code = code
                elif 2 <= line_tokens <= 3 and (previous == 46 or previous == 58):
                    # a.b and a::b may be known where a alone is not
                    pair = (first_code ^ _DOT) * _PRIME
                    for place in range(begin, at):
                        pair = (pair ^ np.uint64(data[place])) * _PRIME
                    first_flags |= _flags_of(pair, keys, flags)
                if found & DEFINE and line_parens == 0:
                    line_defines = True
                if line_tokens < 4 and _asserts(data, begin, at):
                    line_asserts = True
                if not found & KEYWORD:
                    line_names += 1
                    row[_NAMES] += 1
                    row[_NAME_CHARS] += length
                    row[_SHORT] += length <= _SHORT_NAME
                    if upper and not lower:
                        row[_UPPER] += length > 1
                    elif lines and not upper:
                        row[_SNAKE] += lower > 0
                    elif upper and not lines:
                        row[_PASCAL if 65 <= data[begin] <= 90 else _CAMEL] += 1
                    slot = slot_of(code, used, turn, names, turns)
                    if turns[slot] != turn:
                        names[slot], turns[slot], times[slot] = code, turn, 0
                        row[_DISTINCT] += 1
                    n = times[slot]
                    if n:
                        entropy_sum += (n + 1) * np.log2(n + 1) - n * np.log2(n)
                    times[slot] = n + 1
                    if (
                        depth == 0
                        and length == 4
                        and at < end
                        and data[at] == 40
                        and data[begin] == 109
                        and data[begin + 1] == 97
                        and data[begin + 2] == 105
                        and data[begin + 3] == 110
                    ):
                        row[_MAINS] += 1
                line_tokens += 1
                previous = 97
                continue
            if 48 <= byte <= 57:
                begin = at
                while at < end and (_is_letter(data[at]) or 48 <= data[at] <= 57 or data[at] == 46):
                    at += 1
                line_chars += at - begin
                row[_WORDS] += 1
                if at - begin > 2 and byte == 48 and (data[begin + 1] | 32) == 120:
                    row[_HEX] += 1
                line_tokens += 1
                previous = 48
                continue
            if byte == 35 and line_tokens == 0 and hash_lines:
                line_begins_hash = True
            elif byte == 40:
                line_parens += 1
                depth += 1
            elif byte == 91 or byte == 123:
                depth += 1
            elif byte == 41 or byte == 93 or byte == 125:
                depth = max(depth - 1, 0)
            elif byte == 61:
                compares = previous == 61 or previous == 33 or previous == 60 or previous == 62
                if not compares and (at + 1 == end or data[at + 1] != 61):
                    line_assigns = True
            elif byte == 63 or (previous == byte and (byte == 38 or byte == 124)):
                row[_BRANCHES] += 1
            row[_DEPTH] = max(row[_DEPTH], depth)
            previous = int(byte)
            line_tokens += 1
            line_chars += 1
            at += 1
        n = row[_NAMES]
        bits[document] = np.log2(n) - entropy_sum / n if n else 0.0
