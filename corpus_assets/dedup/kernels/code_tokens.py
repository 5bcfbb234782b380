"""Tokens of code in any language, and words of text: what is compared with benchmark items.

Belongs here: one loop over bytes each. Comments, doc strings and layout are no tokens, nor are
brackets, commas and semicolons, which formatters add and remove; quotes are no part of a string.
What begins a comment differs by language and is given as `style`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined

SIGN, KEYWORD, NAME, NUMBER, STRING = 0, 1, 2, 3, 4
HASH, SLASH, DASH, PERCENT, SEMICOLON, DOC_STRING, BACKTICK, CHARACTER = (
    1, 2, 4, 8, 16, 32, 64, 128,
)  # fmt: skip
_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)  # FNV-1a, 64 bits
_MIX, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
_FEED, _SOFT_FEED = 10, 11
"""A vertical tab ends a line of code that stands escaped in a string; it is no line of the file."""
_STRING_SALT = np.uint64(0x5851F42D4C957F2D)


@inlined
def _is_word(byte: Any) -> Any:
    return 97 <= (byte | 32) <= 122 or 48 <= byte <= 57 or byte == 95 or byte == 36 or byte >= 128


@inlined
def _mixed(code: Any) -> Any:
    code = (code ^ (code >> _HALF)) * _MIX
    return code ^ (code >> _HALF)


@inlined
def _is_known(code: Any, table: Any) -> Any:
    """Whether an FNV hash is in an open-addressed table of a power of two of slots."""
    mask = len(table) - 1
    slot = np.int64(code >> _HALF) & mask
    while table[slot] != 0 and table[slot] != code:
        slot = (slot + 1) & mask
    return table[slot] == code


@inlined
def _line_end(data: Any, at: Any, end: Any) -> Any:
    while at < end and data[at] != _FEED and data[at] != _SOFT_FEED:
        at += 1
    return at


@inlined
def _closing(data: Any, at: Any, end: Any, quote: Any, many_lines: Any) -> Any:
    """Where the string opened before `at` is closed; -1 where it is not (within its line)."""
    while at < end:
        byte = data[at]
        if byte == quote:
            return at
        if not many_lines and byte in (_FEED, _SOFT_FEED):
            return -1
        at += 2 if byte == 92 else 1
    return -1


@inlined
def _closing_three(data: Any, at: Any, end: Any, quote: Any) -> Any:
    while at + 2 < end:
        if data[at] == quote and data[at + 1] == quote and data[at + 2] == quote:
            return at
        at += 2 if data[at] == 92 else 1
    return -1


@inlined
def _ends_line(data: Any, at: Any, end: Any) -> Any:
    """Whether nothing but blanks follows on the line."""
    while at < end and (data[at] == 32 or data[at] == 9 or data[at] == 13):
        at += 1
    return at >= end or data[at] == _FEED or data[at] == _SOFT_FEED


@inlined
def _feeds(data: Any, start: Any, end: Any) -> Any:
    n = 0
    for at in range(start, end):
        n += data[at] == _FEED
    return n


@compiled
def lex_code(
    data: Any, start: Any, end: Any, style: Any, keywords: Any, hashes: Any, kinds: Any,
    lines: Any, lengths: Any, n: Any, line: Any, inner: Any,
) -> Any:  # fmt: skip
    """Write hash (uint64), kind (uint8), line (int32, from 1) and length in bytes (int32) of the
    tokens of data[start:end].

    `style`: the sum of the flags above; `keywords`: table of FNV-1a hashes with a power of two of
    slots. Tokens are written from number `n` on, the first line is `line`; the outputs need room
    for one per byte. `inner` (int64: start, end, line) takes the strings of several lines, as many
    as fit. Returns how many tokens and strings of several lines there are.
    """
    at, depth, n_inner = start, 0, 0
    fresh = True  # nothing but blanks before on this line
    while at < end:
        byte = data[at]
        if byte in (_FEED, _SOFT_FEED):
            line += byte == _FEED
            fresh = True
            at += 1
            continue
        if byte <= 32:
            at += 1
            continue
        following = data[at + 1] if at + 1 < end else 0
        is_comment = (
            (byte == 35 and style & HASH)
            or (byte == 47 and following == 47 and style & SLASH)
            or (byte == 45 and following == 45 and style & DASH)
            or (byte == 37 and style & PERCENT)
            or (byte == 59 and style & SEMICOLON)
        )
        if is_comment:
            at = _line_end(data, at, end)
            continue
        if byte == 47 and following == 42 and style & (SLASH | DASH):
            close = at + 2
            while close + 1 < end and not (data[close] == 42 and data[close + 1] == 47):
                close += 1
            close = min(close + 2, end)
            line += _feeds(data, at, close)
            at = close
            continue
        if byte == 34 or byte == 39 or (byte == 96 and style & BACKTICK):
            three = (
                at + 2 < end and following == byte and data[at + 2] == byte and style & DOC_STRING
            )
            if three:
                first = at + 3
                close = _closing_three(data, first, end, byte)
                after = close + 3
            else:
                first = at + 1
                limit = min(end, first + 12) if byte == 39 and style & CHARACTER else end
                close = _closing(data, first, limit, byte, byte == 96)
                if byte == 39 and style & CHARACTER and close > first + 1 and data[first] != 92:
                    # A character of several bytes, or two lifetimes.
                    close = close if data[first] >= 128 else -1
                after = close + 1
            if close < 0:
                fresh = False
                at += 1
                continue
            alone = fresh and depth == 0 and style & DOC_STRING
            if not (alone and (three or _ends_line(data, after, end))):
                code = _BASIS
                for place in range(first, close):
                    code = (code ^ np.uint64(data[place])) * _PRIME
                hashes[n], kinds[n], lines[n] = _mixed(code ^ _STRING_SALT), STRING, line
                lengths[n] = close - first
                n += 1
            feeds = _feeds(data, at, after)
            if feeds and n_inner < len(inner):
                inner[n_inner, 0], inner[n_inner, 1], inner[n_inner, 2] = first, close, line
                n_inner += 1
            line += feeds
            fresh = False
            at = after
            continue
        if _is_word(byte):
            first = at
            code = _BASIS
            if 48 <= byte <= 57:
                while at < end and (_is_word(data[at]) or data[at] == 46):
                    low = data[at] | 32 if 65 <= data[at] <= 90 else data[at]
                    code = (code ^ np.uint64(low)) * _PRIME
                    at += 1
                hashes[n], kinds[n], lines[n] = _mixed(code), NUMBER, line
                lengths[n] = at - first
                n += 1
            else:
                while at < end and _is_word(data[at]):
                    code = (code ^ np.uint64(data[at])) * _PRIME
                    at += 1
                quoted = at < end and (data[at] == 34 or data[at] == 39) and at - first <= 2
                if not (quoted and style & DOC_STRING):  # r"" and f"": the letter is no name
                    kind = KEYWORD if _is_known(code, keywords) else NAME
                    hashes[n], kinds[n], lines[n] = _mixed(code), kind, line
                    lengths[n] = at - first
                    n += 1
                    fresh = False
                continue
            fresh = False
            continue
        if byte == 40 or byte == 91 or byte == 123:
            depth += 1
        elif byte == 41 or byte == 93 or byte == 125:
            depth = max(depth - 1, 0)
        dropped = (
            byte == 40 or byte == 41 or byte == 44 or byte == 59 or byte == 123 or byte == 125
            or byte == 92 or byte == 34 or byte == 39 or byte == 96
        )  # fmt: skip
        if not dropped:
            hashes[n], kinds[n], lines[n] = _mixed(np.uint64(byte) + _BASIS), SIGN, line
            lengths[n] = 1
            n += 1
        fresh = False
        at += 1
    return n, n_inner


@inlined
def lex_all_code(
    data: Any, start: Any, end: Any, style: Any, keywords: Any, hashes: Any, kinds: Any,
    lines: Any, lengths: Any, inner: Any,
) -> Any:  # fmt: skip
    """As lex_code, and behind it the tokens in strings of several lines: code is kept in them too.

    A sign that equals none parts them. Needs room for two tokens per byte.
    """
    n, n_inner = lex_code(
        data, start, end, style, keywords, hashes, kinds, lines, lengths, 0, 1, inner
    )
    for i in range(n_inner):
        hashes[n], kinds[n], lines[n], lengths[n] = np.uint64(0), SIGN, inner[i, 2], 1
        n, _ = lex_code(
            data, inner[i, 0], inner[i, 1], style, keywords, hashes, kinds, lines, lengths, n + 1,
            inner[i, 2], inner[:0],
        )  # fmt: skip
    return n


@compiled
def lex_words(
    data: Any, start: Any, end: Any, _style: Any, stop_words: Any, hashes: Any, kinds: Any,
    lines: Any, lengths: Any,
) -> Any:  # fmt: skip
    """As lex_code, of the words of a text in lower case: runs of letters, digits, underscores.

    Kinds: KEYWORD for the words of `stop_words`, NUMBER for those that begin with a digit, NAME
    for all others.
    """
    n, at, line = 0, start, 1
    while at < end:
        byte = data[at]
        if not (97 <= (byte | 32) <= 122 or 48 <= byte <= 57 or byte == 95 or byte >= 128):
            line += byte == _FEED
            at += 1
            continue
        first = at
        code = _BASIS
        while at < end:
            byte = data[at]
            if 65 <= byte <= 90:
                byte |= 32
            elif not (97 <= byte <= 122 or 48 <= byte <= 57 or byte == 95 or byte >= 128):
                break
            code = (code ^ np.uint64(byte)) * _PRIME
            at += 1
        kind = NAME
        if 48 <= data[first] <= 57:
            kind = NUMBER
        elif _is_known(code, stop_words):
            kind = KEYWORD
        hashes[n], kinds[n], lines[n] = _mixed(code), kind, line
        lengths[n] = at - first
        n += 1
    return n


@compiled
def fill_previous(hashes: Any, kinds: Any, n: Any, slots: Any, places: Any, previous: Any) -> None:
    """Distance (int32) of every name, number and string to the one before that is equal; 0 where
    there is none.

    `slots` (uint64) and `places` (int32) are scratch: a power of two, at least twice n.
    """
    size = 16
    while size < 2 * n:
        size *= 2
    slots[:size] = np.uint64(0)
    mask = size - 1
    for i in range(n):
        previous[i] = 0
        if kinds[i] <= KEYWORD:
            continue
        slot = np.int64(hashes[i] >> np.uint64(20)) & mask
        while slots[slot] != 0 and slots[slot] != hashes[i]:
            slot = (slot + 1) & mask
        if slots[slot] == hashes[i]:
            previous[i] = i - places[slot]
        slots[slot] = hashes[i]
        places[slot] = i


@inlined
def gram_hash(hashes: Any, kinds: Any, previous: Any, at: Any, width: Any) -> Any:
    """Hash of `width` tokens from `at` on: names count by where in the window they stood before,
    numbers and strings of code as such. Text has no names: see gram_hash_exact."""
    value = _BASIS
    for j in range(width):
        kind = kinds[at + j]
        if kind <= KEYWORD:
            code = hashes[at + j]
        elif kind == NAME:
            back = previous[at + j]
            code = np.uint64(back + 1 if back <= j else 1)
        else:
            code = np.uint64(1000 + kind)
        value = (value ^ code) * _MIX
        value ^= value >> _HALF
    return value


@inlined
def gram_hash_exact(hashes: Any, at: Any, width: Any) -> Any:
    """Hash of `width` tokens from `at` on, as written."""
    value = _BASIS
    for j in range(width):
        value = (value ^ hashes[at + j]) * _MIX
        value ^= value >> _HALF
    return value
