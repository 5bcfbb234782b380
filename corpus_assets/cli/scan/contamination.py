"""`corpus scan contamination`: where the files of a folder repeat benchmark items.

Belongs here: the rows that are printed. Does not belong here: reading the folder (`folder.py`),
reading benchmarks and finding overlap (`dedup`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from corpus_assets.cli import output

if TYPE_CHECKING:
    from corpus_assets.cli.scan.folder import Folder


def read_benchmarks(paths: list[Path]) -> pl.DataFrame:
    """The items of benchmark files or folders; said how many there are.

    Raises ConfigError for files that cannot be read or hold no item.
    """
    from corpus_assets.dedup.benchmarks import load_benchmark_file

    items = pl.concat([load_benchmark_file(path) for path in paths])
    tasks = items.select(pl.struct("benchmark", "item_id").n_unique()).item()
    parts = (
        items.select("benchmark", "item_id", "part").unique().group_by("part").len().sort("part")
    )
    counted = ", ".join(f"{n:,} with {part}" for part, n in parts.rows())
    output.err.print(f"benchmark: {tasks:,} tasks ({counted})", markup=False)
    return items


def scan_contamination(folder: Folder, items: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """One row per hit, in order of path and line: lines, task, kind and score (see `dedup`)."""
    from corpus_assets.cli.scan.folder import batches
    from corpus_assets.dedup.canaries import canary_recall, recall_words
    from corpus_assets.dedup.contamination import contamination_hits

    unread = folder.documents.filter(
        pl.col("text").is_null() & ~pl.col("decode_state").is_in(["empty", "binary"])
    )
    if unread.height:
        output.err.print(f"{unread.height:,} files could not be read as text and were not compared")
    recall = canary_recall(folder.documents.select("content_id", "language", "text"), items)
    output.err.print(recall_words(recall), markup=False)
    hits = contamination_hits(batches(folder.documents, "compare with benchmarks"), items)
    yield from (
        folder.occurrences.select("path", "content_id")
        .join(hits, on="content_id")
        .sort("path", "start_line", "end_line", "item_id", "kind")
        .select(
            "path", line_start="start_line", line_end="end_line", task_id="item_id",
            kind="kind", score="score", evidence="evidence", benchmark="benchmark",
        )
        .iter_rows(named=True)
    )  # fmt: skip
