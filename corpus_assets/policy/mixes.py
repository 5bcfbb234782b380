"""The mix specification: what each training stage is made of, as a strict YAML file.

Belongs here: the model of a spec, its checks, its loader. Does not belong here: choosing rows
(`blend`) or judging documents (`curate`), which both read it.

A spec says what may enter a stage (license states and classes, categories, scores, reviews) and
how much of it (budget, shares, language weights, repeats). All shares are shares of the stage's
token budget, so a short supply never turns into a quietly larger share of something else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, field_validator, model_validator

from corpus_assets.languages import BY_SLUG, SOURCE_CATEGORIES, STAGES
from corpus_assets.policy.strict import Strict, load

LicenseState = Literal["granted", "none_found", "conflict", "denied", "unreadable"]
LicenseClass = Literal[
    "permissive", "weak_copyleft", "strong_copyleft", "network_copyleft", "non_commercial",
    "no_derivatives", "source_available", "public_domain", "contract", "owned", "unknown",
]  # fmt: skip
AiAssist = Literal["none", "completion", "generated", "unknown"]

EVALUATION = "evaluation"
_TOLERANCE = 1e-9  # shares are decimal fractions in binary floats: .7 + .2 + .1 is not 1

Share = Annotated[float, Field(ge=0, le=1)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=80)]


def _check_names(given: Iterable[str], known: Collection[str], what: str) -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ValueError(f"no such {what}: {', '.join(unknown)}; there are {', '.join(known)}")


class ShareRange(Strict):
    """The least and the most of the stage's budget that may come from one category."""

    min_share: Share = 0.0
    max_share: Share = 1.0

    @model_validator(mode="after")
    def _ordered(self) -> ShareRange:
        if self.min_share > self.max_share:
            raise ValueError(f"min_share {self.min_share} is above max_share {self.max_share}")
        return self


class LanguageCap(Strict):
    """The most of the stage's budget that may be of one language."""

    max_share: Share


class LanguageWeights(Strict):
    """How the budget is divided over languages.

    `natural` weighs languages by their supply; `unimax` gives each an equal part as far as its
    repeats allow (Chung et al. 2023, arXiv 2304.09151). `blend_with_natural` is the part of the
    budget that stays natural under `unimax`.
    """

    method: Literal["natural", "unimax"] = "natural"
    blend_with_natural: Share = 0.0
    overrides: dict[str, LanguageCap] = Field(default_factory=dict)

    @field_validator("overrides")
    @classmethod
    def _known(cls, overrides: dict[str, LanguageCap]) -> dict[str, LanguageCap]:
        _check_names(overrides, BY_SLUG, "language")
        return overrides


class StageSpec(Strict):
    """What one stage is made of; every limit is checked when the file is read."""

    content: Literal["documents", "pairs"]
    tokens: Annotated[int, Field(gt=0)]
    license_states: list[LicenseState] = Field(default=["granted"], min_length=1)
    license_classes: Annotated[list[LicenseClass], Field(min_length=1)]
    source_categories: Annotated[dict[str, ShareRange], Field(min_length=1)]
    languages: LanguageWeights = LanguageWeights()
    max_epochs: Annotated[int, Field(ge=1)] = 1
    max_epochs_by_category: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    min_quality_score: Share = 0.0
    min_lines: Annotated[int, Field(ge=0)] = 0
    reviewed_only: Annotated[int, Field(ge=0)] = 0  # least number of expert reviews
    ai_assist: list[AiAssist] = Field(default=list(get_args(AiAssist)), min_length=1)
    max_group_share: Annotated[float, Field(gt=0, le=1)] = 1.0  # of one origin

    @field_validator("license_states", "license_classes", "ai_assist")
    @classmethod
    def _distinct(cls, names: list[str]) -> list[str]:
        if len(set(names)) < len(names):
            raise ValueError("a name is given twice; keep one of them")
        return names

    @field_validator("source_categories")
    @classmethod
    def _can_sum(cls, ranges: dict[str, ShareRange]) -> dict[str, ShareRange]:
        _check_names(ranges, SOURCE_CATEGORIES, "source category")
        least = sum(item.min_share for item in ranges.values())
        most = sum(item.max_share for item in ranges.values())
        if least > 1 + _TOLERANCE:
            raise ValueError(f"the min_share values sum to {least:g}; lower them to 1 or less")
        if most < 1 - _TOLERANCE:
            raise ValueError(f"the max_share values sum to {most:g}; raise them to 1 or more")
        return ranges

    @model_validator(mode="after")
    def _applicable(self) -> StageSpec:
        strangers = sorted(set(self.max_epochs_by_category) - set(self.source_categories))
        if strangers:
            raise ValueError(
                f"max_epochs_by_category names {', '.join(strangers)}, not in source_categories"
            )
        if self.content == "documents" and (
            self.reviewed_only or len(self.ai_assist) < len(get_args(AiAssist))
        ):
            raise ValueError("reviewed_only and ai_assist are known of pairs only: content: pairs")
        return self

    def epochs(self, category: str) -> int:
        """How often a row of the category may be repeated in this stage."""
        return self.max_epochs_by_category.get(category, self.max_epochs)


class EvaluationSplit(Strict):
    """Which of the groups that people reviewed stand on the evaluation side.

    A group is chosen by a hash of `salt` and its name, so the choice is stable under growth.
    """

    share: Annotated[float, Field(gt=0, le=1)]
    salt: Annotated[str, Field(min_length=1)]


class MixSpec(Strict):
    """A named, versioned mix over the stages it names."""

    name: Name
    version: Name
    owner: Annotated[str, Field(min_length=1)]
    purpose: Annotated[str, Field(min_length=1)]
    as_of: str  # ISO date against which the terms of agreements are held
    seed: Annotated[int, Field(ge=0)]
    evaluation: EvaluationSplit
    stages: Annotated[dict[str, StageSpec], Field(min_length=1)]

    @field_validator("as_of")
    @classmethod
    def _is_date(cls, value: str) -> str:
        try:
            parsed = date.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"{value!r} is not a date; write it as 2026-11-22") from error
        if parsed.isoformat() != value:
            raise ValueError(f"write the date as {parsed.isoformat()}")
        return value

    @field_validator("stages")
    @classmethod
    def _evaluation_is_by_people(cls, stages: dict[str, StageSpec]) -> dict[str, StageSpec]:
        _check_names(stages, STAGES, "stage")
        stage = stages.get(EVALUATION)
        if stage is None:
            return stages
        if stage.content != "pairs" or not stage.reviewed_only:
            raise ValueError("evaluation needs content: pairs and reviewed_only of 1 or more")
        if "generated" in stage.ai_assist:
            raise ValueError("evaluation.ai_assist may not hold generated: answers are by people")
        return stages


def load_mix(path: Path) -> MixSpec:
    """The mix spec in a YAML file. Raises ConfigError with the path and the key that is wrong."""
    return load(MixSpec, path)
