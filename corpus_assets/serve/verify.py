"""Verifying a published release offline: every file against the manifest, the catalog against both.

Belongs here: checks that need nothing but the release's folder. Does not belong here: what the
rows mean (`audit/release_audit.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.serve.catalog import connect
from corpus_assets.serve.columns import text
from corpus_assets.serve.release import (
    CATALOG,
    CURRENT,
    FORMAT,
    MANIFEST,
    Release,
    ReleaseError,
    at,
    current,
    mixes,
    read_json,
    sha256,
)


def verify(published: Path, mix: str | None = None, version: str | None = None) -> list[str]:
    """Problems of a release in words; empty when it is sound.

    Without a mix every mix is verified, without a version its current one. A release that is not
    there is a problem, not an exception.
    """
    names = [mix] if mix is not None else mixes(published)
    if not names:
        return [f"{published}: nothing is published; materialize `release` first"]
    problems = []
    for name in names:
        try:
            release = at(published, name, version) if version else current(published, name)
            problems += _pointer(published, release) if not version else []
            problems += _release(release)
        except ReleaseError as error:
            problems.append(str(error))
    return problems


def _pointer(published: Path, release: Release) -> list[str]:
    pointer = read_json(published / release.mix / CURRENT)
    if pointer.get("manifest_sha256") == release.manifest_sha256:
        return []
    return [
        f"{published / release.mix / CURRENT}: expects another {MANIFEST} than the one in "
        f"{release.version}; it was changed after publishing: remove it and publish again"
    ]


def _release(release: Release) -> list[str]:
    manifest = release.manifest()
    if manifest.get("format") != FORMAT:
        return [f"{release.folder / MANIFEST}: format {manifest.get('format')} is not {FORMAT}"]
    problems = []
    if (manifest["mix"], manifest["version"]) != (release.mix, release.version):
        problems.append(f"{release.folder}: the manifest is that of another release")
    listed = {item["path"]: item for item in manifest["files"]}
    there = {
        path.relative_to(release.folder).as_posix()
        for path in release.folder.rglob("*")
        if not path.is_dir()
    }
    expected = {*listed, MANIFEST, CATALOG}
    problems += [f"{release.folder / name}: missing" for name in sorted(expected - there)]
    problems += [
        f"{release.folder / name}: not in the manifest; remove it"
        for name in sorted(there - expected)
    ]
    damaged = [
        name
        for name in sorted(set(listed) & there)
        if sha256(release.folder / name) != listed[name]["sha256"]
    ]
    problems += [
        f"{release.folder / name}: its SHA-256 differs from the manifest: damaged or edited"
        for name in damaged
    ]
    if not problems:
        problems += _rows(release, manifest) + _catalog(release, manifest)
    return problems


def _rows(release: Release, manifest: dict[str, Any]) -> list[str]:
    """Row counts of the files, from their own footers, and the sums over stages."""
    problems = []
    totals: dict[str, int] = dict.fromkeys(manifest["stages"], 0)
    for item in manifest["files"]:
        if "stage" not in item:
            continue
        frame = pl.scan_parquet(release.folder / item["path"], hive_partitioning=False)
        rows = frame.select(pl.len()).collect().item()
        totals[item["stage"]] = totals.get(item["stage"], 0) + rows
        if rows != item["rows"]:
            problems.append(f"{item['path']}: {rows} rows, the manifest says {item['rows']}")
    for stage, figures in manifest["stages"].items():
        if totals[stage] != figures["rows"]:
            problems.append(f"{stage}: {totals[stage]} rows, the manifest says {figures['rows']}")
    return problems


def _catalog(release: Release, manifest: dict[str, Any]) -> list[str]:
    """Whether the catalog opens and its view mix agrees with the manifest."""
    import duckdb

    path = release.folder / CATALOG
    try:
        with connect(str(path), read_only=True) as connection:
            connection.execute(f"SET file_search_path = {text(str(release.folder))}")
            counted = connection.execute(
                "SELECT stage, count(*), sum(n_tokens)::BIGINT FROM mix GROUP BY stage"
            ).fetchall()
            views = connection.execute(
                "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY view_name"
            ).fetchall()
            for (view,) in views:
                connection.execute(f'SELECT * FROM "{view}" LIMIT 0')
    except duckdb.Error as error:
        return [f"{path}: {error}; remove the release and publish it again"]
    found = {stage: (rows, tokens) for stage, rows, tokens in counted}
    return [
        f"{path}: {stage} has {found.get(stage, (0, 0))} rows and tokens, "
        f"the manifest says {(figures['rows'], figures['tokens'])}"
        for stage, figures in manifest["stages"].items()
        if found.get(stage, (0, 0)) != (figures["rows"], figures["tokens"])
    ]
