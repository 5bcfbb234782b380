"""One row of measurements per document.

Belongs here: putting the measures together into table quality_signals, in bounded memory. What
each is stands in the module that takes it; thresholds stand in the filter policy.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.parse.syntax import grammar_version
from corpus_assets.parse.tokens import ENCODING, count_tokens
from corpus_assets.quality.characters import (
    character_measures,
    has_xml_declaration,
    visible_text_fraction,
)
from corpus_assets.quality.encoded import encoded_runs
from corpus_assets.quality.kinds import kinds
from corpus_assets.quality.trees import tree_fractions
from corpus_assets.tables import conform, empty

SIGNALS_VERSION = "2"
_BATCH_BYTES = 32 << 20


def quality_signals(documents: pl.DataFrame) -> pl.DataFrame:
    """Table quality_signals for the documents that have text, sorted by content id.

    Documents without text (binary, undecodable, empty) get no row: their decode_state says why.
    About 1.5 MB of code a second on one core, half of it spent in the parser.
    """
    readable = documents.filter(pl.col("text").is_not_null()).sort("content_id")
    batches = [_signals(batch) for batch in _batches(readable)]
    return pl.concat(batches) if batches else empty("quality_signals")


def _batches(documents: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Consecutive slices of about _BATCH_BYTES of text."""
    numbers = documents["text"].str.len_bytes().cum_sum() // _BATCH_BYTES
    for _, batch in documents.group_by(numbers.alias("batch"), maintain_order=True):
        yield batch


def _signals(documents: pl.DataFrame) -> pl.DataFrame:
    frame = documents.select(
        "content_id",
        "language",
        *character_measures(),
        visible_text_fraction().alias("visible_text_fraction"),
        has_xml_declaration().alias("is_xml_declaration"),
        pl.lit(f"signals {SIGNALS_VERSION}, {ENCODING}, {grammar_version()}").alias(
            "detector_version"
        ),
    )
    frame = frame.with_columns(count_tokens(documents["text"]).alias("n_tokens"))
    encoded = encoded_runs(documents)
    frame = pl.concat(
        [frame, encoded, kinds(documents, encoded), _trees(documents)], how="horizontal"
    )
    return conform(frame, "quality_signals")


def _trees(documents: pl.DataFrame) -> pl.DataFrame:
    fractions = [
        tree_fractions(language, text)
        for language, text in documents.select("language", "text").iter_rows()
    ]
    return pl.DataFrame(
        fractions,
        schema={"comment_fraction": pl.Float64, "syntax_error_fraction": pl.Float64},
        orient="row",
    )
