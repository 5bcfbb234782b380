"""What is out of date, and in which runs it is brought up to date.

A partition is stale when its inputs, code or policy differ from those its last commit records, or
when something it reads is stale. Within a run a step whose inputs turned out equal is skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from corpus_assets.defs.step import (
    Read,
    Step,
    Versions,
    expected_languages,
    is_current,
    provenance,
    read_versions,
)
from corpus_assets.languages import SLUGS, STAGES
from corpus_assets.tables import TABLES
from corpus_assets.workspace import Workspace


class Run(NamedTuple):
    """One Dagster run: tables to bring up to date in one partition (None = unpartitioned)."""

    tables: tuple[str, ...]
    partition: str | None


class Wave(NamedTuple):
    """Runs that do not depend on one another; `name` is the phase shown to users."""

    name: str
    runs: tuple[Run, ...]


def plan(
    workspace: Workspace,
    steps: Sequence[Step],
    languages: Sequence[str] = (),
    tables: Sequence[str] = (),
) -> list[Wave]:
    """Waves of runs in order, empty when everything is current.

    `steps` must be in dependency order. `languages` limits language partitions, `tables` limits
    the result to these tables and what they need.
    """
    wanted = _needed(steps, tables)
    versions = read_versions(workspace.lake, steps)
    present = expected_languages(workspace.lake) | _still_stored(steps, versions)
    chosen = [slug for slug in SLUGS if slug in (languages or present)]
    stale: set[tuple[str, str | None]] = set()
    for step in steps:
        if step.table not in wanted:
            continue
        for partition in _partitions(step, chosen):
            planned = provenance(workspace, versions, step, partition, run_id="")
            previous = versions[step.table].get(partition or "")
            if not is_current(previous, planned) or _reads_stale(step.reads, partition, stale):
                stale.add((step.table, partition))
    return list(_waves(steps, stale))


def _still_stored(steps: Iterable[Step], versions: Versions) -> set[str]:
    """Languages with rows in the lake: where the last file is gone, the rows must go as well."""
    return {
        partition
        for step in steps
        if step.partition_column == "language"
        for partition, version in versions[step.table].items()
        if version.rows
    }


def _partitions(step: Step, languages: Sequence[str]) -> Iterable[str | None]:
    if step.partition_column == "language":
        return languages
    return STAGES if step.partition_column == "stage" else (None,)


def _reads_stale(
    reads: Iterable[Read], partition: str | None, stale: set[tuple[str, str | None]]
) -> bool:
    for read in reads:
        if read.partitions == "same" and TABLES[read.table].partition is not None:
            if (read.table, partition) in stale:
                return True
        elif any(table == read.table for table, _ in stale):
            return True
    return False


def _needed(steps: Sequence[Step], tables: Sequence[str]) -> set[str]:
    by_table = {step.table: step for step in steps}
    if not tables:
        return set(by_table)
    needed, todo = set[str](), list(tables)
    while todo:
        table = todo.pop()
        if table in by_table and table not in needed:
            needed.add(table)
            todo += [read.table for read in by_table[table].reads]
    return needed


def _waves(steps: Sequence[Step], stale: set[tuple[str, str | None]]) -> Iterator[Wave]:
    """Consecutive steps with the same kind of partition share one run per partition."""
    for column, members in groupby(steps, key=lambda step: step.partition_column):
        group = list(members)
        order = {"language": SLUGS, "stage": STAGES}.get(column or "", (None,))
        runs = [
            Run(tuple(step.table for step in group if (step.table, partition) in stale), partition)
            for partition in order
        ]
        runs = [run for run in runs if run.tables]
        if runs:
            yield Wave(_name(column, group), tuple(runs))


def _name(column: str | None, group: Sequence[Step]) -> str:
    if column == "language":
        return "languages"
    if column == "stage":
        return "stages"
    return ", ".join(dict.fromkeys(step.group for step in group))
