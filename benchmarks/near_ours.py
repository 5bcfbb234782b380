"""Our side of the near-duplicate benchmark, in a process of its own.

Run as `python -m benchmarks.near_ours TASK FILES.parquet OUT.json THRESHOLD CORES`. Tasks: `whole`
(all files, byte-identical ones dropped first, to verified pairs), `signatures` (alone, at 128 and
256 permutations), `update` (1 % of the documents are new), `streamed` (the way of the assets: first
signatures, then the texts in pairs, each read from disk in batches).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.near_peer import Clusters, peak_megabytes

BATCH_FILES = 2_000


def whole(given: Path, threshold: float) -> dict[str, Any]:
    """CPU and wall seconds from texts in memory to verified pairs, and labels of clusters."""
    from corpus_assets.dedup.near import near_duplicates

    files = pl.read_parquet(given)
    near_duplicates(_documents(files.head(50)), threshold)  # compilation is not measured
    cpu, wall = time.process_time(), time.perf_counter()
    pairs = near_duplicates(_documents(files), threshold)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    first = {content: i for i, content in reversed(list(enumerate(files["content_id"])))}
    clusters = Clusters(files.height)
    for i, content in enumerate(files["content_id"]):
        clusters.join((i, first[content]))
    for a, b in pairs.select("content_id_a", "content_id_b").iter_rows():
        clusters.join((first[a], first[b]))
    return {
        "cpu_seconds": cpu,
        "wall_seconds": wall,
        "pairs": pairs.height,
        "labels": clusters.labels(),
    }


def _documents(files: pl.DataFrame) -> pl.DataFrame:
    """Each content once: the hash of a text is part of what is measured."""
    chosen = files.with_columns(hash=pl.col("text").hash()).unique("hash", maintain_order=True)
    return chosen.select("content_id", "language", "text")


def signatures(given: Path, _threshold: float) -> dict[str, Any]:
    """CPU seconds of signatures of all files, and whether a sample equals datasketch's own."""
    from datasketch import MinHash

    from corpus_assets.dedup.shingles import measure_texts
    from corpus_assets.dedup.signatures import measured

    files = pl.read_parquet(given)
    found: dict[str, Any] = {}
    for k in (128, 256):
        sample = measure_texts(files["text"].sample(400, seed=k), k=k)
        same = 0
        for i, (start, end) in enumerate(zip(sample.offsets, sample.offsets[1:], strict=False)):
            theirs = MinHash(num_perm=k, seed=1, hashfunc=int, scheme="affine32")
            theirs.update_batch([int(v) & 0xFFFFFFFF for v in sample.values[start:end]])
            same += int(end == start or (theirs.hashvalues == sample.signatures[i]).all())
        started = time.process_time()
        for _ in measured([files["text"]], k=k):
            pass
        found[str(k)] = {
            "cpu_seconds": time.process_time() - started, "sample": 400, "bit_identical": same,
        }  # fmt: skip
    return found


def update(given: Path, threshold: float) -> dict[str, Any]:
    """CPU seconds of a run from nothing and of one where 1 % of the documents are new."""
    from corpus_assets.dedup.near import updated_pairs
    from corpus_assets.dedup.signatures import document_signatures, shingle_sets
    from corpus_assets.tables import empty

    documents = pl.read_parquet(given).unique("content_id").sort("content_id")
    new = documents.filter(pl.int_range(pl.len()) % 100 == 50)
    old = documents.join(new, on="content_id", how="anti", maintain_order="left")

    def run(parts: list[pl.DataFrame], earlier: pl.DataFrame, stored: pl.DataFrame) -> Any:
        rows = pl.concat(parts).sort("content_id")
        texts = documents.join(rows, on="content_id", how="semi", maintain_order="left")["text"]
        started = time.process_time()
        pairs = updated_pairs(
            rows, earlier, stored, lambda chosen: shingle_sets([texts.gather(chosen)]), threshold
        )
        return pairs, time.process_time() - started

    before = document_signatures(old)
    nothing = empty("document_signatures"), empty("near_duplicates")
    stored, _ = run([before], *nothing)
    started = time.process_time()
    everything = document_signatures(documents)
    full_seconds = time.process_time() - started
    started = time.process_time()
    added = document_signatures(new)
    update_seconds = time.process_time() - started
    full, seconds = run([everything], *nothing)
    full_seconds += seconds
    updated, seconds = run([before, added], before, stored)
    update_seconds += seconds
    return {
        "documents": documents.height,
        "new_documents": new.height,
        "full_cpu_seconds": full_seconds,
        "update_cpu_seconds": update_seconds,
        "share": update_seconds / full_seconds,
        "identical": updated.equals(full),
    }


def streamed(given: Path, threshold: float) -> dict[str, Any]:
    """CPU seconds from a file of documents to verified pairs; the texts are never all in memory."""
    from corpus_assets.dedup.near import updated_pairs
    from corpus_assets.dedup.signatures import document_signatures, shingle_sets
    from corpus_assets.tables import empty

    started = time.process_time()
    ids = pl.scan_parquet(given).select("content_id", row=pl.int_range(pl.len()))
    first = ids.unique("content_id", keep="first").sort("row").collect()

    def batches(rows: pl.Series) -> Iterator[pl.DataFrame]:
        """The files with these numbers, in order, some thousand numbers at a time."""
        for low in range(0, int(first["row"].max() or 0) + 1, BATCH_FILES):
            here = rows.filter(rows.is_between(low, low + BATCH_FILES - 1)) - low
            if len(here):
                yield pl.scan_parquet(given).slice(low, BATCH_FILES).collect()[here]

    table = pl.concat(map(document_signatures, batches(first["row"])))
    numbered = table.join(first, on="content_id").sort("row")
    # updated_pairs wants its rows in the order of ids: that of the file stands in for it.
    names = numbered.with_columns(
        content_id=pl.format("{}", pl.col("row").cast(pl.String).str.zfill(9))
    )
    pairs = updated_pairs(
        names.drop("row"),
        empty("document_signatures"),
        empty("near_duplicates"),
        lambda chosen: shingle_sets(batch["text"] for batch in batches(numbered["row"][chosen])),
        threshold,
    )
    return {"cpu_seconds": time.process_time() - started, "pairs": pairs.height}


def main(task: str, given: str, out: str, threshold: str, cores: str) -> None:
    """Run a task on so many cores; its answer and the peak of memory go to OUT."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-int(cores) :])
    tasks = {"whole": whole, "signatures": signatures, "update": update, "streamed": streamed}
    answer = tasks[task](Path(given), float(threshold))
    answer["peak_megabytes"] = peak_megabytes()
    Path(out).write_text(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
