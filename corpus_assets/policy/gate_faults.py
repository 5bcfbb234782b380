"""What makes a gate impossible: columns that are not there, limits that never or always fail.

Belongs here: faults of a gate that can be told without judging anything. Does not belong here:
running its samples (`samples`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import polars as pl

from corpus_assets.policy.gates import Gate, Limit, Override, Value
from corpus_assets.policy.judgements import COLUMNS, is_number, is_share
from corpus_assets.policy.strict import Fault
from corpus_assets.policy.yaml_places import Location
from corpus_assets.tables import TABLES


def gate_faults(gate: Gate) -> Iterator[Fault]:
    """Limits that cannot be, and languages named twice; places start at the gate."""
    yield from _limit_faults(("limits",), gate.limits)
    for language, override in gate.overrides.items():
        place = ("overrides", language)
        yield from _limit_faults((*place, "limits"), override.limits)
        if override == Override():
            yield Fault(place, "changes nothing; leave it out")
        for name in override.without:
            if name not in gate.limits or name in override.limits:
                yield Fault((*place, "without"), f"{name} is no limit of the gate to leave out")
        if not gate.limits_for(language):
            yield Fault((*place, "without"), "nothing is left to judge: exempt the language")
        if gate.only_languages and language not in gate.only_languages:
            yield Fault(place, "not among only_languages")
    for name in gate.exempt_languages:
        if name in {*gate.overrides, *gate.only_languages}:
            yield Fault(("exempt_languages",), f"{name}: both exempt and named elsewhere")


def _limit_faults(place: Location, limits: Mapping[str, Limit]) -> Iterator[Fault]:
    for name, limit in limits.items():
        stated = limit.stated()
        if name not in COLUMNS:
            yield Fault((*place, name), f"no column that a gate can judge; {_near(name)}")
        elif not stated:
            yield Fault((*place, name), f"no limit; give one of {', '.join(_fitting(name))}")
        elif wrong := [key for key in stated if key not in _fitting(name)]:
            told = f"{name} is {COLUMNS[name]}: it can have {', '.join(_fitting(name))}"
            yield Fault((*place, name, wrong[0]), told)
        elif is_number(name):
            yield from _number_faults((*place, name), name, stated)


def _number_faults(place: Location, name: str, stated: Mapping[str, Any]) -> Iterator[Fault]:
    top = 1 if is_share(name) else math.inf
    for key, value in stated.items():
        if value < 0 or value > top:
            yield Fault((*place, key), f"{value} is outside {_range(name)}, where {name} lies")
        elif COLUMNS[name] == pl.Int64 and value != int(value):
            yield Fault((*place, key), f"{value}: {name} counts, write a whole number")
        elif (key == "min" and value == 0) or (key == "max" and value == top):
            yield Fault((*place, key), f"{value} never fires: {name} lies in {_range(name)}")
        elif key == "below" and value == 0:
            yield Fault((*place, key), f"nothing is below 0: {name} lies in {_range(name)}")
    low, high = stated.get("min", 0), stated.get("max", math.inf)
    if low > high or low >= stated.get("below", math.inf):
        key = "max" if low > high else "below"
        told = f"min {low} is above {key} {stated.get(key)}: nothing would pass"
        if "min" in stated:
            yield Fault(place, told)


def value_fault(column: str, value: Value) -> str | None:
    """Why a value cannot be one of the column; None if it can."""
    dtype = COLUMNS[column]
    if dtype == pl.Boolean:
        fits = isinstance(value, bool)
    elif dtype == pl.String:
        fits = isinstance(value, str)
    else:
        numeric = int if dtype == pl.Int64 else int | float
        fits = isinstance(value, numeric) and not isinstance(value, bool)
    if not fits:
        return f"{value!r} is no value of {column}, which is {dtype}"
    if is_number(column):
        number = float(value)
        if not 0 <= number <= (1 if is_share(column) else math.inf):
            return f"{value} is outside {_range(column)}, where {column} lies"
    return None


def _fitting(column: str) -> tuple[str, ...]:
    """Keys of a limit that fit the column."""
    if is_number(column):
        return ("min", "max", "below")
    return ("is",) if COLUMNS[column] == pl.Boolean else ("no_folders",)


def _range(column: str) -> str:
    return "0 to 1" if is_share(column) else "0 and more"


def _near(name: str) -> str:
    if name in TABLES["quality_signals"].names:
        return "limits judge numbers and Booleans"
    close = get_close_matches(name, COLUMNS, n=1)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(COLUMNS)}"
