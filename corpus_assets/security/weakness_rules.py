"""The rules of weaknesses.yaml: which weakness a rule of ruff or a query stands for.

Belongs here: reading and checking the file. What the rules find is in `python_weaknesses` and
`tree_weaknesses`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from corpus_assets.policy.strict import Strict, load
from corpus_assets.security.found import Confidence

WEAKNESSES_VERSION = "2"


class RuffRule(Strict):
    """The weakness a rule of ruff stands for."""

    cwe: Annotated[int, Field(gt=0)]
    confidence: Confidence


class TreeRule(RuffRule):
    """A query whose capture @finding is a weakness."""

    rule: str
    languages: Annotated[list[str], Field(min_length=1)]
    needs: Annotated[list[str], Field(min_length=1)]
    message: str
    query: str


class Rules(Strict):
    """All of weaknesses.yaml."""

    ruff: dict[str, RuffRule]
    queries: list[TreeRule]


@cache
def rules() -> Rules:
    """The rules in force."""
    return load(Rules, Path(__file__).with_name("weaknesses.yaml"))
