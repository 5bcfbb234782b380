"""Units: functions, methods and classes cut out of documents, with hashes of their tokens.

Belongs here: which units a document has, their names and spans. The queries are in
`unit_patterns.py`, tokens in `unit_tokens.py`, protection against grammars that loop or crash in
`unit_pool.py`. Which units repeat one another is decided in `dedup`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from corpus_assets.languages import BY_SLUG
from corpus_assets.parse.errors import is_too_deep, syntax_errors
from corpus_assets.parse.syntax import MAX_BYTES, grammar, grammar_version, syntax_tree
from corpus_assets.parse.unit_patterns import PATTERNS
from corpus_assets.parse.unit_pool import SECONDS, Failure, isolated
from corpus_assets.parse.unit_tokens import span_hashes, tokens
from corpus_assets.tables import TABLES, conform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Language, Node, Query, Tree

RULE_VERSION = "units-2"
UNPARSED = "unparsed"
MIN_LINES = 5
MIN_TOKENS = 20
"""Functions without a name are units from MIN_LINES lines or MIN_TOKENS tokens on: shorter ones
are arguments of a call. Those with a name always are."""

# Fields in which an anonymous function finds the name it is bound to.
_BINDING_FIELDS = ("name", "left", "lhs", "key", "property", "pattern")
_NAME_TYPES = ("simple_identifier", "type_identifier", "identifier", "variable_declaration")
_FIXED_NAMES = {
    "secondary_constructor": "constructor",
    "init_declaration": "init",
    "deinit_declaration": "deinit",
}
# Kinds that bear the name of what they construct, behind a sign or a word.
_PREFIXES = {"destructor_declaration": "~"}


class _Unit(NamedTuple):
    kind: str
    name: str | None
    start_byte: int
    end_byte: int
    start_line: int
    end_line: int
    n_tokens: int
    type1_sha256: str
    type2_sha256: str
    token_hashes: bytes


Found = list[_Unit] | str
"""Units of a document, or the reason why it has no tree."""


def has_units(language: str) -> bool:
    """Whether units are looked for in a language."""
    return BY_SLUG[language].grammar in PATTERNS


def units(documents: pl.DataFrame, seconds: int = SECONDS) -> pl.DataFrame:
    """The units of `documents` (schema documents) as table units, sorted by unit_id.

    Documents without text or in a language without a query contribute none. One that cannot be
    parsed is a row of kind `unparsed` without hashes whose name says why: too_large, too_deep,
    too_many_steps, too_many_errors, timed_out (`seconds` of CPU time) or crashed. Units nest: a
    method stands beside its class.
    """
    wanted = documents.filter(
        pl.col("text").is_not_null()
        & pl.col("language").is_in([slug for slug in BY_SLUG if has_units(slug)])
    ).select("content_id", "language", "text")
    for language in wanted.get_column("language").unique().sort():
        _prepare(language)
    keys = wanted.select("content_id", "language").rows()
    jobs = wanted.select("language", "text").iter_rows()
    rows: list[tuple[object, ...]] = []
    for (content, language), text, found in zip(
        keys, wanted.get_column("text"), isolated(_document_units, jobs, seconds), strict=True
    ):
        rows.extend(_rows(content, language, text, found))
    frame = pl.DataFrame(rows, schema=TABLES["units"].schema, orient="row")
    return conform(frame.sort("unit_id"), "units")


def _rows(
    content: str, language: str, text: str, found: Found | Failure
) -> Iterator[tuple[object, ...]]:
    version = f"{RULE_VERSION}; {grammar_version()}"
    if isinstance(found, list):
        for unit in found:
            kind, name, start, end, *rest = unit
            unit_id = f"{content}:{start}-{end}"
            yield unit_id, content, language, kind, name, start, end, *rest, version
        return
    reason = found.reason if isinstance(found, Failure) else found
    size, last_line = len(text.encode()), text.count("\n") + 1
    yield (
        f"{content}:0-{size}", content, language, UNPARSED, reason, 0, size, 1, last_line, 0,
        None, None, None, version,
    )  # fmt: skip


def _prepare(language: str) -> None:
    """Load what workers share: grammar, query, keywords and the compiled lexer."""
    name = BY_SLUG[language].grammar
    assert name is not None
    for grammar_name in (name, "tsx") if name == "typescript" else (name,):
        _query(name, grammar(grammar_name))
    tokens(name, b"", [])


def _document_units(job: tuple[str, str]) -> Found:
    language, text = job
    source = text.encode()
    if len(source) > MAX_BYTES:
        return "too_large"
    tree = syntax_tree(language, source)
    if tree is None:
        return "too_deep" if is_too_deep(source) else "too_many_steps"
    if not syntax_errors(tree).allow_queries:
        return "too_many_errors"
    name = BY_SLUG[language].grammar
    assert name is not None
    return list(_tree_units(name, tree, source))


def _tree_units(name: str, tree: Tree, source: bytes) -> Iterator[_Unit]:
    """Units in order of their start, outer ones first, one per span, functions in classes named
    methods."""
    from tree_sitter import QueryCursor

    captured = QueryCursor(_query(name, tree.language)).captures(tree.root_node)
    comments, literals = captured.pop("comment", []), captured.pop("literal", [])
    nodes = {
        (node.start_byte, -node.end_byte): (kind, node)
        for kind in sorted(captured)
        for node in captured[kind]
    }
    if not nodes:
        return
    spans = [(*node.byte_range, False) for node in comments]
    spans += [(*node.byte_range, True) for node in literals]
    found = tokens(name, source, spans)
    ordered = sorted(nodes.items(), key=lambda item: item[0])
    bounds = np.array([key for key, _ in ordered], np.int64)
    bounds[:, 1] *= -1
    feeds = np.flatnonzero(np.frombuffer(source, np.uint8) == 10)
    first_lines = (np.searchsorted(feeds, bounds[:, 0]) + 1).tolist()
    last_lines = (np.searchsorted(feeds, np.maximum(bounds[:, 1] - 1, bounds[:, 0])) + 1).tolist()
    indices = np.searchsorted(found.starts, bounds)
    firsts, lasts = indices[:, 0].tolist(), indices[:, 1].tolist()
    open_units: list[tuple[int, str]] = []
    for place, (key, (kind, node)) in enumerate(ordered):
        start, end = key[0], -key[1]
        while open_units and open_units[-1][0] <= start:
            open_units.pop()
        if kind == "function" and open_units and open_units[-1][1] == "class":
            kind = "method"
        unit_name = _name(node)
        if kind == "function" and unit_name is not None and "::" in unit_name:
            kind = "method"
        open_units.append((end, kind))
        hashes = span_hashes(found, firsts[place], lasts[place])
        lines = last_lines[place] - first_lines[place] + 1
        if unit_name is None and lines < MIN_LINES and hashes.n_tokens < MIN_TOKENS:
            continue
        simple = None if unit_name is None else _simple(unit_name)
        yield _Unit(kind, simple, start, end, first_lines[place], last_lines[place], *hashes)


@cache
def _query(name: str, language: Language) -> Query:
    from tree_sitter import Query

    return Query(language, PATTERNS[name])


def _name(node: Node) -> str | None:
    """The name of a unit: its own, the one its declarator holds, or the one it is bound to."""
    if (fixed := _FIXED_NAMES.get(node.type)) is not None:
        return fixed
    found = _own_name(node) or _bound_name(node)
    if found is None or found.text is None:
        return None
    return _PREFIXES.get(node.type, "") + found.text.decode(errors="replace")


def _own_name(node: Node) -> Node | None:
    name = node.child_by_field_name("name")
    if name is not None:  # R's field of that name holds the word `function`, which names nothing
        return name if name.is_named else None
    if node.type == "impl_item":
        return node.child_by_field_name("type")
    if node.type in ("operator_declaration", "conversion_operator_declaration"):
        return node.child_by_field_name("operator") or node.child_by_field_name("type")
    declarator = node.child_by_field_name("declarator")
    if declarator is None:
        if node.type.endswith(("_declaration", "_object", "_definition", "_implementation",
                               "_interface")):  # fmt: skip
            return _first_name(node)
        return None
    while True:
        inner = declarator.child_by_field_name("declarator")
        if inner is None and declarator.type in _WRAPPED:
            inner = declarator.named_children[-1] if declarator.named_child_count else None
        if inner is None or declarator.type == "operator_cast":
            return declarator
        declarator = inner


# C++ operators, whose names hold signs that separate names elsewhere.
_OPERATOR = re.compile(r"(?:^|::)\s*operator\b\s*(\W.*|(?<=\s)\w.*)$", re.DOTALL)
# Declarators whose inner one has no field.
_WRAPPED = frozenset({"reference_declarator", "parenthesized_declarator", "attributed_declarator"})


def _first_name(node: Node) -> Node | None:
    """The name of a node whose grammar has no field for it: the first of its leaves, in effect."""
    for child in node.named_children[:6]:
        if child.type in _NAME_TYPES:
            return child
        if child.type in ("signature", "call_expression", "type_head", "typed_expression",
                          "where_expression", "parametrized_type_expression"):  # fmt: skip
            return _first_name(child)
    return None


def _bound_name(node: Node) -> Node | None:
    parent = node.parent
    if parent is None or parent.child_count > 6:
        return None
    if parent.type == "expression_list" and parent.parent is not None:
        parent = parent.parent  # Go and Lua: names = values
    if parent.type == "property_declaration":
        return _first_name(parent)
    for field in _BINDING_FIELDS:
        bound = parent.child_by_field_name(field)
        if bound is not None and bound.is_named and bound != node:
            return bound
    if parent.type == "type_definition":  # C: typedef struct { ... } name;
        return parent.child_by_field_name("declarator")
    lists = [child for child in parent.named_children if child.type == "variable_list"]
    return lists[0] if lists and lists[0].named_child_count == 1 else None


def _simple(name: str) -> str:
    """The last part of a qualified name, as the definition is called: `f` of `A<int>::f`."""
    name = name.strip()
    if (operator := _OPERATOR.search(name)) is not None:
        sign = operator[1].strip()
        if sign[:1].isalpha():  # a conversion: without its parameters
            return f"operator {sign.split('(', 1)[0].strip()}"
        return f"operator{sign}"
    depth, cut = 0, 0
    for place, sign in enumerate(name):
        if sign in "<[(":
            depth += 1
        elif sign in ">])":
            depth -= 1
        elif sign in ".:" and depth == 0:
            cut = place + 1
    return (name[cut:].split() or [name])[-1]
