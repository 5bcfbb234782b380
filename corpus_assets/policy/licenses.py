"""The license policy: which identifier is of which class, and what a class permits.

Belongs here: the model of `licenses.yaml`, its checks, and the catalog of known identifiers. Does
not belong here: the algebra of expressions and the rules between claims (`licensing`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from corpus_assets.policy.strict import ConfigError, Strict, load

# From the least to the most restrictive (reference/licensing.md, 11.4); unknown is not elected.
CLASSES = (
    "owned",
    "public_domain",
    "permissive",
    "contract",
    "weak_copyleft",
    "strong_copyleft",
    "network_copyleft",
    "no_derivatives",
    "non_commercial",
    "source_available",
    "unknown",
)
NEUTRAL = "neutral"

LicenseClass = Literal[
    "owned", "public_domain", "permissive", "contract", "weak_copyleft", "strong_copyleft",
    "network_copyleft", "no_derivatives", "non_commercial", "source_available", "unknown",
]  # fmt: skip
State = Literal["granted", "denied", "unreadable"]
Globs = Annotated[tuple[str, ...], Field(strict=False)]
Percent = Annotated[float, Field(ge=0, le=100)]


class Known(NamedTuple):
    """A license identifier of the catalog: ScanCode's category, and whether it is an exception."""

    category: str
    is_exception: bool


class Thresholds(Strict):
    """Detections below `min_score` or `min_coverage` (0-100 each) are no statement."""

    min_score: Percent
    min_coverage: Percent


class Override(Strict):
    """Identifiers matching a glob are of this class; neutral ones say nothing about use."""

    match: str
    license_class: LicenseClass | Literal["neutral"] = Field(alias="class")


class LicensePolicy(Strict):
    """Classes, states and lists by license identifier; see `licenses.yaml` for the meaning."""

    version: str = Field(min_length=1)
    owner: str
    as_of: str
    thresholds: Thresholds
    own_ids: Globs
    categories: dict[str, LicenseClass | Literal["neutral"]]
    overrides: Annotated[tuple[Override, ...], Field(strict=False)]
    lowering_exceptions: Globs
    states: dict[LicenseClass, State]
    allow: Globs
    deny: Globs

    @model_validator(mode="after")
    def _check(self) -> Self:
        problems = [*_date_problems(self), *_class_problems(self), *_id_problems(self)]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def class_of(self, identifier: str) -> str:
        """The class of one license identifier, `NEUTRAL`, or unknown."""
        for override in self.overrides:
            if fnmatchcase(identifier, override.match):
                return override.license_class
        # A plus sign admits later versions and changes nothing about the class.
        known = catalog().get(identifier) or catalog().get(identifier.removesuffix("+"))
        return self.categories[known.category] if known else "unknown"

    def state_of(self, identifier: str, license_class: str) -> str:
        """granted, denied or unreadable: the deny list, then the allow list, then the class."""
        if _matches(identifier, self.deny):
            return "denied"
        if _matches(identifier, self.allow):
            return "granted"
        return self.states[license_class]  # type: ignore[index]

    def lowers(self, exception: str) -> bool:
        """Whether a license WITH this exception binds like a weak copyleft at most."""
        return _matches(exception, self.lowering_exceptions)


def load_license_policy(path: Path | None = None) -> LicensePolicy:
    """The policy in `path`, or the packaged default. Raises ConfigError with what is wrong."""
    return load(LicensePolicy, path or Path(__file__).with_name("licenses.yaml"))


@lru_cache(maxsize=1)
def catalog() -> dict[str, Known]:
    """Every SPDX and LicenseRef-scancode identifier, from the list that license-expression ships.

    Raises ConfigError if the list is not where the library used to keep it.
    """
    return {
        identifier: Known(entry["category"], entry["is_exception"])
        for entry in _entries()
        for identifier in (entry["spdx_license_key"], *entry["other_spdx_license_keys"])
        if identifier
    }


@lru_cache(maxsize=1)
def _entries() -> list[dict[str, Any]]:
    source = files("license_expression").joinpath("data", "scancode-licensedb-index.json")
    try:
        entries: list[dict[str, Any]] = json.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError("license-expression ships no license list; install >= 30.4") from error
    return entries


def canonical(identifier: str) -> str:
    """The current spelling of an identifier: case mended, deprecated SPDX names replaced.

    An identifier that nobody knows comes back as it is.
    """
    return _spellings().get(identifier.lower(), identifier)


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    spellings: dict[str, str] = {}
    for entry in _entries():
        current = entry["spdx_license_key"]
        for name in entry["other_spdx_license_keys"]:
            spellings.setdefault(name.lower(), current or name)
    return spellings | {
        name.lower(): name for entry in _entries() if (name := entry["spdx_license_key"])
    }


def _matches(identifier: str, globs: Sequence[str]) -> bool:
    return any(fnmatchcase(identifier, glob) for glob in globs)


def _date_problems(policy: LicensePolicy) -> list[str]:
    try:
        date.fromisoformat(policy.as_of)
    except ValueError:
        return [f"as_of: {policy.as_of!r} is no date; write YYYY-MM-DD"]
    return []


def _class_problems(policy: LicensePolicy) -> list[str]:
    problems = [
        f"states: no rule for class {name}" for name in CLASSES if name not in policy.states
    ]
    categories = {known.category for known in catalog().values()}
    problems += [
        f"categories: no class for {name!r}" for name in sorted(categories - {*policy.categories})
    ]
    problems += [
        f"categories: {name!r} is no category of ScanCode"
        for name in sorted({*policy.categories} - categories)
    ]
    return problems


def _id_problems(policy: LicensePolicy) -> list[str]:
    known = [*catalog(), *policy.own_ids]
    exceptions = [name for name, entry in catalog().items() if entry.is_exception]
    problems = []
    for field, globs, names in (
        ("allow", policy.allow, known),
        ("deny", policy.deny, known),
        ("lowering_exceptions", policy.lowering_exceptions, exceptions),
    ):
        problems += [
            f"{field}: {glob!r} matches no known identifier"
            for glob in globs
            if not any(fnmatchcase(name, glob) for name in names)
        ]
    for glob in policy.own_ids:
        if not glob.startswith("LicenseRef-"):
            problems.append(f"own_ids: {glob!r} must begin with LicenseRef-")
    left = set(known)
    for override in policy.overrides:
        taken = {name for name in left if fnmatchcase(name, override.match)}
        if not taken:
            problems.append(
                f"overrides: {override.match!r} is unreachable: it matches no known identifier "
                "that an earlier override leaves"
            )
        left -= taken
    return problems
