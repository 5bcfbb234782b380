"""License detection: ours against ScanCode's own API, on files of real packages.

Belongs here: the figures and how they are taken. Does not belong here: the files
(`license_corpus.py`) and the two sides (`license_ours.py`, `license_peer.py`).

Time is CPU time of one process on one core, warm. The ratio is taken on packages nobody looked at
while the matcher was written; equality on all. ScanCode manages 1.6 files a second, so its answers
are kept in CORPUS_BENCHMARKS (default data/benchmarks) and its run is resumed where it stopped;
`--all` takes it through all files, which lasts 90 minutes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks import license_ours, license_peer
from benchmarks.license_corpus import SEEN, UNSEEN, Sample, corpus
from corpus_assets.licensing.clues import has_clue
from corpus_assets.licensing.scan_forker import shared_forker
from corpus_assets.licensing.scan_pool import scan_texts
from corpus_assets.licensing.scancode import Detection
from corpus_assets.parse.decoding import decode

PER_PACKAGE = 400
RATIO_FILES = 300
SCALING_TEXTS = 1_500


def measure(everything: bool = False) -> dict[str, Any]:
    """All figures; with `everything` ScanCode answers every file of the corpus first."""
    folder = Path(os.environ.get("CORPUS_BENCHMARKS", "data/benchmarks")).absolute() / "licenses"
    folder.mkdir(parents=True, exist_ok=True)
    unseen = corpus(folder, UNSEEN, PER_PACKAGE)
    samples = _distinct(corpus(folder, SEEN, PER_PACKAGE) + unseen)
    asked = samples if everything else []
    _peer(folder / "scancode.jsonl", asked)
    texts = _texts(samples)
    found, workers = _pooled(texts)
    return {
        "packages": len({sample.package for sample in samples}),
        "files": len(samples),
        "megabytes": round(sum(sample.location.stat().st_size for sample in samples) / 1e6, 1),
        "speed": _speed(folder, unseen[:RATIO_FILES]),
        "equality": _equality(folder, samples, found),
        "filter": _filter(texts, found),
        "workers": workers,
    }


def _key(sample: Sample) -> str:
    return f"{sample.sha256} {sample.path}"


def _distinct(samples: Iterable[Sample]) -> list[Sample]:
    return list({_key(sample): sample for sample in samples}.values())


def _peer(answers: Path, samples: list[Sample]) -> dict[str, dict[str, Any]]:
    """ScanCode's answers on disk, once it has answered the samples."""
    if samples:
        lines = "".join(json.dumps([_key(item), str(item.location)]) + "\n" for item in samples)
        _run("license_peer", str(answers), given=lines)
    return license_peer.known(answers)


def _run(module: str, *arguments: str, given: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *arguments],
        input=given,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def _speed(folder: Path, samples: list[Sample]) -> dict[str, Any]:
    """Both sides on the same files, one after the other, ScanCode not from disk."""
    fresh, ours = folder / "speed.scancode.jsonl", folder / "speed.ours.jsonl"
    fresh.unlink(missing_ok=True)
    lines = [json.dumps([_key(item), item.path, str(item.location)]) + "\n" for item in samples]
    spent = json.loads(_run("license_ours", str(ours), given="".join(lines)))
    peer = _peer(fresh, samples)
    seconds = sum(answer["seconds"] for answer in peer.values())
    return {
        "files": len(samples),
        "megabytes": round(sum(item.location.stat().st_size for item in samples) / 1e6, 2),
        "scancode_cpu_seconds": round(seconds, 1),
        "scancode_files_per_second": round(len(samples) / seconds, 2),
        "ours_cpu_seconds": round(spent["first"], 2),
        "ours_files_per_second": round(len(samples) / spent["first"], 1),
        "times_faster": round(seconds / spent["first"], 1),
        "texts_with_a_clue": spent["scanned"],
        "second_run_cpu_seconds": round(spent["second"], 4),
        "second_run_scans": spent["again"],
        "second_run_times_faster": round(seconds / spent["second"]),
        "different_answers": _differences(peer, license_peer.known(ours)),
    }


def _differences(
    theirs: dict[str, dict[str, Any]], ours: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """The files on which both have an answer and not the same one."""
    parts = ("detections", "clues")
    return [
        {"file": key, "scancode": theirs[key], "ours": ours[key]}
        for key in sorted(theirs.keys() & ours.keys())
        if any(theirs[key].get(part) != ours[key][part] for part in parts)
    ]


def _texts(samples: list[Sample]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "key": [_key(sample) for sample in samples],
            "path": [sample.path for sample in samples],
            "text": [decode(sample.location.read_bytes()).text for sample in samples],
        }
    )


def _pooled(texts: pl.DataFrame) -> tuple[dict[str, Detection], dict[str, Any]]:
    """Every answer, without the filter, and what one worker costs beside another."""
    forker = shared_forker()._process.pid
    spent = {count: _workers(texts.head(SCALING_TEXTS), count, forker) for count in (1, 2)}
    found = dict(scan_texts(texts.select("key", "path", "text").iter_rows()))
    return found, {
        "index_megabytes": _private(forker),
        "private_megabytes_per_worker": spent[2]["private_megabytes"],
        "texts": min(SCALING_TEXTS, texts.height),
        "one_worker_seconds": round(spent[1]["seconds"], 1),
        "two_workers_seconds": round(spent[2]["seconds"], 1),
        "times_faster_by_the_clock": round(spent[1]["seconds"] / spent[2]["seconds"], 2),
    }


def _workers(texts: pl.DataFrame, count: int, forker: int) -> dict[str, Any]:
    last: dict[str, Any] = {}

    def note(answered: int) -> None:
        if answered == texts.height:
            children = Path(f"/proc/{forker}/task/{forker}/children").read_text().split()
            last["private_megabytes"] = [_private(int(child)) for child in children]

    started = time.monotonic()
    rows = texts.select("key", "path", "text").iter_rows()
    for _ in scan_texts(rows, workers=count, on_answer=note):
        pass
    return last | {"seconds": time.monotonic() - started}


def _private(process: int) -> float:
    """Memory that a process shares with no other, in MB."""
    memory = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    kilobytes = sum(int(line.split()[1]) for line in memory if line.startswith("Private_"))
    return round(kilobytes / 1024, 1)


def _equality(folder: Path, samples: list[Sample], found: dict[str, Detection]) -> dict[str, Any]:
    """Our answers against all of ScanCode's on disk, and against ScanCode with our candidates."""
    patched = folder / "patched.jsonl"
    lines = "".join(json.dumps([_key(item), str(item.location)]) + "\n" for item in samples)
    _run("license_peer", str(patched), "patched", given=lines)
    ours = {key: license_ours.plain(detection) for key, detection in found.items()}
    stock, half = license_peer.known(folder / "scancode.jsonl"), license_peer.known(patched)
    return {
        "with_scancode": len(stock.keys() & ours.keys()),
        "different": _differences(stock, ours),
        "with_candidates_patched_only": len(half.keys() & ours.keys()),
        "different_there": _differences(half, ours),
        "patched_unlike_scancode": len(_differences(stock, half)),
        "cut_short": sorted(key for key, item in found.items() if item.state != "complete"),
    }


def _filter(texts: pl.DataFrame, found: dict[str, Detection]) -> dict[str, Any]:
    """What the filter keeps from ScanCode, and what it loses."""
    says = [bool(found[key].statements or found[key].clues) for key in texts["key"]]
    table = texts.select("key", passes=has_clue(pl.col("text"))).with_columns(
        says=pl.Series(says, dtype=pl.Boolean)
    )
    lost = table.filter(pl.col("says") & ~pl.col("passes"))
    return {
        "files": table.height,
        "with_a_detection_or_clue": int(table["says"].sum()),
        "passed": int(table["passes"].sum()),
        "lost": lost["key"].to_list(),
    }
