"""Versions of partitions and who made them from what, as a table's commits record it.

Belongs here: the records in commit metadata and reading them back. Does not belong here: rows
(`lake.py`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deltalake import DeltaTable


@dataclass(frozen=True)
class InputVersion:
    """The version of one (table, partition) that a step read; partition "" is a whole table."""

    table: str
    partition: str
    data_version: str
    delta_version: int


@dataclass(frozen=True)
class Provenance:
    """Who wrote a commit, from what: stored in the commit's metadata."""

    asset: str
    run_id: str
    code_version: str
    policy_digest: str
    inputs: tuple[InputVersion, ...] = ()


@dataclass(frozen=True)
class PartitionVersion:
    """The state of one partition as a commit recorded it.

    `data_version` is a SHA-256 over the rows, `rows` counts them, `timestamp_ms` is the commit
    time in Unix milliseconds, kept by Delta and never copied into data.
    """

    table: str
    partition: str
    data_version: str
    delta_version: int
    rows: int
    timestamp_ms: int
    provenance: Provenance

    def as_input(self) -> InputVersion:
        """This version as the input of a later step."""
        return InputVersion(self.table, self.partition, self.data_version, self.delta_version)


# Commits never change, so a history is known by the address and the newest version.
_HISTORIES: dict[tuple[str, int], tuple[PartitionVersion, ...]] = {}


def history_of(delta: DeltaTable, table: str) -> tuple[PartitionVersion, ...]:
    """Every commit of an open table that carries provenance, newest first."""
    key = (delta.table_uri, delta.version())
    if key not in _HISTORIES:  # opening costs as much as reading: one open serves both
        _HISTORIES[key] = _read(delta, table)
    return _HISTORIES[key]


def _read(delta: DeltaTable, table: str) -> tuple[PartitionVersion, ...]:
    entries = []
    for commit in delta.history():
        if "corpus.provenance" not in commit:
            continue  # the creation of the empty table
        record = json.loads(commit["corpus.provenance"])
        inputs = tuple(InputVersion(**item) for item in record.pop("inputs"))
        entries.append(
            PartitionVersion(
                table=table,
                partition=commit["corpus.partition"],
                data_version=commit["corpus.data_version"],
                delta_version=int(commit["version"]),
                rows=int(commit["corpus.rows"]),
                timestamp_ms=int(commit["timestamp"]),
                provenance=Provenance(inputs=inputs, **record),
            )
        )
    return tuple(entries)
