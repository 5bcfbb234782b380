"""`corpus scan commits`: what each commit of a repository is for, and which pairs it yields.

Belongs here: the rows that are printed, and which commits are still to be read. Does not belong
here: reading history (`collect.history`) and judging it (`pairs.commits`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus_assets.cli import output

_BATCH = 2_000


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

    `commit`; `label`, its `confidence` (0 to 1) and `evidence` (the cues that speak for it);
    `pairs` it yields; `faults` of the commit (damaged, shallow, a clock that runs back, ...).
    With with_pairs no contents are read otherwise: labels rest on messages and paths, `pairs` is
    empty. What the repository lacks as a whole is said on standard error.
    """
    from corpus_assets.collect.history.changes import read_changes
    from corpus_assets.collect.history.commits import batches, read_commits
    from corpus_assets.collect.history.repository import commit_ids, open_repository
    from corpus_assets.pairs.commits.labels import labels

    with open_repository(path) as repository:
        ids = commit_ids(repository)
        gone = len(known.difference(ids))
        if gone:
            output.err.print(
                f"{gone:,} known commits are on no branch or tag any more (history was "
                "rewritten); their rows stay",
                markup=False,
            )
        if repository.boundary:
            output.err.print(
                f"shallow clone: what {len(repository.boundary):,} commits changed is not known; "
                "`git fetch --unshallow` brings their parents",
                markup=False,
            )
        if repository.is_partial:
            output.err.print(
                "partial clone: contents that were not fetched are not read (nothing is fetched)",
                markup=False,
            )
        wanted = [commit for commit in ids if commit not in known]
        dates: dict[str, int] = {}
        with output.bars() as bars:
            bar = bars.add_task("read commits", total=len(wanted), label="")
            for batch in batches(wanted, _BATCH):
                commits = read_commits(repository, batch, dates)
                changes = read_changes(repository, batch)
                found = labels(commits, changes.rows, changes.counts)
                rows = found.drop("bugfix_score").with_columns(commits["faults"])
                for row in rows.iter_rows(named=True):
                    yield {**row, "pairs": []}
                bars.update(bar, advance=len(batch))
