"""The documents of a language: what every later step reads."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.defs.step import Read, Step, StepContext


def _documents(context: StepContext) -> Iterator[pl.DataFrame]:
    from corpus_assets.parse.documents import first_occurrences, read_documents

    first = first_occurrences(context.scan("occurrences"))
    mine = first.filter(pl.col("language") == context.partition).collect()
    return read_documents(mine, context.scan("contents"))


DOCUMENTS = Step(
    table="documents",
    group="sources",
    compute=_documents,
    reads=(Read("occurrences", "all"),),
    code=("parse/documents.py", "parse/decoding.py", "parse/legacy.py"),
)
