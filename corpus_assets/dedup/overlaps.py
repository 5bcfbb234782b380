"""Places where documents agree with benchmark items, and what the agreement weighs.

Belongs here: runs of shared tokens over batches of documents, joined into overlaps, and how common
the shared stretches are in the documents. Which overlap is a hit is decided in `contamination`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.dedup.item_index import Floats, Index, Integers
from corpus_assets.dedup.parallel import in_order
from corpus_assets.dedup.token_weights import ESCAPED, style_of
from corpus_assets.parse.buffers import flat

BATCH_BYTES = 16 << 20
_RUNS, _FLAGS = 1 << 16, 1 << 22
SUMS = (
    "names", "signs", "renamed", "literals", "covered", "n_names", "n_exact", "span", "inside",
    "header",
)  # fmt: skip
"""What `kernels.coverage.cover` sums up for an overlap."""


class Found(NamedTuple):
    """Overlaps of a batch: their runs with flags, and which overlap each run belongs to."""

    content_ids: pl.Series
    n_lines: Integers
    runs: Integers
    flags: NDArray[np.uint8]
    clusters: Integers


def batch_slices(documents: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Documents with text in consecutive parts of about BATCH_BYTES."""
    readable = documents.filter(pl.col("text").is_not_null()).select(
        "content_id", "language", "text"
    )
    numbers = readable["text"].str.len_bytes().cast(pl.Int64).cum_sum() // BATCH_BYTES
    for _, part in readable.group_by(numbers.alias("batch"), maintain_order=True):
        yield part


def overlaps_of(
    documents: Iterable[pl.DataFrame], indexes: Sequence[Index]
) -> Iterator[tuple[int, list[Found]]]:
    """Size and overlaps, by index, of every batch (content_id, language, text without nulls), on
    all cores, in order."""
    yield from in_order(
        lambda batch: (batch.height, [_found(batch, index) for index in indexes]), documents
    )


def weigh(found: Found, index: Index, idf: Floats) -> pl.DataFrame:
    """One row per overlap, in order: content_id, part (its number), first and last line, SUMS."""
    from corpus_assets.dedup.kernels.coverage import cover

    n = int(found.clusters[-1]) + 1 if len(found.clusters) else 0
    sums = np.zeros((n, len(SUMS)))
    cover(
        found.runs, found.flags, found.clusters, n, index.weights, index.kinds, index.previous,
        idf, index.again, index.starts, index.ends, index.part_of, index.headers, sums,
    )  # fmt: skip
    firsts = np.searchsorted(found.clusters, np.arange(n))
    first_lines, last_lines = np.zeros(n, np.int64), np.zeros(n, np.int64)
    if n:
        first_lines = np.minimum.reduceat(found.runs[:, 3], firsts)
        last_lines = np.maximum.reduceat(found.runs[:, 4], firsts)
        # Behind the last token of an item may stand brackets, which are none.
        reached = np.maximum.reduceat(
            found.runs[:, 5] + found.runs[:, 2] - found.runs[:, 1], firsts
        )
        part = index.part_of[reached]
        after = index.parts["after"].to_numpy()[part] * (reached + 1 == index.ends[part])
        last_lines = np.minimum(last_lines + after, found.n_lines[found.runs[firsts, 0]])
    return pl.DataFrame(
        {
            "content_id": found.content_ids.gather(found.runs[firsts, 0]),
            "part": index.part_of[found.runs[firsts, 5]],
            "start_line": first_lines,
            "end_line": last_lines,
            **{name: sums[:, column] for column, name in enumerate(SUMS)},
        }
    )


def chosen(found: Found, wanted: NDArray[np.bool_]) -> Found:
    """The wanted overlaps only, numbered anew."""
    runs = wanted[found.clusters] if len(found.clusters) else np.zeros(0, np.bool_)
    kept = found.runs[runs]
    lengths = kept[:, 2] - kept[:, 1] + 1
    starts = np.cumsum(lengths) - lengths
    places = np.repeat(kept[:, 6] - starts, lengths) + np.arange(int(lengths.sum()))
    numbers = np.cumsum(wanted) - 1
    kept = kept.copy()
    kept[:, 6] = starts
    return Found(
        found.content_ids, found.n_lines, kept, found.flags[places], numbers[found.clusters[runs]]
    )


def count(found: Found, wanted: NDArray[np.bool_], counts: Integers) -> None:
    """Add to `counts` (per item token) the documents that cover it in the wanted overlaps."""
    from corpus_assets.dedup.kernels.coverage import count_marks

    if len(found.clusters):
        order = np.lexsort((found.runs[:, 5], found.runs[:, 0]))
        count_marks(found.runs[order], wanted[found.clusters][order], counts)


def _found(batch: pl.DataFrame, index: Index) -> Found:
    from corpus_assets.dedup.kernels.alignments import RUN, shared_runs

    data, offsets = flat(_unescaped(batch))
    styles = style_of(batch["language"])
    room_runs, room_flags = _RUNS, _FLAGS
    all_runs, all_flags, n_before, document = [], [], 0, 0
    while document < batch.height:
        runs, flags = np.empty((room_runs, len(RUN)), np.int64), np.empty(room_flags, np.uint8)
        n_runs, n_flags, reached = shared_runs(
            data, offsets, styles, document, index.view.is_code, index.words, index.view.width,
            index.keys, index.first, index.bitmap, index.postings, index.ends, index.part_of,
            index.starts, index.hashes, index.kinds, index.previous, index.weights,
            index.view.least_run, index.again, runs, flags,
        )  # fmt: skip
        if reached == document:  # one document with more runs than there is room for
            room_runs, room_flags = 2 * room_runs, 2 * room_flags
            continue
        runs = runs[:n_runs].copy()
        runs[:, 6] += n_before
        all_runs.append(runs)
        all_flags.append(flags[:n_flags].copy())
        n_before += n_flags
        document = reached
    joined = np.concatenate(all_runs) if all_runs else np.empty((0, len(RUN)), np.int64)
    joined, clusters = _clustered(joined, index)
    every = np.concatenate(all_flags) if all_flags else np.empty(0, np.uint8)
    n_lines = batch["text"].str.count_matches("\n", literal=True).cast(pl.Int64).to_numpy() + 1
    return Found(batch["content_id"], n_lines, joined, every, clusters)


def _clustered(runs: Integers, index: Index) -> tuple[Integers, Integers]:
    """The runs by document, part and place, and the number of the overlap each belongs to."""
    if not len(runs):
        return runs, np.empty(0, np.int64)
    part = index.part_of[runs[:, 5]]
    order = np.lexsort((runs[:, 5], runs[:, 1], part, runs[:, 0]))
    runs, part = runs[order], part[order]
    new = np.ones(len(runs), np.bool_)
    new[1:] = (runs[1:, 0] != runs[:-1, 0]) | (part[1:] != part[:-1])
    # The last token reached within a document and part: groups lie far apart on one axis.
    axis = np.cumsum(new) << np.int64(36)
    reached = np.maximum.accumulate(runs[:, 2] + axis)
    new[1:] |= runs[1:, 1] + axis[1:] > reached[:-1] + index.view.gap
    return runs, np.cumsum(new) - 1


def _unescaped(batch: pl.DataFrame) -> pl.Series:
    """Texts, in which escapes of JSON are turned into what they mean, at equal length: a line feed
    into a vertical tab, so that the lines of the file stay what they are."""
    escaped = pl.col("text").str.replace_many(
        ["\\\\", "\\n", "\\t", "\\r", '\\"'], [" \\", " \x0b", "  ", "  ", ' "']
    )
    return batch.select(
        pl.when(pl.col("language").is_in(ESCAPED)).then(escaped).otherwise("text").alias("text")
    )["text"]
