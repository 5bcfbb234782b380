"""Weaknesses of C and C++: every function read in order, with what input it holds.

Belongs here: parsing documents and putting the rules of package `c` together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from corpus_assets.parse.errors import syntax_errors
from corpus_assets.parse.syntax import grammar_version, syntax_tree
from corpus_assets.security.c.finding import CFinding
from corpus_assets.security.c.inputs import input_findings
from corpus_assets.security.c.memory import memory_findings
from corpus_assets.security.c.practice import practice_findings, program_findings
from corpus_assets.security.c.program import read_program
from corpus_assets.security.c.taint import tainted
from corpus_assets.security.found import Found, Unread
from corpus_assets.security.weakness_rules import WEAKNESSES_VERSION

if TYPE_CHECKING:
    from tree_sitter import Tree

LANGUAGES = ("c", "cpp")
_TOOL = "corpus"
MAX_BYTES = 1 << 19  # larger files are tables and generated code


def c_weaknesses(documents: pl.DataFrame) -> Iterator[Found | Unread]:
    """Findings in C and C++, one per rule and line; what cannot be parsed is unread."""
    version = f"{grammar_version()}, rules {WEAKNESSES_VERSION}"
    chosen = documents.filter(pl.col("language").is_in(LANGUAGES))
    for content_id, language, text in chosen.select("content_id", "language", "text").iter_rows():
        source = text.encode()
        tree = syntax_tree(language, source) if len(source) <= MAX_BYTES else None
        if tree is None or not syntax_errors(tree).allow_queries:
            yield Unread(content_id, _TOOL, "too large, too deeply nested or too many errors")
            continue
        for found in findings(tree):
            node = found.node
            yield Found(
                content_id, language, found.cwe, found.rule, found.confidence, found.message,
                node.start_point.row + 1, node.start_point.column + 1, node.end_point.row + 1,
                _TOOL, version,
            )  # fmt: skip


def findings(tree: Tree) -> list[CFinding]:
    """What the rules say of a tree, once per rule and line, in the order of the text."""
    program = read_program(tree)
    known = tainted(program)
    told = [*program_findings(program)]
    for name, function in program.functions.items():
        told += input_findings(program, function, known[name])
        told += memory_findings(program, function, known[name])
        told += practice_findings(program, function)
    once = {(found.rule, found.node.start_point.row): found for found in reversed(told)}
    return sorted(once.values(), key=lambda found: (found.node.start_byte, found.rule))
