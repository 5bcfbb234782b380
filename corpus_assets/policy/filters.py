"""The filter policy: which gates guard which stages, with which thresholds.

Belongs here: the model of `filters.yaml` and its checks. Measuring belongs to `quality`,
`security` and `dedup`; evaluating the gates belongs to `curate`. The gates that no policy may
switch off (readable text, takedowns, license) are not listed here.

Sources of the default thresholds stand beside them in `filters.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from corpus_assets.languages import SLUGS, STAGES
from corpus_assets.policy.strict import Strict, load

Fraction = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Names = Annotated[tuple[str, ...], Field(strict=False)]

_COMMON = ("enabled", "stages", "only_languages", "exempt_languages", "overrides")


class Gate(Strict):
    """What all gates share; a gate without further fields judges a Boolean signal.

    `stages` is "all" or names of stages. `overrides` maps a language to thresholds that replace
    the gate's own. `only_languages` empty means every language.
    """

    enabled: bool = True
    stages: Literal["all"] | Names = "all"
    only_languages: Names = ()
    exempt_languages: Names = ()
    overrides: dict[str, dict[str, Any]] = Field(default_factory=dict)

    def applies_to(self, language: str) -> bool:
        """Whether documents of the language are judged at all."""
        if not self.enabled or language in self.exempt_languages:
            return False
        return not self.only_languages or language in self.only_languages

    def stage_names(self) -> tuple[str, ...]:
        """The stages the gate guards by name, ("all",) for a gate of every stage."""
        return ("all",) if self.stages == "all" else tuple(self.stages)

    def for_language(self, language: str) -> Self:
        """The gate with the language's overrides in place of its own thresholds."""
        changed = self.overrides.get(language)
        if changed is None:
            return self
        return type(self).model_validate(self.model_dump() | {"overrides": {}} | changed)

    @model_validator(mode="after")
    def _check(self) -> Self:
        _known("stages", self.stage_names(), ("all", *STAGES))
        if self.stages != "all" and ("all" in self.stages or not self.stages):
            raise ValueError("stages: write all, or a list of stages")
        for field, names in (
            ("only_languages", self.only_languages),
            ("exempt_languages", self.exempt_languages),
            ("overrides", tuple(self.overrides)),
        ):
            _known(field, names, SLUGS)
        barred = set(self.exempt_languages) & {*self.overrides, *self.only_languages}
        if barred:
            raise ValueError(f"{', '.join(sorted(barred))}: both exempt and named elsewhere")
        if self.only_languages and (idle := set(self.overrides) - set(self.only_languages)):
            raise ValueError(f"overrides: {', '.join(sorted(idle))} not among only_languages")
        thresholds = [name for name in type(self).model_fields if name not in _COMMON]
        for language, changed in self.overrides.items():
            _known(f"overrides.{language}", tuple(changed), tuple(thresholds))
            try:
                self.for_language(language)
            except ValidationError as error:
                message = "; ".join(str(item["msg"]) for item in error.errors())
                raise ValueError(f"overrides.{language}: {message}") from error
        _ordered(self)
        return self


class SizeGate(Gate):
    """Fails when `n_bytes` or `n_lines` is above its maximum."""

    max_bytes: Count
    max_lines: Count


class LineLengthGate(Gate):
    """Fails when `max_code_line_chars` or `mean_line_chars` is above its maximum."""

    max_line_chars: Count
    max_mean_line_chars: Count


class LettersGate(Gate):
    """Fails when `alpha_fraction` or `alnum_fraction` is below its minimum."""

    min_alpha_fraction: Fraction
    min_alnum_fraction: Fraction


class MaxFractionGate(Gate):
    """Fails when the signal is above the maximum; a signal that is null passes."""

    max_fraction: Fraction


class EncodedGate(Gate):
    """Fails when `encoded_max_run` or `encoded_fraction` is above its maximum."""

    max_run_chars: Count
    max_fraction: Fraction


class VisibleTextGate(Gate):
    """Fails when `visible_text_fraction`, or that times `n_chars`, is below its minimum."""

    min_fraction: Fraction
    min_chars: Count


class LengthGate(Gate):
    """Fails when `n_chars` is outside the bounds."""

    min_chars: Count
    max_chars: Count


class MinimumGate(Gate):
    """Fails when `n_chars`, `n_lines` or `n_words` is below its minimum."""

    min_chars: Count
    min_lines: Count
    min_words: Count


class VendoredGate(Gate):
    """Fails when a folder of the document's `path` has one of the names."""

    directories: Annotated[Names, Field(min_length=1)]

    @property
    def path_pattern(self) -> str:
        """Regular expression, without regard to case, that finds the folders in a path."""
        return f"(?i)(?:^|/)(?:{'|'.join(re.escape(name) for name in self.directories)})/"


class SecretsGate(Gate):
    """Fails on a secret of at least this confidence (low < medium < high)."""

    min_confidence: Literal["low", "medium", "high"]

    @property
    def confidences(self) -> tuple[str, ...]:
        """The confidences that count."""
        order = ("low", "medium", "high")
        return order[order.index(self.min_confidence) :]


class ContaminationGate(Gate):
    """Fails when a benchmark item reaches either: shared n-grams, or their share of the item."""

    min_shared_ngrams: Annotated[int, Field(ge=1)]
    min_share: Annotated[float, Field(gt=0, le=1)]


class Gates(Strict):
    """The gates in the order of the funnel; the name is the signal `is_<name>` for plain ones."""

    size: SizeGate
    replacement_characters: MaxFractionGate
    letters: LettersGate
    long_lines: LineLengthGate
    lock_file: Gate
    generated: Gate
    minified: Gate
    vendored: VendoredGate
    xml_declaration: Gate
    visible_text: VisibleTextGate
    data_length: LengthGate
    encoded_data: EncodedGate
    data: Gate
    secrets: SecretsGate
    contamination: ContaminationGate
    duplicate: Gate
    minimum_length: MinimumGate
    repetition: MaxFractionGate
    comments: MaxFractionGate
    syntax_errors: MaxFractionGate

    def items(self) -> Iterator[tuple[str, Gate]]:
        """Name and gate, in the order of the funnel."""
        return ((name, getattr(self, name)) for name in type(self).model_fields)


class Similarity(Strict):
    """Exact Jaccard similarities of shingle sets; `containment`: share of the smaller set."""

    removal: Annotated[float, Field(gt=0, le=1)]
    recorded: Annotated[float, Field(gt=0, le=1)]
    containment: Annotated[float, Field(gt=0, le=1)] = 0.90

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.recorded > self.removal:
            raise ValueError("recorded is above removal: pairs to remove must be recorded")
        return self


class NearDuplicates(Similarity):
    """Thresholds of near-duplicate removal, with whole replacements for single languages."""

    overrides: dict[str, Similarity] = Field(default_factory=dict)

    def for_language(self, language: str) -> Similarity:
        """The thresholds that hold for a language."""
        return self.overrides.get(language, self)

    @model_validator(mode="after")
    def _check_languages(self) -> Self:
        _known("overrides", tuple(self.overrides), SLUGS)
        return self


class NearUnits(Strict):
    """Exact Jaccard similarity from which functions and methods count as near clones."""

    similarity: Annotated[float, Field(gt=0, le=1)]


class RemovalBudget(Strict):
    """A run fails when a language x source category of `min_documents` loses a larger share."""

    max_removed_share: Annotated[float, Field(gt=0, le=1)]
    min_documents: Annotated[int, Field(ge=1)]


class ScoreWeights(Strict):
    """Weights of the parts of the quality score; they sum to 1."""

    structure: Fraction
    documentation: Fraction
    substance: Fraction

    @model_validator(mode="after")
    def _check(self) -> Self:
        total = self.structure + self.documentation + self.substance
        if abs(total - 1) > 1e-9:
            raise ValueError(f"the weights sum to {total:g}; make them sum to 1")
        return self


class FilterPolicy(Strict):
    """All of `filters.yaml`."""

    version: Annotated[str, Field(min_length=1)]
    gates: Gates
    near_duplicates: NearDuplicates
    near_units: NearUnits
    removal_budget: RemovalBudget
    score_weights: ScoreWeights


def load_filter_policy(path: Path | None = None) -> FilterPolicy:
    """The policy in `path`, or the packaged default. Raises ConfigError that names file and key."""
    return load(FilterPolicy, path or Path(__file__).with_name("filters.yaml"))


def _known(field: str, names: tuple[str, ...], allowed: tuple[str, ...]) -> None:
    unknown = [name for name in names if name not in allowed]
    if unknown:
        choices = ", ".join(allowed) or "none"
        raise ValueError(f"{field}: unknown {', '.join(unknown)}; allowed: {choices}")


def _ordered(gate: Gate) -> None:
    for name in type(gate).model_fields:
        upper = "max_" + name.removeprefix("min_")
        if name.startswith("min_") and upper in type(gate).model_fields:
            low, high = getattr(gate, name), getattr(gate, upper)
            if low > high:
                raise ValueError(f"{name} {low} is above {upper} {high}: nothing would pass")
