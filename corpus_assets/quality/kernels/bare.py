"""Code without its prose: comments and texts of several lines become blanks.

Belongs here: the loop over bytes. Which words are looked for in what is left belongs to `uses`.
"""

from __future__ import annotations

from typing import Any

from corpus_assets.compiled import compiled
from corpus_assets.quality.kernels.code import _mark_length, _starts, _string_end, _triple_end


@compiled
def blank(
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
    out: Any,
    strict: Any,
) -> Any:
    """Fill `out` and `strict` (uint8, copies of `data`) with blanks where a comment stands; `out`
    also in strings of several lines, `strict` in every string. Line ends stay.

    The signs are those of `count_code`.
    """
    for document in range(len(offsets) - 1):
        at, end = offsets[document], offsets[document + 1]
        while at < end:
            byte = data[at]
            begin, in_string = at, False
            if begins[byte]:
                block = _starts(data, at, end, block_opens)
                if block >= 0:
                    at += _mark_length(block_opens, block)
                    length = _mark_length(block_closes, block)
                    while at < end and _starts(data, at, end, block_closes[block : block + 1]) < 0:
                        at += 1
                    at = min(at + length, end)
                elif _starts(data, at, end, line_marks) >= 0 and not (hash_lines and byte == 35):
                    while at < end and data[at] != 10:
                        at += 1
            kind = quotes[byte]
            if at == begin and kind:
                if triple and at + 2 < end and data[at + 1] == byte and data[at + 2] == byte:
                    at = min(_triple_end(data, at + 3, end, byte) + 3, end)
                else:
                    stop = _string_end(data, at + 1, end, byte, kind, escapes)
                    if stop >= 0:
                        at = min(stop + 1, end) if stop < end and data[stop] == byte else stop
                in_string = True
            if at == begin:
                at += 1
                continue
            lines = 0
            for place in range(begin, at):
                if data[place] == 10:
                    lines += 1
            for place in range(begin, at):
                if data[place] != 10:
                    strict[place] = 32
                    if not in_string or lines > 0:
                        out[place] = 32
