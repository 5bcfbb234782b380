"""Syntax trees by tree-sitter, with limits that give the same answer on every machine.

Belongs here: choosing the grammar, loading parsers, and the limits on a parse. What is read out
of a tree (units, comments, errors) belongs to the module that wants it.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, cast

from corpus_assets.languages import BY_SLUG
from corpus_assets.parse.errors import is_too_deep

if TYPE_CHECKING:
    from tree_sitter import Language, Parser, Tree

MAX_BYTES = 2 << 20
"""Larger sources are not parsed: data tables and bundles, for which a tree says nothing."""

MAX_STEPS = 100_000
"""Budget of a parse in progress reports, one per 100 parser operations.

2 MB of ordinary Python take 31,000; 200 kB of unclosed C++ template brackets, 20,000 (2 s). A
count and not seconds, so that the same bytes have a tree on a fast machine and on a slow one.
"""

# Dialects of a language that have a grammar of their own, tried where the first one finds errors.
_DIALECTS = {"typescript": ("tsx",)}

_WHOLE_BYTES = 1 << 16
"""Up to here a source is parsed in one piece: no such source uses up MAX_STEPS."""

_SLICE_BYTES = 256
"""py-tree-sitter 0.26 never frees what the read callback returns, and it asks for the rest of the
source at every token: slices of 64 KiB lost 1.2 GB on one file of 317 kB, these lose its size."""


@cache
def grammar_version() -> str:
    """Version of the grammars, for columns that record what made a tree."""
    return f"tree-sitter-language-pack {version('tree-sitter-language-pack')}"


@cache
def grammar(name: str) -> Language:
    """The grammar of that name. Raises LookupError if tree-sitter-language-pack has none."""
    from tree_sitter_language_pack import get_language

    return get_language(cast("Any", name))


@cache
def _parser(name: str) -> Parser:
    from tree_sitter import Parser

    return Parser(grammar(name))


def syntax_tree(language: str, source: bytes) -> Tree | None:
    """The syntax tree of `source` (UTF-8) in a language of languages.py.

    None for a language without grammar, a source over MAX_BYTES or nested too deep (errors.py),
    and a parse over MAX_STEPS. For a language with dialects it is the tree of the first grammar
    that reads the source without error, or else of the first grammar. Not for use by several
    threads at once.
    """
    name = BY_SLUG[language].grammar
    if name is None or len(source) > MAX_BYTES or is_too_deep(source):
        return None
    first = _parse(name, source)
    if first is None or not first.root_node.has_error:
        return first
    others = (_parse(dialect, source) for dialect in _DIALECTS.get(name, ()))
    clean = (tree for tree in others if tree is not None and not tree.root_node.has_error)
    return next(clean, first)


def _parse(name: str, source: bytes) -> Tree | None:
    steps = 0

    def read(offset: int, _point: object) -> bytes:
        return source[offset : offset + _SLICE_BYTES]

    def over_budget(_offset: int, _has_error: bool) -> bool:
        nonlocal steps
        steps += 1
        return steps > MAX_STEPS

    parser = _parser(name)
    if len(source) <= _WHOLE_BYTES:
        return parser.parse(source)
    try:
        return parser.parse(read, encoding="utf8", progress_callback=over_budget)
    except ValueError:  # what the binding raises when the callback stops the parse
        if steps <= MAX_STEPS:
            raise
        parser.reset()
        return None
