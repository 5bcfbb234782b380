"""Canaries: what is planted in memory, and that the recall tells found from lost."""

from __future__ import annotations

import polars as pl

from corpus_assets.dedup.benchmark_shapes import PROMPT, SOLUTION
from corpus_assets.dedup.benchmarks import ITEMS
from corpus_assets.dedup.canaries import N_ITEMS, RECALL, VARIANTS, canary_recall, recall_words
from corpus_assets_tests.dedup.test_contamination import BODY, PROMPT_TEXT, host
from corpus_assets_tests.sample_documents import documents_of

LONG = pl.DataFrame(
    [("b", "long", PROMPT, PROMPT_TEXT, "python"), ("b", "long", SOLUTION, BODY, "python")],
    schema=ITEMS,
    orient="row",
)


def test_an_item_is_found_in_every_variant() -> None:
    hosts = documents_of([("a.py", host("py")), ("b.py", host("py") * 2), ("c.bin", None)])
    recall = canary_recall(hosts, LONG)
    assert recall.schema == RECALL
    assert recall.rows() == [(variant, 1, 1) for variant in VARIANTS]
    assert recall_words(recall).startswith("canaries found: verbatim 1 of 1, partial 1 of 1")


def test_what_is_too_short_is_counted_as_lost() -> None:
    short = pl.DataFrame(
        [("b", str(n), SOLUTION, f"return x{n}\n", "python") for n in range(2 * N_ITEMS)],
        schema=ITEMS,
        orient="row",
    )
    recall = canary_recall(documents_of([]), short)
    assert recall.row(0) == ("verbatim", N_ITEMS, 0)
    assert recall.equals(canary_recall(documents_of([]), short.reverse()))


def test_without_texts_nothing_is_planted() -> None:
    recall = canary_recall(documents_of([]), LONG.clear())
    assert recall.is_empty()
    assert "none planted" in recall_words(recall)
