"""Counting characters, words and lines of texts in one pass.

Belongs here: counts by class of character. Fractions are made of them in `characters.py`.
"""

from __future__ import annotations

from typing import Any

from corpus_assets.compiled import compiled
from corpus_assets.parse.character_classes import DIGIT, LETTER, NUMBER, SPACE
from corpus_assets.parse.kernels.characters import code_point

COUNTS = (
    "n_chars", "n_lines", "n_words", "line_chars", "max_line_chars", "letters", "alnum", "digits",
    "spaces", "replacements", "direction_controls",
)  # fmt: skip


@compiled
def count_characters(data: Any, offsets: Any, classes: Any, out: Any) -> Any:
    """Fill `out` (int64, a row per document) with COUNTS.

    `line_chars` are those that are no line feed. Direction controls are the characters that turn
    the order in which a reader sees text (U+202A-202E, U+2066-2069).
    """
    for document in range(len(offsets) - 1):
        at, end = offsets[document], offsets[document + 1]
        n_chars, n_words, feeds, longest, length = 0, 0, 0, 0, 0
        letters, numbers, digits, spaces, replacements, controls = 0, 0, 0, 0, 0, 0
        in_word = False
        while at < end:
            code, n = code_point(data, at)
            at += n
            n_chars += 1
            kind = classes[code]
            if code == 10:
                feeds += 1
                longest = max(longest, length)
                length = -1
            length += 1
            if kind & SPACE:
                spaces += 1
                in_word = False
                continue
            if not in_word:
                n_words += 1
                in_word = True
            if kind & LETTER:
                letters += 1
            elif kind & NUMBER:
                numbers += 1
                if kind & DIGIT:
                    digits += 1
            elif code == 0xFFFD:
                replacements += 1
            elif 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
                controls += 1
        begins_line = at > offsets[document] and data[at - 1] != 10
        row = out[document]
        row[0], row[1], row[2] = n_chars, feeds + begins_line, n_words
        row[3], row[4] = n_chars - feeds, max(longest, length)
        row[5], row[6], row[7], row[8] = letters, letters + numbers, digits, spaces
        row[9], row[10] = replacements, controls
