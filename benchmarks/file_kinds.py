"""Kinds of file: precision and recall on files whose kind is known, and speed.

Belongs here: the figures and how they are taken. Does not belong here: the files
(`kinds_corpus.py`; what `tune`, `held` and `fresh` are stands in `kinds_packages.py`). They are
kept in CORPUS_BENCHMARKS (default data/benchmarks).
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.kinds_corpus import Sample, bare, samples
from corpus_assets.parse.language import identify
from corpus_assets.quality.encoded import encoded_runs
from corpus_assets.quality.kinds import DROPPING, KINDS, kinds


def measure() -> dict[str, Any]:
    """Figures of both parts; fetches and makes the files first (about 20 minutes)."""
    folder = Path(os.environ.get("CORPUS_BENCHMARKS", "data/benchmarks")).absolute() / "kinds"
    folder.mkdir(parents=True, exist_ok=True)
    return {split: figures(samples(folder, split)) for split in ("tune", "held", "fresh")}


def figures(given: list[Sample]) -> dict[str, Any]:
    """How many files of each kind were told, as they are and bare, and MB/s on the others."""
    as_is, stripped = judged(given), judged([bare(sample) for sample in given if sample.kinds])
    return {"as_is": table(as_is), "bare": table(stripped), "speed": speed(given)}


def judged(given: list[Sample]) -> pl.DataFrame:
    """One row per sample: source, path, language, truth (List), found (List), evidence (List)."""
    named = [identify(sample.path, sample.text.encode()) for sample in given]
    documents = pl.DataFrame(
        {
            "source": [sample.source for sample in given],
            "path": [sample.path for sample in given],
            "language": [language.language for language in named],
            "language_name": [language.name for language in named],
            "text": [sample.text for sample in given],
            "truth": [sorted(sample.kinds) for sample in given],
        }
    )
    parts = []
    for part in documents.iter_slices(500):
        found = kinds(part, encoded_runs(part))
        parts.append(pl.concat([part, found], how="horizontal"))
    every = pl.concat(parts)
    named_kinds = [pl.when(pl.col(f"is_{kind}")).then(pl.lit(kind)) for kind in KINDS]
    return every.with_columns(pl.concat_list(named_kinds).list.drop_nulls().alias("found"))


def table(rows: pl.DataFrame) -> dict[str, dict[str, float | int]]:
    """Per kind: files, `recall` (the kind itself), `dropped` (any dropping kind), `precision`.

    A file found to be of a kind counts as right if its truth is a dropping kind at all: what a
    compiler both bundled and minified is dropped either way. `all` is over the dropping kinds.
    """
    truth, found = pl.col("truth"), pl.col("found")
    dropped = found.list.set_intersection(list(DROPPING)).list.len() > 0
    drops = truth.list.set_intersection(list(DROPPING)).list.len() > 0
    rows = rows.with_columns(dropped=dropped, drops=drops)
    answer = {}
    for kind in (*DROPPING, "template"):
        of_kind = rows.filter(truth.list.contains(kind))
        told = rows.filter(found.list.contains(kind))
        right = told.filter("drops" if kind != "template" else truth.list.contains(kind))
        answer[kind] = {
            "files": of_kind.height,
            "recall": _ratio(of_kind.filter(found.list.contains(kind)).height, of_kind.height),
            "dropped": _ratio(of_kind.filter("dropped").height, of_kind.height),
            "precision": _ratio(right.height, told.height),
            "wrong": told.height - right.height,
        }
    every, told = rows.filter("drops"), rows.filter("dropped")
    answer["all"] = {
        "files": every.height,
        "written": rows.height - every.height,
        "dropped": _ratio(every.filter("dropped").height, every.height),
        "precision": _ratio(told.filter("drops").height, told.height),
        "wrong": told.filter(~pl.col("drops")).height,
    }
    return answer


def speed(given: list[Sample]) -> float:
    """MB/s of CPU time on one core for `kinds` over the hand-written files, best of three."""
    written = [sample for sample in given if not sample.kinds]
    languages = [identify(sample.path, sample.text.encode()) for sample in written]
    documents = pl.DataFrame(
        {
            "path": [sample.path for sample in written],
            "language": [language.language for language in languages],
            "text": [sample.text for sample in written],
        }
    )
    measures = encoded_runs(documents)
    times = []
    for _ in range(3):
        start = time.process_time()
        kinds(documents, measures)
        times.append(time.process_time() - start)
    return round(documents["text"].str.len_bytes().sum() / 1e6 / min(times), 1)


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else float("nan")
