"""Encoded payload in a text: base64, hexadecimal bytes, escape sequences.

Belongs here: what a run is, in words, and its measures. How much of it is too much is a threshold
of the filter policy; `kinds` has one of its own for the tag.

The forms are those of StarCoder2 (reference/filter-rules.md 4.6), made stricter:

- base64: 64 or more of [A-Za-z0-9+/] and up to two = at the end. A line of at least 40 goes on in
  the next one, whose indentation belongs to the run. It must look random: digits and letters of
  both cases with more than 4.5 bits a sign (3.5 in a run of 1,000 with 4 % digits and 20 %
  capitals), or hexadecimal digits only, more than eight different ones with more than 3 bits, all
  over the first 4,096 bytes.
- bytes: eight or more of 0xHH with a comma between them, or of HH with a blank, comma or colon
  between them and a letter somewhere (two decimal digits each are a table of numbers).
- escapes: eight or more of \\xHH, \\uHHHH or octal \\OOO with nothing between them but the end of a
  string in double quotes and the start of the next one.

Runs are found from left to right and do not overlap; all of them are ASCII.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from corpus_assets.parse.buffers import flat


def encoded_runs(documents: pl.DataFrame) -> pl.DataFrame:
    """`encoded_max_run` (characters) and `encoded_fraction` of each row's `text`, in row order."""
    from corpus_assets.quality.kernels import runs

    longest = np.zeros(documents.height, np.int64)
    total = np.zeros(documents.height, np.int64)
    buffers = flat(documents["text"])
    runs.encoded_runs(buffers.data, buffers.offsets, runs.byte_classes(), longest, total)
    chars = documents["text"].str.len_chars()
    return pl.DataFrame({"encoded_max_run": longest, "encoded": total, "chars": chars}).select(
        "encoded_max_run",
        (pl.col("encoded") / pl.col("chars")).fill_nan(0.0).alias("encoded_fraction"),
    )
