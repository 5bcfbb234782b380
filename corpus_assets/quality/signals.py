"""One row of measurements per document.

Belongs here: putting the measures together into table quality_signals, in bounded memory. What
each is stands in the module that takes it; thresholds stand in the filter policy.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.parse.buffers import flat
from corpus_assets.parse.character_classes import UNICODE_VERSION
from corpus_assets.parse.syntax import grammar_version
from corpus_assets.parse.tokens import ENCODING, count_tokens
from corpus_assets.quality.characters import (
    character_measures,
    has_xml_declaration,
    ratio,
    visible_text_fraction,
)
from corpus_assets.quality.code import code_measures
from corpus_assets.quality.encoded import encoded_runs
from corpus_assets.quality.kinds import kinds
from corpus_assets.quality.repetition import repetition_measures
from corpus_assets.quality.trees import syntax_measures
from corpus_assets.tables import conform, empty

SIGNALS_VERSION = "2"
_BATCH_BYTES = 32 << 20


def quality_signals(documents: pl.DataFrame, *, syntax: bool = True) -> pl.DataFrame:
    """Table quality_signals for the documents that have text, sorted by content id.

    Documents without text (binary, undecodable, empty) get no row: their decode_state says why.
    Without `syntax` nothing is parsed, and what only a parser knows is null.
    """
    readable = documents.filter(pl.col("text").is_not_null()).sort("content_id")
    batches = [_signals(batch, syntax=syntax) for batch in _batches(readable)]
    return pl.concat([empty("quality_signals"), *batches]).sort("content_id")


def _batches(documents: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Documents of one language, about _BATCH_BYTES of text at a time."""
    for _, part in documents.group_by("language", maintain_order=True):
        numbers = part["text"].str.len_bytes().cum_sum() // _BATCH_BYTES
        for _, batch in part.group_by(numbers.alias("batch"), maintain_order=True):
            yield batch


def _signals(documents: pl.DataFrame, *, syntax: bool) -> pl.DataFrame:
    texts = flat(documents["text"])
    versions = f"{ENCODING}, Unicode {UNICODE_VERSION}, {grammar_version()}"
    parsed = syntax_measures(documents if syntax else documents.clear())
    if not syntax:
        parsed = parsed.clear(documents.height)
    encoded = encoded_runs(documents)
    frame = pl.concat(
        [
            documents.select("content_id", "language"),
            character_measures(texts),
            pl.DataFrame({"n_tokens": count_tokens(documents["text"])}),
            repetition_measures(texts),
            code_measures(texts, documents["language"][0]),
            parsed,
            documents.select(
                visible_text_fraction().alias("visible_text_fraction"),
                has_xml_declaration().alias("is_xml_declaration"),
                pl.lit(f"signals {SIGNALS_VERSION}, {versions}").alias("detector_version"),
            ),
            encoded,
            kinds(documents, encoded),
        ],
        how="horizontal",
    ).with_columns(
        chars_per_token=ratio(pl.col("n_chars"), pl.col("n_tokens")),
        comment_fraction=pl.coalesce("comment_fraction", _python(pl.col("comment_bytes"))),
        doc_fraction=pl.coalesce("doc_fraction", _python(pl.lit(0))),
    )
    return conform(frame.drop("comment_bytes", "statement_string_bytes"), "quality_signals")


def _python(comments: pl.Expr) -> pl.Expr:
    """Comments, and strings that are statements, over all bytes where CPython took the text."""
    both = comments + pl.col("statement_string_bytes")
    return pl.when((pl.col("language") == "python") & pl.col("parses")).then(
        ratio(both, pl.col("n_bytes"))
    )
