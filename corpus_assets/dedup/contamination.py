"""Overlap of documents with benchmark items, in word 10-grams.

Belongs here: finding and counting shared n-grams. How much overlap bars a document is a threshold
of the filter policy.

Only words that occur in a benchmark can be part of a shared n-gram, so documents are turned into
the numbers of those words, and runs of ten numbers into 64-bit keys, over whole buffers. Any
shared 10-gram found all of HumanEval planted verbatim or indented and 98 % with 8 % of the words
changed; the false hits were runs of numbers, which are left out here
(reference/quality-tools.md 6, filter-rules.md 4.13).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.dedup.benchmarks import ITEMS, load_benchmark
from corpus_assets.tables import conform, empty

__all__ = ["ITEMS", "METHOD_VERSION", "WORDS_PER_GRAM", "contamination", "load_benchmark"]

METHOD_VERSION = "word 10-grams 1"
WORDS_PER_GRAM = 10
_MOST_NUMBERS = 4  # of ten words; from five on it is a table
_LEAST_DISTINCT = 4
_WORD = r"[\p{L}\p{M}\p{N}_]+"
_BATCH_BYTES = 24 << 20

Keys = NDArray[np.uint64]


def contamination(documents: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Table contamination: every document and item with at least one shared n-gram, sorted by key.

    `items` has the columns of ITEMS. Words are runs of letters, marks, digits and underscores in
    lower case. N-grams of which half are numbers or that hold fewer than four distinct words do
    not count; an item without any that counts (fewer than ten words) cannot be found this way.
    """
    grams, vocabulary = _item_grams(items)
    readable = documents.filter(pl.col("text").is_not_null()).sort("content_id")
    if grams.is_empty() or readable.is_empty():
        return empty("contamination")
    hits = pl.concat([_hits(batch, vocabulary, grams) for batch in _batches(readable)])
    sizes = grams.group_by("benchmark", "item_id").agg(pl.len().alias("n_grams"))
    versions = pl.DataFrame(
        {"benchmark": name, "method_version": f"{METHOD_VERSION}, items {_digest(part)}"}
        for (name,), part in items.group_by("benchmark", maintain_order=True)
    )
    found = (
        hits.join(grams, on="gram", how="inner")
        .group_by("content_id", "language", "benchmark", "item_id")
        .agg(pl.len().cast(pl.Int64).alias("n_shared"))
        .join(sizes, on=["benchmark", "item_id"])
        .join(versions, on="benchmark")
        .with_columns((pl.col("n_shared") / pl.col("n_grams")).alias("share"))
        .drop("n_grams")
        .sort("content_id", "benchmark", "item_id")
    )
    return conform(found, "contamination")


def _item_grams(items: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The items' n-grams (benchmark, item_id, gram; distinct), and their words (word, number)."""
    words = _words(items.filter(pl.col("text").is_not_null()).with_row_index("row"))
    vocabulary = words.select("word").unique().sort("word").with_row_index("number", offset=1)
    vocabulary = vocabulary.select("word", pl.col("number").cast(pl.UInt32))
    numbered = words.join(vocabulary, on="word", how="left", maintain_order="left")
    is_number = numbered["word"].str.contains(r"^[\p{N}_]+$|^0x[0-9a-f]+$").to_numpy()
    keys, starts = _grams(numbered["number"].to_numpy(), numbered["row"].to_numpy())
    windows = np.arange(WORDS_PER_GRAM)[None, :] + starts[:, None]
    in_window = np.sort(numbered["number"].to_numpy()[windows], axis=1)
    distinct = (np.diff(in_window, axis=1) != 0).sum(axis=1) + 1
    telling = (is_number[windows].sum(axis=1) <= _MOST_NUMBERS) & (distinct >= _LEAST_DISTINCT)
    grams = numbered.select("benchmark", "item_id")[starts[telling]].with_columns(
        pl.Series("gram", keys[telling])
    )
    return grams.unique().sort("benchmark", "item_id", "gram"), vocabulary


def _hits(documents: pl.DataFrame, vocabulary: pl.DataFrame, grams: pl.DataFrame) -> pl.DataFrame:
    """content_id, language and gram of the items' n-grams found in documents; distinct."""
    indexed = documents.select("content_id", "language", "text").with_row_index("row")
    words = _words(indexed.select("row", "text"))
    numbers = words["word"].replace_strict(
        vocabulary["word"], vocabulary["number"], default=0, return_dtype=pl.UInt32
    )
    keys, starts = _grams(numbers.to_numpy(), words["row"].to_numpy())
    wanted = np.unique(grams["gram"].to_numpy())
    shared = np.isin(keys, wanted)
    found = pl.DataFrame(
        {
            "row": pl.Series(words["row"].to_numpy()[starts[shared]], dtype=pl.UInt32),
            "gram": pl.Series(keys[shared], dtype=pl.UInt64),
        }
    ).unique()
    return found.join(indexed.drop("text"), on="row").drop("row")


def _words(texts: pl.DataFrame) -> pl.DataFrame:
    """One row per word of `text`, in order, beside the other columns."""
    return (
        texts.with_columns(pl.col("text").str.to_lowercase().str.extract_all(_WORD).alias("word"))
        .drop("text")
        .explode("word", empty_as_null=False, keep_nulls=False)
    )


def _grams(numbers: NDArray[np.uint32], rows: NDArray[np.uint32]) -> tuple[Keys, NDArray[np.int64]]:
    """Key and start of every run of WORDS_PER_GRAM known words (number > 0) within one row."""
    n_runs = len(numbers) - WORDS_PER_GRAM + 1
    if n_runs <= 0:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    unknown = np.concatenate([[0], np.cumsum(numbers == 0)])
    known = unknown[WORDS_PER_GRAM:] == unknown[:n_runs]
    within = rows[WORDS_PER_GRAM - 1 :] == rows[:n_runs]
    starts = np.flatnonzero(known & within)
    keys = np.zeros(len(starts), dtype=np.uint64)
    for position, multiplier in enumerate(_multipliers()):
        keys += numbers[starts + position].astype(np.uint64) * multiplier
    return keys, starts


def _multipliers() -> Iterator[np.uint64]:
    """One fixed odd random number per position: equal keys for other words are near 2^-64."""
    for position in range(WORDS_PER_GRAM):
        digest = hashlib.blake2b(f"{METHOD_VERSION} {position}".encode(), digest_size=8).digest()
        yield np.uint64(int.from_bytes(digest, "little") | 1)


def _batches(documents: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Consecutive slices of about _BATCH_BYTES of text."""
    numbers = documents["text"].str.len_bytes().cum_sum() // _BATCH_BYTES
    for _, batch in documents.group_by(numbers.alias("batch"), maintain_order=True):
        yield batch


def _digest(items: pl.DataFrame) -> str:
    """Twelve hexadecimal digits that change with any item."""
    rows = items.select("item_id", "text").sort("item_id").write_ndjson()
    return hashlib.sha256(rows.encode()).hexdigest()[:12]
