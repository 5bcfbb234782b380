"""Near-duplicate detection: ours, with proof, against the tools that propose only.

Belongs here: the figures and how they are taken. Does not belong here: the files
(`near_corpus.py`) and the two sides (`near_ours.py`, `near_peer.py`).

Times are CPU seconds of one process pinned to one core, without reading the texts. All tools get
the same texts, tokens of identifier characters, five-token shingles and 128 permutations; peers are
installed into environments of their own below CORPUS_BENCHMARKS. Of a peer's clusters a file is
wrong if it lies outside the largest part of its cluster that is connected by exact similarity, and
missed if it lies outside the largest part of its true component that shares a cluster.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.near_corpus import sample, texts
from benchmarks.near_peer import clusters, shingles

THRESHOLD = 0.7
TRUTH_FILES = 3_000
PEERS = {
    "datasketch": ("datasketch>=2,<3",),
    "datasketch_xxhash": ("datasketch>=2,<3", "xxhash"),
    "rensa": ("rensa",),
    "daft": ("daft",),
}


def measure(full: bool = False) -> dict[str, Any]:
    """All figures; with `full` on at least 50,000 files."""
    folder = Path(os.environ.get("CORPUS_BENCHMARKS", "data/benchmarks")).absolute() / "near"
    folder.mkdir(parents=True, exist_ok=True)
    corpus = texts(folder, "full" if full else "quick")
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    distinct = list({text: (name, text) for name, text in rows}.values())
    _write(folder / "distinct.jsonl", distinct)
    part = sample(distinct, TRUTH_FILES)
    _write(folder / "truth.jsonl", part)
    truth = clusters(len(part), _exact_pairs([text for _, text in part], THRESHOLD))
    megabytes = sum(len(text.encode()) for _, text in distinct) / 1e6
    ours = _ours(folder, "pairs")
    both = _ours(folder, "pairs", cores=2)
    signed = _ours(folder, "signatures")
    peers = {name: _peer(folder, name, truth, megabytes, ours) for name in PEERS}
    alone = _ours(folder, "pairs", file="truth.jsonl")
    return {
        "files": len(rows),
        "distinct_files": len(distinct),
        "megabytes": round(megabytes, 1),
        "threshold": THRESHOLD,
        "verified_pairs": ours["pairs"],
        "cpu_seconds": round(ours["cpu_seconds"], 2),
        "megabytes_per_second": round(megabytes / ours["cpu_seconds"], 1),
        "peak_mb": round(ours["peak_mb"]),
        "two_cores_times_faster": round(ours["seconds"] / both["seconds"], 2),
        "signatures": {
            f"k{k}": {
                "megabytes_per_second": round(megabytes / signed[f"cpu_seconds_k{k}"], 1),
                "unlike_datasketch": signed[f"different_k{k}"],
            }
            for k in (128, 256)
        },
        "adding_one_percent": _update(_ours(folder, "update")),
        "truth": {"files": len(part)} | _errors(truth, alone["clusters"]),
        "peers": peers,
    }


def _write(path: Path, rows: Iterable[tuple[str, str]]) -> None:
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


def _exact_pairs(bodies: Sequence[str], threshold: float) -> Iterable[tuple[int, int]]:
    """All pairs with that Jaccard similarity, by Python's own sets, each pair compared whose sizes
    allow it."""
    sets = [shingles(text) for text in bodies]
    order = sorted((i for i in range(len(sets)) if sets[i]), key=lambda i: len(sets[i]))
    for place, i in enumerate(order):
        for j in order[place + 1 :]:
            if len(sets[i]) < threshold * len(sets[j]):
                break
            shared = len(sets[i] & sets[j])
            if shared >= threshold * (len(sets[i]) + len(sets[j]) - shared):
                yield i, j


def _ours(folder: Path, task: str, cores: int = 1, file: str = "distinct.jsonl") -> dict[str, Any]:
    result = folder / "ours.json"
    command = [sys.executable, "-m", "benchmarks.near_ours", task, str(folder / file)]
    subprocess.run([*command, str(result), str(THRESHOLD), str(cores)], check=True)
    found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return found


def _peer(
    folder: Path, name: str, truth: list[int], megabytes: float, ours: dict[str, Any]
) -> dict[str, Any]:
    python = folder / "peers" / name / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(python.parent.parent)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *PEERS[name]], check=True)
    found = {}
    for file in ("distinct", "truth"):
        result = folder / f"{name}.json"
        script = Path(__file__).with_name("near_peer.py")
        arguments = [name, str(folder / f"{file}.jsonl"), str(result), str(THRESHOLD)]
        subprocess.run([str(python), str(script), *arguments], check=True)
        found[file] = json.loads(result.read_text(encoding="utf-8"))
    seconds = found["distinct"]["cpu_seconds"]
    return {
        "cpu_seconds": round(seconds, 2),
        "megabytes_per_second": round(megabytes / seconds, 1),
        "ours_times_faster": round(seconds / ours["cpu_seconds"], 1),
        "peak_mb": round(found["distinct"]["peak_mb"]),
    } | _errors(truth, found["truth"]["clusters"])


def _errors(truth: list[int], found: list[int]) -> dict[str, int]:
    return {"wrong": _outside(found, truth), "missed": _outside(truth, found)}


def _outside(clusters_of: list[int], parts: list[int]) -> int:
    """Files outside the largest part of their cluster."""
    members: dict[int, Counter[int]] = defaultdict(Counter)
    for cluster, part in zip(clusters_of, parts, strict=True):
        members[cluster][part] += 1
    return sum(inside.total() - max(inside.values()) for inside in members.values())


def _update(spent: dict[str, Any]) -> dict[str, Any]:
    return {
        "new_documents": spent["new_documents"],
        "share_of_full_cpu": round(spent["cpu_seconds"] / spent["full_cpu_seconds"], 4),
        "equal_to_full_run": spent["equal"],
    }
