"""The DuckDB catalog of a release, and views over the lake.

Belongs here: SQL that defines views and macros. Does not belong here: running users' SQL
(`query`).

A catalog holds no data, only views with relative paths: it can be moved with its release and made
anew at any time. Its storage version is fixed, because DuckDB 2.0 writes files by default that
1.5 cannot open.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpus_assets.lake import Lake
from corpus_assets.serve.columns import select, text
from corpus_assets.serve.credits import VIEWS
from corpus_assets.serve.questions import questions
from corpus_assets.serve.release import CATALOG, COLUMNS, SCHEMA, SHARDS
from corpus_assets.tables import TABLES, Column

if TYPE_CHECKING:
    import duckdb

STORAGE_VERSION = "v1.5.0"


def connect(database: str = ":memory:", *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection that never fetches or loads an extension."""
    import duckdb

    return duckdb.connect(
        database,
        read_only=read_only,
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )


def write_catalog(folder: Path, *, has_shards: bool) -> None:
    """Write `catalog.duckdb` into a release folder: the views of `define_release`.

    Raises ReleaseError when the SQL files are missing.
    """
    target = folder / CATALOG
    target.unlink(missing_ok=True)
    with connect() as connection:
        connection.execute(f"SET file_search_path = {text(str(folder))}")
        connection.execute(
            f"ATTACH {text(str(target))} AS release (STORAGE_VERSION '{STORAGE_VERSION}')"
        )
        connection.execute("USE release")
        define_release(connection, [SHARDS] if has_shards else [], "")
        connection.execute("USE memory")
        connection.execute("DETACH release")


def define_release(
    connection: duckdb.DuckDBPyConnection,
    shards: list[str],
    folder: str | None,
    *,
    commented: bool = True,
) -> None:
    """Define the view mix over the shards, those over the attribution, and `sql/catalog/`.

    `folder` ends in a slash, or is empty for the release's own; None without a release.
    """
    mix = select(SCHEMA, shards, alike=True)
    _define(connection, "mix", mix, "One row per released row.", COLUMNS if commented else ())
    for name, view in VIEWS.items():
        files = [] if folder is None else [f"{folder}{view.file}"]
        rows = select(view.schema, files, alike=True)
        _define(connection, name, rows, view.row, view.columns if commented else ())
    for item in questions("catalog").values():
        connection.execute(item.sql)


def define_lake(
    connection: duckdb.DuckDBPyConnection, lake: Lake, *, commented: bool = True
) -> None:
    """Define one view per table of the registry; a table never written has no rows."""
    for table in TABLES.values():
        rows = select(table.schema, lake.files(table.name), alike=False)
        _define(connection, table.name, rows, table.row, table.columns if commented else ())


def _define(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    rows: str,
    row: str,
    columns: tuple[Column, ...],
) -> None:
    """Define a view; say what a row of it is, and what each of the columns given holds.

    A comment takes 0.4 ms, all 500 of the lake as long as everything else that a query needs.
    """
    said = [f'CREATE VIEW "{name}" AS {rows}', f'COMMENT ON VIEW "{name}" IS {text(row)}']
    said += [
        f'COMMENT ON COLUMN "{name}"."{column.name}" IS {text(column.description)}'
        for column in columns
    ]
    connection.execute("; ".join(said))
