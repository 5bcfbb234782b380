"""Mining a large history: metadata, changed files, contents and labels, against PyDriller.

Belongs here: what is timed and the figures. Does not belong here: the history
(`commit_history.py`) and the peer (`commit_peer.py`). How often labels are right is measured by
`commit_labels.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from benchmarks.commit_history import make_history
from benchmarks.near_peers import interpreter
from corpus_assets.collect.history.batches import BATCH, read_history
from corpus_assets.collect.history.blobs import read_blobs
from corpus_assets.collect.history.commits import read_commits
from corpus_assets.collect.history.repository import Repository, commit_ids, open_repository

N_COMMITS = 20_000
N_PEER = 400
"""Commits whose files the peer reads: it takes some 10 ms for each."""
_CLI = (sys.executable, "-m", "corpus_assets.cli.main", "scan", "commits")
Found = TypeVar("Found")


def measure() -> dict[str, Any]:
    """Commits and megabytes a second of ours and of the peer, and their ratios."""
    root = Path(os.environ.get("CORPUS_BENCHMARKS", "data/benchmarks")).absolute() / "commits"
    root.mkdir(parents=True, exist_ok=True)
    path = make_history(root, N_COMMITS)
    with open_repository(path) as repository:
        ids = commit_ids(repository)
        seconds, changes = _timed(lambda: _metadata(repository, ids))
        blob_seconds, size = _timed(lambda: _contents(repository, changes))
        newest = ids[-N_PEER:]
        both_seconds, _ = _timed(lambda: _contents(repository, _metadata(repository, newest)))
        alone, _ = _timed(lambda: read_commits(repository, ids, {}))
    out = root / "rows.jsonl"
    out.unlink(missing_ok=True)
    scan = [*_CLI, str(path), "--out", str(out), "--update", "--no-pairs"]
    first, _ = _timed(lambda: subprocess.run(scan, check=True, capture_output=True))
    again, _ = _timed(lambda: subprocess.run(scan, check=True, capture_output=True))
    peer = _peer(root, path)
    metadata, with_files = len(ids) / alone, N_PEER / both_seconds
    return {
        "commits": len(ids),
        "metadata_per_second": round(metadata),
        "metadata_and_changed_files_per_second": round(len(ids) / seconds),
        "contents_megabytes_per_second": round(size / 1e6 / blob_seconds, 1),
        "with_contents_of_files_per_second": round(with_files),
        "scan_without_pairs_seconds": round(first, 2),
        "scan_again_seconds": round(again, 2),
        "pydriller": {name: round(value, 1) for name, value in peer.items()},
        "ratio_metadata": round(metadata / peer["metadata_per_second"], 1),
        "ratio_with_files": round(with_files / peer["with_files_per_second"], 1),
    }


def _timed(work: Callable[[], Found]) -> tuple[float, Found]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def _metadata(repository: Repository, ids: list[str]) -> pl.DataFrame:
    """Rows of changed files; the commits themselves are read on the way."""
    return pl.concat([changes.rows for _, changes in read_history(repository, ids)])


def _contents(repository: Repository, changes: pl.DataFrame) -> int:
    """Bytes of both sides of the changes, batch by batch."""
    total = 0
    for part in changes.iter_slices(2 * BATCH):
        both = part.select(pl.concat_list("before_blob", "after_blob").explode()).to_series()
        total += int(read_blobs(repository, both.drop_nulls())["size_bytes"].sum())
    return total


def _peer(root: Path, path: Path) -> dict[str, float]:
    out = root / "pydriller.json"
    script = Path(__file__).with_name("commit_peer.py")
    command = [str(interpreter(root, "pydriller")), str(script), str(path), str(N_PEER), str(out)]
    subprocess.run(command, check=True, stdout=sys.stderr)
    answer: dict[str, float] = json.loads(out.read_text())
    return answer
