"""Documents as rows of a sparse matrix: hashed words of their code, then measured numbers.

Belongs here: which numbers a model sees, and how they are scaled. None of them is a length or says
anything of comments; words are read where comments and strings have been blanked.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from corpus_assets.parse.buffers import flat
from corpus_assets.quality.uses.bare import bare_texts

BUCKETS = 1 << 14
_MOST_BYTES = 8_192
_FAR = 4.0  # standard deviations beyond which a number says no more

NUMBERS = (
    "chars_per_token", "mean_line_chars", "alnum_fraction", "digit_fraction",
    "import_line_fraction", "print_line_fraction", "assert_line_fraction",
    "definition_line_fraction", "trivial_line_fraction", "assignment_line_fraction",
    "preprocessor_line_fraction", "string_fraction", "long_string_word_fraction",
    "hex_word_fraction", "identifier_entropy", "mean_identifier_chars",
    "short_identifier_fraction", "naming_style_fraction", "syntax_error_fraction",
    "duplicate_line_fraction",
)  # fmt: skip


class Scaling(NamedTuple):
    """Mean and deviation of each of NUMBERS among the examples."""

    means: NDArray[np.float64]
    scales: NDArray[np.float64]


def scaling(signals: pl.DataFrame) -> Scaling:
    """The scaling of the examples; a number that never varies counts for nothing."""
    values = _numbers(signals)
    means, deviations = values.mean(axis=0), values.std(axis=0)
    return Scaling(means, np.where(deviations > 0, deviations, np.inf))


def matrix(documents: pl.DataFrame, signals: pl.DataFrame, scale: Scaling) -> sparse.csr_matrix:
    """A row for each document (language, text), of BUCKETS + len(NUMBERS) columns.

    `signals` has NUMBERS, row for row. Numbers are scaled, cut at four deviations, and together at
    most as long as the words are.
    """
    values = np.clip((_numbers(signals) - scale.means) / scale.scales, -_FAR, _FAR)
    numbers = sparse.csr_matrix(values / (_FAR * np.sqrt(len(NUMBERS))))
    return sparse.hstack([_words(documents), numbers], format="csr")


def _numbers(signals: pl.DataFrame) -> NDArray[np.float64]:
    return signals.select(pl.col(NUMBERS).cast(pl.Float64).fill_null(0.0)).to_numpy()


def _words(documents: pl.DataFrame) -> sparse.csr_matrix:
    from corpus_assets.quality.kernels.hashed import hashed_words

    texts: list[str] = [""] * documents.height
    indexed = documents.select("language", "text").with_row_index("row")
    for (language,), part in indexed.group_by("language", maintain_order=True):
        _, syntax = bare_texts(part["text"], str(language))
        for row, text in zip(part["row"], syntax, strict=True):
            texts[row] = text
    buffers = flat(pl.Series(texts, dtype=pl.String))
    room = 2 * int(np.minimum(np.diff(buffers.offsets), _MOST_BYTES).sum()) + 2
    starts = np.zeros(documents.height + 1, np.int64)
    places, values = np.empty(room, np.int32), np.empty(room, np.float32)
    n = hashed_words(buffers.data, buffers.offsets, _MOST_BYTES, BUCKETS, starts, places, values)
    found = (values[:n].astype(np.float64), places[:n], starts)
    return sparse.csr_matrix(found, shape=(documents.height, BUCKETS))
