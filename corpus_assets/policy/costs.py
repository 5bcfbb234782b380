"""Prices: planning defaults per source category, and invoices that replace them.

Belongs here: the model of the cost file and its loader. Does not belong here: the quantities the
prices are applied to (`blend/costs.py`).
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator

from corpus_assets.languages import SOURCE_CATEGORIES
from corpus_assets.policy.strict import Strict, load

Kind = Literal[
    "acquire", "license", "labor", "review", "rework", "compute", "storage", "legal", "tooling",
    "management",
]  # fmt: skip
Unit = Literal[
    "gigabyte", "million_tokens", "origin_revision", "accepted_line", "accepted_submission",
    "rejected_submission", "review",
]  # fmt: skip
Category = Literal["open_source", "educational", "commercial", "freelance", "in_house"]
Money = Annotated[float, Field(ge=0, le=1e12)]
MICRO = 1_000_000


class Price(Strict):
    """An assumed price of one unit of something that is measured."""

    kind: Kind
    per: Unit
    price: Money
    basis: Annotated[str, Field(min_length=1)]


class Invoice(Strict):
    """What was really paid to a source for one kind of cost."""

    source_category: Category
    source: Annotated[str, Field(min_length=1)]
    kind: Kind
    amount: Money
    reference: Annotated[str, Field(min_length=1)]


class CostPolicy(Strict):
    """Prices and invoices in one currency."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    defaults: dict[str, list[Price]]
    invoices: list[Invoice] = Field(default_factory=list)

    @field_validator("defaults")
    @classmethod
    def _known(cls, defaults: dict[str, list[Price]]) -> dict[str, list[Price]]:
        unknown = sorted(set(defaults) - set(SOURCE_CATEGORIES))
        if unknown:
            known = ", ".join(SOURCE_CATEGORIES)
            raise ValueError(f"no such source category: {', '.join(unknown)}; there are {known}")
        for category, prices in defaults.items():
            named = [(price.kind, price.per) for price in prices]
            if len(set(named)) < len(named):
                raise ValueError(f"{category} prices one kind twice per unit; keep one of them")
        return defaults

    @field_validator("invoices")
    @classmethod
    def _distinct(cls, invoices: list[Invoice]) -> list[Invoice]:
        seen = [(i.source_category, i.source, i.kind, i.reference) for i in invoices]
        if len(set(seen)) < len(seen):
            raise ValueError("an invoice is given twice; keep one of them")
        return invoices


def micro(amount: float) -> int:
    """The amount in millionths of the currency unit, from its decimal spelling."""
    return round(Fraction(str(amount)) * MICRO)


def load_cost_policy(path: Path | None = None) -> CostPolicy:
    """The cost file, or the packaged planning defaults. Raises ConfigError naming the key."""
    return load(CostPolicy, path or Path(__file__).with_name("costs.yaml"))
