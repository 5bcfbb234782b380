"""How much of a text repeats itself: lines, words, and n-grams of words.

Belongs here: fractions of what the kernel counts. After Gopher's and RefineCode's rules
(reference/filter-rules.md 4.4), with every word counted once and without white space.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from corpus_assets.parse.buffers import Buffers
from corpus_assets.quality.characters import ratio

MOST_BYTES = 1 << 20
"""As much of a text is looked at; the size gate removes longer ones anyway."""


def repetition_measures(texts: Buffers) -> pl.DataFrame:
    """duplicate_line_fraction, unique_word_fraction, top_Ngram_fraction (2-4) and
    duplicate_Ngram_fraction (5-10) of each text, in row order."""
    from corpus_assets.quality.kernels.repetition import COUNTS, count_repetition

    counts = np.zeros((len(texts.offsets) - 1, len(COUNTS)), np.int64)
    count_repetition(texts.data, texts.offsets, MOST_BYTES, counts)
    frame = pl.DataFrame(counts, schema=list(COUNTS))
    words = pl.col("word_chars")
    again = pl.col("lines") - pl.col("distinct_lines")
    return frame.select(
        ratio(again, pl.col("lines")).alias("duplicate_line_fraction"),
        pl.col("distinct_words").alias("n_distinct_words"),
        *(
            # Occurrences that overlap, as in a row of zeros, may add up to more than the text.
            ratio(pl.col(f"top_{n}"), words).clip(0.0, 1.0).alias(f"top_{n}gram_fraction")
            for n in range(2, 5)
        ),
        *(
            ratio(pl.col(f"again_{n}"), words).alias(f"duplicate_{n}gram_fraction")
            for n in range(5, 11)
        ),
    )
