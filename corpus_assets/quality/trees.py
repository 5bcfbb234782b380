"""What a parser says: shares of comments, of documentation, and of text that is no valid syntax.

Belongs here: reading them out of a tree, and asking the parser of the language itself where this
environment has it. Trees come from `parse.syntax`. Parsers run in a process of their own
(`parse.unit_pool`), so that one which loops or crashes costs its document and nothing else.
"""

from __future__ import annotations

import json
import tomllib
import warnings
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from corpus_assets.languages import BY_SLUG
from corpus_assets.parse.errors import syntax_errors
from corpus_assets.parse.syntax import grammar, syntax_tree
from corpus_assets.parse.unit_pool import SECONDS, Failure, isolated

if TYPE_CHECKING:
    from tree_sitter import Node, Query, Tree

MAX_BYTES = 1 << 20
"""Larger texts are not parsed for signals: the size gate removes them anyway."""
_MAX_TOML_BYTES = 1 << 18  # its parser is written in Python

# The strings that document a Python module, class or function.
_DOCSTRINGS = {
    "python": "(module . (comment)* . (string) @doc) (block . (comment)* . (string) @doc)"
}
# How comments begin that are documentation, whatever the language.
_DOC_COMMENTS = (b"/**", b"///", b"//!", b"/*!", b"--|", b"-- |", b"#'", b"=begin", b"=pod")


class Syntax(NamedTuple):
    """`comment_fraction`, `doc_fraction` (documentation, part of the comments) and
    `syntax_error_fraction` are bytes over all bytes; `parses` is the word of the language's own
    parser. Null is what was not found out; `parse_problem` says why where a parser was stopped."""

    comment_fraction: float | None
    doc_fraction: float | None
    syntax_error_fraction: float | None
    parses: bool | None
    parse_problem: str | None


_NOTHING = Syntax(None, None, None, None, None)
SCHEMA = {
    "comment_fraction": pl.Float64,
    "doc_fraction": pl.Float64,
    "syntax_error_fraction": pl.Float64,
    "parses": pl.Boolean,
    "parse_problem": pl.String,
}


def syntax_measures(documents: pl.DataFrame, seconds: int = SECONDS) -> pl.DataFrame:
    """The fields of Syntax for every row of `documents` (language, text), in row order.

    Python that its own parser accepts gets no tree: its comment fractions are null here and come
    from the lexer (`code.py`). A document that stops its parser (`seconds` of CPU time, or a crash)
    has nothing but `parse_problem`: timed_out or crashed.
    """
    jobs = documents.select("language", "text").iter_rows()
    found = [
        _NOTHING._replace(parse_problem=answer.reason) if isinstance(answer, Failure) else answer
        for answer in isolated(syntax, jobs, seconds)
    ]
    return pl.DataFrame(found, schema=SCHEMA, orient="row")


def syntax(job: tuple[str, str]) -> Syntax:
    """What parsers say of one (language, text).

    No tree: an empty text, one over MAX_BYTES or nested beyond reason, a language that is no
    programming language or has no grammar, a parse that gave up. Comments are null where the errors
    are too many to look into; a token that the grammar misses counts as one byte of error.
    """
    language, text = job
    parses = _accepted(language, text)
    if parses and language == "python":
        return _NOTHING._replace(syntax_error_fraction=0.0, parses=True)
    source = text.encode()
    if BY_SLUG[language].kind != "programming" or not 0 < len(source) <= MAX_BYTES:
        return _NOTHING._replace(parses=parses)
    tree = syntax_tree(language, source)
    if tree is None:
        return _NOTHING._replace(parses=parses)
    errors = syntax_errors(tree)
    error_fraction = min(1.0, errors.n_bytes / len(source))
    if not errors.allow_queries:
        return Syntax(None, None, error_fraction, parses, None)
    comments, documentation = _comment_bytes(language, tree, source)
    return Syntax(comments / len(source), documentation / len(source), error_fraction, parses, None)


def _accepted(language: str, text: str) -> bool | None:
    """Whether the parser of the language itself takes the text; None where there is none here."""
    if not text or len(text) > MAX_BYTES:
        return None
    match language:
        case "python":
            return _compiles(text)
        case "json":
            return _loads(text)
        case "toml" if len(text) <= _MAX_TOML_BYTES:
            return _is_toml(text)
        case _:
            return None


def _compiles(text: str) -> bool | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, "<document>", "exec", dont_inherit=True, optimize=0)
        except (SyntaxError, ValueError, OverflowError):
            return False
        except (RecursionError, MemoryError):
            return None
    return True


def _loads(text: str) -> bool | None:
    try:
        json.loads(text, parse_int=len, parse_float=len)
    except ValueError:
        return False
    except RecursionError:
        return None
    return True


def _is_toml(text: str) -> bool | None:
    try:
        tomllib.loads(text)
    except ValueError:
        return False
    except RecursionError:
        return None
    return True


def _comment_bytes(language: str, tree: Tree, source: bytes) -> tuple[int, int]:
    """Bytes of comments and documentation, and of documentation alone."""
    from tree_sitter import QueryCursor

    query = _comments(language)
    if query is None:
        return 0, 0
    found = QueryCursor(query).captures(tree.root_node)
    comments, docs = found.get("comment", []), found.get("doc", [])
    docs = docs + [node for node in comments if source.startswith(_DOC_COMMENTS, node.start_byte)]
    return _covered([*comments, *docs]), _covered(docs)


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
