"""What the syntax tree says: the share of comments and the share of text that does not parse.

Belongs here: reading both out of a tree. Trees themselves come from `parse.syntax`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from corpus_assets.languages import BY_SLUG
from corpus_assets.parse.errors import syntax_errors
from corpus_assets.parse.syntax import grammar, syntax_tree

if TYPE_CHECKING:
    from tree_sitter import Node, Query, Tree

MAX_BYTES = 1 << 20
"""Larger texts are not parsed for signals: the size gate removes them anyway."""

# The strings that document a Python module, class or function.
_DOCSTRINGS = {
    "python": "(module . (comment)* . (string) @comment) (block . (comment)* . (string) @comment)"
}


def tree_fractions(language: str, text: str) -> tuple[float | None, float | None]:
    """(comment bytes, bytes under error nodes) over all bytes of the text.

    Docstrings of Python count as comments; a token that the grammar misses counts as one byte of
    error. Comments are None where the errors are too many to look into; both are for an empty
    text, a text over MAX_BYTES or nested beyond reason, a language that is no programming language
    or has no grammar, and a parse that gave up.
    """
    source = text.encode()
    if BY_SLUG[language].kind != "programming" or not 0 < len(source) <= MAX_BYTES:
        return None, None
    tree = syntax_tree(language, source)
    if tree is None:
        return None, None
    errors = syntax_errors(tree)
    error_fraction = min(1.0, errors.n_bytes / len(source))
    if not errors.allow_queries:
        return None, error_fraction
    return _comment_bytes(language, tree) / len(source), error_fraction


def _comment_bytes(language: str, tree: Tree) -> int:
    from tree_sitter import QueryCursor

    query = _comments(language)
    if query is None:
        return 0
    return _covered(QueryCursor(query).captures(tree.root_node).get("comment", ()))


def _covered(nodes: Iterable[Node]) -> int:
    """Bytes under the nodes, each byte counted once."""
    total, end = 0, 0
    for start_byte, end_byte in sorted((node.start_byte, node.end_byte) for node in nodes):
        total += max(0, end_byte - max(start_byte, end))
        end = max(end, end_byte)
    return total


@cache
def _comments(language: str) -> Query | None:
    """The query for nodes whose type has "comment" in its name; None if the grammar has none."""
    from tree_sitter import Query

    rules = grammar(str(BY_SLUG[language].grammar))
    kinds = sorted(
        {
            kind
            for number in range(rules.node_kind_count)
            if rules.node_kind_is_named(number)
            and rules.node_kind_is_visible(number)
            and "comment" in (kind := str(rules.node_kind_for_id(number)))
        }
    )
    if not kinds:
        return None
    patterns = " ".join(f"({kind})" for kind in kinds)
    return Query(rules, f"[{patterns}] @comment {_DOCSTRINGS.get(language, '')}")
