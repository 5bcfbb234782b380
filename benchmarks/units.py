"""Units: cutting and hashing them, against the parser alone, per language in one run.

CPU time of this process and its workers; medians of three alternating rounds. `ratio` is the speed
of parsing, cutting, hashing and hand-over together over that of parsing alone, over the same
documents; then what is found of planted clones (`units_planted.py`).
"""

from __future__ import annotations

import statistics
import time
from typing import Any

import polars as pl

from benchmarks import units_corpus, units_planted
from corpus_assets.parse.syntax import syntax_tree
from corpus_assets.parse.units import units
from corpus_assets.policy.filters import load_filter_policy

_ROUNDS = 3


def measure(max_bytes: int = 3_000_000) -> dict[str, Any]:
    """Per language: megabytes per second of both, their ratio, and shares of plants found."""
    missing = units_corpus.fetch()
    threshold = load_filter_policy().near_units.similarity
    figures: dict[str, Any] = {"missing_packages": missing, "near_threshold": threshold}
    for language, documents in units_corpus.documents(max_bytes).items():
        figures[language] = _speeds(documents, language)
        figures[language]["planted"] = units_planted.measure(documents, language, threshold)
    return figures


def _speeds(documents: pl.DataFrame, language: str) -> dict[str, Any]:
    sources = [text.encode() for text in documents["text"]]
    megabytes = sum(map(len, sources)) / 1e6
    units(documents.head(5))  # imports, grammars and compilation are not measured
    parse, whole, height = [], [], 0
    for _ in range(_ROUNDS):
        started = _cpu()
        for source in sources:
            syntax_tree(language, source)
        parse.append(_cpu() - started)
        started = _cpu()
        height = units(documents).height
        whole.append(_cpu() - started)
    parse_seconds, whole_seconds = statistics.median(parse), statistics.median(whole)
    return {
        "documents": documents.height,
        "megabytes": round(megabytes, 2),
        "units": height,
        "parse_megabytes_per_second": round(megabytes / parse_seconds, 1),
        "megabytes_per_second": round(megabytes / whole_seconds, 1),
        "ratio": round(parse_seconds / whole_seconds, 3),
    }


def _cpu() -> float:
    import resource

    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
