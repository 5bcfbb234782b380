"""Commits judged in two looks: at messages and paths, then at the contents where that pays.

Belongs here: the order of the steps and the rows that come out. Does not belong here: reading
history (`collect.history`) and the steps themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl

from corpus_assets.pairs.commits.edits import EDITS, edits, look
from corpus_assets.pairs.commits.labels import labels
from corpus_assets.pairs.commits.shape import shapes
from corpus_assets.pairs.commits.yields import candidates, yields


class FirstLook(NamedTuple):
    """What the messages and paths of a batch say, and the edits whose contents are to be read."""

    commits: pl.DataFrame
    changes: pl.DataFrame
    counts: pl.DataFrame
    labelled: pl.DataFrame
    edits: pl.DataFrame

    @property
    def blobs(self) -> list[str]:
        """Ids of the blobs that the second look needs."""
        return (
            pl.concat([self.edits["before_blob"], self.edits["after_blob"]])
            .unique(maintain_order=True)
            .to_list()
        )


def first_look(
    commits: pl.DataFrame, changes: pl.DataFrame, counts: pl.DataFrame, *, with_pairs: bool
) -> FirstLook:
    """Labels by message and paths; with_pairs, which edits to look into.

    Columns as labels.labels takes them. Sorting is left as it is.
    """
    labelled = labels(commits, changes, counts)
    chosen = (
        edits(changes, candidates(labelled, commits)) if with_pairs else pl.DataFrame(schema=EDITS)
    )
    return FirstLook(commits, changes, counts, labelled, chosen)


def judged(first: FirstLook, blobs: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """One row per commit of the batch.

    Keys: commit, label, confidence, evidence, pairs, withheld, faults.

    `blobs` has blob, data (null unless state is `ok`) and state of what FirstLook.blobs asked for.
    """
    looked = look(first.edits, blobs)
    seen = first.commits.join(looked.edits, on="commit", how="semi", maintain_order="left")
    labelled = first.labelled
    if seen.height:
        again = labels(seen, first.changes, first.counts, shapes(looked))
        labelled = labelled.update(again, on="commit", maintain_order="left")
    pairs = yields(first.commits, labelled, first.changes, looked)
    withheld = dict(looked.withheld.group_by("commit").agg("reason").iter_rows())
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
