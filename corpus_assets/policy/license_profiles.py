"""Profiles of a license policy: what each stage of training may use, as strict models.

Belongs here: the rules of a stage and their own consistency. Does not belong here: classes of
identifiers (`licenses.py`), what a rule says about rows (`verdicts.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from corpus_assets.languages import STAGES
from corpus_assets.policy.license_words import (
    CLASSES,
    GRADES,
    VERDICTS,
    Flag,
    Grade,
    LicenseClass,
    Obligation,
    State,
    Verdict,
)
from corpus_assets.policy.strict import Strict

Stage = Literal["pretraining", "continued_pretraining", "fine_tuning", "evaluation"]
Category = Literal["open_source", "educational", "commercial", "freelance", "in_house"]
Classes = Annotated[tuple[LicenseClass, ...], Field(strict=False)]
Flags = Annotated[tuple[Flag, ...], Field(strict=False)]
Obligations = Annotated[tuple[Obligation, ...], Field(strict=False)]

# Classes that only agreements give; the others are ordered by how much they bind.
_AGREED = ("owned", "contract")


class Evidence(Strict):
    """The weakest evidence grade that is enough, and what weaker evidence leads to."""

    at_least: Grade
    below: Literal["review", "deny"]


class FlagRules(Strict):
    """Flags that deny or need a review; the others are for information."""

    review: Flags = ()
    deny: Flags = ()


class ObligationRules(Strict):
    """Obligations that deny or need a review; the others can be met."""

    review: Obligations = ()
    deny: Obligations = ()


class SourceTerms(Strict):
    """What holds for one source category besides: it can only be stricter than the stage."""

    evidence: Evidence | None = None
    review: Classes = ()
    deny: Classes = ()


class StageRules(Strict):
    """What the stages named in `for` may use. A class that no list names is denied."""

    stages: Annotated[tuple[Stage, ...], Field(strict=False, alias="for", min_length=1)]
    allow: Classes = ()
    review: Classes = ()
    deny: Classes = ()
    evidence: Evidence
    obligations: ObligationRules = ObligationRules()
    flags: FlagRules = FlagRules()
    sources: dict[Category, SourceTerms] = Field(default_factory=dict)

    def of_class(self, license_class: str) -> Verdict:
        """What the stage says about a class, whatever the source."""
        if license_class in self.allow:
            return "allow"
        return "review" if license_class in self.review else "deny"

    def of_terms(self, license_class: str, obligations: Sequence[str]) -> Verdict:
        """What the stage says about a class with obligations, whatever source and evidence."""
        found = [self.of_class(license_class)]
        if not set(obligations).isdisjoint(self.obligations.deny):
            found.append("deny")
        if not set(obligations).isdisjoint(self.obligations.review):
            found.append("review")
        return max(found, key=VERDICTS.index)

    def problems(self) -> Iterator[str]:
        """What contradicts itself or has no effect, each with the key and how to mend it."""
        yield from self._class_problems()
        for key, rules in (("obligations", self.obligations), ("flags", self.flags)):
            for name in sorted(set(rules.review) & set(rules.deny)):
                yield f"{key}: {name} is in review and in deny; keep one of them"
        if self.evidence.at_least == GRADES[-1]:
            yield f"evidence.below is unreachable: no evidence is weaker than {GRADES[-1]}"
        for category, terms in self.sources.items():
            yield from (f"sources.{category}: {text}" for text in self._source_problems(terms))

    def _class_problems(self) -> Iterator[str]:
        lists = {"allow": self.allow, "review": self.review, "deny": self.deny}
        for name in CLASSES:
            named = [key for key, classes in lists.items() if name in classes]
            if not named:
                yield f"no rule for class {name}; add it to allow, review or deny"
            if len(named) > 1:
                yield f"class {name} is in {' and in '.join(named)}; keep one of them"
        public = [name for name in CLASSES if name not in _AGREED]
        for milder, stricter in pairwise(public):
            one, other = self.of_class(milder), self.of_class(stricter)
            if VERDICTS.index(one) > VERDICTS.index(other):
                yield (
                    f"{stricter} is more restrictive than {milder} but the rule for it is milder "
                    f"({other}, not {one}): terms joined by AND count as the strictest class, so "
                    f"{milder} would pass in its company; make it {other} or {stricter} {one}"
                )
        if self.of_class("unknown") == "allow":
            yield "allow: unknown cannot be allowed, for nobody knows what it permits"

    def _source_problems(self, terms: SourceTerms) -> Iterator[str]:
        for key, classes in (("review", terms.review), ("deny", terms.deny)):
            for name in classes:
                if VERDICTS.index(self.of_class(name)) >= VERDICTS.index(key):
                    yield f"{key}: {name} has no effect, the stage says {self.of_class(name)}"
        for name in sorted(set(terms.review) & set(terms.deny)):
            yield f"{name} is in review and in deny; keep one of them"
        if terms.evidence is not None:
            wanted, general = terms.evidence, self.evidence
            weaker = GRADES.index(wanted.at_least) >= GRADES.index(general.at_least)
            if weaker and not (wanted.below == "deny" and general.below == "review"):
                yield "evidence has no effect: the stage asks for as much"


class Profile(Strict):
    """A named choice of stage rules; `states` replaces the states of classes."""

    about: str = Field(min_length=1)
    states: dict[LicenseClass, State] = Field(default_factory=dict)
    stages: Annotated[tuple[StageRules, ...], Field(strict=False, min_length=1)]

    def rules(self, stage: str) -> StageRules:
        """The rules of a stage. Raises ValueError for a name that is no stage."""
        for rules in self.stages:
            if stage in rules.stages:
                return rules
        raise ValueError(f"no such stage: {stage}; there are {', '.join(STAGES)}")

    def severity(self, license_class: str, obligations: Sequence[str]) -> int:
        """How much the stages together hold against a class with obligations, 0 for nothing."""
        return sum(
            VERDICTS.index(rules.of_terms(license_class, obligations)) * len(rules.stages)
            for rules in self.stages
        )

    def problems(self) -> Iterator[str]:
        """What is wrong with the profile, each with the key and how to mend it."""
        named: list[str] = [stage for rules in self.stages for stage in rules.stages]
        for stage in STAGES:
            if named.count(stage) != 1:
                what = "has no rules" if stage not in named else "has rules twice"
                yield f"stages: {stage} {what}; name it in exactly one `for`"
        for position, rules in enumerate(self.stages):
            yield from (f"stages.{position}.{text}" for text in rules.problems())
