"""The table registry: the one place where a table's columns, types and keys are defined.

It feeds the lake's schema checks, Dagster's column metadata, the DuckDB views and the generated
table reference. A column exists here or nowhere; the modules hold the tables of one room each.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.tables.audit import AUDIT
from corpus_assets.tables.blends import BLENDS
from corpus_assets.tables.curation import CURATION
from corpus_assets.tables.deduplication import DEDUPLICATION
from corpus_assets.tables.findings import FINDINGS
from corpus_assets.tables.licensing import LICENSING
from corpus_assets.tables.measurement import MEASUREMENT
from corpus_assets.tables.sources import SOURCES
from corpus_assets.tables.table import TEXTS, Column, Table

__all__ = ["TABLES", "TEXTS", "Column", "Table", "conform", "empty"]

_ALL = (
    *SOURCES,
    *LICENSING,
    *DEDUPLICATION,
    *FINDINGS,
    *CURATION,
    *MEASUREMENT,
    *BLENDS,
    *AUDIT,
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}


def conform(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """The frame with the table's columns in order.

    Raises ValueError naming every missing, unknown or wrongly typed column.
    """
    wanted, found = TABLES[table].schema, frame.schema
    problems = [f"missing {name}" for name in wanted if name not in found]
    problems += [f"unknown {name}" for name in found if name not in wanted]
    problems += [
        f"{name} is {found[name]}, not {dtype}"
        for name, dtype in wanted.items()
        if name in found and found[name] != dtype
    ]
    if problems:
        raise ValueError(f"{table}: " + "; ".join(problems))
    return frame.select(wanted.names())


def empty(table: str) -> pl.DataFrame:
    """A frame of the table's schema without rows."""
    return pl.DataFrame(schema=TABLES[table].schema)
