"""Contents of blobs, streamed out of one `git cat-file` process a batch, within limits.

Belongs here: which blobs are read and why others are not. Does not belong here: text encodings
(`parse.decoding`).
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

import polars as pl

from corpus_assets.collect import identity
from corpus_assets.collect.history.repository import Repository
from corpus_assets.collect.items import CollectError

BLOBS = pl.Schema(
    {"blob": pl.String, "size_bytes": pl.Int64, "data": pl.Binary, "state": pl.String}
)
"""One row a blob. state: `ok`, `too_large` (over MAX_BYTES), `missing` (not in this partial or
broken clone), `no_blob` (another kind of object), `over_budget` (the batch held enough already);
data is null unless it is ok; the size of a
missing one is 0."""

MAX_BYTES = 1 << 20
"""Larger blobs are not read: no file that people write and review by hand is larger."""
MAX_BATCH_BYTES = 1 << 28
"""Memory of one batch, divided among the processes that read it."""
_PROCESSES = 2
_LEAST = 500  # blobs that are worth a process


def read_blobs(
    repository: Repository, blobs: Iterable[str], max_bytes: int = MAX_BYTES
) -> pl.DataFrame:
    """The blobs, each once, in the order given (schema BLOBS).

    Reading is fastest in the order in which history has them: git keeps a blob as its difference
    from the next one of the same file. Raises CollectError when the repository goes away.
    """
    ids = list(dict.fromkeys(blobs))
    if not ids:
        return pl.DataFrame(schema=BLOBS)
    # Neighbors share differences, so each process gets a run of them.
    share = max(_LEAST, -(-len(ids) // _PROCESSES))
    runs = [ids[start : start + share] for start in range(0, len(ids), share)]
    with ThreadPoolExecutor(max_workers=len(runs)) as pool:
        budget = MAX_BATCH_BYTES // len(runs)
        parts = pool.map(lambda run: _read(repository, run, max_bytes, budget), runs)
        return pl.concat(parts)


def content_id(blob: str, data: bytes | None) -> str:
    """The SWHID of a blob, which git's name for it is unless the repository uses SHA-256."""
    if len(blob) != 40 and data is not None:
        return identity.content_id(data)
    return f"swh:1:cnt:{blob}"


def _read(repository: Repository, ids: list[str], max_bytes: int, max_total: int) -> pl.DataFrame:
    rows: list[tuple[str, int, bytes | None, str]] = []
    total = 0
    # Above that size git streams an object instead of taking it into memory whole.
    streamed = ("-c", f"core.bigFileThreshold={max_bytes + 1}")
    with repository.stream(ids, *streamed, "cat-file", "--batch", "--buffer") as output:
        for blob in ids:
            header = output.readline().split()
            if len(header) != 3:
                if header[1:2] != [b"missing"]:
                    raise CollectError(f"{repository.path}: ended while blob {blob} was read")
                rows.append((blob, 0, None, "missing"))
                continue
            size = int(header[2])
            state = "ok"
            if header[1] != b"blob":
                state = "no_blob"
            elif size > max_bytes:
                state = "too_large"
            elif total + size > max_total:
                state = "over_budget"
            data = output.read(size) if state == "ok" else None
            if data is None:
                _pass_over(output, size)
            output.read(1)
            total += len(data or b"")
            rows.append((blob, size, data, state))
    return pl.DataFrame(rows, schema=BLOBS, orient="row")


def _pass_over(output: BinaryIO, size: int) -> None:
    while size and (chunk := output.read(min(size, 1 << 20))):
        size -= len(chunk)
