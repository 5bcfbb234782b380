"""Commits judged in two looks: at messages and paths, then at the contents where that pays.

Belongs here: the order of the steps and the rows that come out. Does not belong here: reading
history (`collect.history`) and the steps themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import polars as pl

from corpus_assets.pairs.commits.edits import edits, look
from corpus_assets.pairs.commits.labels import labels
from corpus_assets.pairs.commits.shape import shapes
from corpus_assets.pairs.commits.yields import candidates, reverted, yields

PART = 500
"""Commits whose contents are in memory at a time: some 60 MB of ordinary sources."""


class FirstLook(NamedTuple):
    """What the messages and paths of a batch say, the edits whose contents are to be read, and the
    commits that have too many of them."""

    commits: pl.DataFrame
    changes: pl.DataFrame
    counts: pl.DataFrame
    labelled: pl.DataFrame
    edits: pl.DataFrame
    crowded: list[str]


def first_look(
    commits: pl.DataFrame, changes: pl.DataFrame, counts: pl.DataFrame, *, with_pairs: bool
) -> FirstLook:
    """Labels by message and paths; with_pairs, which edits to look into.

    Columns as labels.labels takes them. Sorting is left as it is.
    """
    labelled = labels(commits, changes, counts)
    wanted = candidates(labelled, commits) if with_pairs else pl.Series(dtype=pl.String)
    chosen, crowded = edits(changes, wanted)
    return FirstLook(commits, changes, counts, labelled, chosen, crowded)


def judged(first: FirstLook, read: Callable[[list[str]], pl.DataFrame]) -> Iterator[dict[str, Any]]:
    """One row per commit of the batch.

    Keys: commit, label, confidence, evidence, pairs, withheld, faults. `read` gives blob, data
    (null unless state is `ok`) and state of the blobs with the ids that it is called with; it is
    called for some PART commits at a time, so that no more contents are in memory.
    """
    labelled, pairs = first.labelled, reverted(first.commits)
    withheld = {commit: ["too_many_files"] for commit in first.crowded}
    touched = first.edits["commit"].unique(maintain_order=True)
    for start in range(0, len(touched), PART):
        part = touched.slice(start, PART)
        chosen = first.edits.filter(pl.col("commit").is_in(part.implode()))
        both = chosen.select(pl.concat_list("before_blob", "after_blob").explode()).to_series()
        looked = look(chosen, read(both.unique(maintain_order=True).to_list()))
        commits = first.commits.filter(pl.col("commit").is_in(part.implode()))
        again = labels(commits, first.changes, first.counts, shapes(looked))
        labelled = labelled.update(again, on="commit", maintain_order="left")
        for commit, found in yields(commits, again, first.changes, looked).items():
            pairs.setdefault(commit, []).extend(found)
        withheld.update(looked.withheld.group_by("commit").agg("reason").iter_rows())
    # Columns as lists: iter_rows makes a Series of every list in a row.
    names = ("commit", "label", "confidence", "evidence")
    columns = [labelled[name].to_list() for name in names]
    for *values, faults in zip(*columns, first.commits["faults"].to_list(), strict=True):
        commit = values[0]
        yield {
            **dict(zip(names, values, strict=True)),
            "pairs": pairs.get(commit, []),
            "withheld": withheld.get(commit, []),
            "faults": faults,
        }
