"""The kinds of one file, for tests."""

from __future__ import annotations

import polars as pl

from corpus_assets.parse.language import identify
from corpus_assets.quality.encoded import encoded_runs
from corpus_assets.quality.kinds import kinds, tags


def row_of(path: str, text: str, language: str | None = None) -> dict[str, object]:
    """The row of `kinds` for one file."""
    language = language or identify(path, text.encode()).language
    documents = pl.DataFrame({"path": [path], "language": [language], "text": [text]})
    return kinds(documents, encoded_runs(documents)).with_columns(tags()).row(0, named=True)


def kinds_of(path: str, text: str, language: str | None = None) -> set[str]:
    """The kinds that hold for one file."""
    return set(row_of(path, text, language)["tags"])  # type: ignore[call-overload]
