"""`corpus scan commits`: what each commit of a repository is for, and which pairs it yields.

Belongs here: the rows that are printed, and which commits are still to be read. Does not belong
here: reading history (`collect.history`) and judging it (`pairs.commits`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from corpus_assets.cli import output

if TYPE_CHECKING:
    from corpus_assets.collect.history.repository import Repository


def known_commits(out: Path) -> set[str]:
    """Commits that a file of an earlier scan has rows of. A last line that was cut short is
    removed, so that its commit is read again."""
    if not out.exists():
        return set()
    lines = out.read_bytes().splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):
        with out.open("rb+") as file:
            file.truncate(sum(map(len, lines[:-1])))
        lines.pop()
    return {json.loads(line)["commit"] for line in lines if line.strip()}


def scan_commits(
    path: Path, known: set[str], *, with_pairs: bool = True
) -> Iterator[dict[str, Any]]:
    """One row per commit that is not known, parents before children.

    `commit`; `label`, its `confidence` (0 to 1) and `evidence` (the cues that speak for it); the
    `pairs` it yields and why others were `withheld`; `faults` of the commit (damaged, shallow, a
    clock that runs back, ...). Without with_pairs no contents are read: labels rest on messages and
    paths, and there are no pairs. What the repository lacks as a whole is said on standard error.
    """
    from corpus_assets.collect.history.batches import read_history
    from corpus_assets.collect.history.blobs import read_blobs
    from corpus_assets.collect.history.repository import commit_ids, open_repository
    from corpus_assets.pairs.commits.edits import MAX_FILE_BYTES
    from corpus_assets.pairs.commits.judge import first_look, judged

    with open_repository(path) as repository:
        ids = commit_ids(repository)
        _say_what_lacks(repository, known, ids)
        wanted = [commit for commit in ids if commit not in known]

        def read(blobs: list[str]) -> pl.DataFrame:
            return read_blobs(repository, blobs, MAX_FILE_BYTES)

        with output.bars() as bars:
            bar = bars.add_task("read commits", total=len(wanted), label="")
            for commits, (changes, counts) in read_history(repository, wanted):
                first = first_look(commits, changes, counts, with_pairs=with_pairs)
                yield from judged(first, read)
                bars.update(bar, advance=commits.height)


def _say_what_lacks(repository: Repository, known: set[str], ids: list[str]) -> None:
    gone = len(known.difference(ids))
    said = {
        f"{gone:,} known commits are on no branch or tag any more (history was rewritten); their "
        "rows stay": gone,
        f"shallow clone: what {len(repository.boundary):,} commits changed is not known; "
        "`git fetch --unshallow` brings their parents": repository.boundary,
        "partial clone: contents that it does not hold are not read, and nothing is "
        "fetched": repository.is_partial,
    }
    for sentence, is_so in said.items():
        if is_so:
            output.err.print(sentence, markup=False)
