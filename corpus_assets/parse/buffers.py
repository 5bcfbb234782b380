"""Texts as the bytes they are made of: what kernels read.

Belongs here: the way from a column of strings to one array of bytes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray


class Buffers(NamedTuple):
    """UTF-8 bytes of text i: `data[offsets[i]:offsets[i + 1]]`."""

    data: NDArray[np.uint8]
    offsets: NDArray[np.int64]


def flat(texts: pl.Series) -> Buffers:
    """The bytes of texts (String without nulls) in one array."""
    bytes_of = texts.cast(pl.Binary).cast(pl.List(pl.UInt8))
    data = bytes_of.explode(empty_as_null=False, keep_nulls=False).to_numpy()
    offsets = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(texts.str.len_bytes().to_numpy(), out=offsets[1:])
    return Buffers(data, offsets)
