"""Writing the Parquet shards of a release.

Belongs here: joining text to the chosen rows and writing files. Does not belong here: versions,
manifests and pointers (`publish`).

Rows of one (stage, language) stand in sample_key order, so any beginning of them is a uniform
sample. Text is read for one shard at a time: memory is bounded by the shard, not the release.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.lake import Lake
from corpus_assets.serve.release import SCHEMA, sha256

# About 60 MB of source text in memory; zstd brings it to roughly 15 MB on disk.
SHARD_TOKENS = 16_000_000
# Readers resume and prune by row group; about a thousand documents keeps both cheap.
_ROW_GROUP_ROWS = 1024


def write_shards(
    lake: Lake, rows: pl.DataFrame, folder: Path, shard_tokens: int = SHARD_TOKENS
) -> list[dict[str, Any]]:
    """Write the rows of table training_mix with their text below `folder`.

    Returns one record per file: path relative to `folder`, stage, language, rows, tokens, bytes,
    sha256. Raises ValueError when the lake has no text for a row.
    """
    return [
        _write(lake, shard, folder, number)
        for part in rows.sort("stage", "language").partition_by(
            "stage", "language", maintain_order=True
        )
        for number, shard in enumerate(_cut(part.sort("sample_key", "row_id"), shard_tokens))
    ]


def _cut(rows: pl.DataFrame, shard_tokens: int) -> Iterator[pl.DataFrame]:
    """Consecutive slices of about `shard_tokens`; never an empty one."""
    before = pl.col("n_tokens").cum_sum() - pl.col("n_tokens")
    yield from rows.with_columns(shard=before // shard_tokens).partition_by(
        "shard", maintain_order=True, include_key=False
    )


def _write(lake: Lake, rows: pl.DataFrame, folder: Path, number: int) -> dict[str, Any]:
    stage, language = rows.row(0, named=True)["stage"], rows.row(0, named=True)["language"]
    path = f"data/stage={stage}/language={language}/part-{number:05}.parquet"
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    _with_text(lake, rows, language).write_parquet(
        target, compression="zstd", compression_level=3, row_group_size=_ROW_GROUP_ROWS
    )
    return {
        "path": path,
        "stage": stage,
        "language": language,
        "rows": rows.height,
        "tokens": int(rows["n_tokens"].sum()),
        "bytes": target.stat().st_size,
        "sha256": sha256(target),
    }


def _with_text(lake: Lake, rows: pl.DataFrame, language: str) -> pl.DataFrame:
    texts = (
        lake.scan("documents", language)
        .select("content_id", "text")
        .join(rows.lazy().select(pl.col("content_id").unique()), on="content_id", how="semi")
        .collect(engine="streaming")
    )
    prompts = (
        lake.scan("pairs", language)
        .select("pair_id", "prompt")
        .join(rows.lazy().select(pl.col("pair_id").unique()), on="pair_id", how="semi")
        .collect(engine="streaming")
    )
    joined = (
        rows.join(texts, on="content_id", how="left")
        .join(prompts, on="pair_id", how="left")
        .select(SCHEMA.names())
        .sort("sample_key", "row_id")
    )
    lost = joined.filter(
        pl.col("text").is_null() | (pl.col("pair_id").is_not_null() & pl.col("prompt").is_null())
    )
    if lost.height:
        first = lost.row(0, named=True)
        raise ValueError(
            f"{lost.height} rows of the training mix have no text in the lake, first "
            f"{first['content_id']} ({first['origin']} {first['path']}); "
            "materialize documents, pairs and training_mix again"
        )
    return joined
