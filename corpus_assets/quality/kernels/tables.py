"""How alike the lines of a text are in their number of separators.

Belongs here: the loop over bytes. From which share on it is a table is decided in `kinds.layout`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled

COUNTS = ("rows", "equal_rows")
_MOST = 256  # separators of one kind in a line; more count as this many


@compiled
def count_tables(data: Any, offsets: Any, out: Any) -> Any:
    """Fill `out` (int64, a row per document) with COUNTS.

    `rows`: lines that are not blank. `equal_rows`: how many of them have the number of separators
    that most have, for the one of , ; tab | with the most such lines; 0 if that number is 0. What
    stands between double quotes on a line is not counted.
    """
    tallies = np.zeros((4, _MOST + 1), np.int64)
    numbers = np.zeros(4, np.int64)
    signs = np.zeros(256, np.int64) - 1
    signs[44], signs[59], signs[9], signs[124] = 0, 1, 2, 3
    for document in range(len(offsets) - 1):
        tallies[:] = 0
        numbers[:] = 0
        rows, blank, quoted = 0, True, False
        end = offsets[document + 1]
        for i in range(offsets[document], end + 1):
            byte = data[i] if i < end else np.uint8(10)
            if byte == 10:
                if not blank:
                    rows += 1
                    for sign in range(4):
                        tallies[sign, min(numbers[sign], _MOST)] += 1
                numbers[:] = 0
                blank, quoted = True, False
                continue
            if byte > 32:
                blank = False
            quoted ^= byte == 34
            sign = signs[byte]
            if sign >= 0 and not quoted:
                numbers[sign] += 1
        best = 0
        for sign in range(4):
            most = 0
            for n in range(1, _MOST + 1):
                most = max(most, tallies[sign, n])
            if most > tallies[sign, 0]:
                best = max(best, most)
        out[document, 0], out[document, 1] = rows, best
    return None
