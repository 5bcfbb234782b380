"""Sources that syntax trees fail on: what was not understood, and what is not worth trying.

Belongs here: reading the error nodes out of a tree, whether queries may run on it, and sources
whose nesting no grammar should be given.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tree_sitter import Tree

MAX_ERROR_CHILDREN = 5_000
"""Queries take time in the square of an error node's children: 15 ms at 5,000, 5 s at 100,000."""

MAX_OPEN_BRACKETS = 2_000
"""More are open at once in no code people or tools write (348 was the most in 72 MB of it), and
some grammars take memory in the square: Perl's 30 MB at 1,000, 3 GB at 10,000."""


class SyntaxErrors(NamedTuple):
    """`n_bytes` under error nodes, a missing token counting as one; the widest node's children."""

    n_bytes: int
    most_children: int

    @property
    def allow_queries(self) -> bool:
        """Whether queries on the tree end in reasonable time."""
        return self.most_children <= MAX_ERROR_CHILDREN


def syntax_errors(tree: Tree) -> SyntaxErrors:
    """The errors of a tree. Only branches that hold one are visited."""
    n_bytes, most_children = 0, 0
    pending = [tree.root_node]
    while pending:
        node = pending.pop()
        if node.is_error:
            most_children = max(most_children, node.child_count)
            n_bytes += node.end_byte - node.start_byte
        elif node.is_missing:
            n_bytes += 1
        elif node.has_error:
            pending.extend(child for child in node.children if child.has_error)
    return SyntaxErrors(n_bytes, most_children)


def is_too_deep(source: bytes) -> bool:
    """Whether more than MAX_OPEN_BRACKETS brackets are open at once, counted without grammar."""
    depths = np.cumsum(_bracket_steps()[np.frombuffer(source, dtype=np.uint8)])
    return bool(depths.size) and int(depths.max()) > MAX_OPEN_BRACKETS


@cache
def _bracket_steps() -> NDArray[np.int32]:
    steps = np.zeros(256, dtype=np.int32)
    steps[list(b"([{")], steps[list(b")]}")] = 1, -1
    return steps
