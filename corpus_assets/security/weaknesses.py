"""Code weaknesses (CWE) in documents: all analyzers, one table.

Belongs here: which analyzers see which documents, and putting what they say together. Findings
grade code; they are no proof, and no code is executed.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.languages import LANGUAGES
from corpus_assets.security.c_weaknesses import LANGUAGES as C_LANGUAGES
from corpus_assets.security.c_weaknesses import c_weaknesses
from corpus_assets.security.found import Found, Unread
from corpus_assets.security.python_weaknesses import python_weaknesses
from corpus_assets.security.tree_weaknesses import tree_weaknesses
from corpus_assets.security.weakness_rules import rules
from corpus_assets.tables import TABLES, conform

NO_RULES = "no rules for this language"


def weaknesses(documents: pl.DataFrame) -> pl.DataFrame:
    """Table weaknesses for the documents that have text, sorted by finding id.

    What could not be analyzed gets no rows: no finding is not a proof of safety. `examined` says
    which documents that concerns.
    """
    found = [item.row() for item in examined(documents) if isinstance(item, Found)]
    frame = pl.DataFrame(found, schema=TABLES["weaknesses"].schema)
    return conform(frame.unique("finding_id", keep="first").sort("finding_id"), "weaknesses")


def examined(documents: pl.DataFrame) -> Iterator[Found | Unread]:
    """All findings, and for each tool the documents it could not read, in order of content id.

    Documents without text and programs in languages without rules are unread too; prose, data and
    markup are none of its business.
    """
    documents = documents.sort("content_id")
    readable = documents.filter(pl.col("text").is_not_null())
    yield from python_weaknesses(readable)
    yield from tree_weaknesses(readable)
    yield from c_weaknesses(readable)
    yield from _without_rules(readable)
    missing = documents.filter(pl.col("text").is_null() & pl.col("language").is_in(_programs()))
    for content_id, state in missing.select("content_id", "decode_state").iter_rows():
        yield Unread(content_id, "corpus", f"no text: {state}")


def _without_rules(documents: pl.DataFrame) -> Iterator[Unread]:
    covered = {
        "python",
        *C_LANGUAGES,
        *(name for rule in rules().queries for name in rule.languages),
    }
    others = _programs() - covered
    for content_id in documents.filter(pl.col("language").is_in(others))["content_id"]:
        yield Unread(content_id, "corpus", NO_RULES)


def _programs() -> set[str]:
    return {language.slug for language in LANGUAGES if language.kind == "programming"}
