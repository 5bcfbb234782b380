"""How two filter policies differ: gates, their order, limits and languages, and what else they say.

Belongs here: changes as rows, from the policies alone. What a change does to documents is for
`curate.preview`.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.policy.gates import Gate, Limit
from corpus_assets.policy.judgements import bounds, judgement

# Fields of a gate that are told as they are, and under which word.
_TOLD = {
    "enabled": "enabled", "stages": "stages", "only_languages": "languages",
    "exempt_languages": "languages", "must_drop": "samples", "must_keep": "samples",
    "may_be_silent": "alarms", "may_drop_most": "alarms", "source": "source",
}  # fmt: skip


class Change(NamedTuple):
    """One difference; `before` and `after` in words, None where there is nothing on that side.

    `what` is added, removed or moved for gates as a whole (a place is said by the gate before it),
    limits, stages, languages, enabled or override for what they judge, samples, alarms or source
    for the rest, and setting for everything outside gates.
    """

    what: str
    place: str
    before: str | None
    after: str | None
    languages: tuple[str, ...] = ()


def gate_changes(before: FilterPolicy, after: FilterPolicy) -> list[Change]:
    """Every difference between two policies: gates by the order of `after`, then settings."""
    one, other = ({gate.name: gate for gate in policy.gates} for policy in (before, after))
    changes = [
        Change("removed", name, judgement(gate.limits).threshold, None)
        for name, gate in one.items()
        if name not in other
    ]
    moved = _moved(list(one), list(other))
    for name, gate in other.items():
        if name not in one:
            changes.append(Change("added", name, None, judgement(gate.limits).threshold))
            continue
        if name in moved:
            was, now = (_place(name, list(gates)) for gates in (one, other))
            changes.append(Change("moved", name, was, now))
        changes += _of_gate(one[name], gate)
    return [*changes, *_settings(before, after)]


def _of_gate(before: Gate, after: Gate) -> Iterator[Change]:
    for column in dict.fromkeys((*before.limits, *after.limits)):
        was, now = (_threshold(column, gate.limits.get(column)) for gate in (before, after))
        if was != now:
            yield Change("limits", f"{before.name}.limits.{column}", was, now)
    for field, what in _TOLD.items():
        one, other = getattr(before, field), getattr(after, field)
        if one != other:
            yield Change(what, f"{before.name}.{field}", _told(one), _told(other))
    same: dict[tuple[str, str], list[str]] = {}
    for language in dict.fromkeys((*before.overrides, *after.overrides)):
        own = [gate.overrides.get(language) for gate in (before, after)]
        if own[0] != own[1]:
            # In effect: an override that goes leaves the gate's own limits.
            hold = (judgement(gate.limits_for(language)).threshold for gate in (before, after))
            same.setdefault((next(hold), next(hold)), []).append(language)
    for (one, other), languages in same.items():
        yield Change("override", f"{before.name}.overrides", one, other, tuple(languages))


def _threshold(column: str, limit: Limit | None) -> str | None:
    if limit is None:
        return None
    return "; ".join(part.threshold for part in bounds(column, limit))


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest gates that have to move to make one order of the common ones the other.

    Those outside a longest increasing subsequence of places (patience sorting: Fredman 1975).
    """
    places = {name: place for place, name in enumerate(before)}
    names = [name for name in after if name in places]
    ends: list[int] = []  # smallest last place of an increasing run, by its length
    length = []
    for name in names:
        at = bisect_left(ends, places[name])
        ends[at : at + 1] = [places[name]]
        length.append(at + 1)
    stay, wanted, last = set[str](), len(ends), len(before)
    for name, long in zip(reversed(names), reversed(length), strict=True):
        if long == wanted and places[name] < last:
            stay.add(name)
            wanted, last = wanted - 1, places[name]
    return set(names) - stay


def _place(name: str, names: list[str]) -> str:
    place = names.index(name)
    return f"after {names[place - 1]}" if place else "first"


def _settings(before: FilterPolicy, after: FilterPolicy) -> Iterator[Change]:
    one, other = (dict(_flat(policy.model_dump(exclude={"gates"}))) for policy in (before, after))
    for key in dict.fromkeys((*one, *other)):
        if one.get(key) != other.get(key):
            yield Change("setting", key, one.get(key), other.get(key))


def _flat(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Dotted keys with their values in words; a list is one value."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        elif value is not None:
            yield f"{above}{key}", _told(value)


def _told(value: Any) -> str:
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return ", ".join(value) or "none"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
