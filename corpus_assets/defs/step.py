"""A step of the graph as data, and what it takes to run one: versions, currency, provenance.

Belongs here: which table a step writes from which others, whether what stands is still current,
and the lineage of a commit. Does not belong here: Dagster (see `build.py`) and the steps' logic.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import polars as pl

import corpus_assets
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import InputVersion, PartitionVersion, Provenance
from corpus_assets.policy import strict
from corpus_assets.tables import TABLES
from corpus_assets.workspace import Workspace

Log = Callable[[str], None]
_PACKAGE = Path(corpus_assets.__file__).parent


@dataclass(frozen=True)
class Read:
    """A table that a step reads: the partition it writes itself (`same`), or all of them."""

    table: str
    partitions: Literal["same", "all"] = "same"


class Check(NamedTuple):
    """The outcome of a check on the rows a step is about to write."""

    name: str
    passed: bool
    description: str
    blocking: bool = True


@dataclass(frozen=True)
class StepContext:
    """What a step's function gets: the workspace, its partition, its lineage and a log."""

    workspace: Workspace
    partition: str | None
    provenance: Provenance
    log: Log

    @property
    def lake(self) -> Lake:
        """The lake."""
        return self.workspace.lake

    def scan(self, table: str) -> pl.LazyFrame:
        """A whole table."""
        return self.lake.scan(table)

    def here(self, table: str) -> pl.LazyFrame:
        """The partition of a table that has the same key as the step's own."""
        return self.lake.scan(table, self.partition)

    def read(self, table: str) -> pl.DataFrame:
        """The same partition, collected and sorted by its key."""
        return self.lake.read(table, self.partition)


Rows = pl.DataFrame | Iterator[pl.DataFrame]
Plot = Callable[[pl.DataFrame], str]
Report = Callable[[StepContext, pl.DataFrame], Mapping[str, str]]


@dataclass(frozen=True)
class Step:
    """How one table comes to be.

    `code` are files or folders below the package whose text makes the code version; `settings`
    the parts of the workspace's configuration that shape the rows; `guard` looks at the inputs
    before anything is computed, `checks` at the rows before they are written; `plot` draws a
    chart of them as Markdown.
    """

    table: str
    group: str
    compute: Callable[[StepContext], Rows]
    reads: tuple[Read, ...]
    code: tuple[str, ...]
    settings: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("polars", "deltalake")
    owner: str = "team:data-engineering"
    guard: Callable[[StepContext], Iterable[Check]] | None = None
    checks: Callable[[StepContext, pl.DataFrame], Iterable[Check]] | None = None
    check_names: tuple[str, ...] = ()
    plot: Plot | None = None
    plot_title: str = "plot"
    report: Report | None = None
    pool: str | None = None

    @property
    def partition_column(self) -> str | None:
        """Column that partitions the table the step writes."""
        return TABLES[self.table].partition

    @property
    def code_version(self) -> str:
        """Hash of the step's code and of the tables that it writes and reads."""
        return code_version(self.code, (self.table, *(read.table for read in self.reads)))

    def policy_digest(self, workspace: Workspace) -> str:
        """Hash of the configuration that shapes the step's rows."""
        models = [model for name in self.settings for model in workspace.setting(name)]
        return strict.digest(*models)


@lru_cache(maxsize=128)
def code_version(paths: tuple[str, ...], tables: tuple[str, ...] = ()) -> str:
    """First 12 hex digits of a SHA-256 over the files below the package that `paths` name, and
    over the columns of `tables`: a table that a step never touches does not make it stale."""
    digest = hashlib.sha256()
    for name in sorted(set(tables)):
        digest.update(f"{name} {TABLES[name].key} {TABLES[name].schema}\n".encode())
    for name in sorted(paths):
        path = _PACKAGE / name
        files = sorted(path.rglob("*.*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix in {".py", ".yaml", ".json", ".sql"}:
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


Versions = Mapping[str, Mapping[str, PartitionVersion]]


def read_versions(lake: Lake, steps: Iterable[Step]) -> Versions:
    """The current versions of every table that the steps read or write, by table and partition."""
    tables = {table for step in steps for table in (step.table, *(r.table for r in step.reads))}
    return {table: lake.versions(table) for table in sorted(tables)}


def input_versions(
    versions: Versions, step: Step, partition: str | None
) -> tuple[InputVersion, ...]:
    """The version of every partition the step reads, in a fixed order."""
    found: list[InputVersion] = []
    for read in step.reads:
        stored = versions[read.table]
        if read.partitions == "same" and TABLES[read.table].partition is not None:
            keys = [partition] if partition is not None and partition in stored else []
        else:
            keys = sorted(stored)
        found += [stored[key].as_input() for key in keys]
    return tuple(found)


def provenance(
    workspace: Workspace, versions: Versions, step: Step, partition: str | None, run_id: str
) -> Provenance:
    """The lineage that the step's next commit will carry."""
    return Provenance(
        asset=step.table,
        run_id=run_id,
        code_version=step.code_version,
        policy_digest=step.policy_digest(workspace),
        inputs=input_versions(versions, step, partition),
    )


def is_current(previous: PartitionVersion | None, planned: Provenance) -> bool:
    """Whether a commit made from equal inputs, code and policy already stands."""
    return previous is not None and _recipe(previous.provenance) == _recipe(planned)


def _recipe(origin: Provenance) -> tuple[object, ...]:
    # Equal data versions make equal rows, whatever Delta commit they stand in.
    inputs = sorted((item.table, item.partition, item.data_version) for item in origin.inputs)
    return origin.code_version, origin.policy_digest, inputs


def expected_languages(lake: Lake) -> set[str]:
    """Languages that collected contents have: the partitions a fan-in must find complete."""
    from corpus_assets.parse.documents import first_occurrences

    languages = first_occurrences(lake.scan("occurrences")).select("language").unique().collect()
    return set(languages["language"])


def missing_partitions(lake: Lake, step: Step) -> list[str]:
    """Tables and languages that an unfinished backfill still owes to a step that reads them all."""
    fan_ins = [
        read.table
        for read in step.reads
        if read.partitions == "all" and TABLES[read.table].partition == "language"
    ]
    if not fan_ins:
        return []
    languages = expected_languages(lake)
    return [
        f"{table}/{language}"
        for table in fan_ins
        if table != "contents"
        for language in sorted(languages - lake.versions(table).keys())
    ]


def write(context: StepContext, step: Step, rows: Rows) -> PartitionVersion:
    """Commit the rows as the step's partition."""
    if isinstance(rows, pl.DataFrame):
        return context.lake.replace(step.table, rows, context.provenance, context.partition)
    return context.lake.replace_stream(step.table, rows, context.provenance, context.partition)
