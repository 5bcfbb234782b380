"""Reading Parquet files by the columns of today, whatever columns they were written with.

Belongs here: the one rule for files older than a column, in Polars and in SQL. Does not belong
here: which files there are (`release`, `lake`) or what the views are called (`catalog`).

Releases are never rewritten, and neither is a partition of the lake until it is made again. What a
file lacks reads as null of the column's type, as `Lake.scan` has it; what it has more is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

_TYPES: dict[Any, str] = {
    pl.String: "VARCHAR",
    pl.Int64: "BIGINT",
    pl.Float64: "DOUBLE",
    pl.Boolean: "BOOLEAN",
    pl.Binary: "BLOB",
    pl.List(pl.String): "VARCHAR[]",
    pl.List(pl.Float32): "FLOAT[]",
    pl.List(pl.Float64): "DOUBLE[]",
    pl.List(pl.List(pl.Int64)): "BIGINT[][]",
}


def scan(files: Sequence[Path], schema: pl.Schema) -> pl.LazyFrame:
    """The rows of the files with the columns of `schema`; without files, no rows."""
    if not files:
        return pl.LazyFrame(schema=schema)
    return pl.scan_parquet(
        list(files),
        schema=schema,
        missing_columns="insert",
        extra_columns="ignore",
        hive_partitioning=False,
    ).select(schema.names())


def select(schema: pl.Schema, files: Sequence[str], *, alike: bool) -> str:
    """A SELECT of the rows of the files (paths or globs) with the columns of `schema`.

    `alike` says that all files have the same columns: then only the first is looked into before
    rows are asked for, otherwise the footer of every file is.
    """
    empty = f"SELECT {', '.join(_null(name, dtype) for name, dtype in schema.items())} WHERE false"
    if not files:
        return empty
    paths = ", ".join(text(path) for path in files)
    # The partition's name is in the path: whole files are skipped, and Delta keeps it only there.
    rows = (
        f"SELECT * FROM read_parquet([{paths}], hive_partitioning = true, "
        f"hive_types_autocast = false, union_by_name = {str(not alike).lower()})"
    )
    names = ", ".join(f'"{name}"' for name in schema)
    return f"SELECT {names} FROM ({empty} UNION ALL BY NAME {rows})"


def text(value: str) -> str:
    """The value as an SQL string literal."""
    return "'" + value.replace("'", "''") + "'"


def _null(name: str, dtype: Any) -> str:
    return f'CAST(NULL AS {_TYPES[dtype]}) AS "{name}"'
