"""Records read row by row from Parquet and JSON Lines, plain or compressed.

A line that is no JSON object is one rejection; a file that ends too early is rejected whole.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, cast

import polars as pl
import zstandard
from polars.exceptions import PolarsError

from corpus_assets.collect.items import Corrupt, Rejected
from corpus_assets.collect.streams import open_zstd

ROW_ENDINGS = (".parquet", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson")
_ROWS = 512

Row: TypeAlias = dict[str, Any]


def rows_of(path: Path) -> Iterator[tuple[int, Row | Rejected]]:
    """The records of a file with their numbers, from 1. Raises Corrupt when it is truncated."""
    return _parquet_rows(path) if path.name.endswith(".parquet") else _json_rows(path)


def _parquet_rows(path: Path) -> Iterator[tuple[int, Row | Rejected]]:
    number = 0
    try:
        batches = pl.scan_parquet(path).collect_batches(chunk_size=_ROWS, maintain_order=True)
        for batch in batches:
            for row in batch.iter_rows(named=True):
                number += 1
                yield number, row
    except (PolarsError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        told = str(error).replace(str(path), path.name).splitlines()[0][:200]
        detail = f"{path.name}: not readable as Parquet after row {number}: {told}"
        raise Corrupt(detail, "truncated_parquet") from error


def _json_rows(path: Path) -> Iterator[tuple[int, Row | Rejected]]:
    try:
        with _lines(path) as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                yield number, _json_row(line, f"{path.name}#{number}")
    except (EOFError, gzip.BadGzipFile, zstandard.ZstdError) as error:
        raise Corrupt(f"{path.name}: cannot be read to its end: {error}") from error


def _json_row(line: bytes, place: str) -> Row | Rejected:
    try:
        row = json.loads(line)
    except ValueError as error:
        return Rejected(place, "bad_json", str(error))
    if not isinstance(row, dict):
        return Rejected(place, "bad_record", "the line holds no JSON object")
    return row


@contextmanager
def _lines(path: Path) -> Iterator[BinaryIO]:
    if path.name.endswith(".gz"):
        with gzip.open(path, "rb") as stream:
            yield cast(BinaryIO, stream)
    elif path.name.endswith(".zst"):
        with path.open("rb") as packed:
            yield cast(BinaryIO, open_zstd(packed))
    else:
        with path.open("rb") as stream:
            yield stream
