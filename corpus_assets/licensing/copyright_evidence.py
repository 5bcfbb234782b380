"""The copyright statements of documents: table copyrights, once per distinct content.

Belongs here: which documents are read at all, and the rows. Does not belong here: what a statement
is (`copyrights.py`), or who must be credited in a release (`serve/attribution.py`).

ScanCode has a detector of its own (cluecode). It is not used: it turns names into ASCII, ends a
statement where its grammar does ("Copyright 2015 Information Technology" of "… Authority"), joins
holders that stand one below the other, depends on the year in which it runs, and reads 14 files/s
where ours reads 2,300 (benchmarks/copyrights.py compares both).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.licensing.copyrights import LITERALS, RULES_VERSION, distinct_copyrights
from corpus_assets.tables import TABLES, conform

DETECTOR = "corpus-copyrights"
MAX_STATEMENTS = 200  # of one content; lists of other people's licenses hold more


def copyright_evidence(documents: pl.DataFrame) -> pl.DataFrame:
    """Every copyright statement in the documents' texts, at most MAX_STATEMENTS of one content.

    Schema: table copyrights. Equal statements of one content count once, where they stand first.
    """
    likely = (
        documents.select("content_id", "language", "text")
        .filter(pl.col("text").str.contains_any(list(LITERALS)))
        .sort("content_id")
    )
    rows = []
    for content_id, language, text in likely.iter_rows():
        found = distinct_copyrights(text, MAX_STATEMENTS)
        rows += [
            (content_id, language, ordinal, *item, DETECTOR, RULES_VERSION)
            for ordinal, item in enumerate(found)
        ]
    frame = pl.DataFrame(rows, schema=TABLES["copyrights"].schema, orient="row")
    return conform(frame, "copyrights").sort(TABLES["copyrights"].key)
