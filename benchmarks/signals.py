"""Decoding, language and signals: ours with and without syntax, against two peers' filters.

Time is CPU time on one pinned core; megabytes are those of the files. Every file is taken once, so
nothing is answered from a cache. Peers get the decoded texts, ours the bytes. Files and
environments are kept in CORPUS_BENCHMARKS (default data/benchmarks).
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.near_corpus import corpus
from benchmarks.near_peer import peak_megabytes
from benchmarks.near_peers import interpreter

PEERS = {"datatrove": "datatrove_filters", "dolma": "dolma"}  # and their environments
PEER_FILES = 200  # the slower peer takes half a second for each
_SCRIPT = Path(__file__).with_name("signals_peer.py")


def measure(full: bool = False) -> dict[str, Any]:
    """Megabytes per second of each side and phase; `full`: at least 50,000 files."""
    root = Path(os.environ.get("CORPUS_BENCHMARKS", "data/benchmarks")).absolute()
    folder = root / "near_duplicates"
    folder.mkdir(parents=True, exist_ok=True)
    files = corpus(folder, full).unique("text", keep="first", maintain_order=True)
    given = folder / "signals.parquet"
    files.write_parquet(given)
    megabytes = int(files["size_bytes"].sum()) / 1e6
    ours = {task: _ours(folder, task, given) for task in ("plain", "syntax")}
    report: dict[str, Any] = {"files": files.height, "megabytes": round(megabytes, 1)}
    for task, found in ours.items():
        speed = megabytes / found["cpu_seconds"]
        report[task] = {"megabytes_per_second": round(speed, 1), **found}
    chosen = files.sort(pl.col("path").hash(0)).head(PEER_FILES)
    part = int(chosen["size_bytes"].sum()) / 1e6
    for peer in PEERS:
        speed = part / _peer(folder, peer, chosen["text"].to_list())
        ratio = report["plain"]["megabytes_per_second"] / speed
        report[peer] = {
            "megabytes_per_second": round(speed, 2),
            "ours_times_faster": round(ratio, 1),
        }
    return report


def _ours(folder: Path, task: str, given: Path) -> dict[str, Any]:
    out = folder / "signals.json"
    command = [sys.executable, "-m", "benchmarks.signals", task, str(given), str(out)]
    environment = {**os.environ, "POLARS_MAX_THREADS": "1", "RAYON_NUM_THREADS": "1"}
    subprocess.run(["taskset", "-c", "0", *command], env=environment, check=True)
    answer: dict[str, Any] = json.loads(out.read_text())
    return answer


def _peer(folder: Path, name: str, texts: list[str]) -> float:
    given, out = folder / "signals.pickle", folder / "signals_peer.json"
    given.write_bytes(pickle.dumps(texts))
    command = [str(interpreter(folder, PEERS[name])), str(_SCRIPT), name, str(given), str(out)]
    subprocess.run(["taskset", "-c", "0", *command], stdout=sys.stderr, check=True)
    return float(json.loads(out.read_text())["cpu_seconds"])


def _run(task: str, given: Path, out: Path) -> None:
    """CPU seconds of reading documents (decoding and language) and of measuring them."""
    from corpus_assets.collect.identity import content_id
    from corpus_assets.parse.decoding import decode
    from corpus_assets.parse.language import identify
    from corpus_assets.quality.signals import quality_signals

    files = pl.read_parquet(given)
    data = [(path, text.encode()) for path, text in files.select("path", "text").iter_rows()]
    seconds = {"decode": 0.0, "language": 0.0, "signals": 0.0}
    known = _frame(data, [identify(path, content).language for path, content in data])
    few = known.group_by("language", maintain_order=True).head(3)
    quality_signals(few, syntax=task == "syntax")  # what is compiled once is not measured
    before = _parsers_seconds()
    start = time.process_time()
    for _, content in data:
        decode(content)
    seconds["decode"], start = time.process_time() - start, time.process_time()
    languages = [identify(path, content).language for path, content in data]
    seconds["language"] = time.process_time() - start
    documents = _frame(data, languages).with_columns(
        content_id=pl.Series([content_id(content) for _, content in data])
    )
    del data, files
    start = time.process_time()
    quality_signals(documents, syntax=task == "syntax")
    seconds["signals"] = time.process_time() - start + _parsers_seconds() - before
    report = {
        "cpu_seconds": round(sum(seconds.values()), 2),
        "share": {name: round(value / sum(seconds.values()), 3) for name, value in seconds.items()},
        "peak_megabytes": round(peak_megabytes()),
    }
    out.write_text(json.dumps(report))


def _parsers_seconds() -> float:
    """CPU time of processes that have ended: parsers run in their own."""
    used = os.times()
    return used.children_user + used.children_system


def _frame(data: list[tuple[str, bytes]], languages: list[str]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "content_id": [str(i) for i in range(len(data))],
            "path": [path for path, _ in data],
            "language": languages,
            "text": [content.decode() for _, content in data],
        }
    )


if __name__ == "__main__":
    _run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
