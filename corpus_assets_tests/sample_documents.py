"""Frames of table documents from paths and texts."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from corpus_assets.tables import conform

_SLUGS = {
    "py": "python", "sh": "shell", "js": "javascript", "ts": "typescript", "rb": "ruby",
    "yml": "yaml", "json": "json", "go": "go", "rs": "rust", "java": "java", "cs": "csharp",
    "php": "php", "html": "html", "md": "markdown", "sql": "sql", "toml": "toml", "ini": "toml",
    "c": "c", "h": "c", "cpp": "cpp", "R": "r", "sol": "solidity",
    "css": "css", "xml": "xml", "lock": "toml",
}  # fmt: skip


def documents_of(files: Sequence[tuple[str, str | None]]) -> pl.DataFrame:
    """Table documents with one row per (path, text); the content id is the row's number.

    The language follows from the extension, text for unknown ones; text None is a binary.
    """
    frame = pl.DataFrame(
        {
            "content_id": [f"swh:1:cnt:{number:040x}" for number in range(len(files))],
            "language": [_SLUGS.get(path.rsplit(".", 1)[-1], "text") for path, _ in files],
            "path": [path for path, _ in files],
            "text": [text for _, text in files],
        },
        schema=dict.fromkeys(("content_id", "language", "path", "text"), pl.String),
    ).with_columns(
        pl.col("language").alias("language_name"),
        pl.lit("in_house").alias("source_category"),
        pl.lit("sample").alias("source"),
        pl.lit("origin").alias("origin"),
        pl.lit("1").alias("revision"),
        pl.lit(["in_house"]).alias("source_categories"),
        pl.lit(1, dtype=pl.Int64).alias("n_occurrences"),
        pl.when(pl.col("text").is_null()).then(pl.lit("binary")).otherwise(pl.lit("ok"))
        .alias("decode_state"),
        pl.lit([], pl.List(pl.String)).alias("decode_issues"),
        pl.lit("utf-8").alias("encoding"),
        pl.col("text").str.len_bytes().fill_null(0).cast(pl.Int64).alias("size_bytes"),
    )  # fmt: skip
    return conform(frame, "documents")
