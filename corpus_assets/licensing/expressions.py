"""License expressions: reading them, joining them, and what class and state follow by policy.

Belongs here: the algebra of one expression (reference/licensing.md, 11.4). Does not belong here:
which expression applies to a file (`conclusions.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from corpus_assets.policy.licenses import (
    CLASSES,
    NEUTRAL,
    OBLIGATIONS,
    LicensePolicy,
    canonical,
    worst_state,
)

_RANK = {name: rank for rank, name in enumerate(CLASSES)}
_SLASH = re.compile(r"(?<=[\w.+)-])\s*/\s*(?=[\w(])")
# Beyond these an expression is an attack or an accident, and counts as unreadable: the parser
# recurses, and its time grows with the length.
_MAX_CHARACTERS = 20_000
_MAX_DEPTH = 50


class Assessment(NamedTuple):
    """What an expression amounts to.

    `license_class` and `state` (granted, denied, unreadable) of the elected branches; `elected`
    is the expression without the branches not taken, null where nothing was chosen; `states_use`
    is false for expressions of neutral identifiers only, which say nothing about use;
    `obligations` are those of all elected branches, in the order of OBLIGATIONS.
    """

    license_class: str
    state: str
    elected: str | None
    states_use: bool
    obligations: tuple[str, ...]


def rank(license_class: str) -> int:
    """Position of a class from the least (0) to the most restrictive, unknown last."""
    return _RANK[license_class]


@lru_cache(maxsize=65_536)
def normalize(text: str) -> str | None:
    """The SPDX form of an expression as people write it, or None if it is none.

    Deprecated identifiers become current ones (GPL-2.0+ is GPL-2.0-or-later) and `MIT/Apache-2.0`
    is read as a choice. Identifiers nobody knows are kept as they stand.
    """
    parsed = _parse(_SLASH.sub(" OR ", text.strip()))
    return None if parsed is None else _render(parsed)


def combine(expressions: Iterable[str]) -> str | None:
    """All expressions joined by AND without repetitions, sorted; None if there are none.

    Nothing is absorbed: `MIT AND (MIT OR GPL-2.0-only)` keeps both statements as evidence.
    """
    parts = sorted(set(expressions))
    if not parts:
        return None
    joined = " AND ".join(f"({part})" for part in parts) if len(parts) > 1 else parts[0]
    return normalize(joined) or joined


def identifiers(expression: str) -> frozenset[str]:
    """The license identifiers of an expression, exceptions left out."""
    parsed = _parse(expression)
    return frozenset() if parsed is None else frozenset(name for name, _ in _symbols(parsed))


def symbols(expression: str) -> tuple[tuple[str, str | None], ...]:
    """The distinct licenses of an expression, each with its exception or None, in order."""
    parsed = _parse(expression)
    return () if parsed is None else tuple(dict.fromkeys(_symbols(parsed)))


def and_parts(expression: str) -> list[str]:
    """The operands of an expression that is one AND, else the expression itself."""
    parsed = _parse(expression)
    if parsed is None or type(parsed).__name__ != "AND":
        return [expression]
    return list(dict.fromkeys(_rendered_parts(parsed, "AND")))


def choices(expression: str) -> frozenset[str]:
    """The identifiers of an expression that is one plain OR, else nothing."""
    parsed = _parse(expression)
    if parsed is None or type(parsed).__name__ != "OR":
        return frozenset()
    return identifiers(expression)


def read_as_choice(expression: str, choice: str | None = None) -> str:
    """The expression with a choice in place of the texts that spell out all its branches.

    Detectors join "MIT or GPL" and the two texts that follow it by AND. Where every branch of a
    choice stands in the same AND once more, the choice is what was meant; `choice` offers one
    that is stated elsewhere, as by a manifest. Other parts are kept: they apply besides.
    """
    parts = and_parts(expression)
    if len(parts) < 2:
        return expression
    offered = [part for part in parts if choices(part)]
    for candidate in [*offered, *([choice] if choice is not None else [])]:
        branches = _relatives(choices(candidate))
        inside = [
            part
            for part in parts
            if part != candidate and _relatives(identifiers(part)) <= branches
        ]
        spelled = _relatives(frozenset().union(*(identifiers(part) for part in inside)))
        if branches and branches <= spelled:
            rest = [part for part in parts if part not in inside and part != candidate]
            return combine([candidate, *rest]) or expression
    return expression


def same_licenses(one: str, other: str) -> bool:
    """Whether two expressions name the same licenses, -only and -or-later taken as equal."""
    return _relatives(identifiers(one)) == _relatives(identifiers(other))


def _relatives(names: frozenset[str]) -> frozenset[str]:
    """The names without -only and -or-later: a license text is the same for both."""
    return frozenset(re.sub(r"-(?:only|or-later)$", "", name) for name in names)


def assess(expression: str, policy: LicensePolicy) -> Assessment:
    """What an expression amounts to under a policy (reference/licensing.md, 11.4).

    AND takes the strictest class, the worst state and all obligations. OR elects one branch: a
    granted one before others, then the one that the policy's profile holds least against, then
    the mildest class; a branch of unknown class is elected only if there is no other. WITH
    follows the policy's tables, and -or-later stays as it stands. Neutral identifiers count for
    nothing. An expression that cannot be read is unknown.
    """
    parsed = _parse(expression)
    node = None if parsed is None else _assess(parsed, policy)
    if parsed is None or node is None:
        return Assessment("unknown", policy.state_of_class("unknown"), None, parsed is None, ())
    whole = _render(parsed)
    elected = node.text if " OR " in whole and node.text != whole else None
    return Assessment(node.license_class, node.state, elected, True, node.obligations)


class _Node(NamedTuple):
    license_class: str
    state: str
    text: str
    obligations: tuple[str, ...]


def _assess(node: Any, policy: LicensePolicy) -> _Node | None:
    kind = type(node).__name__
    if kind not in ("AND", "OR"):
        return _assess_symbol(node, policy)
    found = (_assess(part, policy) for part in node.args)
    parts = [part for part in found if part is not None]
    if not parts:
        return None
    if kind == "OR":
        # A neutral branch beside real ones is no choice anybody could take.
        return min(parts, key=lambda part: _preference(part, policy))
    asked = {name for part in parts for name in part.obligations}
    return _Node(
        max((part.license_class for part in parts), key=rank),
        worst_state([part.state for part in parts]),
        _joined([part.text for part in parts]),
        tuple(name for name in OBLIGATIONS if name in asked),
    )


def _joined(texts: Iterable[str]) -> str:
    distinct = dict.fromkeys(part for text in texts for part in _operands(text))
    return " AND ".join(distinct)


def _operands(text: str) -> Iterable[str]:
    """The operands of an elected branch; nothing in it is a choice any more."""
    return text.split(" AND ")


def _preference(part: _Node, policy: LicensePolicy) -> tuple[bool, int, int, int, int, str]:
    order = ("granted", "denied", "unreadable").index(part.state)
    severity = policy.chosen.severity(part.license_class, part.obligations)
    unknown = part.license_class == "unknown"
    return unknown, order, severity, rank(part.license_class), len(part.obligations), part.text


def _assess_symbol(node: Any, policy: LicensePolicy) -> _Node | None:
    license_name, exception = _symbol_names(node)
    license_class = policy.class_of(license_name)
    if license_class == NEUTRAL:
        return None
    state = policy.state_of(license_name, license_class)
    if exception is not None:
        with_exception = policy.class_with(license_class, exception).license_class
        if rank(with_exception) > rank(license_class):
            state = worst_state([state, policy.state_of(exception, with_exception)])
        license_class = with_exception
    obligations = policy.obligations_of(license_class, license_name, exception)
    return _Node(license_class, state, _render(node), obligations)


def _symbols(node: Any) -> Iterable[tuple[str, str | None]]:
    if type(node).__name__ in ("AND", "OR"):
        for part in node.args:
            yield from _symbols(part)
    else:
        yield _symbol_names(node)


def _symbol_names(node: Any) -> tuple[str, str | None]:
    if hasattr(node, "license_symbol"):
        return canonical(node.license_symbol.key), canonical(node.exception_symbol.key)
    return canonical(node.key), None


def _render(node: Any) -> str:
    kind = type(node).__name__
    if kind not in ("AND", "OR"):
        return " WITH ".join(name for name in _symbol_names(node) if name is not None)
    parts = dict.fromkeys(_rendered_parts(node, kind))
    if len(parts) == 1:
        return next(iter(parts))
    grouped = (f"({part})" if " OR " in part or " AND " in part else part for part in parts)
    return f" {kind} ".join(grouped)


def _rendered_parts(node: Any, kind: str) -> Iterable[str]:
    """The operands of a node, those of nested nodes of the same kind drawn up."""
    for part in node.args:
        if type(part).__name__ == kind:
            yield from _rendered_parts(part, kind)
        else:
            yield _render(part)


# The parser fails on an assertion or an index at these, not with an error of its own.
_MALFORMED = re.compile(r"(?i)\(\s*(?:\)|(?:and|or|with)\b)")


@lru_cache(maxsize=65_536)
def _parse(text: str) -> Any:
    if not text or len(text) > _MAX_CHARACTERS or _depth(text) > _MAX_DEPTH:
        return None
    if _MALFORMED.search(text):
        return None
    from license_expression import ExpressionError, ExpressionParseError

    try:
        return _licensing().parse(text, simple=True)
    except (ExpressionError, ExpressionParseError):
        return None


def _depth(text: str) -> int:
    """How deep parentheses stand in one another."""
    return max(accumulate((sign == "(") - (sign == ")") for sign in text), default=0)


@lru_cache(maxsize=1)
def _licensing() -> Any:
    from license_expression import Licensing

    return Licensing()
