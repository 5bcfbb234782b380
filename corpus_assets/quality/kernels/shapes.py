"""One pass over texts that counts what kinds of file differ in: lines of literals, spacing, keys.

Belongs here: the loop over bytes. It knows no language: strings stand between quotes on one line,
comments are `//…` (but not after a colon), `/*…*/`, and `#…` after a blank or at the start of a
line unless a letter follows there; names are runs of letters and digits. What the counts mean is
decided in `kinds.layout`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined

COUNTS = (
    "lines", "blank_lines", "comment_lines", "chars", "number_chars", "literal_chars",
    "pair_chars", "insert_lines", "commas", "spaced_commas", "equals", "spaced_equals", "braces",
    "spaced_braces", "colons", "spaced_colons", "keys", "distinct_keys", "scalars", "code_spaces",
    "code_chars",
)  # fmt: skip
(
    _LINES, _BLANK, _COMMENTS, _CHARS, _NUMBER_CHARS, _LITERAL_CHARS, _PAIR_CHARS, _INSERTS,
    _COMMAS, _SPACED_COMMAS, _EQUALS, _SPACED_EQUALS, _BRACES, _SPACED_BRACES, _COLONS,
    _SPACED_COLONS, _KEYS, _DISTINCT_KEYS, _SCALARS, _SPACES, _CODE,
) = range(len(COUNTS))  # fmt: skip

_OTHER, _LETTER, _DIGIT, _SPACE, _QUOTE, _SEPARATOR = range(6)
_TEXT, _PAIRS, _LITERALS, _NUMBERS = range(4)  # what a line holds, from anything to numbers only
_SIGN, _WORD, _VALUE, _CLOSING = range(4)  # the token before
_TABLE = 2048  # slots for keys; counting stops when half are taken
_MASK, _ONE = np.uint64(_TABLE - 1), np.uint64(1)
_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)  # FNV-1a, 64 bits
_INSERT = np.frombuffer(b"insert", np.uint8)


def byte_classes() -> Any:
    """Class of every byte (uint8, 256)."""
    classes = np.zeros(256, np.uint8)
    for byte in range(256):
        sign = chr(byte)
        if byte >= 128 or sign.isalpha() or sign in "_$":
            classes[byte] = _LETTER
        elif sign.isdigit():
            classes[byte] = _DIGIT
        elif sign in " \t\r\f\v":
            classes[byte] = _SPACE
        elif sign in "\"'`":
            classes[byte] = _QUOTE
        elif sign in "[]{}(),;:":
            classes[byte] = _SEPARATOR
    return classes


@inlined
def _next_solid(data: Any, classes: Any, i: Any, end: Any) -> Any:
    """The first place from i on without a blank; a line feed is none."""
    while i < end and classes[data[i]] == _SPACE:
        i += 1
    return i


@inlined
def _add_key(row: Any, keys: Any, code: Any) -> None:
    row[_KEYS] += 1
    if row[_DISTINCT_KEYS] < _TABLE // 2:
        code |= _ONE
        slot = code & _MASK
        while keys[slot] != 0 and keys[slot] != code:
            slot = (slot + _ONE) & _MASK
        if keys[slot] == 0:
            keys[slot] = code
            row[_DISTINCT_KEYS] += 1


@inlined
def _is_literal_word(data: Any, at: Any, length: Any) -> Any:
    """null, None, nil…, true, false in any case, by their length and first two letters."""
    first, second = data[at] | 32, data[at + 1] | 32
    if length == 4:
        return (first == 110 and (second == 117 or second == 111)) or (
            first == 116 and second == 114
        )
    return length == 5 and first == 102 and second == 97


@inlined
def _number_end(data: Any, classes: Any, at: Any, end: Any) -> Any:
    """Where the number that starts at `at` ends, and whether its letters are those of numbers."""
    i, fine = at, True
    is_hex = at + 1 < end and (data[at + 1] | 32) == 120
    while i < end:
        byte = data[i]
        kind = classes[byte]
        if kind == _LETTER:
            low = byte | 32
            digit = 97 <= low <= 102 or byte == 95
            fine &= digit or low == 120 or low == 117 or low == 108 or low == 110
        elif kind != _DIGIT and byte != 46:
            signed = (byte == 43 or byte == 45) and (data[i - 1] | 32) == 101 and not is_hex
            if not signed or i + 1 >= end or classes[data[i + 1]] != _DIGIT:
                break
        i += 1
    return i, fine


@inlined
def _starts_comment(data: Any, classes: Any, i: Any, start: Any, end: Any) -> Any:
    if data[i] == 47:
        return i + 1 < end and data[i + 1] == 47 and (i == 0 or data[i - 1] != 58)
    if data[i] != 35:
        return False
    if i > start:
        return classes[data[i - 1]] == _SPACE
    return not (i + 1 < end and 97 <= data[i + 1] <= 122)


@inlined
def _is_insert(data: Any, classes: Any, start: Any, end: Any) -> Any:
    """Whether a line starts with an opening bracket or the word insert."""
    i = _next_solid(data, classes, start, end)
    if i < end and data[i] == 40:
        return True
    same = 0
    while same < 6 and i + same < end and (data[i + same] | 32) == _INSERT[same]:
        same += 1
    return same == 6


@compiled
def count_shapes(data: Any, offsets: Any, classes: Any, out: Any) -> Any:
    """Fill `out` (int64, a row per document) with COUNTS, all in bytes.

    `chars`: of lines that are not blank, without line feeds. `number_chars`: of those that hold
    numbers and separators only; `literal_chars`: of those with numbers, strings, and words like
    null; `pair_chars`: of those where names before a colon stand too. A line of separators alone
    counts with the line before it, one of comments alone nowhere. `commas` are those that do not
    end a line, the spaced ones stand before a blank; equals signs, braces and colons count as
    spaced before the end of a line too. `keys`: strings and names before a colon; `distinct_keys`
    at most a thousand. `scalars`: numbers, strings that are no keys, words like null.
    """
    keys = np.zeros(_TABLE, np.uint64)
    for document in range(len(offsets) - 1):
        i, end = offsets[document], offsets[document + 1]
        row = out[document]
        row[:] = 0
        keys[:] = 0
        in_comment = False
        holds = _TEXT
        while i < end:
            start, line = i, _NUMBERS
            n_tokens, n_solid, n_comment = 0, 0, 0
            before = _SIGN
            while i < end and data[i] != 10:
                byte = data[i]
                if in_comment:
                    if byte == 42 and i + 1 < end and data[i + 1] == 47:
                        in_comment = False
                        i += 1
                    i += 1
                    n_comment += 1
                    continue
                kind = classes[byte]
                if kind == _SPACE:
                    row[_SPACES] += 1
                    i += 1
                    continue
                n_solid += 1
                if kind == _LETTER:
                    first, code = i, _BASIS
                    while i < end and (classes[data[i]] == _LETTER or classes[data[i]] == _DIGIT):
                        code = (code ^ np.uint64(data[i])) * _PRIME
                        i += 1
                    n_tokens += 1
                    row[_CODE] += i - first
                    after = i
                    while after < end and classes[data[after]] == _SPACE:
                        after += 1
                    colon = after < end and data[after] == 58
                    if colon and (after + 1 >= end or data[after + 1] != 58):
                        _add_key(row, keys, code)
                        line = min(line, _PAIRS)
                    elif 3 < i - first < 6 and _is_literal_word(data, first, i - first):
                        row[_SCALARS] += 1
                        line = min(line, _LITERALS)
                    else:
                        line = _TEXT
                    before = _WORD
                    continue
                if (byte == 43 or byte == 45 or byte == 46) and before == _SIGN and i + 1 < end:
                    # A sign or a point before a number.
                    ahead = i + 1
                    if byte != 46 and data[ahead] == 46 and ahead + 1 < end:
                        ahead += 1
                    if classes[data[ahead]] == _DIGIT:
                        row[_CODE] += ahead - i
                        i = ahead
                        kind = np.uint8(_DIGIT)
                if kind == _DIGIT:
                    stop, fine = _number_end(data, classes, i, end)
                    n_tokens += 1
                    row[_SCALARS] += 1
                    row[_CODE] += stop - i
                    if not fine:
                        line = _TEXT
                    i = stop
                    before = _VALUE
                    continue
                if kind == _QUOTE:
                    j, code = i + 1, _BASIS
                    while j < end and data[j] != 10 and data[j] != byte:
                        if data[j] == 92 and j + 1 < end and data[j + 1] != 10:
                            j += 1
                        code = (code ^ np.uint64(data[j])) * _PRIME
                        j += 1
                    if j < end and data[j] == byte:
                        n_tokens += 1
                        i = j + 1
                        line = min(line, _LITERALS)
                        after = _next_solid(data, classes, i, end)
                        if after < end and data[after] == 58:
                            _add_key(row, keys, code)
                        else:
                            row[_SCALARS] += 1
                        before = _VALUE
                        continue
                elif byte == 47 and i + 1 < end and data[i + 1] == 42:
                    in_comment = True
                    i += 2
                    n_comment += 2
                    continue
                elif (byte == 47 or byte == 35) and _starts_comment(data, classes, i, start, end):
                    while i < end and data[i] != 10:
                        i += 1
                        n_comment += 1
                    continue
                row[_CODE] += 1
                ends = i + 1 >= end or data[i + 1] == 10
                spaced = ends or classes[data[i + 1]] == _SPACE
                if byte == 44:
                    row[_COMMAS] += not ends
                    row[_SPACED_COMMAS] += spaced and not ends
                elif byte == 123:
                    row[_BRACES] += 1
                    row[_SPACED_BRACES] += spaced
                elif byte == 58:
                    row[_COLONS] += 1
                    row[_SPACED_COLONS] += spaced
                elif byte == 61:
                    row[_EQUALS] += 1
                    row[_SPACED_EQUALS] += spaced
                if kind != _SEPARATOR:
                    line = _TEXT
                before = _CLOSING if byte == 41 or byte == 93 else _SIGN
                i += 1
            row[_LINES] += 1
            length = i - start
            if n_solid == 0 and n_comment == 0:
                row[_BLANK] += 1
            else:
                row[_CHARS] += length
                if n_tokens == 0 and n_comment > 0:
                    row[_COMMENTS] += 1
                else:
                    if n_tokens > 0:
                        holds = line
                        row[_INSERTS] += _is_insert(data, classes, start, i)
                    row[_NUMBER_CHARS] += length * (holds == _NUMBERS)
                    row[_LITERAL_CHARS] += length * (holds >= _LITERALS)
                    row[_PAIR_CHARS] += length * (holds >= _PAIRS)
            i += 1
    return None
