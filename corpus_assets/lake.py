"""The lake: Delta tables written one partition at a time, each commit carrying its own lineage.

Belongs here: reading, replacing and appending partitions. Does not belong here: what the columns
mean (`tables/`) and what commits record (`lake_versions.py`).

Every commit records the run, the code version, the policy digest and the version of each input,
so lineage needs neither Dagster's database nor a service.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.lake_versions import PartitionVersion, Provenance, history_of
from corpus_assets.spool import (
    arrow_stream,
    check_partition,
    required_partition,
    spooled,
    unique_keys,
    update_digest,
)
from corpus_assets.tables import TABLES, Table, conform

# History is the audit trail: a century keeps Delta from ever cleaning it up. Opening a table
# replays the log from the last checkpoint: one in ten commits halves the time of a trace.
_SETTINGS = {
    "delta.checkpointInterval": "10",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}
_MAX_COMMIT_RETRIES = 50


@dataclass(frozen=True)
class Lake:
    """A folder or object-store URL that holds one Delta table per entry of `tables.TABLES`."""

    root: str

    def uri(self, table: str) -> str:
        """Address of a table."""
        return f"{self.root.rstrip('/')}/{TABLES[table].name}"

    def exists(self, table: str) -> bool:
        """Whether anything was ever written to the table."""
        from deltalake import DeltaTable

        return DeltaTable.is_deltatable(self.uri(table))

    def scan(
        self, table: str, partition: str | None = None, delta_version: int | None = None
    ) -> pl.LazyFrame:
        """The rows of a table, or of one partition of it, lazily; empty if never written.

        Columns and types are those of `tables.TABLES[table]`; row order is not promised. With
        `delta_version`, the rows as of that commit. Columns that the table did not have when the
        rows were written are null.
        """
        spec = TABLES[table]
        if not self.exists(table):
            return pl.LazyFrame(schema=spec.schema)
        frame = pl.scan_delta(self.uri(table), version=delta_version)
        known = frame.collect_schema()
        frame = frame.select(
            name if name in known else pl.lit(None, dtype).alias(name)
            for name, dtype in spec.schema.items()
        )
        if partition is not None:
            frame = frame.filter(pl.col(_partition_column(spec)) == partition)
        return frame

    def read(self, table: str, partition: str | None = None) -> pl.DataFrame:
        """Like `scan`, collected and sorted by the table's key."""
        return self.scan(table, partition).collect().sort(TABLES[table].key)

    def files(self, table: str) -> list[str]:
        """The active Parquet files of a table (for DuckDB, which has no Delta reader offline)."""
        from deltalake import DeltaTable

        return sorted(DeltaTable(self.uri(table)).file_uris()) if self.exists(table) else []

    def replace(
        self,
        table: str,
        rows: pl.DataFrame,
        provenance: Provenance,
        partition: str | None = None,
    ) -> PartitionVersion:
        """Replace one partition (or a whole unpartitioned table) atomically.

        Raises ValueError when the frame does not have the table's columns and types, repeats a
        key, or holds a row of another partition.
        """
        return self.replace_stream(table, [rows.sort(TABLES[table].key)], provenance, partition)

    def replace_stream(
        self,
        table: str,
        batches: Iterable[pl.DataFrame],
        provenance: Provenance,
        partition: str | None = None,
    ) -> PartitionVersion:
        """Like `replace`, from frames that follow one another in key order, in bounded memory.

        The batches are spooled to disk first: the data version belongs into the same commit.
        """
        spec = TABLES[table]
        predicate = None
        if spec.partition is not None:
            value = required_partition(spec, partition).replace("'", "''")
            predicate = f"{spec.partition} = '{value}'"
        with spooled(spec, batches, partition) as (frames, digest, n_rows):
            self._commit(
                spec, frames, "overwrite", predicate, partition, digest, n_rows, provenance
            )
        return self._current(table, partition)

    def append(
        self,
        table: str,
        rows: pl.DataFrame,
        provenance: Provenance,
        partition: str | None = None,
    ) -> PartitionVersion:
        """Add rows with new keys to a partition without rewriting what is there.

        Raises ValueError when a key is already stored or the frame does not fit the table.
        """
        spec = TABLES[table]
        frame = conform(rows, table).sort(spec.key)
        check_partition(frame, spec, partition)
        stored = self.scan(table, partition).select(spec.version_columns)
        whole = pl.concat([stored, frame.lazy().select(spec.version_columns)]).collect()
        digest = hashlib.sha256()
        update_digest(digest, unique_keys(whole.sort(spec.key), spec))
        frames = iter([frame])
        self._commit(
            spec, frames, "append", None, partition, digest.hexdigest(), whole.height, provenance
        )
        return self._current(table, partition)

    def version(self, table: str, partition: str | None = None) -> PartitionVersion | None:
        """The last commit to a partition, or None when there is none."""
        return self.versions(table).get(partition or "")

    def versions(self, table: str) -> dict[str, PartitionVersion]:
        """The last commit of every partition of a table, by partition ("" if it has none)."""
        latest: dict[str, PartitionVersion] = {}
        for entry in self.history(table):
            latest.setdefault(entry.partition, entry)
        return latest

    def history(self, table: str) -> tuple[PartitionVersion, ...]:
        """Every commit of a table, newest first."""
        if not self.exists(table):
            return ()
        from deltalake import DeltaTable

        return history_of(DeltaTable(self.uri(table)), table)

    def _current(self, table: str, partition: str | None) -> PartitionVersion:
        version = self.version(table, partition)
        if version is None:
            raise RuntimeError(f"{self.uri(table)}: the commit just made is not in the history")
        return version

    def _commit(
        self,
        spec: Table,
        frames: Iterator[pl.DataFrame],
        mode: Any,
        predicate: str | None,
        partition: str | None,
        data_version: str,
        n_rows: int,
        provenance: Provenance,
    ) -> None:
        from deltalake import CommitProperties, DeltaTable, write_deltalake

        uri = self.uri(spec.name)
        if not DeltaTable.is_deltatable(uri):
            self._create(spec)
        self._widen(spec)
        write_deltalake(
            uri,
            arrow_stream(spec, frames),
            mode=mode,
            predicate=predicate,
            commit_properties=CommitProperties(
                custom_metadata={
                    "corpus.partition": partition or "",
                    "corpus.data_version": data_version,
                    "corpus.rows": str(n_rows),
                    "corpus.provenance": json.dumps(asdict(provenance), sort_keys=True),
                },
                max_commit_retries=_MAX_COMMIT_RETRIES,
            ),
        )

    def _create(self, spec: Table) -> None:
        """Create the empty table. Of several writers that try at once, one does and all go on."""
        from deltalake import CommitProperties, DeltaTable, write_deltalake
        from deltalake.exceptions import DeltaError

        if "://" not in self.root:
            Path(self.root).mkdir(parents=True, exist_ok=True)
        try:
            write_deltalake(
                self.uri(spec.name),
                pl.DataFrame(schema=spec.schema),
                mode="ignore",
                partition_by=[spec.partition] if spec.partition else None,
                configuration=_SETTINGS,
                # A retry would land on top of the other writer's table and change its metadata.
                commit_properties=CommitProperties(max_commit_retries=0),
            )
        except DeltaError:
            if not DeltaTable.is_deltatable(self.uri(spec.name)):
                raise

    def _widen(self, spec: Table) -> None:
        """Add the columns that the table's description gained since the table was created."""
        from deltalake import DeltaTable, Field, Schema
        from deltalake.exceptions import DeltaError

        def missing() -> list[Field]:
            known = {field.name for field in DeltaTable(self.uri(spec.name)).schema().fields}
            wanted = Schema.from_arrow(spec.schema).fields
            return [
                Field(field.name, field.type, nullable=True)
                for field in wanted
                if field.name not in known
            ]

        fields = missing()
        if not fields:
            return
        try:
            DeltaTable(self.uri(spec.name)).alter.add_columns(fields)
        except DeltaError:
            if missing():  # another writer may have been faster
                raise


def _partition_column(spec: Table) -> str:
    if spec.partition is None:
        raise ValueError(f"{spec.name} is not partitioned: leave the partition out")
    return spec.partition
