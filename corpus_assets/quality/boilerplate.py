"""Lines that stand in many projects: what share of a document nobody wrote for it.

Belongs here: counting in how many origins a line stands, in bounded memory, and the share of such
lines. The same for functions is part of `curate.unit_overlap`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.tables import conform, empty

BOILERPLATE_VERSION = "1"
LEAST_ORIGINS = 5
"""Vendored copies stand in two or three origins; from five on a line belongs to nobody (measured on
the demo lake: license headers, shebangs, imports of the standard library, closing lines)."""
_LEAST_CHARS = 12  # brackets, `return None` and the like say nothing
_PASS_BYTES = 1 << 30  # of text whose lines are held at once: about 400 MB of hashes

Hashes = NDArray[np.uint64]
Batches = Callable[[], Iterator[pl.DataFrame]]


def boilerplate(batches: Batches, n_bytes: int) -> pl.DataFrame:
    """Table boilerplate for documents (content_id, language, origin, text), sorted by content id.

    `batches` gives the documents of one language, as often as it is called, about 64 MiB at a time;
    `n_bytes` is the size of all of them. Lines are compared without outer blanks; those of fewer
    than 12 characters do not count.
    """
    common = common_lines(batches, max(1, -(-n_bytes // _PASS_BYTES)))
    parts = [_shares(batch, common) for batch in batches()]
    if not parts:
        return empty("boilerplate")
    return conform(pl.concat(parts).sort("content_id"), "boilerplate")


def common_lines(batches: Batches, n_passes: int) -> Hashes:
    """Sorted hashes of the lines that stand in LEAST_ORIGINS origins or more.

    A pass looks at the lines of one part of all hashes, so memory does not grow with the corpus.
    """
    found = []
    for number in range(n_passes):
        pieces = [_places(batch, number, n_passes) for batch in batches()]
        counted = (
            pl.concat([pl.DataFrame(schema=_PLACES), *pieces])
            .unique()
            .group_by("line")
            .len()
            .filter(pl.col("len") >= LEAST_ORIGINS)
        )
        found.append(counted["line"].to_numpy())
    return np.sort(np.concatenate(found)) if found else np.empty(0, np.uint64)


_PLACES = pl.Schema({"line": pl.UInt64, "origin": pl.UInt64})


def _places(batch: pl.DataFrame, number: int, n_passes: int) -> pl.DataFrame:
    lines = _lines(batch).filter(pl.col("line") % n_passes == number)
    return lines.select("line", pl.col("origin").hash(1)).unique()


def _lines(batch: pl.DataFrame) -> pl.DataFrame:
    """content_id, origin and hash of every line that counts."""
    line = pl.col("text").str.strip_chars()
    return (
        batch.filter(pl.col("text").is_not_null())
        .select("content_id", "origin", pl.col("text").str.split("\n"))
        .explode("text", empty_as_null=False, keep_nulls=False)
        .filter(line.str.len_chars() >= _LEAST_CHARS)
        .select("content_id", "origin", line.hash(0).alias("line"))
    )


def _shares(batch: pl.DataFrame, common: Hashes) -> pl.DataFrame:
    lines = _lines(batch)
    hashes = lines["line"].to_numpy()
    places = np.minimum(np.searchsorted(common, hashes), max(len(common) - 1, 0))
    known = common[places] == hashes if len(common) else np.zeros(len(hashes), bool)
    counted = (
        lines.with_columns(known=pl.Series(known, dtype=pl.Boolean))
        .group_by("content_id")
        .agg(
            n_lines=pl.len().cast(pl.Int64),
            boilerplate_line_fraction=pl.col("known").mean().cast(pl.Float64),
        )
    )
    readable = batch.filter(pl.col("text").is_not_null()).select("content_id", "language")
    return readable.join(counted, on="content_id", how="left").with_columns(
        pl.col("n_lines").fill_null(0),
        pl.lit(f"boilerplate {BOILERPLATE_VERSION}, {LEAST_ORIGINS} origins").alias(
            "detector_version"
        ),
    )
