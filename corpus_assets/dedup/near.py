"""Near duplicates: pairs of documents whose shingle sets are verified to be similar.

Belongs here: from signatures to verified pairs, from nothing or from what an earlier run decided.
MinHash only proposes; every row of the table is the exact Jaccard similarity of two sets. Which
document of a pair is kept is decided in `curate`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.dedup.candidates import N_BANDS, Pairs, proposed, still_proposed
from corpus_assets.dedup.compare import Similar, similar_pairs
from corpus_assets.dedup.sets import Sets, kept_sets, picked
from corpus_assets.dedup.shingles import METHOD_VERSION as SHINGLES
from corpus_assets.dedup.shingles import Measured, Positions
from corpus_assets.dedup.signatures import measured, signature_rows, unpacked
from corpus_assets.dedup.spans import SPAN
from corpus_assets.tables import conform, empty

METHOD_VERSION = f"near-2: {SHINGLES} in {N_BANDS} bands; exact Jaccard"

SetsOf = Callable[[Positions], Sets]
"""Gives the shingle sets of the signatures' rows with these (ascending) numbers, in their order."""


def near_duplicates(documents: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """Table near_duplicates, without spans: the pairs of `documents` with similarity >= threshold.

    Pairs are looked for within a language. Documents without text or with fewer than
    shingles.MIN_TOKENS tokens are in no pair. Raises ValueError for a threshold outside (0, 1].
    """
    _check(threshold)
    readable = documents.filter(pl.col("text").is_not_null()).sort("language", "content_id")
    parts = [
        _pairs_of_language(part, threshold)
        for part in readable.partition_by("language", maintain_order=True)
    ]
    frame = pl.concat([empty("near_duplicates"), *parts])
    return frame.sort("content_id_a", "content_id_b")


def _pairs_of_language(documents: pl.DataFrame, threshold: float) -> pl.DataFrame:
    batches: list[Measured] = []

    def noted(batch: Measured) -> Measured:
        batches.append(batch._replace(values=batch.values[:0]))
        return batch

    sets = kept_sets(map(noted, measured([documents["text"]])))
    signatures = signature_rows(documents, batches)
    return updated_pairs(
        signatures,
        empty("document_signatures"),
        empty("near_duplicates"),
        lambda rows: picked(sets, rows),
        threshold,
    )


def updated_pairs(
    signatures: pl.DataFrame,
    earlier: pl.DataFrame,
    stored: pl.DataFrame,
    sets_of: SetsOf,
    threshold: float,
) -> pl.DataFrame:
    """Table near_duplicates for the documents of `signatures`, all of one language.

    `signatures`: rows of document_signatures, sorted by content_id; `earlier`: those that an
    earlier run with the same threshold and method saw (documents may be gone since), `stored`:
    the pairs it found. What it decided is not compared again, and the result is that of a run
    from nothing. New rows have no spans. Raises ValueError for a threshold outside (0, 1].
    """
    _check(threshold)
    if _differ(signatures, earlier):
        earlier, stored = earlier.clear(), stored.clear()
    rows, now, then = _both(signatures, earlier)
    values, sizes = unpacked(rows)
    found = proposed(values, sizes, threshold, now, then, now != then)
    similar = _compared(found.pairs[found.now & ~found.earlier], now, sets_of, threshold)
    ids = rows["content_id"]
    pairs, codes = _stored_pairs(stored, ids.filter(pl.Series(now)), ids)
    displaced = found.pairs[found.earlier & ~found.now]
    gone = displaced[_among(_codes(displaced, len(ids)), np.sort(codes))]
    # A large group proposes them no more; one without changes still may.
    gone = gone[~still_proposed(values, sizes, now, gone)]
    out = _codes(np.concatenate([gone, similar.pairs]), len(ids))
    kept = pairs.filter(pl.Series(~_among(codes, np.sort(out))))
    return pl.concat([_rows(rows, sizes, similar), kept]).sort("content_id_a", "content_id_b")


def _check(threshold: float) -> None:
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold {threshold} is outside (0, 1]")


def _differ(signatures: pl.DataFrame, earlier: pl.DataFrame) -> bool:
    """Whether a document was measured differently then: nothing decided then holds any more."""
    measures = ["n_shingles", "signature", "method_version"]
    common = signatures.join(earlier, on="content_id", how="inner", suffix="_then")
    changed = pl.any_horizontal(pl.col(name) != pl.col(f"{name}_then") for name in measures)
    return not common.filter(changed).is_empty()


def _both(
    signatures: pl.DataFrame, earlier: pl.DataFrame
) -> tuple[pl.DataFrame, NDArray[np.bool_], NDArray[np.bool_]]:
    """The rows of both runs by content id, and which of them exist now and existed then."""
    gone = earlier.join(signatures, on="content_id", how="anti")
    rows = pl.concat([signatures, gone]).sort("content_id")
    sides = rows.select(
        now=~pl.col("content_id").is_in(gone["content_id"].implode()),
        then=pl.col("content_id").is_in(earlier["content_id"].implode()),
    )
    return rows, sides["now"].to_numpy(), sides["then"].to_numpy()


def _compared(pairs: Pairs, now: NDArray[np.bool_], sets_of: SetsOf, threshold: float) -> Similar:
    """The similar ones of pairs of rows that exist now; only sets in a pair are asked for."""
    there = np.zeros(len(now), np.bool_)
    there[pairs] = True
    chosen = np.flatnonzero(there)
    sets = sets_of((np.cumsum(now) - 1)[chosen])
    similar = similar_pairs(sets, (np.cumsum(there) - 1)[pairs], threshold)
    return similar._replace(pairs=chosen[similar.pairs].reshape(-1, 2))


def _codes(pairs: Pairs, n: int) -> Positions:
    return pairs[:, 0] * n + pairs[:, 1]


def _among(codes: Positions, ordered: Positions) -> NDArray[np.bool_]:
    """Which codes are among those in order."""
    if not len(ordered):
        return np.zeros(len(codes), np.bool_)
    places = np.searchsorted(ordered, codes)
    found: NDArray[np.bool_] = ordered[np.minimum(places, len(ordered) - 1)] == codes
    return found


def _stored_pairs(
    stored: pl.DataFrame, present: pl.Series, ids: pl.Series
) -> tuple[pl.DataFrame, Positions]:
    """The stored pairs of which both documents are present, and their codes."""
    rows = ids.to_frame("id").with_row_index("row").cast({"row": pl.Int64})
    rows = rows.filter(pl.col("id").is_in(present.implode()))
    joined = stored.join(
        rows.rename({"row": "row_a"}), left_on="content_id_a", right_on="id", how="inner"
    ).join(rows.rename({"row": "row_b"}), left_on="content_id_b", right_on="id", how="inner")
    codes = (joined["row_a"] * len(ids) + joined["row_b"]).to_numpy()
    return joined.select(stored.columns), codes


def _rows(rows: pl.DataFrame, sizes: Positions, similar: Similar) -> pl.DataFrame:
    a, b = similar.pairs[:, 0], similar.pairs[:, 1]
    ids = rows["content_id"]
    frame = pl.DataFrame(
        {
            "content_id_a": ids.gather(a),
            "content_id_b": ids.gather(b),
            "language": rows["language"].gather(a),
            "similarity": similar.similarity,
            "containment": similar.shared / np.minimum(sizes[a], sizes[b]),
            "n_shared": similar.shared,
            "n_shingles_a": sizes[a],
            "n_shingles_b": sizes[b],
        }
    ).with_columns(
        *(pl.lit(None, pl.Int64).alias(name) for name in SPAN),
        method_version=pl.lit(METHOD_VERSION),
    )
    return conform(frame, "near_duplicates")
