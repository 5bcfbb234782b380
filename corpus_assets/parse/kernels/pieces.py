"""Cutting a text into the pieces that the o200k tokenizer encodes one by one, and counting.

Belongs here: the tokenizer's splitting rule as a loop, and the table of pieces already counted.
The rule is published with tiktoken as one regular expression of seven alternatives, tried in
order: words (an optional sign, upper then lower letters; two forms), up to three digits, signs
with line ends and slashes after them, white space up to its last line end, white space but for
its last character, white space.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined
from corpus_assets.parse.character_classes import (
    CASELESS,
    LETTER,
    LOWER,
    MARK,
    NUMBER,
    SPACE,
    UNASSIGNED,
    UPPER,
)
from corpus_assets.parse.kernels.characters import code_point

_EITHER = CASELESS | MARK  # count as upper and as lower letters
_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)  # FNV-1a, 64 bits
_MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
_ONE = np.uint64(1)


@inlined
def _word_end(data: Any, at: Any, end: Any, classes: Any) -> Any:
    """End of upper letters and then at least one lower one from `at`; -1 without."""
    either_end = -1
    while at < end:
        code, n = code_point(data, at)
        kind = classes[code]
        if not kind & (UPPER | _EITHER):
            break
        at += n
        if kind & _EITHER:
            either_end = at
    begin = at
    while at < end:
        code, n = code_point(data, at)
        if not classes[code] & (LOWER | _EITHER):
            break
        at += n
    return at if at > begin else either_end


@inlined
def _capitals_end(data: Any, at: Any, end: Any, classes: Any) -> Any:
    """End of at least one upper letter from `at`; -1 without."""
    begin = at
    while at < end:
        code, n = code_point(data, at)
        if not classes[code] & (UPPER | _EITHER):
            break
        at += n
    return at if at > begin else -1


@inlined
def _contraction_end(data: Any, at: Any, end: Any) -> Any:
    """`at`, or the end of 's 't 're 've 'm 'll 'd there, in either case."""
    if at + 1 >= end or data[at] != 39:
        return at
    first = data[at + 1] | 32
    if first == 115 or first == 116 or first == 109 or first == 100:
        return at + 2
    if at + 2 < end:
        if data[at + 1] == 0xC5 and data[at + 2] == 0xBF:  # the long s, another form of s
            return at + 3
        second = data[at + 2] | 32
        if (first == 114 or first == 118) and second == 101:
            return at + 3
        if first == 108 and second == 108:
            return at + 3
    return at


@inlined
def _ascii_word_end(data: Any, at: Any, end: Any) -> Any:
    """End of the word that begins at `at`; -1 where there is none or other letters may go on."""
    stop = at
    while stop < end and 65 <= data[stop] <= 90:
        stop += 1
    while stop < end and 97 <= data[stop] <= 122:
        stop += 1
    return stop if stop > at and (stop == end or data[stop] < 0x80) else -1


@inlined
def piece_end(data: Any, at: Any, end: Any, classes: Any) -> Any:
    """Where the piece that begins at `at` (below `end`) ends."""
    first = data[at]
    if first < 0x80:
        signed = not classes[first] & (LETTER | NUMBER) and first != 10 and first != 13
        stop = _ascii_word_end(data, at + 1 if signed else at, end)
        if stop >= 0:
            return _contraction_end(data, stop, end)
    code, n = code_point(data, at)
    kind = classes[code]
    begin = at
    if not kind & (LETTER | NUMBER) and code != 10 and code != 13:
        begin = at + n
    stop = _word_end(data, begin, end, classes)
    if stop < 0 and kind & MARK:
        stop = _word_end(data, at, end, classes)
    if stop < 0:
        stop = _capitals_end(data, begin, end, classes)
    if stop >= 0:
        return _contraction_end(data, stop, end)
    if kind & NUMBER:
        stop = at
        for _ in range(3):
            if stop < end:
                code, n = code_point(data, stop)
                if classes[code] & NUMBER:
                    stop += n
                else:
                    break
        return stop
    begin = at + 1 if code == 32 else at
    stop = begin
    while stop < end:
        code, n = code_point(data, stop)
        if classes[code] & (SPACE | LETTER | NUMBER):
            break
        stop += n
    if stop > begin:
        while stop < end and (data[stop] == 10 or data[stop] == 13 or data[stop] == 47):
            stop += 1
        return stop
    stop, before, line_end = at, at, -1
    while stop < end:
        code, n = code_point(data, stop)
        if not classes[code] & SPACE:
            break
        before = stop
        stop += n
        if code == 10 or code == 13:
            line_end = stop
    if line_end >= 0:
        return line_end
    return before if stop < end and before > at else stop


@inlined
def piece_slot(data: Any, at: Any, end: Any, keys: Any) -> Any:
    """(place in the table, hash): the place of the bytes' hash, or the free one it belongs to."""
    code = _BASIS
    for place in range(at, end):
        code = (code ^ np.uint64(data[place])) * _PRIME
    code = (code ^ (code >> _SHIFT)) * _MIX
    code ^= code >> _SHIFT
    if code == np.uint64(0):
        code = _ONE
    mask = np.uint64(len(keys) - 1)
    slot = code & mask
    while keys[slot] != code and keys[slot] != np.uint64(0):
        slot = (slot + _ONE) & mask
    return slot, code


@compiled
def count_known(
    data: Any,
    offsets: Any,
    first: Any,
    classes: Any,
    keys: Any,
    counts: Any,
    totals: Any,
    waiting: Any,
    new: Any,
) -> Any:
    """Add up the counts of pieces of the documents from `first` on.

    `keys` (uint64) and `counts` (int32) are a hash table of pieces; one that is not there is put
    there with count 0 and its span into `new` (int64[:, 3]: start, end, slot). Every piece without
    a count is noted in `waiting` (int64[:, 2]: document, slot). Stops before a document that may
    not fit into either. `totals[i]` is -1 for documents with characters Unicode had not assigned.
    Returns (next document, number of waiting, number of new).
    """
    n_waiting, n_new = 0, 0
    room = min(len(waiting), len(new))
    document = first
    while document < len(offsets) - 1:
        at, end = offsets[document], offsets[document + 1]
        if end - at > room - max(n_waiting, n_new):
            break
        total, assigned = 0, True
        for place in range(at, end):
            if data[place] >= 0xC0:
                code, _ = code_point(data, place)
                if classes[code] & UNASSIGNED:
                    assigned = False
                    break
        if not assigned:
            totals[document] = -1
            document += 1
            continue
        while at < end:
            stop = piece_end(data, at, end, classes)
            slot, key = piece_slot(data, at, stop, keys)
            if keys[slot] == np.uint64(0):
                keys[slot] = key
                counts[slot] = 0
                new[n_new, 0], new[n_new, 1], new[n_new, 2] = at, stop, slot
                n_new += 1
            if counts[slot] == 0:
                waiting[n_waiting, 0], waiting[n_waiting, 1] = document, slot
                n_waiting += 1
            total += counts[slot]
            at = stop
        totals[document] = total
        document += 1
    return document, n_waiting, n_new


@compiled
def rehash(keys: Any, counts: Any, larger_keys: Any, larger_counts: Any) -> Any:
    """Put a table's entries into a larger, empty one."""
    mask = np.uint64(len(larger_keys) - 1)
    for place in range(len(keys)):
        code = keys[place]
        if code != np.uint64(0):
            slot = code & mask
            while larger_keys[slot] != np.uint64(0):
                slot = (slot + _ONE) & mask
            larger_keys[slot] = code
            larger_counts[slot] = counts[place]
