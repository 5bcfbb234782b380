"""Units: functions, methods and classes cut out of documents, with a hash of their tokens.

Belongs here: which nodes of a grammar are units, their names, spans and token hashes. Which units
repeat one another is decided in `dedup`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from corpus_assets.languages import BY_SLUG
from corpus_assets.parse.errors import syntax_errors
from corpus_assets.parse.syntax import grammar_version, syntax_tree
from corpus_assets.tables import TABLES, conform

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Query, Tree

RULE_VERSION = "units-1"
MIN_LINES = 5
MIN_TOKENS = 20
"""A unit has MIN_LINES lines or MIN_TOKENS tokens (Allamanis 2019 compares units from 20 tokens);
shorter ones are getters and stubs that repeat everywhere."""

_SCRIPT = (
    ("function", "(function_declaration)"),
    ("function", "(generator_function_declaration)"),
    ("function", "(function_expression)"),
    ("function", "(generator_function)"),
    ("function", "(arrow_function)"),
    ("method", "(method_definition)"),
    ("class", "(class_declaration)"),
    ("class", "(class)"),
)
# Kind and node pattern, by grammar.
# A function directly inside a class is a method.
PATTERNS: dict[str, tuple[tuple[str, str], ...]] = {
    "python": (("function", "(function_definition)"), ("class", "(class_definition)")),
    "javascript": _SCRIPT,
    "typescript": (
        *_SCRIPT,
        ("class", "(abstract_class_declaration)"),
        ("class", "(interface_declaration)"),
        ("class", "(enum_declaration)"),
    ),
    "java": (
        ("method", "(method_declaration)"),
        ("method", "(constructor_declaration)"),
        ("method", "(compact_constructor_declaration)"),
        ("class", "(class_declaration)"),
        ("class", "(interface_declaration)"),
        ("class", "(enum_declaration)"),
        ("class", "(record_declaration)"),
        ("class", "(annotation_type_declaration)"),
    ),
    "c": (
        ("function", "(function_definition)"),
        ("class", "(struct_specifier body: (_))"),
        ("class", "(union_specifier body: (_))"),
    ),
    "cpp": (
        ("function", "(function_definition)"),
        ("class", "(class_specifier body: (_))"),
        ("class", "(struct_specifier body: (_))"),
        ("class", "(union_specifier body: (_))"),
    ),
    "go": (
        ("function", "(function_declaration)"),
        ("function", "(func_literal)"),
        ("method", "(method_declaration)"),
        ("class", "(type_spec type: (struct_type))"),
        ("class", "(type_spec type: (interface_type))"),
    ),
    "rust": (
        ("function", "(function_item)"),
        ("class", "(impl_item)"),
        ("class", "(struct_item)"),
        ("class", "(enum_item)"),
        ("class", "(trait_item)"),
    ),
    "csharp": (
        ("method", "(method_declaration)"),
        ("method", "(constructor_declaration)"),
        ("method", "(destructor_declaration)"),
        ("method", "(operator_declaration)"),
        ("function", "(local_function_statement)"),
        ("class", "(class_declaration)"),
        ("class", "(struct_declaration)"),
        ("class", "(interface_declaration)"),
        ("class", "(record_declaration)"),
        ("class", "(enum_declaration)"),
    ),
    "ruby": (
        ("function", "(method)"),
        ("function", "(singleton_method)"),
        ("class", "(class)"),
        ("class", "(module)"),
    ),
    "php": (
        ("function", "(function_definition)"),
        ("function", "(anonymous_function)"),
        ("method", "(method_declaration)"),
        ("class", "(class_declaration)"),
        ("class", "(interface_declaration)"),
        ("class", "(trait_declaration)"),
        ("class", "(enum_declaration)"),
    ),
}

# Where indentation is syntax, the leaves alone do not tell where a block ends.
_LAYOUT = {"python": "block"}
_OPEN, _CLOSE = b"\x0e", b"\x0f"
# Fields in which an anonymous function finds the name it is bound to.
_BINDING_FIELDS = ("name", "left", "key", "property")


class _Tokens(NamedTuple):
    starts: list[int]
    texts: list[bytes]


def units(documents: pl.DataFrame) -> pl.DataFrame:
    """The units of `documents` (schema documents) as table units, sorted by unit_id.

    Documents without text, without a grammar in PATTERNS or without a tree contribute none.
    Units nest: a method stands beside its class.
    """
    readable = documents.filter(pl.col("text").is_not_null())
    columns = readable.select("content_id", "language", "text").iter_rows()
    rows = [row for content, language, text in columns for row in _rows(content, language, text)]
    frame = pl.DataFrame(rows, schema=TABLES["units"].schema, orient="row")
    return conform(frame.sort("unit_id"), "units")


def _rows(content_id: str, language: str, text: str) -> Iterator[tuple[object, ...]]:
    name = BY_SLUG[language].grammar
    if name not in PATTERNS:
        return
    source = text.encode()
    tree = syntax_tree(language, source)
    if tree is None or not syntax_errors(tree).allow_queries:
        return
    version = f"{RULE_VERSION}; {grammar_version()}"
    tokens = _tokens(tree, source, _LAYOUT.get(name))
    for kind, node in _captures(name, tree):
        first = bisect_left(tokens.starts, node.start_byte)
        last = bisect_left(tokens.starts, node.end_byte)
        texts = tokens.texts[first:last]
        n_tokens = len(texts) - texts.count(_OPEN) - texts.count(_CLOSE)
        start_line, end_line = node.start_point.row + 1, node.end_point.row + 1
        if end_line - start_line + 1 < MIN_LINES and n_tokens < MIN_TOKENS:
            continue
        yield (
            f"{content_id}:{node.start_byte}-{node.end_byte}",
            content_id,
            language,
            kind,
            _name(node),
            node.start_byte,
            node.end_byte,
            start_line,
            end_line,
            n_tokens,
            hashlib.sha256(b"\x00".join(texts)).hexdigest(),
            version,
        )


def _captures(name: str, tree: Tree) -> Iterator[tuple[str, Node]]:
    """Units in order of their start, outer ones first, one per span, functions in classes named
    methods."""
    from tree_sitter import QueryCursor

    found = QueryCursor(_query(name, tree.language)).captures(tree.root_node)
    nodes = {(n.start_byte, -n.end_byte): (kind, n) for kind in sorted(found) for n in found[kind]}
    open_units: list[tuple[int, str]] = []
    for _, (kind, node) in sorted(nodes.items(), key=lambda item: item[0]):
        while open_units and open_units[-1][0] <= node.start_byte:
            open_units.pop()
        in_class = bool(open_units) and open_units[-1][1] == "class"
        open_units.append((node.end_byte, kind))
        yield "method" if in_class and kind == "function" else kind, node


@cache
def _query(name: str, language: Language) -> Query:
    from tree_sitter import Query

    return Query(language, "\n".join(f"{pattern} @{kind}" for kind, pattern in PATTERNS[name]))


def _tokens(tree: Tree, source: bytes, layout: str | None) -> _Tokens:
    """Leaves of the tree in order, without comments; text that no leaf covers is a token too."""
    starts: list[int] = []
    texts: list[bytes] = []
    covered = 0
    cursor = tree.walk()
    while True:
        node = cursor.node
        assert node is not None
        is_comment = "comment" in node.type and node.is_named
        if not is_comment and cursor.goto_first_child():
            if node.type == layout:
                starts.append(node.start_byte)
                texts.append(_OPEN)
            continue
        start, end = node.byte_range
        if start > covered and (gap := source[covered:start].strip()):
            starts.append(covered)
            texts.append(gap)
        if end > start and not is_comment:
            starts.append(start)
            texts.append(source[start:end])
        covered = max(covered, end)
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return _Tokens(starts, texts)
            parent = cursor.node
            assert parent is not None
            if parent.type == layout:
                starts.append(parent.end_byte)
                texts.append(_CLOSE)


def _name(node: Node) -> str | None:
    """The name of a unit: its own, the one its declarator holds, or the one it is bound to."""
    name = node.child_by_field_name("name")
    declarator = node.child_by_field_name("declarator")
    while name is None and declarator is not None:
        inner = declarator.child_by_field_name("declarator")
        name = declarator if inner is None else None
        declarator = inner
    if name is None and node.type == "impl_item":
        name = node.child_by_field_name("type")
    if name is None and node.parent is not None and node.parent.child_count <= 4:
        bound = (node.parent.child_by_field_name(field) for field in _BINDING_FIELDS)
        name = next((other for other in bound if other is not None and other != node), None)
    return None if name is None or name.text is None else name.text.decode(errors="replace")
