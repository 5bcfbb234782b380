"""The first pass over all languages: weaknesses that a tree-sitter query can see.

Belongs here: choosing the documents worth parsing and running the queries of weaknesses.yaml.
What needs to know where values come from is in `c_weaknesses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from corpus_assets.parse.errors import syntax_errors
from corpus_assets.parse.syntax import grammar_version, syntax_tree
from corpus_assets.security.found import Found, Unread
from corpus_assets.security.weakness_rules import WEAKNESSES_VERSION, rules

if TYPE_CHECKING:
    from tree_sitter import Language, Query

_FINDING = "finding"


def tree_weaknesses(documents: pl.DataFrame) -> Iterator[Found | Unread]:
    """Findings of the queries; a document that should be parsed and cannot be is unread."""
    from tree_sitter import QueryCursor

    tool = f"{grammar_version()}, rules {WEAKNESSES_VERSION}"
    for content_id, language, text in _candidates(documents).iter_rows():
        tree = syntax_tree(language, text.encode())
        if tree is None:
            yield Unread(content_id, "tree-sitter", "too large or too deeply nested to be parsed")
            continue
        if not syntax_errors(tree).allow_queries:
            yield Unread(content_id, "tree-sitter", "too many syntax errors")
            continue
        for rule in rules().queries:
            if language not in rule.languages or not any(need in text for need in rule.needs):
                continue
            query = _query(rule.rule, rule.query, tree.language)
            for _, captures in QueryCursor(query).matches(tree.root_node):
                node = captures[_FINDING][0]
                yield Found(
                    content_id, language, rule.cwe, rule.rule, rule.confidence, rule.message,
                    node.start_point.row + 1, node.start_point.column + 1, node.end_point.row + 1,
                    "tree-sitter", tool,
                )  # fmt: skip


def _candidates(documents: pl.DataFrame) -> pl.DataFrame:
    """content_id, language and text of the documents that contain a word some query needs."""
    needs: dict[str, set[str]] = {}
    for rule in rules().queries:
        for language in rule.languages:
            needs.setdefault(language, set()).update(rule.needs)
    wanted = [
        (pl.col("language") == language)
        & pl.col("text").str.contains("|".join(re.escape(word) for word in sorted(words)))
        for language, words in sorted(needs.items())
    ]
    return documents.select("content_id", "language", "text").filter(pl.any_horizontal(wanted))


@cache
def _query(_rule: str, source: str, language: Language) -> Query:
    from tree_sitter import Query

    return Query(language, source)
