"""What is wrong with a license policy, said before anything runs.

Belongs here: checks that look at several parts of the policy or at the catalog; each message
names the key and how to mend it. The models' own checks stand beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fnmatch import translate
from typing import TYPE_CHECKING

from corpus_assets.policy.license_catalog import canonical, catalog
from corpus_assets.policy.license_words import CLASSES

if TYPE_CHECKING:
    from corpus_assets.policy.license_profiles import Profile
    from corpus_assets.policy.licenses import LicensePolicy


def problems(policy: LicensePolicy) -> Iterator[str]:
    """Every mistake in the policy; none if it is sound."""
    yield from _date_problems(policy)
    yield from _class_problems(policy)
    yield from _addition_problems(policy)
    yield from _glob_problems(policy)
    yield from _override_problems(policy)
    yield from _profile_problems(policy)


def _date_problems(policy: LicensePolicy) -> Iterator[str]:
    try:
        right = date.fromisoformat(policy.as_of).isoformat() == policy.as_of
    except ValueError:
        right = False
    if not right:
        yield f"as_of: {policy.as_of!r} is no date; write YYYY-MM-DD"


def _class_problems(policy: LicensePolicy) -> Iterator[str]:
    for name in CLASSES:
        if name not in policy.classes:
            yield f"classes: class {name} has no entry; add one with its state"
    if policy.classes.get("unknown") and policy.classes["unknown"].state == "granted":
        yield "classes.unknown.state: what nobody can read is never granted; write unreadable"
    categories = {known.category for known in catalog().values()}
    for name in sorted(categories - {*policy.categories}):
        yield f"categories: no class for {name!r}"
    for name in sorted({*policy.categories} - categories):
        yield f"categories: {name!r} is no category of ScanCode; drop it"


def _addition_problems(policy: LicensePolicy) -> Iterator[str]:
    seen: set[str] = set()
    for position, addition in enumerate(policy.additions):
        for name in addition.ids:
            key = f"additions.{position}: {name!r}"
            if not re.fullmatch(r"[A-Za-z0-9.+-]+", name):
                yield f"{key} is no SPDX identifier: letters, digits, full stop, hyphen"
            if name in catalog():
                yield f"{key} is unreachable: the catalog has it; use overrides"
            elif canonical(name) != name:
                yield f"{key} is unreachable: it is read as {canonical(name)}"
            if name in seen:
                yield f"{key} stands there twice; keep one"
            seen.add(name)


def _glob_problems(policy: LicensePolicy) -> Iterator[str]:
    """Globs that match nothing, in lists where order does not matter."""
    known = _known(policy)
    exceptions = [name for name in known if name in catalog() and catalog()[name].is_exception]
    lists: list[tuple[str, Sequence[str], Sequence[str]]] = [
        ("allow", policy.allow, known),
        ("deny", policy.deny, known),
    ]
    for position, rule in enumerate(policy.obligations):
        lists.append((f"obligations.{position}", rule.match, known))
        if not rule.add and not rule.drop:
            yield f"obligations.{position}: neither adds nor drops anything; drop the rule"
        for obligation in sorted(set(rule.add) & set(rule.drop)):
            yield f"obligations.{position}: {obligation} is in add and in drop; keep one of them"
    for position, lowering_row in enumerate(policy.lowering_exceptions):
        lists.append((f"lowering_exceptions.{position}", lowering_row.match, exceptions))
    for position, rider in enumerate(policy.restricting_exceptions):
        lists.append((f"restricting_exceptions.{position}", rider.match, exceptions))
    for key, globs, names in lists:
        for glob in globs:
            if not _matching(glob, names):
                what = "exception" if names is exceptions else "identifier"
                mend = f"write {canonical(glob)}" if canonical(glob) != glob else "mend or drop it"
                yield f"{key}: {glob!r} matches no known {what}; {mend}"
    lowering = {name for row in policy.lowering_exceptions for name in _all(row.match, exceptions)}
    for position, row in enumerate(policy.restricting_exceptions):
        for name in sorted(lowering & set(_all(row.match, exceptions))):
            yield f"restricting_exceptions.{position}: {name} is in lowering_exceptions, too"
    for name in sorted(set(_all(policy.allow, known)) & set(_all(policy.deny, known))):
        yield f"allow: {name} is in deny, too, which goes first; keep one of them"


def _override_problems(policy: LicensePolicy) -> Iterator[str]:
    """Overrides that no identifier reaches: the first match wins."""
    left = dict.fromkeys(_known(policy))
    for position, override in enumerate(policy.overrides):
        for glob in override.match:
            taken = _matching(glob, left)
            if not taken:
                yield (
                    f"overrides.{position}: {glob!r} is unreachable: it matches no known "
                    "identifier that an earlier override leaves"
                )
            for name in taken:
                del left[name]


def _profile_problems(policy: LicensePolicy) -> Iterator[str]:
    if policy.profile not in policy.profiles:
        there = ", ".join(policy.profiles) or "none"
        yield f"profile: there is no profile {policy.profile!r} in profiles; there are: {there}"
    given = {name for meaning in policy.classes.values() for name in meaning.obligations}
    given |= {name for rule in policy.obligations for name in rule.add}
    for name, profile in policy.profiles.items():
        yield from (f"profiles.{name}.{text}" for text in profile.problems())
        yield from (f"profiles.{name}.{text}" for text in _state_problems(policy, profile))
        for position, rules in enumerate(profile.stages):
            for key in ("review", "deny"):
                for obligation in getattr(rules.obligations, key):
                    if obligation not in given:
                        yield (
                            f"profiles.{name}.stages.{position}.obligations.{key}: {obligation} "
                            "is unreachable: no class and no obligation rule gives it"
                        )


def _state_problems(policy: LicensePolicy, profile: Profile) -> Iterator[str]:
    """Contradictions between what a class means and what the profile's stages let in."""
    states = {name: meaning.state for name, meaning in policy.classes.items()} | profile.states
    for name, state in profile.states.items():
        if name == "unknown" and state == "granted":
            yield "states.unknown: what nobody can read is never granted; drop it"
        elif name in policy.classes and policy.classes[name].state == state:
            yield f"states.{name}: {state} it is anyway; drop it"
    for position, rules in enumerate(profile.stages):
        for key in ("allow", "review"):
            for name in getattr(rules, key):
                if states.get(name) == "denied":
                    yield (
                        f"stages.{position}.{key}: {name} has no effect, its state is "
                        f"{states[name]}; deny it, or add {name}: granted to states of the profile"
                    )


def _known(policy: LicensePolicy) -> list[str]:
    """Identifiers as expressions carry them: former spellings are replaced on reading."""
    current = [name for name in catalog() if canonical(name) == name]
    return current + [name for addition in policy.additions for name in addition.ids]


def _matching(glob: str, names: Iterable[str]) -> list[str]:
    if not any(sign in glob for sign in "*?["):  # names are many, and most globs are plain
        return [glob] if glob in names else []
    fits = re.compile(translate(glob)).match
    return [name for name in names if fits(name)]


def _all(globs: Iterable[str], names: Iterable[str]) -> list[str]:
    return [name for glob in globs for name in _matching(glob, names)]
