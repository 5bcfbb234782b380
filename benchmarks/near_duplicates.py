"""Near-duplicate detection: ours, with proof, against four peers without it.

Belongs here: the figures and how they are taken. Does not belong here: the files (`near_corpus`),
the sides (`near_ours`, `near_peer`) and what is right (`near_truth`).

Everyone starts from the same texts in memory, with the same tokens, shingles and 128 permutations.
Time is CPU time on one pinned core; megabytes are those of all files, byte-identical ones too.
Errors are counted on a sample of files against the exact similarity of all pairs. Files and
environments are kept in CORPUS_BENCHMARKS (default data/benchmarks).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.near_corpus import corpus, sample
from benchmarks.near_ours import BATCH_FILES
from benchmarks.near_peers import PEERS, run_peer
from benchmarks.near_truth import errors, exact_pairs
from corpus_assets.collect.identity import content_id

THRESHOLDS = (0.7, 0.85)
TRUTH_FILES = 3_000


def measure(full: bool = False) -> dict[str, Any]:
    """All figures; `full`: at least 50,000 files instead of some 80 MB."""
    root = Path(os.environ.get("CORPUS_BENCHMARKS", "data/benchmarks")).absolute()
    folder = root / "near_duplicates"
    folder.mkdir(parents=True, exist_ok=True)
    files = corpus(folder, full).with_columns(
        content_id=pl.col("text").map_elements(
            lambda text: content_id(text.encode()), return_dtype=pl.String
        ),
        language=pl.lit("python"),
    )
    chosen = sample(files, TRUTH_FILES)
    megabytes = int(files["size_bytes"].sum()) / 1e6
    report: dict[str, Any] = {
        "files": files.height,
        "distinct_files": files["content_id"].n_unique(),
        "megabytes": round(megabytes, 1),
        "signatures": {},
    }
    for threshold in THRESHOLDS:
        report[str(threshold)] = _compared(folder, files, chosen, megabytes, threshold)
    found = _ours(folder, "signatures", files, THRESHOLDS[0], 1)
    for k in ("128", "256"):
        speed = {"megabytes_per_second": megabytes / found[k]["cpu_seconds"]}
        report["signatures"][k] = _rounded({**found[k], **speed})
    report["adding_one_percent"] = _rounded(_ours(folder, "update", files, THRESHOLDS[0], 1))
    report["from_disk"] = _rounded(_ours(folder, "streamed", files, THRESHOLDS[0], 1))
    one, two = (_ours(folder, "whole", files, THRESHOLDS[0], cores) for cores in (1, 2))
    report["two_cores_times_one"] = round(one["wall_seconds"] / two["wall_seconds"], 2)
    return report


def _compared(
    folder: Path, files: pl.DataFrame, chosen: pl.DataFrame, megabytes: float, threshold: float
) -> dict[str, Any]:
    """Ours and every peer: time and memory on all files, errors on the chosen ones."""
    truth = exact_pairs(chosen["text"].to_list(), threshold)
    ours = _ours(folder, "whole", files, threshold, 1)
    labels = _ours(folder, "whole", chosen, threshold, 1)["labels"]
    report = {"exact_pairs": len(truth), "ours": _side(ours, megabytes, errors(labels, truth))}
    for peer in PEERS:
        found = run_peer(folder, peer, files["text"].to_list(), threshold)
        labels = run_peer(folder, peer, chosen["text"].to_list(), threshold)["labels"]
        report[peer] = _side(found, megabytes, errors(labels, truth))
        times = found["cpu_seconds"] / ours["cpu_seconds"]
        report[peer]["ours_times_faster"] = round(times, 1)
    return report


def _side(found: dict[str, Any], megabytes: float, wrong: dict[str, int]) -> dict[str, Any]:
    speed = {"megabytes_per_second": megabytes / found["cpu_seconds"]}
    return _rounded({**found, **speed, **wrong})


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, 3) if isinstance(value, float) else value
        for name, value in figures.items()
        if name != "labels"
    }


def _ours(
    folder: Path, task: str, files: pl.DataFrame, threshold: float, cores: int
) -> dict[str, Any]:
    given, out = folder / "files.parquet", folder / "ours.json"
    files.write_parquet(given, row_group_size=BATCH_FILES)
    command = [sys.executable, "-m", "benchmarks.near_ours", task, str(given), str(out)]
    environment = {**os.environ, "POLARS_MAX_THREADS": str(cores)}
    subprocess.run([*command, str(threshold), str(cores)], check=True, env=environment)
    answer: dict[str, Any] = json.loads(out.read_text())
    return answer
