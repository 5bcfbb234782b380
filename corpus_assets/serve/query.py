"""Read-only SQL over a release and the lake.

Belongs here: the guarded connection and what it refuses. Does not belong here: rendering.

Three guards: the statement must be one SELECT (or EXPLAIN of one) whose parse tree holds nothing
that writes; files outside the lake and the release are out of reach; the configuration is locked.
The tree is looked at because DuckDB 2.0 runs COPY, INSERT, UPDATE and DELETE inside a WITH clause
of a SELECT, and its directory allow-list permits writing too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_assets.lake import Lake
from corpus_assets.serve.catalog import connect, define_lake, define_release
from corpus_assets.serve.columns import text
from corpus_assets.serve.credits import NOTICE
from corpus_assets.serve.release import SHARDS, Release, current, mixes

if TYPE_CHECKING:
    import duckdb

_READING_NODES = {"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"}
# They run SQL that the guard cannot see, or reach beyond the connection.
_REFUSED_FUNCTIONS = {
    "json_execute_serialized_sql", "query", "query_table", "create_external_resource",
    "register_external_resource", "register_external_resource_type",
    "deregister_external_resource", "destroy_external_resource",
}  # fmt: skip
_EXPLAIN = re.compile(r"\s*explain(\s+analyze)?\s", re.IGNORECASE)


class QueryError(ValueError):
    """SQL that is refused or fails; the message says why."""


@dataclass(frozen=True)
class QueryResult:
    """Column names, DuckDB type names, and rows as Python values."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def query(lake: Lake, published: Path, sql: str, mix: str | None = None) -> QueryResult:
    """Run one reading statement over the views of the lake and of the current release.

    Views: one per table of the lake, `mix` (released rows) and the catalog's own. Before anything
    is published `mix` has no rows. `mix` names the mix when several are published. Raises
    QueryError for SQL that writes or fails, ReleaseError when the release cannot be told.
    """
    import duckdb

    _local(lake)
    release = current(published, mix) if mix is not None or mixes(published) else None
    with connect() as connection:
        # Only functions like duckdb_columns() tell comments.
        commented = "duckdb_" in sql.lower()
        define_lake(connection, lake, commented=commented)
        define_release(connection, _shards(release), _folder(release), commented=commented)
        _lock(connection, lake, release)
        check_reads_only(connection, sql)
        try:
            cursor = connection.execute(sql)
            columns = cursor.description or []
            rows = cursor.fetchall()
        except duckdb.Error as error:
            raise QueryError(str(error)) from error
    return QueryResult(
        tuple(str(item[0]) for item in columns), tuple(str(item[1]) for item in columns), rows
    )


def check_reads_only(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raise QueryError unless the SQL is one statement that only reads."""
    import duckdb

    try:
        statements = connection.extract_statements(sql)
        kinds = [statement.type.name for statement in statements]
    except (duckdb.Error, ValueError) as error:  # ValueError: kinds the client has no name for
        raise QueryError(f"not a query that reads: {error}") from error
    if len(statements) != 1:
        raise QueryError(f"give one statement, not {len(statements)}")
    kind = kinds[0]
    if kind not in ("SELECT", "EXPLAIN"):
        raise QueryError(f"{kind} is refused: this connection only reads; use SELECT")
    inner = _EXPLAIN.sub("", statements[0].query, count=1) if kind == "EXPLAIN" else sql
    tree = _tree(connection, inner)
    writing = sorted(set(_named(tree, "type", "_NODE")) - _READING_NODES)
    if writing:
        what = writing[0].removesuffix("_NODE").removesuffix("_QUERY")
        raise QueryError(f"{what} inside the query is refused: this connection only reads")
    refused = sorted(_REFUSED_FUNCTIONS & {n.lower() for n in _named(tree, "function_name", "")})
    if refused:
        raise QueryError(f"the function {refused[0]} is refused: write the query out instead")


def _tree(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    row = connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [sql]).fetchone()
    tree: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
    if tree.get("error"):
        raise QueryError(f"not a query that reads: {tree.get('error_message', sql)}")
    return tree


def _named(value: Any, key: str, suffix: str) -> Iterator[str]:
    """Every string under `key` with the suffix, anywhere in the tree."""
    if isinstance(value, dict):
        found = value.get(key)
        if isinstance(found, str) and found.endswith(suffix):
            yield found
        for item in value.values():
            yield from _named(item, key, suffix)
    elif isinstance(value, list):
        for item in value:
            yield from _named(item, key, suffix)


def _shards(release: Release | None) -> list[str]:
    if release is None or not any(release.folder.glob(SHARDS)):
        return []
    return [f"{release.folder}/{SHARDS}"]


def _folder(release: Release | None) -> str | None:
    """Where the attribution lies; a release of before there was one has none."""
    there = release is not None and (release.folder / NOTICE).is_file()
    return f"{release.folder}/" if release is not None and there else None


def _lock(connection: duckdb.DuckDBPyConnection, lake: Lake, release: Release | None) -> None:
    folders = [lake.root] + ([str(release.folder)] if release else [])
    allowed = ", ".join(text(str(Path(folder).resolve())) for folder in folders)
    named = ", ".join(text(folder) for folder in folders)
    # The order matters: with external access off, the allow-list can no longer be set.
    connection.execute(f"SET allowed_directories = [{allowed}, {named}]")
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _local(lake: Lake) -> None:
    if "://" in lake.root:
        raise QueryError(
            f"{lake.root} is not a local folder: DuckDB reads object stores only with an "
            "extension that this project does not load; query the lake with Polars instead"
        )
