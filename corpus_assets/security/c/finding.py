"""What a rule says: name, CWE, confidence, place and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from corpus_assets.security.found import Confidence

if TYPE_CHECKING:
    from tree_sitter import Node


class CFinding(NamedTuple):
    """A finding in a program, without its document."""

    rule: str
    cwe: int
    confidence: Confidence
    node: Node
    message: str
