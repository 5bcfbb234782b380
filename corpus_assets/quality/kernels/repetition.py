"""Lines and word n-grams that repeat within a text.

Belongs here: counting them. What they mean is in `repetition.py`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined
from corpus_assets.quality.kernels.counters import mixed, slot_of, table_size

COUNTS = (
    "lines", "distinct_lines", "distinct_words", "word_chars", "top_2", "top_3", "top_4",
    "again_5", "again_6", "again_7", "again_8", "again_9", "again_10",
)  # fmt: skip
_LEAST_LINE = 3  # closing brackets and blank lines repeat in all code
_FIRST_AGAIN, _LAST = 5, 10
_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_STEP = np.uint64(0xD6E8FEB86659FD93)


@inlined
def _is_space(byte: Any) -> Any:
    return byte == 32 or 9 <= byte <= 13


@compiled
def count_repetition(data: Any, offsets: Any, most: Any, out: Any) -> Any:
    """Fill `out` (int64, a row per document) with COUNTS of its first `most` bytes.

    Lines without white space around them, of at least three characters. Words are separated by
    ASCII white space, `word_chars` their characters; `top_n` those in all occurrences of the most
    frequent n-gram that occurs more than once (of the longest among equally frequent ones),
    `again_n` those of words in an n-gram that stood earlier in the text.
    """
    longest = 0
    for document in range(len(offsets) - 1):
        longest = max(longest, min(offsets[document + 1] - offsets[document], most))
    room = longest // 2 + 2
    words, grams = np.empty(room, np.uint64), np.empty(room, np.uint64)
    before = np.zeros(room + 1, np.int64)  # characters of the words before each word
    alive, slots = np.empty(room, np.int64), np.empty(room, np.int64)
    size = table_size(room)
    keys, turns = np.empty(size, np.uint64), np.zeros(size, np.int64)
    counts = np.empty(size, np.int64)
    turn = 0
    for document in range(len(offsets) - 1):
        start = offsets[document]
        end = min(offsets[document + 1], start + most)
        row = out[document]
        turn += 1
        row[0], row[1] = _lines(data, start, end, table_size((end - start) // 4), turn, keys, turns)
        n = _words(data, start, end, words, before)
        row[3] = before[n]
        used = table_size(n)
        n_alive = n
        for place in range(n):
            alive[place], grams[place] = place, words[place]
        for width in range(1, _LAST + 1):
            turn += 1
            distinct, again, covered = 0, 0, 0
            for i in range(n_alive):
                place = alive[i]
                slots[i] = -1
                if place + width > n:
                    continue
                if width > 1:
                    grams[place] = mixed(grams[place] * _STEP + words[place + width - 1])
                slot = slot_of(grams[place], used, turn, keys, turns)
                if turns[slot] != turn:
                    keys[slot], turns[slot], counts[slot] = grams[place], turn, 0
                    distinct += 1
                else:
                    again += before[place + width] - before[max(covered, place)]
                    covered = place + width
                counts[slot] += 1
                slots[i] = slot
            # An n-gram can only repeat where the shorter one that begins it does.
            top, top_chars, still = 1, 0, 0
            for i in range(n_alive):
                if slots[i] < 0 or counts[slots[i]] < 2:
                    continue
                place = alive[i]
                alive[still] = place
                still += 1
                times = counts[slots[i]]
                chars = times * (before[place + width] - before[place])
                if times > top or (times == top and chars > top_chars):
                    top, top_chars = times, chars
            n_alive = still
            if width == 1:
                row[2] = distinct
            else:
                row[2 + width] = top_chars if width < _FIRST_AGAIN else again
            if n_alive == 0:
                break


@inlined
def _lines(data: Any, start: Any, end: Any, size: Any, turn: Any, keys: Any, turns: Any) -> Any:
    n, distinct, at = 0, 0, start
    while at < end:
        stop = at
        while stop < end and data[stop] != 10:
            stop += 1
        first, last = at, stop
        while first < last and _is_space(data[first]):
            first += 1
        while last > first and _is_space(data[last - 1]):
            last -= 1
        at = stop + 1
        code, characters = _BASIS, 0
        for place in range(first, last):
            byte = data[place]
            code = (code ^ np.uint64(byte)) * _PRIME
            characters += (byte & 0xC0) != 0x80
        if characters < _LEAST_LINE:
            continue
        n += 1
        slot = slot_of(code, size, turn, keys, turns)
        if turns[slot] != turn:
            keys[slot], turns[slot] = code, turn
            distinct += 1
    return n, distinct


@inlined
def _words(data: Any, start: Any, end: Any, words: Any, before: Any) -> Any:
    n, at = 0, start
    while at < end:
        if _is_space(data[at]):
            at += 1
            continue
        code, characters = _BASIS, 0
        while at < end and not _is_space(data[at]):
            code = (code ^ np.uint64(data[at])) * _PRIME
            characters += (data[at] & 0xC0) != 0x80
            at += 1
        words[n] = code
        n += 1
        before[n] = before[n - 1] + characters
    return n
