"""What a table of the lake is: columns with types, a key, a partition.

Delta Lake has no unsigned integers, so counts are Int64; byte and line positions are zero-based
bytes and one-based lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

TEXTS = pl.List(pl.String)


@dataclass(frozen=True)
class Column:
    """One column: its Polars type and one sentence on what it holds."""

    name: str
    dtype: Any
    description: str


@dataclass(frozen=True)
class Table:
    """One table of the lake.

    `row` says what one row is; `key` identifies it; `partition` names the column that splits the
    table into independently replaced parts; `payload` names bulky columns that follow from the
    key and so stay out of the data version.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    partition: str | None = None
    payload: frozenset[str] = field(default_factory=frozenset)

    @property
    def schema(self) -> pl.Schema:
        """Column name -> Polars type, in column order."""
        return pl.Schema({column.name: column.dtype for column in self.columns})

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def version_columns(self) -> tuple[str, ...]:
        """The columns whose values make the data version."""
        return tuple(name for name in self.names if name not in self.payload)
