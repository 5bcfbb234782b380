"""Statements that say less than they seem to: of a tool's part of a file, or without a name.

Belongs here: which these are, and what is left of an expression without them. Does not belong
here: weak matches (`statements.py`) and mentions (`weighing.py`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.licensing.expressions import and_parts, combine, identifiers

# Written by autoconf and automake from what the package's authors wrote. The FSF's permission in
# them is about the tool's part; the rest is under the license of its source, the package.
_TOOL_OUTPUT = r"(?:^|/)(?:Makefile\.in|configure|aclocal\.m4|config\.h\.in)$"
_TOOL_GRANTS = frozenset({"FSFUL", "FSFULLR", "FSFULLRWD"})

# Words that name no license ("this is free software", "with an exception"): beside a named license
# they describe it, alone they are all that is known.
_NAMELESS = frozenset(
    {
        "LicenseRef-scancode-free-unknown",
        "LicenseRef-scancode-generic-exception",
        "LicenseRef-scancode-unknown-license-reference",
    }
)


def tool_output(path: pl.Expr) -> pl.Expr:
    """String: the name of a file that build tools write from the package's own, else null."""
    return pl.when(path.str.contains(_TOOL_OUTPUT)).then(path.str.extract(r"([^/]*)$"))


def grants_tool_part_only(expression: str) -> bool:
    """Whether an expression is nothing but a build tool's permission for what it adds."""
    return identifiers(expression) <= _TOOL_GRANTS


def without_nameless(expression: str) -> str:
    """The expression without parts that name no license, where others are left."""
    named = [part for part in and_parts(expression) if not identifiers(part) <= _NAMELESS]
    return combine(named) or expression
