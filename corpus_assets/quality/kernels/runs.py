"""Runs of encoded payload: base64, hexadecimal bytes, escape sequences.

Belongs here: the loop over bytes. What a run is is said in words in `encoded`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined

BASE64, HEX, UPPER, LOWER, DIGIT, OCTAL, SPACE = (np.uint8(1 << n) for n in range(7))

_LINE = 40  # base64 is joined over a line break that follows so many signs
_LEAST_BASE64 = 64
_LEAST_ITEMS = 8
_JUDGED = 4096
_LONG, _LEAST_LONG_BITS = 1_000, 3.5
_LEAST_BASE64_BITS, _LEAST_HEX_BITS = 4.5, 3.0


def byte_classes() -> Any:
    """Classes of every byte, as bits (uint8, 256)."""
    classes = np.zeros(256, np.uint8)
    for byte in range(128):
        sign = chr(byte)
        classes[byte] |= BASE64 * (sign.isalnum() or sign in "+/")
        classes[byte] |= HEX * (sign in "0123456789abcdefABCDEF")
        classes[byte] |= UPPER * sign.isupper() + LOWER * sign.islower() + DIGIT * sign.isdigit()
        classes[byte] |= OCTAL * (sign in "01234567") + SPACE * (sign in " \t\r\n")
    return classes


@inlined
def _looks_random(data: Any, classes: Any, start: Any, end: Any, counts: Any) -> Any:
    """Whether base64 or hexadecimal digits from `start` on are too mixed for words."""
    counts[:] = 0
    n, n_digits, n_upper, seen, only_hex = 0, 0, 0, np.uint8(0), True
    for j in range(start, min(end, start + _JUDGED)):
        kind = classes[data[j]]
        if kind & BASE64:
            counts[data[j]] += 1
            n += 1
            seen |= kind
            n_digits += (kind & DIGIT) != 0
            n_upper += (kind & UPPER) != 0
            only_hex &= (kind & HEX) != 0
    bits, distinct = 0.0, 0
    for byte in range(256):
        if counts[byte]:
            distinct += 1
            bits -= counts[byte] / n * math.log2(counts[byte] / n)
    if not seen & DIGIT:
        return False
    if only_hex:
        return distinct > 8 and bits > _LEAST_HEX_BITS
    if not (seen & UPPER and seen & LOWER):
        return False
    # Long runs are judged by their digits and capitals too: a program in base64 has many zeros.
    mixed = n >= _LONG and 25 * n_digits >= n and 5 * n_upper >= n and bits > _LEAST_LONG_BITS
    return mixed or bits > _LEAST_BASE64_BITS


@inlined
def _base64_end(data: Any, classes: Any, at: Any, end: Any) -> Any:
    """Where the run of base64 that starts at `at` ends; `at` if it is too short."""
    i, line, n = at, at, 0
    while True:
        while i < end and classes[data[i]] & BASE64:
            i += 1
        n += i - line
        if i - line < _LINE or i >= end:
            break
        after = i
        if data[after] == 13 and after + 1 < end:
            after += 1
        if data[after] != 10:
            break
        after += 1
        while after < end and (data[after] == 32 or data[after] == 9):
            after += 1
        if after >= end or not classes[data[after]] & BASE64:
            break
        i, line = after, after
    if n < _LEAST_BASE64:
        return at
    for _ in range(2):
        if i < end and data[i] == 61:
            i += 1
    return i


@inlined
def _escapes_end(data: Any, classes: Any, at: Any, end: Any) -> Any:
    r"""Where eight or more of \xHH, \uHHHH or \OOO from `at` on end; `at` if there are fewer."""
    i, n, last = at, 0, at
    while i + 1 < end and data[i] == 92:
        digits = 2 if data[i + 1] == 120 else 4 if data[i + 1] == 117 else 3
        first = i + 1 if digits == 3 else i + 2
        if first + digits > end:
            break
        fine = True
        for j in range(first, first + digits):
            fine &= (classes[data[j]] & (OCTAL if digits == 3 else HEX)) != 0
        if not fine:
            break
        i = last = first + digits
        n += 1
        # A string that goes on in the next line.
        if i < end and data[i] == 34:
            i += 1
            while i < end and classes[data[i]] & SPACE:
                i += 1
            i += i < end and data[i] == 34
    return last if n >= _LEAST_ITEMS else at


@inlined
def _bytes_end(data: Any, classes: Any, at: Any, end: Any) -> Any:
    """Where a list of 0xHH from `at` on, or of HH with letters among them, ends; or `at`."""
    i, n, last, letters = at, 0, at, False
    prefixed = at + 1 < end and data[at] == 48 and (data[at + 1] | 32) == 120
    while i < end:
        if prefixed:
            if not (i + 2 < end and data[i] == 48 and (data[i + 1] | 32) == 120):
                break
            i += 2
        first = i
        while i < end and classes[data[i]] & HEX:
            letters |= (classes[data[i]] & DIGIT) == 0
            i += 1
        if i - first > 2 or i == first or (not prefixed and i - first != 2):
            break
        n += 1
        last = i
        signs = 0
        while i < end and (data[i] == 44 or data[i] == 58 or classes[data[i]] & SPACE):
            signs += data[i] == 44 or data[i] == 58
            i += 1
        if i == last or signs > 1 or (prefixed and signs == 0):
            break
    return last if n >= _LEAST_ITEMS and (prefixed or letters) else at


@compiled
def encoded_runs(data: Any, offsets: Any, classes: Any, longest: Any, total: Any) -> Any:
    """Fill `longest` and `total` (int64, per document) with bytes of encoded runs."""
    counts = np.zeros(256, np.int64)
    for document in range(len(offsets) - 1):
        i, end = offsets[document], offsets[document + 1]
        best, found = 0, 0
        while i < end:
            byte = data[i]
            stop = i
            if classes[byte] & BASE64:
                word = i
                while word < end and classes[data[word]] & BASE64:
                    word += 1
                if word - i >= _LINE:
                    stop = _base64_end(data, classes, i, end)
                    if stop > i and not _looks_random(data, classes, i, stop, counts):
                        i = stop
                        continue
                elif word - i <= 4 and classes[byte] & HEX:
                    stop = _bytes_end(data, classes, i, end)
                if stop == i:
                    i = word
                    continue
            elif byte == 92:
                stop = _escapes_end(data, classes, i, end)
                if stop == i:
                    i += 1
                    continue
            else:
                i += 1
                continue
            best = max(best, stop - i)
            found += stop - i
            i = stop
        longest[document], total[document] = best, found
    return None
