"""What the filter policy says of duplicates: how much may go, and what repeated units lead to.

Belongs here: the models of `removal_budget` and `unit_duplicates` in `filters.yaml`. Thresholds of
similarity stand in `filters`; finding duplicates belongs to `dedup`, what follows from them to
`curate` and `blend`.
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from corpus_assets.languages import SLUGS, SOURCE_CATEGORIES
from corpus_assets.policy.strict import Strict

Share = Annotated[float, Field(gt=0, le=1)]
Stage = Literal["pretraining", "continued_pretraining", "fine_tuning", "evaluation"]
Action = Literal["keep", "mask", "down_weight", "drop"]


class BudgetLimit(Strict):
    """A source that has `min_documents` may lose no larger share of them as near duplicates."""

    max_removed_share: Share
    min_documents: Annotated[int, Field(ge=1)]


class BudgetSelector(NamedTuple):
    """What an override applies to; None is any."""

    source: str | None
    source_category: str | None
    language: str | None


class BudgetOverride(BudgetLimit):
    """Another limit for a source, a source category, a language, or a combination of them."""

    source: Annotated[str, Field(min_length=1)] | None = None
    source_category: str | None = None
    language: str | None = None

    @property
    def selector(self) -> BudgetSelector:
        """What the override applies to."""
        return BudgetSelector(self.source, self.source_category, self.language)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not any(self.selector):
            raise ValueError("name a source, a source_category or a language")
        for field, value, known in (
            ("source_category", self.source_category, SOURCE_CATEGORIES),
            ("language", self.language, SLUGS),
        ):
            if value is not None and value not in known:
                raise ValueError(f"{field}: unknown {value}; allowed: {', '.join(known)}")
        return self


class RemovalBudget(BudgetLimit):
    """How much near-duplicate removal may take of a language's part of a source or category.

    The limit of the most telling override holds: one that names the source before one that names
    the category, that before one that names the language only; else the budget's own.
    """

    overrides: Annotated[tuple[BudgetOverride, ...], Field(strict=False)] = ()

    def limit(self, source_category: str, source: str | None, language: str) -> BudgetLimit:
        """The limit that holds; `source` None asks for the whole category."""
        asked = BudgetSelector(source, source_category, language)
        fitting = [
            override
            for override in self.overrides
            if all(
                wanted in (None, is_) for wanted, is_ in zip(override.selector, asked, strict=True)
            )
        ]
        named = [tuple(part is not None for part in item.selector) for item in fitting]
        return max(zip(named, range(len(fitting)), fitting, strict=True))[2] if fitting else self

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        selectors = [override.selector for override in self.overrides]
        for position, selector in enumerate(selectors):
            if selector in selectors[:position]:
                named = ", ".join(f"{k} {v}" for k, v in selector._asdict().items() if v)
                raise ValueError(f"overrides.{position}: {named} is given twice; keep one")
        return self


class UnitAction(Strict):
    """What a stage does with a document of whose units at least `min_share` was seen elsewhere.

    keep: nothing. mask: the spans of the seen units go along with the row, for the loss to leave
    out. down_weight: the row's weight becomes 1 minus the seen share, `min_weight` at least.
    drop: the document does not pass.
    """

    action: Action
    min_share: Share | None = None
    min_weight: Annotated[float, Field(ge=0, lt=1)] | None = None

    @property
    def seen_share(self) -> float:
        """The least share of seen units that the action answers to; for masks any."""
        return 0.0 if self.min_share is None else self.min_share

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.action == "keep" and self.min_share is not None:
            raise ValueError("min_share has no effect: keep does nothing")
        if self.action in ("down_weight", "drop") and self.min_share is None:
            raise ValueError(f"min_share: say from which share on to {self.action}")
        if self.action != "down_weight" and self.min_weight is not None:
            raise ValueError("min_weight has no effect: it belongs to down_weight")
        return self


class UnitDuplicates(Strict):
    """How repeated functions and methods count, and what each stage does about them.

    Units of fewer than `min_tokens` tokens, and those that stand in more than `max_documents`
    kept documents, are boilerplate: they do not count, neither as a document's own nor as seen.
    Equal but for names and literals, units count from `min_renamed_tokens` tokens on.
    More of them than `max_boilerplate_share` of a language's unit tokens fail a check. A document
    that shares `restrictive_share` of its unit tokens with restrictive code gets a license flag;
    from `copied_share` on, work counts as copied from another source category.
    """

    min_tokens: Annotated[int, Field(ge=1)]
    min_renamed_tokens: Annotated[int, Field(ge=1)]
    max_documents: Annotated[int, Field(ge=2)]
    max_boilerplate_share: Share
    restrictive_share: Share
    copied_share: Share
    stages: dict[Stage, UnitAction] = Field(default_factory=dict)

    def action(self, stage: str) -> UnitAction:
        """What the stage does; a stage that is not named keeps everything."""
        return {str(name): action for name, action in self.stages.items()}.get(stage, _KEEP)


_KEEP = UnitAction(action="keep")
