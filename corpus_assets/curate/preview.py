"""What another filter policy would let through, judged on what is stored: nothing is measured.

Belongs here: the first failing gate of every document and stage under two policies, side by side,
and sums of them. Does not belong here: documents near a changed limit (`borderline`), how the
policies differ (`policy.gate_changes`), reading the lake and printing (`cli`, `defs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import polars as pl

from corpus_assets.curate.facts import facts
from corpus_assets.curate.gates import StageGate, stage_gates
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.policy.gate_changes import Change, gate_changes
from corpus_assets.policy.gates import ALL
from corpus_assets.policy.licenses import LicensePolicy
from corpus_assets.policy.mixes import MixSpec
from corpus_assets.tables import TABLES, conform

INPUTS = (
    "documents", "quality_signals", "quality_scores", "secrets", "contamination",
    "duplicate_resolution", "unit_overlap", "takedowns",
)  # fmt: skip
CHANGES = ("gained", "lost", "moved", "kept", "out")
_PLACE = ("content_id", "language", "source_category", "source", "path", "n_tokens")
_N_PATHS = 3
# What is decided before the gates, by settings of the policy whose outcome is stored.
_STORED = {
    "near_duplicates": "which documents are near duplicates, and which of them are kept, is taken "
    "from duplicate_resolution as stored; build near_duplicates with the policy to see it",
    "score_weights": "scores, and the choices among duplicates that rest on them, are taken as "
    "stored; build quality_scores with the policy to see them",
    "near_units": "what stands elsewhere is taken from unit_overlap as stored; build near_units "
    "with the policy to see it",
    "unit_duplicates": "what stands elsewhere is taken from unit_overlap as stored; build it with "
    "the policy to see it",
    "removal_budget": "a budget stops a run, it removes no document",
    "gate_alarms": "alarms warn, they remove no document",
}  # fmt: skip
_WEIGHTS = "only a rule to drop is a gate; masks and weights shape the mix, not who passes"


class Policies(NamedTuple):
    """The policy that holds, the one to try out, and what both share."""

    current: FilterPolicy
    changed: FilterPolicy
    licenses: LicensePolicy
    mix: MixSpec

    def gates(self, policy: FilterPolicy, language: str) -> list[StageGate]:
        """The gates of one of the policies, in the order of the funnel."""
        stages = {str(name): spec for name, spec in self.mix.stages.items()}
        return stage_gates(policy, self.licenses, stages, self.mix.as_of, language)

    @property
    def stages(self) -> tuple[str, ...]:
        """Every stage of the mix, after the gates that all share."""
        return (ALL, *(str(name) for name in self.mix.stages))


def stored_facts(tables: Mapping[str, pl.LazyFrame], policies: Policies) -> pl.DataFrame:
    """`facts` of the documents in `tables` (INPUTS), with the columns that either policy judges.

    Raises ValueError like `facts`.
    """
    limited = {
        column
        for policy in (policies.current, policies.changed)
        for gate in policy.gates
        for limits in (gate.limits, *(override.limits for override in gate.overrides.values()))
        for column in limits
    }
    needed = limited | {"n_tokens", "n_lines", "n_chars", "visible_text_fraction"}
    measured = [
        name
        for name in TABLES["quality_signals"].names
        if name in {"content_id", "language", "detector_version", *needed}
    ]
    frames = {name: tables[name] for name in INPUTS}
    frames["documents"] = frames["documents"].drop("text")
    frames["quality_signals"] = frames["quality_signals"].select(measured)
    return facts(*pl.collect_all([frames[name] for name in INPUTS]))


def outcomes(known: pl.DataFrame, policies: Policies) -> pl.DataFrame:
    """The first failing gate under both policies, one row per document of `known`.

    Columns: content_id, language, source_category, source, path, n_tokens, and per stage of
    `policies.stages` before_<stage> and after_<stage>: the gate's name, empty where all pass.
    """
    parts = []
    for (language,), part in known.partition_by("language", as_dict=True).items():
        sides = {"before": policies.current, "after": policies.changed}
        firsts = [
            first.alias(f"{side}_{stage}")
            for side, policy in sides.items()
            for stage, first in _first_failing(
                policies.gates(policy, str(language)), policies.stages
            )
        ]
        parts.append(part.select(*_PLACE, *firsts))
    return pl.concat(parts) if parts else pl.DataFrame(schema=_schema(policies.stages))


def _schema(stages: Iterable[str]) -> pl.Schema:
    sides = [f"{side}_{stage}" for side in ("before", "after") for stage in stages]
    return pl.Schema({**dict.fromkeys(_PLACE, pl.String), "n_tokens": pl.Int64}
                     | dict.fromkeys(sides, pl.String))  # fmt: skip


def _first_failing(gates: list[StageGate], stages: Iterable[str]) -> Iterator[tuple[str, pl.Expr]]:
    """Per stage the name of the gate at which a document falls out; gates of all stages first."""
    failing = {stage: list[pl.Expr]() for stage in stages}
    for gate in gates:
        fails = gate.judgement.fails.fill_null(False)
        failing[gate.stage].append(pl.when(fails).then(pl.lit(gate.name)))
    for stage, own in failing.items():
        common = [] if stage == ALL else failing[ALL]
        yield stage, pl.coalesce(*common, *own, pl.lit(""))


def sums(found: pl.DataFrame, policies: Policies) -> pl.DataFrame:
    """Table gates_preview of `outcomes`: every stage's rows add up to all documents."""
    keys = ["language", "source_category", "source", "stage", "gate_before", "gate_after"]
    parts = [
        found.with_columns(
            stage=pl.lit(stage), gate_before=f"before_{stage}", gate_after=f"after_{stage}"
        )
        .group_by(keys)
        .agg(
            n_documents=pl.len().cast(pl.Int64),
            n_tokens=pl.col("n_tokens").sum(),
            sample_paths=pl.col("path").sort_by("content_id").head(_N_PATHS),
        )
        .with_columns(change=change("gate_before", "gate_after"))
        for stage in policies.stages
    ]
    return conform(pl.concat(parts), "gates_preview").sort(keys)


def change(before: str, after: str) -> pl.Expr:
    """gained, lost, moved, kept or out, from the columns of the first failing gates."""
    was, now = pl.col(before), pl.col(after)
    return (
        pl.when(was == now).then(pl.when(was == "").then(pl.lit("kept")).otherwise(pl.lit("out")))
        .when(was == "").then(pl.lit("lost"))
        .when(now == "").then(pl.lit("gained"))
        .otherwise(pl.lit("moved"))
    )  # fmt: skip


def totals(rows: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """What passes before and after, gained and lost, of rows of `sums`, by stage and `keys`.

    Columns: stage, keys, and for documents and for tokens <what>_before, _gained, _lost, _after.
    """

    def of(column: str, *changes: str) -> pl.Expr:
        return pl.col(column).filter(pl.col("change").is_in(changes)).sum()

    columns = {"documents": "n_documents", "tokens": "n_tokens"}
    stages = rows["stage"].unique().sort()
    order = pl.Enum([ALL, *(stage for stage in stages if stage != ALL)])
    return (
        rows.group_by("stage", *keys)
        .agg(
            expression.alias(f"{what}_{name}")
            for what, column in columns.items()
            for name, expression in (
                ("before", of(column, "kept", "lost")),
                ("gained", of(column, "gained")),
                ("lost", of(column, "lost")),
                ("after", of(column, "kept", "gained")),
            )
        )
        .sort(pl.col("stage").cast(order), *keys)
    )


def unjudged(policies: Policies, known_columns: Mapping[str, list[str]]) -> list[str]:
    """What the changed policy says that stored evidence cannot answer, one sentence each.

    `known_columns`: per limited column the languages in which nothing was measured (`unmeasured`).
    """
    found: dict[str, list[Change]] = {}
    for item in gate_changes(policies.current, policies.changed):
        section = item.place.partition(".")[0]
        if item.what == "setting" and section != "version":
            is_action = item.place.startswith("unit_duplicates.stages.")
            found.setdefault(_WEIGHTS if is_action else _STORED[section], []).append(item)
    words = [
        "; ".join(f"{item.place} {item.before or 'unset'} -> {item.after or 'unset'}"
                  for item in items) + f": {why}"
        for why, items in found.items()
    ]  # fmt: skip
    words += [
        f"{column} is limited, but was not measured in {', '.join(languages)}: it judges nothing "
        "there (not known of the language, or quality_signals is older than the column)"
        for column, languages in known_columns.items()
    ]
    return words


def unmeasured(known: pl.DataFrame, policies: Policies, language: str) -> list[str]:
    """Columns that a gate of the changed policy limits anew and no document of the language has."""
    if known.is_empty():
        return []
    now = {gate.name: gate for gate in policies.current.gates}
    found: dict[str, None] = {}
    for gate in policies.changed.gates:
        if not gate.applies_to(language):
            continue
        held = now.get(gate.name)
        before = held.limits_for(language) if held and held.applies_to(language) else {}
        for column in gate.limits_for(language):
            if column not in before and known[column].null_count() == known.height:
                found[column] = None
    return list(found)


def language_tables(tables: Mapping[str, pl.LazyFrame], language: str) -> dict[str, pl.LazyFrame]:
    """The INPUTS of one language; takedowns are of every language."""
    return {
        name: frame if TABLES[name].partition is None else frame.filter(language=language)
        for name, frame in tables.items()
    }
