"""Changed files of commits as rows, by `git diff-tree` on trees alone: no content is read.

Belongs here: which paths a commit added, changed, removed or moved whole. Does not belong here:
changes within the files (`blobs.py` has both sides) and their meaning (`pairs.commits`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO, NamedTuple

import polars as pl

from corpus_assets.collect.history.repository import Repository
from corpus_assets.collect.items import CollectError

CHANGES = pl.Schema(
    {
        "commit": pl.String,
        "path": pl.String,
        "status": pl.String,
        "mode": pl.String,
        "before_blob": pl.String,
        "after_blob": pl.String,
    }
)
"""One row a changed path, in git's order. status: A (added), M (changed), D (removed), T (another
kind of file). mode: of the file after the commit, or before it when removed; 160000 is a
submodule, 120000 a symbolic link. Blobs are git object ids, null where there is none."""

MAX_CHANGES = 1_000
"""Rows kept of one commit, the first in git's order of paths. Imports of 10^5 files say nothing
that their first 1,000 do not; the exact number is kept beside them."""

MAX_RESTARTS = 50
"""Commits without trees, or with broken ones, that are passed over one by one in a batch. In a
treeless clone that is each of them: after so many, the rest of the batch is marked too."""


class Changes(NamedTuple):
    """Rows of schema CHANGES, and per commit `n_files` (null where its trees are missing)."""

    rows: pl.DataFrame
    counts: pl.DataFrame


def read_changes(repository: Repository, ids: Sequence[str]) -> Changes:
    """What the commits changed against their only parent, or against nothing.

    Merges (several parents) and commits at the boundary of a shallow clone have no rows; n_files
    is null for the latter. Where a tree is missing, the commit's n_files is null and the reading
    goes on with the next one. Raises CollectError when the repository goes away.
    """
    wanted = [commit for commit in ids if commit not in repository.boundary]
    rows: list[tuple[Any, ...]] = []
    counts: dict[str, int | None] = {}
    restarts = 0
    while wanted:
        done = len(counts)
        try:
            _read(repository, wanted, rows, counts)
            break
        except CollectError:
            if not repository.path.exists():
                raise
            restarts += 1
            # The last commit that was begun is the one whose tree is missing.
            n_read = max(len(counts) - done, 1)
            failed = wanted[n_read - 1]
            counts[failed] = None
            rows = [row for row in rows if row[0] != failed]
            wanted = wanted[n_read:] if restarts < MAX_RESTARTS else []
    frame = pl.DataFrame(rows, schema=CHANGES, orient="row")
    numbers = pl.DataFrame(
        [(commit, counts.get(commit)) for commit in ids],
        schema={"commit": pl.String, "n_files": pl.Int64},
        orient="row",
    )
    return Changes(frame, numbers)


def _read(
    repository: Repository,
    ids: Sequence[str],
    rows: list[tuple[Any, ...]],
    counts: dict[str, int | None],
) -> None:
    arguments = ("diff-tree", "--stdin", "--root", "--always", "-r", "-z", "--raw",
                 "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv")  # fmt: skip
    with repository.stream(ids, *arguments) as output:
        commit, facts, n_files = "", b"", 0
        for part in _parts(output):
            if facts:
                n_files += 1
                if n_files <= MAX_CHANGES:
                    rows.append((commit, *_change(facts, part)))
                counts[commit] = n_files
                facts = b""
            elif part.startswith(b":"):
                facts = part
            else:
                commit, n_files = part.decode("ascii"), 0
                counts[commit] = 0


def _parts(output: BinaryIO) -> Any:
    """What stands between the NULs of a stream."""
    rest = b""
    while chunk := output.read(1 << 20):
        parts = (rest + chunk).split(b"\0")
        rest = parts.pop()
        yield from parts


def _change(facts: bytes, path: bytes) -> tuple[str, str, str, str | None, str | None]:
    before_mode, after_mode, before, after, status = facts[1:].decode("ascii").split(" ")
    return (
        _path(path),
        status[:1],
        before_mode if status == "D" else after_mode,
        before if before.strip("0") else None,
        after if after.strip("0") else None,
    )


def _path(path: bytes) -> str:
    try:
        return path.decode()
    except UnicodeDecodeError:
        return path.decode("utf-8", "backslashreplace")
