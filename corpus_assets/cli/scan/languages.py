"""`corpus scan languages`: language and encoding of every file of a folder.

Belongs here: the rows that are printed. Does not belong here: reading the folder (`folder.py`) and
how a language is told (`parse.language`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from corpus_assets.cli.scan.folder import Folder


def scan_languages(folder: Folder) -> Iterator[dict[str, Any]]:
    """One row per file in order of path: partition, language, confidence, what it rests on,
    encoding, how decoding went and what was odd. What is no file that can be read has a state of
    that reason and no language."""
    from corpus_assets.parse.language import CONFIDENCE

    contents = folder.contents.select("content_id", "encoding")
    documents = folder.documents.select("content_id", "decode_state", "decode_issues")
    files = folder.occurrences.join(contents, on="content_id").join(documents, on="content_id")
    files = files.select(
        "path",
        "language",
        "language_name",
        pl.col("language_basis").replace_strict(CONFIDENCE).alias("confidence"),
        pl.col("language_basis").alias("basis"),
        "encoding",
        pl.col("decode_state").alias("state"),
        pl.col("decode_issues").alias("issues"),
        "content_id",
    )
    rejected = pl.DataFrame(
        [{"path": item.path, "state": item.reason} for item in folder.rejected],
        schema={"path": pl.String, "state": pl.String},
    )
    yield from pl.concat([files, rejected], how="diagonal").sort("path").iter_rows(named=True)
