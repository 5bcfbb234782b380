"""The filter policy: which gates guard which stages, with which thresholds.

Belongs here: the model of the whole of `filters.yaml` and its checks; a single gate is in `gates`.
Measuring belongs to `quality`, `security` and `dedup`; evaluating the gates belongs to `curate`.
The gates that no policy may switch off (readable text, takedowns, license) are not listed there.

Sources of the default thresholds stand beside them in `filters.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from corpus_assets.policy.duplicates import RemovalBudget, Share, UnitDuplicates
from corpus_assets.policy.gate_faults import gate_faults
from corpus_assets.policy.gates import Gate, Language
from corpus_assets.policy.samples import sample_faults
from corpus_assets.policy.strict import Fault, Strict, load

Fraction = Annotated[float, Field(ge=0, le=1)]
# What the packaged policy judges: another one may switch a gate off, but not forget it.

REQUIRED_GATES = (
    "size", "replacement_characters", "letters", "long_lines", "lock_file", "generated", "minified",
    "bundled", "transpiled", "build_generated", "vendored", "xml_declaration", "visible_text",
    "data_length", "encoded_data", "data", "direction_controls", "secrets", "contamination",
    "duplicate", "minimum_length", "repetition", "comments", "syntax_errors", "unparsable", "shape",
    "hex_words", "unfinished", "printing", "passes",
)  # fmt: skip
# Gates that no filter policy may define: they are judged by other rules.
RESERVED_GATES = (
    "taken_down", "readable", "license_state", "license_class", "license_policy",
    "agreement_stage", "agreement_valid", "source_category", "quality_score", "min_lines",
    "seen_units",
)  # fmt: skip


class GateAlarms(Strict):
    """When a gate of this policy looks wrong: a warning on the ledger, nothing stops.

    A gate that fails `max_dropped_share` or more of the documents of a language, where it judged
    `min_documents`, or none at all where it judged `silent_documents` over all languages.
    """

    max_dropped_share: Share
    min_documents: Annotated[int, Field(ge=1)]
    silent_documents: Annotated[int, Field(ge=1)]


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

    overrides: dict[Language, Similarity] = Field(default_factory=dict)

    def for_language(self, language: str) -> Similarity:
        """The thresholds that hold for a language."""
        return self.overrides.get(language, self)


class NearUnits(Strict):
    """Exact Jaccard similarity from which functions and methods count as near clones."""

    similarity: Annotated[float, Field(gt=0, le=1)]


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
    """All of `filters.yaml`; the gates stand in the order of the funnel."""

    version: Annotated[str, Field(min_length=1)]
    gates: Annotated[tuple[Gate, ...], Field(strict=False)]
    gate_alarms: GateAlarms
    near_duplicates: NearDuplicates
    near_units: NearUnits
    removal_budget: RemovalBudget
    unit_duplicates: UnitDuplicates
    score_weights: ScoreWeights

    def gate(self, name: str) -> Gate:
        """The gate of this name. Raises KeyError."""
        return {gate.name: gate for gate in self.gates}[name]

    def faults(self) -> Iterator[Fault]:
        """Gates that are missing, named twice, impossible, or fail their own samples."""
        names = [gate.name for gate in self.gates]
        for name in REQUIRED_GATES:
            if name not in names:
                told = f"{name} is missing; where it shall not judge, say enabled: false"
                yield Fault(("gates",), told)
        for position, gate in enumerate(self.gates):
            if gate.name in RESERVED_GATES:
                yield Fault(("gates", position, "name"), f"{gate.name} is judged by other rules")
            if gate.name in names[:position]:
                yield Fault(("gates", position, "name"), f"{gate.name} is given twice; keep one")
            found = list(gate_faults(gate)) or sample_faults(gate)
            yield from (Fault(("gates", position, *place), told) for place, told in found)


def load_filter_policy(path: Path | None = None) -> FilterPolicy:
    """The policy in `path`, or the packaged default; the samples of every gate are run.

    Raises ConfigError that names file, line and key.
    """
    return load(FilterPolicy, path or Path(__file__).with_name("filters.yaml"))
