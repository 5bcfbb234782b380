"""The license policy: which identifier is of which class, and what a class permits.

Belongs here: the model of `licenses.yaml` and what it says about one identifier. Does not belong
here: its checks (`license_lint.py`), what a stage makes of it (`license_profiles.py`,
`verdicts.py`), the algebra of expressions and the rules between claims (`licensing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, PrivateAttr, computed_field, model_validator

from corpus_assets.policy.license_catalog import canonical, catalog, catalog_digest
from corpus_assets.policy.license_lint import problems
from corpus_assets.policy.license_profiles import Obligations, Profile, StageRules
from corpus_assets.policy.license_words import (
    CLASSES,
    FLAGS,
    GRADES,
    NEUTRAL,
    OBLIGATIONS,
    VERDICTS,
    LicenseClass,
    State,
)
from corpus_assets.policy.strict import ConfigError, Strict, load

__all__ = [
    "CLASSES", "FLAGS", "GRADES", "NEUTRAL", "OBLIGATIONS", "VERDICTS", "Decision",
    "LicensePolicy", "canonical", "catalog", "load_license_policy",
]  # fmt: skip

_STATES = ("granted", "unreadable", "denied")


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Globs = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(strict=False, min_length=1)]
MaybeGlobs = Annotated[tuple[str, ...], Field(strict=False)]
Percent = Annotated[float, Field(ge=0, le=100)]
ClassOrNeutral = LicenseClass | Literal["neutral"]


class Thresholds(Strict):
    """Detections below `min_score` or `min_coverage` (0-100 each) are no statement."""

    min_score: Percent
    min_coverage: Percent


class Addition(Strict):
    """Identifiers beside the catalog: our own, and those newer than the catalog."""

    ids: Globs
    license_class: LicenseClass = Field(alias="class")
    why: str = Field(min_length=1)


class Override(Strict):
    """Identifiers matching a glob are of this class; neutral ones say nothing about use."""

    match: Globs
    license_class: ClassOrNeutral = Field(alias="class")
    why: str = Field(min_length=1)


class LoweringException(Strict):
    """A strong copyleft WITH such an exception binds like a weak one."""

    match: Globs
    why: str = Field(min_length=1)


class RestrictingException(Strict):
    """A license WITH such a rider is of this class at least."""

    match: Globs
    license_class: LicenseClass = Field(alias="class")
    why: str = Field(min_length=1)


class ClassMeaning(Strict):
    """Whether licenses of the class grant any use at all, and what they commonly ask."""

    state: State
    obligations: Obligations = ()


class ObligationRule(Strict):
    """What licenses or exceptions matching a glob ask besides their class, or do not ask."""

    match: Globs
    add: Obligations = ()
    drop: Obligations = ()


class Decision(NamedTuple):
    """The class of one identifier, the part of the policy that gave it, and the reason."""

    license_class: str
    decided_by: str
    why: str


class LicensePolicy(Strict):
    """Classes, states, obligations and profiles; see `licenses.yaml` for the meaning."""

    format: Literal["corpus-license-policy/1"] = Field(alias="schema")
    version: str = Field(min_length=1)
    owner: str
    as_of: str
    profile: str
    thresholds: Thresholds
    categories: dict[str, ClassOrNeutral]
    additions: Annotated[tuple[Addition, ...], Field(strict=False)]
    overrides: Annotated[tuple[Override, ...], Field(strict=False)]
    lowering_exceptions: Annotated[tuple[LoweringException, ...], Field(strict=False)]
    restricting_exceptions: Annotated[tuple[RestrictingException, ...], Field(strict=False)]
    classes: dict[LicenseClass, ClassMeaning]
    obligations: Annotated[tuple[ObligationRule, ...], Field(strict=False)]
    allow: MaybeGlobs
    deny: MaybeGlobs
    profiles: dict[str, Profile]
    _decisions: dict[str, Decision] = PrivateAttr(default_factory=dict)
    _asked: dict[tuple[str, str, str | None], tuple[str, ...]] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _check(self) -> Self:
        found = list(problems(self))
        if found:
            raise ValueError("; ".join(found))
        return self

    @computed_field  # type: ignore[prop-decorator]
    @property
    def catalog_sha256(self) -> str:
        """Digest of the list of identifiers, which belongs to the policy's own digest."""
        return catalog_digest()

    def decide(self, identifier: str) -> Decision:
        """The class of one license identifier (or NEUTRAL, or unknown), and why."""
        if identifier not in self._decisions:
            self._decisions[identifier] = self._decide(identifier)
        return self._decisions[identifier]

    def class_of(self, identifier: str) -> str:
        """The class of one license identifier, `NEUTRAL`, or unknown."""
        return self.decide(identifier).license_class

    def state_of(self, identifier: str, license_class: str) -> str:
        """granted, denied or unreadable: the deny list, then the allow list, then the class."""
        on_list = self.list_of(identifier)
        if on_list is not None:
            return "denied" if on_list == "deny" else "granted"
        return self.state_of_class(license_class)

    def list_of(self, identifier: str) -> str | None:
        """deny or allow, if an identifier is on one of these lists."""
        if _matches(identifier, self.deny):
            return "deny"
        return "allow" if _matches(identifier, self.allow) else None

    def state_of_class(self, license_class: str) -> str:
        """The state of a class in the profile that applies."""
        states: Mapping[str, State] = self.chosen.states  # type: ignore[assignment]
        return states.get(license_class) or self.classes[license_class].state  # type: ignore[index]

    def class_with(self, license_class: str, exception: str) -> Decision:
        """The class of a license of some class WITH an exception, and why.

        Riders that take rights away count whatever the license; linking and output exceptions
        make a strong copyleft a weak one; of an exception that nobody knows, nothing is known.
        """
        for rider in self.restricting_exceptions:
            if _matches(exception, rider.match):
                worse = max(license_class, rider.license_class, key=CLASSES.index)
                return Decision(worse, f"restricting exception {exception}", rider.why)
        known = catalog().get(exception)
        if known is None:
            return Decision("unknown", f"unknown exception {exception}", "nobody knows its terms")
        own = self.class_of(exception)
        if not known.is_exception:
            words = f"{exception} is a license, not an exception"
            worse = license_class if own == NEUTRAL else max(license_class, own, key=CLASSES.index)
            return Decision(worse, words, "both apply")
        if own == "source_available":
            worse = max(license_class, own, key=CLASSES.index)
            return Decision(worse, f"category {known.category}", "the rider takes rights away")
        if license_class == "strong_copyleft":
            for lowering in self.lowering_exceptions:
                if _matches(exception, lowering.match):
                    words = f"lowering exception {exception}"
                    return Decision("weak_copyleft", words, lowering.why)
        return Decision(license_class, f"exception {exception}", "leaves the class as it is")

    def obligations_of(
        self, license_class: str, identifier: str, exception: str | None = None
    ) -> tuple[str, ...]:
        """What a license of a class asks, in the order of OBLIGATIONS."""
        key = (license_class, identifier, exception)
        if key not in self._asked:
            asked: set[str] = set(self.classes[license_class].obligations)  # type: ignore[index]
            for name in [identifier] if exception is None else [identifier, exception]:
                for rule in self.obligations:
                    if _matches(name, rule.match):
                        asked = (asked | set(rule.add)) - set(rule.drop)
            self._asked[key] = tuple(name for name in OBLIGATIONS if name in asked)
        return self._asked[key]

    @property
    def chosen(self) -> Profile:
        """The profile that applies."""
        return self.profiles[self.profile]

    def rules(self, stage: str) -> StageRules:
        """The rules of a stage in the profile that applies. Raises ValueError if there is none."""
        return self.chosen.rules(stage)

    def with_profile(self, name: str) -> LicensePolicy:
        """The same policy with another profile. Raises ConfigError if it has none of that name."""
        if name not in self.profiles:
            raise ConfigError(
                f"license policy {self.version} has no profile {name!r}; "
                f"there are {', '.join(self.profiles)}"
            )
        return self.model_copy(update={"profile": name})

    def _decide(self, identifier: str) -> Decision:
        for override in self.overrides:
            for glob in override.match:
                if fnmatchcase(identifier, glob):
                    return Decision(override.license_class, f"override {glob}", override.why)
        for addition in self.additions:
            if _matches(identifier, addition.ids):
                return Decision(addition.license_class, f"addition {identifier}", addition.why)
        # A plus sign admits later versions and changes nothing about the class.
        known = catalog().get(identifier) or catalog().get(identifier.removesuffix("+"))
        if known is None:
            return Decision("unknown", "no list", "neither SPDX nor ScanCode knows it")
        return Decision(
            self.categories[known.category],
            f"category {known.category}",
            "ScanCode's category of the license",
        )


def load_license_policy(path: Path | None = None, profile: str | None = None) -> LicensePolicy:
    """The policy in `path`, or the packaged default, with one of its profiles.

    Without `profile`, the one that the file names. Raises ConfigError with what is wrong.
    """
    policy = load(LicensePolicy, path or Path(__file__).with_name("licenses.yaml"))
    return policy if profile is None else policy.with_profile(profile)


def worst_state(states: Sequence[str]) -> str:
    """The worst of some states: granted, then unreadable, then denied."""
    return max(states, key=_STATES.index)


def _matches(identifier: str, globs: Sequence[str]) -> bool:
    return any(fnmatchcase(identifier, glob) for glob in globs)
