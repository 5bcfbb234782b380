"""`corpus duplicates query`: whether files, or a vendor's lot, are in the corpus already.

Belongs here: reading the files, asking lake and index, and the rows that are printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.cli import output
from corpus_assets.cli.scan.folder import read_folder
from corpus_assets.workspace import Workspace, open_workspace


def query(paths: Sequence[Path], *, json: bool) -> None:
    """Print a row per file and stored document like it; one without any if there is none."""
    rows = query_rows(open_workspace(), paths)
    if json:
        output.as_json(rows)
        return
    columns = ["path", "match", "similarity", "verified", "found_path", "found_origin"]
    output.table(
        "Already in the corpus", columns, [[row[name] for name in columns] for row in rows]
    )


def query_rows(workspace: Workspace, paths: Sequence[Path]) -> list[dict[str, Any]]:
    """path, match (exact, near or none), similarity, verified, found_content_id and where it is.

    Near matches reach the recorded similarity of the filter policy.
    """
    from corpus_assets.dedup.index import HITS, hits, stored_index

    lake = workspace.lake
    versions = lake.versions("document_signatures")
    names = sorted((key, item.data_version) for key, item in versions.items())
    version = hashlib.sha256(repr(names).encode()).hexdigest()[:32]
    index = stored_index(
        lambda: lake.scan("document_signatures").collect(), workspace.state / "duplicates", version
    )
    folders = [(path, read_folder(path)) for path in paths]
    files = pl.concat(
        [
            folder.occurrences.select(
                "content_id",
                path=pl.lit(f"{path}/") + pl.col("path") if path.is_dir() else pl.lit(str(path)),
            )
            for path, folder in folders
        ]
    ).sort("path")
    documents = pl.concat([folder.documents for _, folder in folders]).unique(
        "content_id", keep="first", maintain_order=True
    )
    known = lake.scan("documents").select("content_id", "path", "origin", "text")
    same = known.filter(pl.col("content_id").is_in(files["content_id"].implode()))
    exact = same.select(
        "content_id",
        found_content_id="content_id",
        similarity=pl.lit(1.0),
        verified=pl.lit(True),
    ).collect()

    def chosen(table: pl.LazyFrame, ids: list[str]) -> pl.DataFrame:
        return table.filter(pl.col("content_id").is_in(ids)).collect()

    near = hits(
        documents.filter(pl.col("text").is_not_null()),
        index,
        lambda ids: chosen(lake.scan("document_signatures"), ids),
        lambda ids: chosen(known.filter(pl.col("text").is_not_null()), ids),
        workspace.filters.near_duplicates.recorded,
    )
    found = pl.concat([exact.match_to_schema(HITS), near])
    places = known.select(
        found_content_id="content_id", found_path="path", found_origin="origin"
    ).filter(pl.col("found_content_id").is_in(found["found_content_id"].unique().implode()))
    is_same = pl.col("found_content_id") == pl.col("content_id")
    rows = (
        files.join(found, on="content_id", how="left")
        .join(places.collect(), on="found_content_id", how="left")
        .with_columns(
            match=pl.when(is_same)
            .then(pl.lit("exact"))
            .when(pl.col("found_content_id").is_not_null())
            .then(pl.lit("near"))
            .otherwise(pl.lit("none"))
        )
        .sort("path", "similarity", "found_content_id", descending=[False, True, False])
        .select(
            "path", "match", "similarity", "verified", "found_content_id", "found_path",
            "found_origin",
        )
    )  # fmt: skip
    return rows.to_dicts()
