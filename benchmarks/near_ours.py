"""Our side of the near-duplicate benchmark, in a process of its own.

Usage: python -m benchmarks.near_ours TASK TEXTS RESULT THRESHOLD CORES, where TASK is pairs,
signatures or update. Reading the texts and compiling the kernels is not measured.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.near_peer import clusters, peak_mb
from corpus_assets.dedup.near import near_duplicates, updated_pairs
from corpus_assets.dedup.shingles import measure_texts
from corpus_assets.dedup.signatures import document_signatures, measured, shingle_sets


def pairs(documents: pl.DataFrame, threshold: float) -> dict[str, Any]:
    """Verified pairs from texts, and the components they make."""
    spent, found = _timed(lambda: near_duplicates(documents, threshold))
    places = dict(zip(documents["content_id"], range(documents.height), strict=True))
    edges = found.select("content_id_a", "content_id_b").iter_rows()
    numbers = ((places[a], places[b]) for a, b in edges)
    return spent | {"pairs": found.height, "clusters": clusters(documents.height, numbers)}


def signatures(documents: pl.DataFrame, _threshold: float) -> dict[str, Any]:
    """Seconds for signatures alone, and whether they are datasketch's on every 50th text."""
    figures: dict[str, Any] = {}
    for k in (128, 256):
        spent, _ = _timed(lambda k=k: [None for _ in measured([documents["text"]], k=k)])
        figures |= {f"cpu_seconds_k{k}": spent["cpu_seconds"]}
        figures |= {f"different_k{k}": _different(documents["text"].gather_every(50), k)}
    return figures


def _different(texts: pl.Series, k: int) -> int:
    from datasketch import MinHash

    found = measure_texts(texts, k=k)
    different = 0
    for i, size in enumerate(found.sizes):
        if size:
            wanted = MinHash(num_perm=k, seed=1, hashfunc=int, scheme="affine32")
            values = found.values[found.offsets[i] : found.offsets[i + 1]] & 0xFFFFFFFF
            wanted.update_batch(values.tolist())
            different += not (wanted.hashvalues == found.signatures[i]).all()
    return different


def update(documents: pl.DataFrame, threshold: float) -> dict[str, Any]:
    """A run over all but each 100th document, then one that adds those."""
    is_new = pl.int_range(pl.len()) % 100 == 0
    old, new = documents.filter(~is_new), documents.filter(is_new)
    earlier = document_signatures(old)
    stored = near_duplicates(old, threshold)

    texts = documents.sort("content_id")["text"]

    def added() -> pl.DataFrame:
        rows = pl.concat([earlier, document_signatures(new)]).sort("content_id")
        return updated_pairs(
            rows, earlier, stored, lambda wanted: shingle_sets([texts.gather(wanted)]), threshold
        )

    spent, found = _timed(added)
    whole, wanted = _timed(lambda: near_duplicates(documents, threshold))
    return {
        "new_documents": new.height,
        "cpu_seconds": spent["cpu_seconds"],
        "full_cpu_seconds": whole["cpu_seconds"],
        "equal": found.equals(wanted),
    }


def _timed(work: Callable[[], Any]) -> tuple[dict[str, float], Any]:
    clock, started = time.monotonic(), time.process_time()
    done = work()
    cpu, seconds = time.process_time() - started, time.monotonic() - clock
    return {"cpu_seconds": cpu, "seconds": seconds}, done


def main() -> None:
    """Run one task over the texts."""
    task, path, result, threshold, cores = sys.argv[1:]
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: int(cores)]))
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    documents = pl.DataFrame(rows, schema=["content_id", "text"], orient="row").with_columns(
        language=pl.lit("python")
    )
    documents = documents.select("content_id", "language", "text")
    del rows
    near_duplicates(documents.head(200), float(threshold))  # compiles what is not cached
    update(documents.head(200), float(threshold))
    tasks: dict[str, Callable[[pl.DataFrame, float], dict[str, Any]]] = {
        "pairs": pairs, "signatures": signatures, "update": update,
    }  # fmt: skip
    figures = tasks[task](documents, float(threshold))
    figures["peak_mb"] = peak_mb()
    Path(result).write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
