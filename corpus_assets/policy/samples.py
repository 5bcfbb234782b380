"""Runs a gate's samples through its own judgement: what must be dropped is, what must stay stays.

Belongs here: executing `must_drop` and `must_keep` of a gate and of its overrides. A rule that is
inverted, never fires, or fires on what it should leave alone cannot pass. Does not belong here:
limits that need no sample to be refused (`gate_faults`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from corpus_assets.policy.gate_faults import value_fault
from corpus_assets.policy.gates import Gate, Limit, Value, Which
from corpus_assets.policy.judgements import COLUMNS, Judgement, bounds, judgement
from corpus_assets.policy.strict import Fault
from corpus_assets.policy.yaml_places import Location


class _Run(NamedTuple):
    """Samples of one kind, as they are run for the gate itself or for a language."""

    gate: Gate
    language: str | None
    which: Which

    @property
    def limits(self) -> Mapping[str, Limit]:
        return self.gate.limits if self.language is None else self.gate.limits_for(self.language)

    @property
    def samples(self) -> Mapping[str, tuple[Value, ...]]:
        return self.gate.samples_for(self.language, self.which)

    def place(self, column: str) -> Location:
        """Where the column's samples stand, or should: in the override if that has its own."""
        override = None if self.language is None else self.gate.overrides[self.language]
        if override is not None and (
            column in getattr(override, self.which) or column not in self.gate.limits
        ):
            return ("overrides", str(self.language), self.which, column)
        return (self.which, column)

    def told(self, words: str, column: str) -> Fault:
        """A fault of a sample, with the gate and the language it is run for."""
        place = self.place(column)
        whose = f"gate {self.gate.name}" + (f" for {self.language}" if self.language else "")
        if self.language and place[0] == self.which:
            words += f"; give overrides.{self.language} a {self.which} of its own"
        return Fault(place, f"{whose}: {words}")


def sample_faults(gate: Gate) -> Iterator[Fault]:
    """Every sample of the gate that does not behave; places start at the gate."""
    yield from _faults(gate, None)
    seen = set[str]()
    for language, override in gate.overrides.items():
        # Languages often share one override by an anchor; its samples are run once.
        content = override.model_dump_json()
        if content not in seen:
            seen.add(content)
            yield from _faults(gate, language)


def _faults(gate: Gate, language: str | None) -> Iterator[Fault]:
    for which in ("must_drop", "must_keep"):
        run = _Run(gate, language, which)
        unfit = list(_unfit(run))
        yield from unfit or _misbehaving(run)


def _unfit(run: _Run) -> Iterator[Fault]:
    """Samples that are missing, of a column that is not limited, or no value of their column."""
    for name in run.limits:
        if name not in run.samples:
            yield run.told(f"no value of {name}, which the gate limits", name)
    for name, values in run.samples.items():
        if name not in run.limits:
            yield run.told(f"the gate does not limit {name}", name)
            continue
        for value in values:
            if told := value_fault(name, value):
                yield run.told(told, name)


def _misbehaving(run: _Run) -> Iterator[Fault]:
    """Samples on which the judgement says the opposite, each value judged on its own."""
    rows = [(name, value) for name, values in run.samples.items() for value in values]
    drop, behave = run.which == "must_drop", True
    for (name, value), gone in zip(rows, dropped(judgement(run.limits), rows), strict=True):
        if gone != drop:
            limits = "; ".join(part.threshold for part in bounds(name, run.limits[name]))
            done = "dropped" if gone else "kept"
            yield run.told(f"{run.which} {name} {value!r} is {done} by {limits}", name)
            behave = False
    if behave and drop:
        yield from _idle_bounds(run)


def _idle_bounds(run: _Run) -> Iterator[Fault]:
    """Bounds that no sample shows to fire, where a column has several."""
    for name, values in run.samples.items():
        for part in bounds(name, run.limits[name]):
            if not any(dropped(part, [(name, value) for value in values])):
                yield run.told(f"no value of must_drop is dropped by {part.threshold}", name)


def dropped(judge: Judgement, rows: Sequence[tuple[str, Value]]) -> list[bool]:
    """Whether each (column, value) fails, where nothing else was measured."""
    columns = {
        name: pl.Series(
            [value if name == own else None for own, value in rows], dtype=COLUMNS[name]
        )
        for name in dict.fromkeys(name for name, _ in rows)
    }
    frame = pl.DataFrame(columns)
    return frame.select(judge.fails.fill_null(False)).to_series().to_list()
