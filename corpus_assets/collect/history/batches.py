"""A history in batches, the next one read while the one before is worked on.

Belongs here: the size of batches and reading ahead. Does not belong here: reading itself
(`commits.py`, `changes.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from corpus_assets.collect.history.changes import Changes, read_changes
from corpus_assets.collect.history.commits import read_commits
from corpus_assets.collect.history.repository import Repository

BATCH = 4_000
"""Commits in memory at a time, twice. Messages and paths of so many take some 10 MB."""


def read_history(
    repository: Repository, ids: Sequence[str]
) -> Iterator[tuple[pl.DataFrame, Changes]]:
    """Commits and what they changed, in the order given, about BATCH at a time.

    Raises CollectError when the repository goes away; batches before that were given out.
    """
    dates: dict[str, int] = {}

    def read(start: int) -> tuple[pl.DataFrame, Changes]:
        part = ids[start : start + BATCH]
        return read_commits(repository, part, dates), read_changes(repository, part)

    # One thread, so that batches are read in their order and share `dates`.
    with ThreadPoolExecutor(max_workers=1) as pool:
        following = pool.submit(read, 0)
        for start in range(0, len(ids), BATCH):
            current = following.result()
            if start + BATCH < len(ids):
                following = pool.submit(read, start + BATCH)
            yield current
