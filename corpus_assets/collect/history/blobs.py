"""Contents of blobs, streamed out of one `git cat-file` process a batch, within limits.

Belongs here: which blobs are read and why others are not. Does not belong here: text encodings
(`parse.decoding`).
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import polars as pl

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


def _read(repository: Repository, ids: list[str], max_bytes: int, max_total: int) -> pl.DataFrame:
    sizes = _sizes(repository, ids)
    states, wanted, total = [], [], 0
    for blob, (kind, size) in zip(ids, sizes, strict=True):
        state = "ok"
        if kind != "blob":
            state = "missing" if kind == "missing" else "no_blob"
        elif size > max_bytes:
            state = "too_large"
        elif total + size > max_total:
            state = "over_budget"
        else:
            total += size
            wanted.append(blob)
        states.append(state)
    data: dict[str, bytes] = {}
    with repository.stream(wanted, "cat-file", "--batch", "--buffer") as output:
        for blob in wanted:
            header = output.readline().split()
            if len(header) != 3:
                raise CollectError(f"{repository.path}: blob {blob} went away while it was read")
            data[blob] = output.read(int(header[2]))
            output.read(1)
    return pl.DataFrame(
        {
            "blob": ids,
            "size_bytes": [size for _, size in sizes],
            "data": [data.get(blob) for blob in ids],
            "state": states,
        },
        schema=BLOBS,
    )


def _sizes(repository: Repository, ids: list[str]) -> list[tuple[str, int]]:
    """Kind and size of each object; ("missing", 0) where there is none."""
    found: list[tuple[str, int]] = []
    with repository.stream(ids, "cat-file", "--batch-check", "--buffer") as output:
        for line in output:
            words = line.split()
            if len(words) == 3:
                found.append((words[1].decode(), int(words[2])))
            else:
                found.append(("missing", 0))
    if len(found) != len(ids):
        raise CollectError(f"{repository.path}: the repository went away while it was read")
    return found
