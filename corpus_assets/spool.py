"""Rows on their way into the lake: checked, hashed, and offered again in bounded memory.

Belongs here: what every write needs whatever the table. Does not belong here: commits (`lake`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from corpus_assets.tables import Table, conform

_DIGEST_ROWS = 50_000


def required_partition(spec: Table, partition: str | None) -> str:
    """The partition that a partitioned table needs. Raises ValueError if none is named."""
    if partition is None:
        raise ValueError(f"{spec.name} is partitioned by {spec.partition}: name the partition")
    return partition


def check_partition(frame: pl.DataFrame, spec: Table, partition: str | None) -> None:
    """Raise ValueError if a row belongs to another partition than the one named."""
    if spec.partition is None:
        return
    value = required_partition(spec, partition)
    strangers = frame.filter(pl.col(spec.partition).ne_missing(pl.lit(value)))
    if strangers.height:
        raise ValueError(
            f"{spec.name}/{value}: {strangers.height} rows have another {spec.partition}, "
            f"first {strangers.select(spec.partition, *spec.key).row(0)}"
        )


def unique_keys(frame: pl.DataFrame, spec: Table) -> pl.DataFrame:
    """The frame as it is. Raises ValueError naming a key that it repeats."""
    repeated = frame.filter(pl.struct(spec.key).is_duplicated())
    if repeated.height:
        raise ValueError(f"{spec.name}: repeated key {repeated.select(spec.key).row(0)}")
    return frame


def update_digest(digest: Any, frame: pl.DataFrame) -> None:
    """Add the rows of the frame, in their order, to a hash."""
    # NDJSON is independent of chunking, null slots and string layout, unlike Arrow buffers.
    for batch in frame.iter_slices(_DIGEST_ROWS):
        digest.update(batch.write_ndjson().encode())


@contextmanager
def spooled(
    spec: Table, batches: Iterable[pl.DataFrame], partition: str | None
) -> Iterator[tuple[Iterator[pl.DataFrame], str, int]]:
    """Batches in key order, checked: as frames again, with their SHA-256 and number of rows.

    One batch stays in memory, more are kept on disk while the block runs. Raises ValueError when
    they do not fit the table, repeat a key or are out of order.
    """
    digest, n_rows, last_key = hashlib.sha256(), 0, None
    with TemporaryDirectory(prefix="corpus-spool-") as folder:
        spool: list[Path] = []
        held: pl.DataFrame | None = None
        for batch in batches:
            frame = conform(batch, spec.name)
            if not frame.height:
                continue
            check_partition(frame, spec, partition)
            unique_keys(frame, spec)
            keys = frame.select(spec.key)
            if last_key is not None and not last_key < keys.row(0):
                raise ValueError(f"{spec.name}: batches out of key order at {keys.row(0)}")
            last_key = keys.row(-1)
            update_digest(digest, frame.select(spec.version_columns))
            n_rows += frame.height
            if held is not None:  # one batch needs no disk; from the second on all go there
                spool.append(_spill(held, folder, len(spool)))
            held = frame
        if held is None:
            frames: Iterator[pl.DataFrame] = iter(())
        else:
            frames = (pl.read_parquet(path) for path in spool)
            frames = _then(frames, held)
        yield frames, digest.hexdigest(), n_rows


def _then(frames: Iterator[pl.DataFrame], last: pl.DataFrame) -> Iterator[pl.DataFrame]:
    yield from frames
    yield last


def _spill(frame: pl.DataFrame, folder: str, number: int) -> Path:
    path = Path(folder) / f"{number:06}.parquet"
    frame.write_parquet(path, compression="lz4")
    return path


def arrow_stream(spec: Table, frames: Iterator[pl.DataFrame]) -> Any:
    """The frames as an Arrow record batch reader, which is read as it is written."""
    from arro3.core import RecordBatchReader
    from arro3.core import Table as ArrowTable

    schema = ArrowTable.from_arrow(pl.DataFrame(schema=spec.schema)).schema
    batches = (
        batch for frame in frames for batch in ArrowTable.from_arrow(frame.rechunk()).to_batches()
    )
    return RecordBatchReader.from_batches(schema, batches)
