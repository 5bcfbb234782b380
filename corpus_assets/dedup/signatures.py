"""Signatures of documents: the index by which near duplicates are found, as a table.

Belongs here: batches of documents to measurements and to rows of document_signatures, and back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import polars as pl

from corpus_assets.dedup.parallel import in_order
from corpus_assets.dedup.sets import Sets, kept_sets
from corpus_assets.dedup.shingles import (
    METHOD_VERSION,
    N_PERMUTATIONS,
    Measured,
    Positions,
    Signatures,
    measure_texts,
)
from corpus_assets.tables import conform

BATCH_BYTES = 16 << 20
_FEW = 2  # permutations where signatures are not asked for

Texts = Iterable[pl.Series]
"""Texts (String without nulls), in frames of any size that follow one another."""


def document_signatures(documents: pl.DataFrame) -> pl.DataFrame:
    """Table document_signatures: one row per document with text, sorted by content_id."""
    readable = documents.filter(pl.col("text").is_not_null()).sort("content_id")
    return signature_rows(readable, measured([readable["text"]]))


def measured(texts: Texts, k: int = N_PERMUTATIONS) -> Iterator[Measured]:
    """Measurements of texts in batches, in their order, on all cores."""
    return in_order(lambda batch: measure_texts(batch, k=k), batches(texts))


def batches(texts: Texts) -> Iterator[pl.Series]:
    """The texts in parts of about BATCH_BYTES; a larger text is a part of its own."""
    for series in texts:
        ends = series.str.len_bytes().cast(pl.Int64).cum_sum().to_numpy()
        first = 0
        while first < len(ends):
            reached = ends[first - 1] if first else 0
            last = max(int(np.searchsorted(ends, reached + BATCH_BYTES)), first + 1)
            yield series[first:last]
            first = last


def signature_rows(documents: pl.DataFrame, batches: Iterable[Measured]) -> pl.DataFrame:
    """Table document_signatures of documents and their measurements, in the order given."""
    parts = [(batch.n_tokens, batch.sizes, batch.signatures) for batch in batches]
    n_tokens, sizes, rows = zip(*parts, strict=True) if parts else ((), (), ())
    nothing = np.empty(0, np.int64)
    frame = documents.select("content_id", "language").with_columns(
        pl.Series("n_tokens", np.concatenate([nothing, *n_tokens])),
        pl.Series("n_shingles", np.concatenate([nothing, *sizes])),
        pl.Series("signature", [row for part in rows for row in _packed(part)], dtype=pl.Binary),
        method_version=pl.lit(METHOD_VERSION),
    )
    empty = pl.lit(b"", pl.Binary)
    return conform(
        frame.with_columns(
            signature=pl.when(pl.col("n_shingles") > 0).then("signature").otherwise(empty)
        ),
        "document_signatures",
    )


def _packed(signatures: Signatures) -> list[bytes]:
    width = 4 * signatures.shape[1]
    data = signatures.astype("<u4").tobytes()
    return [data[at : at + width] for at in range(0, len(data), width)]


def shingle_sets(texts: Texts) -> Sets:
    """The shingle sets of texts, in their order."""
    return kept_sets(measured(texts, k=_FEW))


def unpacked(rows: pl.DataFrame) -> tuple[Signatures, Positions]:
    """Signatures and set sizes of rows of document_signatures, in their order."""
    sizes = rows["n_shingles"].to_numpy()
    signatures = np.zeros((rows.height, N_PERMUTATIONS), np.uint32)
    packed = rows["signature"].cast(pl.List(pl.UInt8)).explode(empty_as_null=False).to_numpy()
    signatures[sizes > 0] = packed.view("<u4").reshape(-1, N_PERMUTATIONS)
    return signatures, sizes
