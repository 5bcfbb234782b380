"""The lexer of units, compiled: bytes to tokens at several hundred MB/s.

Belongs here: the loop over bytes. What a comment and a literal is comes from the syntax tree as
spans; everything else is words, numbers, and signs of one byte each. White space, and a backslash
that ends a line, separate tokens and are none.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled

WORD, NUMBER, LITERAL, SIGN, LAYOUT = 1, 2, 3, 4, 5
_OPEN, _CLOSE = 14, 15  # bytes that no source has outside literals
_NAME, _VALUE = 1, 2
_MAX_DEPTH = 200
_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)  # FNV-1a, 64 bits
_MIX, _SHIFT, _LOW = np.uint64(0x9E3779B97F4A7C15), np.uint64(32), np.uint64(0xFFFFFFFF)


@compiled
def lex(
    source: Any,
    span_starts: Any,
    span_ends: Any,
    span_literal: Any,
    keywords: Any,
    has_layout: Any,
    starts: Any,
    kinds: Any,
    hashes: Any,
    exact: Any,
    exact_at: Any,
    shape: Any,
    shape_at: Any,
) -> Any:
    """Fill the outputs with the tokens of `source` (uint8); returns how many there are.

    Spans (int64) are disjoint and in order; `span_literal` (bool) tells literals from comments.
    `keywords`: sorted FNV-1a hashes (uint64). Per token: start (int64), kind (uint8), hash of its
    bytes (uint32), and where it begins in `exact` (tokens as written, each with a NUL after it)
    and `shape` (the same, with one byte for any name and one for any literal). With `has_layout`,
    a change of indentation outside brackets is a token that begins at the line feed before it.
    Outputs need room for len(source) + 2 tokens, buffers for twice as many bytes.
    """
    n_source, n_spans = len(source), len(span_starts)
    n, at, shape_end, span, i = 0, 0, 0, 0, 0
    indents = np.zeros(_MAX_DEPTH + 1, np.int64)
    depth, brackets, line_start, fresh = 0, 0, 0, True
    while i < n_source:
        byte = source[i]
        while span < n_spans and span_ends[span] <= i:
            span += 1
        in_span = span < n_spans and span_starts[span] <= i
        if in_span and not span_literal[span]:
            i = span_ends[span]
            # A comment that ends its line may hold the line feed.
            if source[i - 1] == 10:
                line_start, fresh = i, True
            continue
        if not in_span:
            if byte == 10:
                i += 1
                line_start, fresh = i, True
                continue
            if byte == 32 or (9 <= byte <= 13):
                i += 1
                continue
            if byte == 92 and i + 1 < n_source and (source[i + 1] == 10 or source[i + 1] == 13):
                i += 2
                if source[i - 1] == 13 and i < n_source and source[i] == 10:
                    i += 1
                continue
        if fresh:
            fresh = False
            if has_layout and brackets == 0:
                width = i - line_start
                if width > indents[depth] and depth < _MAX_DEPTH:
                    depth += 1
                    indents[depth] = width
                    starts[n], kinds[n], hashes[n] = line_start - 1, LAYOUT, 0
                    exact_at[n], shape_at[n] = at, shape_end
                    exact[at], exact[at + 1] = _OPEN, 0
                    shape[shape_end], shape[shape_end + 1] = _OPEN, 0
                    at, shape_end, n = at + 2, shape_end + 2, n + 1
                while depth > 0 and width < indents[depth]:
                    depth -= 1
                    starts[n], kinds[n], hashes[n] = line_start - 1, LAYOUT, 0
                    exact_at[n], shape_at[n] = at, shape_end
                    exact[at], exact[at + 1] = _CLOSE, 0
                    shape[shape_end], shape[shape_end + 1] = _CLOSE, 0
                    at, shape_end, n = at + 2, shape_end + 2, n + 1
        start = i
        if in_span:
            kind = LITERAL
            i = span_ends[span]
        else:
            limit = span_starts[span] if span < n_spans else n_source
            digit = 48 <= byte <= 57
            kind = SIGN
            while i < limit:
                b = source[i]
                letter = (97 <= (b | 32) <= 122) or b == 95 or b == 36 or b >= 128
                if not (letter or 48 <= b <= 57):
                    if not digit or i + 1 >= limit:
                        break
                    after = source[i + 1]
                    joins = (b == 46 or b == 39) and 48 <= after <= 57
                    last = source[i - 1] | 32
                    hexadecimal = i - start > 1 and (source[start + 1] | 32) == 120
                    signed = (b == 43 or b == 45) and last == 101 and not hexadecimal
                    if not (joins or signed):
                        break
                i += 1
            if i > start:
                kind = NUMBER if digit else WORD
            else:
                i += 1
                if byte == 40 or byte == 91 or byte == 123:
                    brackets += 1
                elif (byte == 41 or byte == 93 or byte == 125) and brackets > 0:
                    brackets -= 1
        starts[n], kinds[n] = start, kind
        exact_at[n], shape_at[n] = at, shape_end
        code = _BASIS
        for j in range(start, i):
            code = (code ^ np.uint64(source[j])) * _PRIME
            exact[at] = source[j]
            at += 1
        exact[at] = 0
        at += 1
        hashes[n] = np.uint32(((code * _MIX) >> _SHIFT) & _LOW)
        named = kind == WORD
        if named and len(keywords):
            place = np.searchsorted(keywords, code)
            named = not (place < len(keywords) and keywords[place] == code)
        if named or kind in (NUMBER, LITERAL):
            shape[shape_end] = _NAME if named else _VALUE
            shape_end += 1
        else:
            for j in range(start, i):
                shape[shape_end] = source[j]
                shape_end += 1
        shape[shape_end] = 0
        shape_end += 1
        n += 1
    exact_at[n], shape_at[n] = at, shape_end
    return n
