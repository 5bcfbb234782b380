"""The mix plan: how many tokens of each cell a stage takes, and what limited it.

Belongs here: dividing a stage's budget over cells. Does not belong here: choosing rows (`mix`).

The budget is divided top down: over source categories between their floors and ceilings, in each
category over languages (natural or UniMax weights), in each language over license classes by
supply. A cell's capacity is its supply times the epochs allowed, cut by the origin cap and by its
part of the language cap; a language's cap is split over categories by their supply. What cannot be
filled is reported as bound_by and left unfilled, never an error.

Cells are rounded down. Largest remainders would use up the last tokens, but hand them to other
cells as the budget grows (the Alabama paradox), and a larger budget must only ever add rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from corpus_assets.blend.allocation import divide, share
from corpus_assets.blend.eligible import CELL, eligible, stage_spec
from corpus_assets.policy.mixes import LanguageWeights, MixSpec, StageSpec
from corpus_assets.policy.strict import digest
from corpus_assets.tables import TABLES, conform


@dataclass(frozen=True)
class _Cell:
    kind: str
    category: str
    language: str
    license_class: str
    rows: int
    tokens: int
    repeated: int  # tokens at the epoch cap
    capacity: Fraction  # of these, what origin and language caps leave


def mix_plan(spec: MixSpec, stage: str, curated: pl.LazyFrame, pairs: pl.LazyFrame) -> pl.DataFrame:
    """Table mix_plan for one stage: one row per cell that has eligible rows.

    Raises KeyError when the spec has no such stage.
    """
    wanted = stage_spec(spec, stage)
    supply = (
        eligible(spec, stage, curated, pairs)
        .group_by(*CELL, "origin")
        .agg(rows=pl.len().cast(pl.Int64), tokens=pl.col("n_tokens").sum())
        .collect()
        .sort(*CELL, "origin")
    )
    cells = _language_capped(_cells(supply, wanted), wanted)
    planned = _divided(cells, wanted)
    rows = [
        {
            "stage": stage,
            "content_kind": cell.kind,
            "source_category": cell.category,
            "language": cell.language,
            "license_class": cell.license_class,
            "available_rows": cell.rows,
            "available_tokens": cell.tokens,
            "planned_tokens": int(part),
            "epochs": int(part) / cell.tokens if cell.tokens else 0.0,
            "bound_by": bound,
            "spec_digest": digest(spec),
        }
        for cell, part, bound in planned
    ]
    frame = pl.DataFrame(rows, schema=TABLES["mix_plan"].schema)
    return conform(frame, "mix_plan").sort(TABLES["mix_plan"].key)


def origin_cap(wanted: StageSpec) -> int | None:
    """The most tokens of a stage that may come from one origin; None where the spec sets none."""
    if wanted.max_group_share == 1:
        return None
    return int(share(wanted.max_group_share) * wanted.tokens)


def _cells(supply: pl.DataFrame, wanted: StageSpec) -> list[_Cell]:
    """One cell per group, its capacity cut by the origin cap.

    An origin that spans cells spreads its cap over them in proportion to its tokens.
    """
    cap = origin_cap(wanted)
    totals = dict(supply.group_by("origin").agg(pl.col("tokens").sum()).iter_rows())
    cells = []
    for (kind, category, language, license_class), part in supply.group_by(
        CELL, maintain_order=True
    ):
        epochs = wanted.epochs(str(category))
        capacity = Fraction(0)
        for origin, tokens in part.select("origin", "tokens").iter_rows():
            most = Fraction(tokens * epochs)
            capped = most if cap is None else Fraction(cap * tokens, totals[origin])
            capacity += min(most, capped)
        tokens = int(part["tokens"].sum())
        cells.append(
            _Cell(
                str(kind),
                str(category),
                str(language),
                str(license_class),
                int(part["rows"].sum()),
                tokens,
                tokens * epochs,
                capacity,
            )
        )
    return cells


def _language_capped(cells: list[_Cell], wanted: StageSpec) -> list[_Cell]:
    """The cells with capacities scaled down so that no language exceeds its cap."""
    caps = {
        language: share(item.max_share) * wanted.tokens
        for language, item in wanted.languages.overrides.items()
    }
    supply: dict[str, Fraction] = {}
    for cell in cells:
        supply[cell.language] = supply.get(cell.language, Fraction(0)) + cell.capacity
    scale = {
        language: min(Fraction(1), cap / supply[language])
        for language, cap in caps.items()
        if supply.get(language)
    }
    return [
        _Cell(**{**cell.__dict__, "capacity": cell.capacity * scale.get(cell.language, 1)})
        for cell in cells
    ]


def _divided(cells: list[_Cell], wanted: StageSpec) -> list[tuple[_Cell, Fraction, str]]:
    """Each cell with its part of the budget and what limited it."""
    ranges = wanted.source_categories
    categories = sorted({cell.category for cell in cells})
    members = {name: [cell for cell in cells if cell.category == name] for name in categories}
    ceilings = [share(ranges[name].max_share) * wanted.tokens for name in categories]
    capacities = [sum((c.capacity for c in members[name]), Fraction(0)) for name in categories]
    budgets = divide(
        wanted.tokens,
        [sum(cell.tokens for cell in members[name]) for name in categories],
        [min(pair) for pair in zip(ceilings, capacities, strict=True)],
        [share(ranges[name].min_share) * wanted.tokens for name in categories],
    )
    result = []
    for name, budget, ceiling in zip(categories, budgets, ceilings, strict=True):
        at_ceiling = budget == ceiling < wanted.tokens
        for cell, part in _over_languages(members[name], budget, wanted.languages):
            result.append((cell, part, _bound(cell, part, at_ceiling=at_ceiling)))
    return result


def _over_languages(
    cells: list[_Cell], budget: Fraction, weights: LanguageWeights
) -> list[tuple[_Cell, Fraction]]:
    languages = sorted({cell.language for cell in cells})
    members = {name: [cell for cell in cells if cell.language == name] for name in languages}
    caps = [sum((c.capacity for c in members[name]), Fraction(0)) for name in languages]
    tokens = [sum(cell.tokens for cell in members[name]) for name in languages]
    parts = divide(budget, tokens, caps)
    if weights.method == "unimax":
        even = divide(budget, [1] * len(languages), caps)
        kept = share(weights.blend_with_natural)
        parts = [kept * a + (1 - kept) * b for a, b in zip(parts, even, strict=True)]
    result = []
    for name, part in zip(languages, parts, strict=True):
        inside = members[name]
        amounts = divide(part, [c.tokens for c in inside], [c.capacity for c in inside])
        result += list(zip(inside, amounts, strict=True))
    return result


def _bound(cell: _Cell, part: Fraction, *, at_ceiling: bool) -> str:
    if part >= cell.repeated:
        return "supply" if cell.repeated == cell.tokens else "epoch_cap"
    if part >= cell.capacity or at_ceiling:
        return "share_cap"
    return "budget"
