"""One pass over texts that counts what kinds of file differ in: lines of literals, spacing, keys.

Belongs here: the loop over bytes. It knows no language: strings stand between quotes on one line,
comments are `//…`, `/*…*/` and `#…` with a blank before it or at the start of a line, names are
runs of letters. What the counts mean is decided in `literals`, `minified` and `layout`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled

COUNTS = (
    "lines", "blank_lines", "comment_lines", "chars", "number_chars", "literal_chars",
    "pair_chars", "insert_lines", "commas", "spaced_commas", "equals", "spaced_equals", "braces",
    "spaced_braces", "colons", "spaced_colons", "names", "short_names", "numbers", "strings",
    "string_chars", "keys", "distinct_keys", "scalars", "shapes", "distinct_shapes", "top_shape",
    "code_spaces", "code_chars", "max_depth", "long_string",
)  # fmt: skip
(
    LINES, BLANK, COMMENTS, CHARS, NUMBER_CHARS, LITERAL_CHARS, PAIR_CHARS, INSERTS, COMMAS,
    SPACED_COMMAS, EQUALS, SPACED_EQUALS, BRACES, SPACED_BRACES, COLONS, SPACED_COLONS, NAMES,
    SHORT, NUMBERS, STRINGS, STRING_CHARS, KEYS, DISTINCT_KEYS, SCALARS, SHAPES, DISTINCT_SHAPES,
    TOP_SHAPE, SPACES, CODE, DEPTH, LONG_STRING,
) = range(len(COUNTS))  # fmt: skip

_TABLE = 2048  # slots of the tables of keys and shapes; counting stops when half are taken
_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)  # FNV-1a, 64 bits
_LETTER, _DIGIT, _SPACE, _QUOTE, _SEPARATOR, _OTHER = 1, 2, 3, 4, 5, 0
_ONE = np.uint64(1)
_ROUND = np.uint64(44)


def byte_classes() -> Any:
    """Class of every byte (uint8, 256)."""
    classes = np.zeros(256, np.uint8)
    for byte in range(256):
        sign = chr(byte)
        if sign.isascii() and (sign.isalpha() or sign in "_$") or byte >= 128:
            classes[byte] = _LETTER
        elif sign.isdigit() and byte < 128:
            classes[byte] = _DIGIT
        elif sign in " \t\r\f\v":
            classes[byte] = _SPACE
        elif sign in "\"'`":
            classes[byte] = _QUOTE
        elif sign in "[]{}(),;:":
            classes[byte] = _SEPARATOR
    return classes


@compiled
def count_shapes(data: Any, offsets: Any, classes: Any, out: Any) -> Any:
    """Fill `out` (int64, a row per document) with COUNTS, all in bytes.

    `number_chars`: of lines that hold numbers and separators only; `literal_chars`: of those with
    numbers, strings, and words like null; `pair_chars`: of those where names before a colon stand
    too (a line of separators alone counts with the lines before it). `keys`: strings and names
    before a colon, `distinct_keys` at most a thousand. `shapes`: lines with runs of letters,
    of digits and strings taken as one sign each and without blanks; `top_shape`: lines of the shape
    most frequent, among the first thousand distinct ones. `commas` are those that do not end a line, the spaced ones before a
    blank; equals signs, braces and colons count as spaced before the end of a line too.
    """
    key_table, shape_table = np.zeros(_TABLE, np.uint64), np.zeros(_TABLE, np.uint64)
    shape_counts = np.zeros(_TABLE, np.int64)
    mask = np.uint64(_TABLE - 1)
    for document in range(len(offsets) - 1):
        i, end = offsets[document], offsets[document + 1]
        row = out[document]
        row[:] = 0
        key_table[:] = 0
        shape_table[:] = 0
        shape_counts[:] = 0
        depth = 0
        in_comment = False
        last_class = 0  # of the line before: 1 numbers, 2 literals, 3 pairs
        while i < end:
            # One line at a time.
            start = i
            shape = _BASIS
            only_numbers, only_literals, only_pairs = True, True, True
            n_tokens, n_solid, comment_bytes = 0, 0, 0
            last_sign = 0
            while i < end and data[i] != 10:
                byte = data[i]
                if in_comment:
                    if byte == 42 and i + 1 < end and data[i + 1] == 47:
                        in_comment = False
                        i += 1
                    i += 1
                    comment_bytes += 1
                    continue
                kind = classes[byte]
                if kind == _SPACE:
                    row[SPACES] += 1
                    i += 1
                    continue
                n_solid += 1
                if kind == _LETTER:
                    first = i
                    code = _BASIS
                    while i < end and (classes[data[i]] == _LETTER or classes[data[i]] == _DIGIT):
                        code = (code ^ np.uint64(data[i])) * _PRIME
                        i += 1
                    length = i - first
                    n_tokens += 1
                    row[NAMES] += 1
                    row[SHORT] += length <= 2
                    row[CODE] += length
                    shape = (shape ^ np.uint64(97)) * _PRIME
                    after = i
                    while after < end and classes[data[after]] == _SPACE:
                        after += 1
                    low = byte | 32
                    if after < end and data[after] == 58 and (after + 1 >= end or data[after + 1] != 58):
                        row[KEYS] += 1
                        if row[DISTINCT_KEYS] < _TABLE // 2:
                            code = code | _ONE
                            slot = code & mask
                            while key_table[slot] != 0 and key_table[slot] != code:
                                slot = (slot + _ONE) & mask
                            if key_table[slot] == 0:
                                key_table[slot] = code
                                row[DISTINCT_KEYS] += 1
                        only_numbers, only_literals = False, False
                    elif 4 <= length <= 5 and (low == 110 or low == 116 or low == 102):
                        # null, None, NULL, true, True, false, False
                        two = data[first + 1] | 32
                        word = (
                            (low == 110 and (two == 117 or two == 111) and length == 4)
                            or (low == 116 and two == 114 and length == 4)
                            or (low == 102 and two == 97 and length == 5)
                        )
                        only_numbers = False
                        if word:
                            row[SCALARS] += 1
                        else:
                            only_literals, only_pairs = False, False
                    else:
                        only_numbers, only_literals, only_pairs = False, False, False
                    last_sign = 97
                    continue
                signed = (byte == 43 or byte == 45 or byte == 46) and i + 1 < end and (
                    classes[data[i + 1]] == _DIGIT or (data[i + 1] == 46)
                )
                if signed and last_sign != 97 and last_sign != 48 and last_sign != 41:
                    i += 1
                    row[CODE] += 1
                    if i < end and data[i] == 46:
                        i += 1
                        row[CODE] += 1
                    if i < end and classes[data[i]] == _DIGIT:
                        kind = _DIGIT
                    else:
                        only_numbers, only_literals, only_pairs = False, False, False
                        continue
                if kind == _DIGIT:
                    first = i
                    fine = True
                    while i < end:
                        b = data[i]
                        c = classes[b]
                        if c == _LETTER:
                            low = b | 32
                            fine &= (
                                97 <= low <= 102 or low == 120 or low == 117 or low == 108 or b == 95
                                or low == 110
                            )
                        elif c != _DIGIT and b != 46:
                            exponent = (b == 43 or b == 45) and (data[i - 1] | 32) == 101
                            if not exponent or i + 1 >= end or classes[data[i + 1]] != _DIGIT:
                                break
                            if first + 1 < end and (data[first + 1] | 32) == 120:
                                break
                        i += 1
                    n_tokens += 1
                    row[NUMBERS] += 1
                    row[SCALARS] += 1
                    row[CODE] += i - first
                    if not fine:
                        only_numbers, only_literals, only_pairs = False, False, False
                    shape = (shape ^ np.uint64(48)) * _PRIME
                    last_sign = 48
                    continue
                if kind == _QUOTE:
                    j = i + 1
                    code = _BASIS
                    while j < end and data[j] != 10 and data[j] != byte:
                        if data[j] == 92 and j + 1 < end and data[j + 1] != 10:
                            j += 1
                        code = (code ^ np.uint64(data[j])) * _PRIME
                        j += 1
                    if j < end and data[j] == byte:
                        length = j - i + 1
                        row[STRINGS] += 1
                        row[STRING_CHARS] += length
                        row[LONG_STRING] = max(row[LONG_STRING], length)
                        n_tokens += 1
                        i = j + 1
                        only_numbers = False
                        shape = (shape ^ np.uint64(115)) * _PRIME
                        after = i
                        while after < end and classes[data[after]] == _SPACE:
                            after += 1
                        if after < end and data[after] == 58:
                            row[KEYS] += 1
                            if row[DISTINCT_KEYS] < _TABLE // 2:
                                code = code | _ONE
                                slot = code & mask
                                while key_table[slot] != 0 and key_table[slot] != code:
                                    slot = (slot + _ONE) & mask
                                if key_table[slot] == 0:
                                    key_table[slot] = code
                                    row[DISTINCT_KEYS] += 1
                        else:
                            row[SCALARS] += 1
                        last_sign = 115
                        continue
                    only_numbers, only_literals, only_pairs = False, False, False
                elif byte == 47 and i + 1 < end and data[i + 1] == 42:
                    in_comment = True
                    i += 2
                    comment_bytes += 2
                    continue
                elif (byte == 47 and i + 1 < end and data[i + 1] == 47 and (i == 0 or data[i - 1] != 58)) or (
                    byte == 35 and (i == start or classes[data[i - 1]] == _SPACE) and not (
                        i + 1 < end and 97 <= data[i + 1] <= 122 and i == start
                    )
                ):
                    first = i
                    while i < end and data[i] != 10:
                        i += 1
                    comment_bytes += i - first
                    continue
                row[CODE] += 1
                after_space = i + 1 >= end or data[i + 1] == 10 or classes[data[i + 1]] == _SPACE
                if kind == _SEPARATOR:
                    if byte == 44 and i + 1 < end and data[i + 1] != 10:
                        row[COMMAS] += 1
                        row[SPACED_COMMAS] += after_space
                    elif byte == 123:
                        row[BRACES] += 1
                        row[SPACED_BRACES] += after_space
                    elif byte == 58:
                        row[COLONS] += 1
                        row[SPACED_COLONS] += after_space
                    if byte == 123 or byte == 91 or byte == 40:
                        depth += 1
                        row[DEPTH] = max(row[DEPTH], depth)
                    elif byte == 125 or byte == 93 or byte == 41:
                        depth -= 1
                else:
                    only_numbers, only_literals, only_pairs = False, False, False
                    if byte == 61:
                        row[EQUALS] += 1
                        row[SPACED_EQUALS] += after_space
                shape = (shape ^ np.uint64(byte)) * _PRIME
                last_sign = 41 if byte == 41 or byte == 93 else 1
                i += 1
            length = i - start
            i += 1
            if n_solid == 0 and comment_bytes == 0:
                row[BLANK] += 1
                row[LINES] += 1
                continue
            row[LINES] += 1
            row[CHARS] += length
            if n_solid == 0 or n_tokens == 0 and comment_bytes > 0:
                row[COMMENTS] += 1
                continue
            if n_tokens > 0:
                last_class = 1 if only_numbers else 2 if only_literals else 3 if only_pairs else 0
                if last_class == 0 and length > 5:
                    j = start
                    while classes[data[j]] == _SPACE:
                        j += 1
                    row[INSERTS] += data[j] == 40 or (
                        i - j > 6 and (data[j] | 32) == 105 and (data[j + 1] | 32) == 110
                        and (data[j + 2] | 32) == 115 and (data[j + 3] | 32) == 101
                        and (data[j + 4] | 32) == 114 and (data[j + 5] | 32) == 116
                    )
                elif last_class > 0:
                    j = start
                    while classes[data[j]] == _SPACE:
                        j += 1
                    row[INSERTS] += data[j] == 40
            if last_class == 1:
                row[NUMBER_CHARS] += length
            if last_class == 1 or last_class == 2:
                row[LITERAL_CHARS] += length
            if last_class > 0:
                row[PAIR_CHARS] += length
            row[SHAPES] += 1
            shape = shape | _ONE
            slot = shape & mask
            while shape_table[slot] != 0 and shape_table[slot] != shape:
                slot = (slot + _ONE) & mask
            if shape_table[slot] != 0:
                shape_counts[slot] += 1
                row[TOP_SHAPE] = max(row[TOP_SHAPE], shape_counts[slot])
            else:
                row[DISTINCT_SHAPES] += 1
                if row[DISTINCT_SHAPES] < _TABLE // 2:
                    shape_table[slot] = shape
                    shape_counts[slot] = 1
                    row[TOP_SHAPE] = max(row[TOP_SHAPE], 1)
    return None
