"""`corpus licenses diff`: which conclusions differ between two versions of the lake's table."""

from __future__ import annotations

from typing import Any

import polars as pl
from polars.exceptions import ColumnNotFoundError

from corpus_assets.cli import output
from corpus_assets.cli.licenses.languages import chosen_languages
from corpus_assets.lake import Lake
from corpus_assets.workspace import open_workspace

_TABLE = "license_conclusions"
_SHOWN = 40  # groups of changes on a terminal; --json has all


def diff(before: int | None, after: int | None, languages: list[str], *, json: bool) -> None:
    """Print the changes, grouped by what became what."""
    from corpus_assets.licensing.changes import conclusion_changes

    lake = open_workspace().lake
    chosen = chosen_languages(lake, languages)
    if before is None:
        sides = [_previous(lake, chosen), _state(lake, None, chosen)]
        names = ["each language's previous version", "the current version"]
    else:
        sides = [_state(lake, version, chosen) for version in (before, after)]
        names = [
            f"version {before}",
            "the current version" if after is None else f"version {after}",
        ]
    found = conclusion_changes(*sides)
    if json:
        output.as_json(
            {"before": before, "after": after, "languages": chosen, "changes": found.to_dicts()}
        )
    else:
        show(found, *names)


def newest(lake: Lake) -> int | None:
    """The Delta version in which the conclusions stand now, None if there are none."""
    return max((entry.delta_version for entry in lake.history(_TABLE)), default=None)


def changed_since(lake: Lake, version: int | None) -> pl.DataFrame:
    """The conclusions about known files that differ from those as of a Delta version of the table;
    nothing where there was no such version."""
    from corpus_assets.licensing.changes import CHANGES_SCHEMA, conclusion_changes

    if version is None:
        return pl.DataFrame(schema=CHANGES_SCHEMA)
    every = chosen_languages(lake, [])
    found = conclusion_changes(_state(lake, version, every), _state(lake, None, every))
    return found.filter(pl.col("change").is_in(["conclusion", "evidence"]))


def _state(lake: Lake, version: int | None, languages: list[str]) -> pl.DataFrame:
    """The conclusions as of a Delta version of the table."""
    latest = newest(lake)
    if version is not None and not 0 <= version <= (latest or 0):
        output.fail(f"{_TABLE} has no version {version}; there are 0 to {latest}")
    rows = lake.scan(_TABLE, delta_version=version).filter(pl.col("language").is_in(languages))
    return _collected(rows, f"version {version}")


def _previous(lake: Lake, languages: list[str]) -> pl.DataFrame:
    """The conclusions of each language as they were before its last commit; none of a new one."""
    parts = [lake.scan(_TABLE).clear()]
    for language in languages:
        versions = [e.delta_version for e in lake.history(_TABLE) if e.partition == language]
        if len(versions) > 1:  # newest first
            parts.append(lake.scan(_TABLE, language, delta_version=versions[1]))
    return _collected(pl.concat(parts), "a previous version")


def _collected(rows: pl.LazyFrame, name: str) -> pl.DataFrame:
    try:
        return rows.collect()
    except ColumnNotFoundError as error:
        output.fail(f"{name} of {_TABLE} was written with other columns: {error}")


def show(found: pl.DataFrame, before: str, after: str) -> None:
    total = int(found["files"].sum())
    output.out.print(f"{total:,} files changed between {before} and {after}\n", markup=False)
    if not total:
        return
    rows = [
        (row["change"], _side(row, "before"), _side(row, "after"), row["files"],
         ", ".join(row["languages"]), row["samples"][0])
        for row in found.head(_SHOWN).iter_rows(named=True)
    ]  # fmt: skip
    output.table("changes", ("change", "from", "to", "files", "languages", "sample"), rows)
    if found.height > _SHOWN:
        output.out.print(f"and {found.height - _SHOWN:,} more kinds of change; --json lists all")


def _side(row: dict[str, Any], side: str) -> str | None:
    if row[f"license_state_{side}"] is None:
        return None
    expression = row[f"license_concluded_{side}"] or "no expression"
    return (
        f"{row[f'license_state_{side}']} {row[f'license_class_{side}']} {expression} "
        f"({row[f'license_evidence_{side}']})"
    )
