"""How the label `bugfix` agrees with what authors of commits said, and the rules it is read from.

Belongs here: the comparison. Does not belong here: the labelled messages (`commit_truth.py`).
Authors' own words are cut off, so their agreement is a lower bound: what remains of a message often
says less than a message written without the convention, and changelogs list fixes of tests and
builds among maintenance or among fixes as each project likes.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.commit_truth import TUNING, UNSEEN, labelled
from corpus_assets.pairs.commits.labels import labels


def measure() -> dict[str, Any]:
    """Precision and recall of `bugfix` by message alone, per package of both parts."""
    folder = Path(os.environ.get("CORPUS_BENCHMARKS", "data/benchmarks")).absolute() / "changelogs"
    return {
        part: _agreement(pl.DataFrame(labelled(folder, packages), orient="row"))
        for part, packages in {"tuning": TUNING, "unseen": UNSEEN}.items()
    }


def _agreement(truth: pl.DataFrame) -> dict[str, Any]:
    named = truth.with_row_index("number").select(
        "package", "message", said="label", commit=pl.format("c{}", "number")
    )
    commits = named.select(
        "commit",
        "message",
        parents=pl.lit(["known"]),
        author_name=pl.lit(""),
        author_email=pl.lit(""),
        faults=pl.lit([], dtype=pl.List(pl.String)),
    )
    changes = pl.DataFrame(
        schema=dict.fromkeys(
            ("commit", "path", "status", "mode", "before_blob", "after_blob"), pl.String
        )
    )
    counts = commits.select("commit", n_files=pl.lit(None, dtype=pl.Int64))
    found = named.join(labels(commits, changes, counts), on="commit").with_columns(
        said=pl.col("said") == "bugfix", ours=pl.col("label") == "bugfix"
    )
    hit = (pl.col("said") & pl.col("ours")).sum()
    figures = [
        pl.len().alias("messages"),
        pl.col("said").sum().alias("bugfixes"),
        (hit / pl.col("ours").sum()).round(3).alias("precision"),
        (hit / pl.col("said").sum()).round(3).alias("recall"),
    ]
    by_package = found.group_by("package").agg(figures).sort("package")
    return {
        "all": found.select(figures).row(0, named=True),
        **{row.pop("package"): row for row in by_package.iter_rows(named=True)},
    }
