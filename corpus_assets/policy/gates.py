"""Gates as the policy writes them: limits on columns, stages, languages, and samples.

Belongs here: the model of one entry of `gates` in `filters.yaml`. Does not belong here: what
makes an entry impossible (`gate_faults`), the limits as expressions (`judgements`), running the
samples (`samples`).

    - name: letters
      limits: {alpha_fraction: {min: 0.25}}
      overrides: {assembly: {limits: {alpha_fraction: {min: 0.1}}}}
      must_drop: {alpha_fraction: 0.05}
      must_keep: {alpha_fraction: 0.25}
      source: where the threshold comes from
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from corpus_assets.languages import SLUGS, STAGES
from corpus_assets.policy.strict import Strict

ALL = "all"
Value = bool | int | float | str
Which = Literal["must_drop", "must_keep"]


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"write a finite number, not {value!r}")
    return value


def _stages(value: Any) -> tuple[str, ...]:
    if value in (ALL, (ALL,)):  # the tuple is what a dumped model holds
        return (ALL,)
    if not isinstance(value, list | tuple) or not value or ALL in value:
        raise ValueError("write all, or a list of stages")
    if unknown := [str(stage) for stage in value if stage not in STAGES]:
        raise ValueError(f"unknown {', '.join(unknown)}; stages are {', '.join(STAGES)}")
    return tuple(value)


def _language(value: str) -> str:
    if value not in SLUGS:
        raise ValueError(f"unknown language {value}")
    return value


def _folder(value: str) -> str:
    if not value or "/" in value or "*" in value or value.strip() != value:
        raise ValueError(f"{value!r}: write the whole name of one folder, without / or *")
    return value


def _values(value: Any) -> tuple[Value, ...]:
    found = tuple(value) if isinstance(value, list | tuple) else (value,)
    if not found or not all(isinstance(item, bool | int | float | str) for item in found):
        raise ValueError("write a value of the column, or a list of such values")
    return found


Number = Annotated[int | float, BeforeValidator(_number)]
Language = Annotated[str, AfterValidator(_language)]
Languages = Annotated[tuple[Language, ...], Field(strict=False)]
Samples = dict[str, Annotated[tuple[Value, ...], BeforeValidator(_values)]]


class Limit(Strict):
    """What one column must be: `min` and `max` may be reached, `below` may not."""

    model_config = ConfigDict(serialize_by_alias=True)

    min: Number | None = None
    max: Number | None = None
    below: Number | None = None
    is_: bool | None = Field(default=None, alias="is")
    no_folders: Annotated[
        tuple[Annotated[str, AfterValidator(_folder)], ...] | None,
        Field(strict=False, min_length=1),
    ] = None

    def stated(self) -> dict[str, Any]:
        """The bounds that are given, by key."""
        return self.model_dump(exclude_none=True)


class Override(Strict):
    """What is different for one language: limits column by column, columns not judged, samples."""

    limits: dict[str, Limit] = Field(default_factory=dict)
    without: Annotated[tuple[str, ...], Field(strict=False)] = ()
    must_drop: Samples = Field(default_factory=dict)
    must_keep: Samples = Field(default_factory=dict)


class Gate(Strict):
    """A named rule: a document that is outside a limit fails it.

    Every column that is limited has a value in `must_drop` that fails on its own, one for each of
    its bounds, and one in `must_keep` that passes. They are run when the policy is loaded, for
    every override as well, which may bring values of its own. `may_be_silent` says that the gate
    need not fire on anything, `may_drop_most` names languages of which it may drop nearly all.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    limits: Annotated[dict[str, Limit], Field(min_length=1)]
    enabled: bool = True
    stages: Annotated[tuple[str, ...], BeforeValidator(_stages)] = (ALL,)
    only_languages: Languages = ()
    exempt_languages: Languages = ()
    overrides: dict[Language, Override] = Field(default_factory=dict)
    must_drop: Samples
    must_keep: Samples
    source: Annotated[str, Field(min_length=1)]
    may_be_silent: bool = False
    may_drop_most: Languages = ()

    def applies_to(self, language: str) -> bool:
        """Whether documents of the language are judged at all."""
        if not self.enabled or language in self.exempt_languages:
            return False
        return not self.only_languages or language in self.only_languages

    def limits_for(self, language: str) -> dict[str, Limit]:
        """The limits that hold for a language."""
        override = self.overrides.get(language)
        if override is None:
            return self.limits
        merged = self.limits | override.limits
        return {name: limit for name, limit in merged.items() if name not in override.without}

    def samples_for(self, language: str | None, which: Which) -> dict[str, tuple[Value, ...]]:
        """`must_drop` or `must_keep` for a language, by column; None: of the gate itself."""
        samples: Samples = getattr(self, which)
        override = None if language is None else self.overrides.get(language)
        if override is None:
            return samples
        judged = self.limits_for(language or "")
        own = {name: values for name, values in samples.items() if name in judged}
        replaced: Samples = getattr(override, which)
        return own | replaced
