"""A release as it was published before released rows had weights and masks, written by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import polars as pl

from corpus_assets.serve.credits import VIEWS
from corpus_assets.serve.release import COLUMNS, SHARDS, Release, canonical, sha256

YOUNGER = ("weight", "masked_spans")
NAMES = [column.name for column in COLUMNS if column.name not in YOUNGER]


def older(release: Release, mix: str) -> Release:
    """A release of another mix beside the given one, with its rows, without the columns YOUNGER.

    Files, manifest and catalog are what that time wrote: nothing in them knows of the columns.
    """
    home = release.folder.parent.parent / mix
    folder = home / "0.9.0-old"
    shutil.copytree(release.folder, folder)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for item in manifest["files"]:
        if "stage" in item:
            path = folder / item["path"]
            rows = pl.read_parquet(path, hive_partitioning=False).select(NAMES)
            rows.write_parquet(path)
            item |= {"bytes": path.stat().st_size, "sha256": sha256(path)}
    for name in YOUNGER:
        del manifest["columns"][name]
    manifest |= {"mix": mix, "version": folder.name}
    (folder / "manifest.json").write_bytes(canonical(manifest))
    _catalog(folder)
    digest = sha256(folder / "manifest.json")
    (home / "CURRENT").write_bytes(canonical({"version": folder.name, "manifest_sha256": digest}))
    return Release(mix, folder.name, folder, digest)


def _catalog(folder: Path) -> None:
    path = folder / "catalog.duckdb"
    path.unlink()
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"SET file_search_path = '{folder}'")
        connection.execute(
            f"CREATE VIEW mix AS SELECT {', '.join(NAMES)} FROM read_parquet(['{SHARDS}'], "
            "hive_partitioning = true, hive_types_autocast = false)"
        )
        for name, view in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS FROM read_parquet(['{view.file}'])")
