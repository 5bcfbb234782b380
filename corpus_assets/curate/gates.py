"""The gates as data: for each its name, the stages it guards, its value, threshold and verdict.

Belongs here: turning policy and mix spec into expressions over one wide frame of what is known
about documents. Evaluating them and keeping the books belongs to `ledger`; thresholds and how a
limit is judged belong to the policy. No gate measures anything itself.

Three gates no filter policy can switch off: taken_down, readable, and the license gates of each
stage. The gate seen_units guards the stages whose rule for repeated units is to drop.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import polars as pl

from corpus_assets.policy.duplicates import UnitAction
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.policy.gates import ALL, Gate, Limit
from corpus_assets.policy.judgements import Judgement, at_least, judgement
from corpus_assets.policy.licenses import LicensePolicy
from corpus_assets.policy.mixes import StageSpec
from corpus_assets.policy.strict import digest
from corpus_assets.policy.verdicts import asked, stage_verdict

SEEN_UNITS = "seen_units"
GATES_VERSION = "gates-2"


class StageGate(NamedTuple):
    """One gate as it guards one stage (or `all`), for the documents of one language."""

    stage: str
    name: str
    order: int
    version: str
    judgement: Judgement


def stage_gates(
    policy: FilterPolicy,
    licenses: LicensePolicy,
    stages: Mapping[str, StageSpec],
    as_of: str,
    language: str,
) -> list[StageGate]:
    """Every gate that judges documents of the language, in the order of the funnel.

    Gates of all stages come first, then each stage's license gates, then the policy's gates of
    that stage. `order` is the same for a gate in every language and stage. `as_of`: ISO date
    against which agreements are held.
    """
    found = [(ALL, *fixed) for fixed in _fixed()]
    for gate in policy.gates:
        if ALL in gate.stages:
            found += _applied(ALL, gate, language)
    license_version = f"{GATES_VERSION}; policy {licenses.version}-{digest(licenses)[:12]}"
    for stage, spec in stages.items():
        terms = _Terms(stage, spec, as_of, licenses)
        spec_version = f"{GATES_VERSION}; {digest(spec)[:12]}"
        for name, judge in _STAGE_GATES.items():
            version = license_version if judge is _license_policy else spec_version
            found.append((stage, name, version, judge(terms)))
        for gate in policy.gates:
            if stage in gate.stages:
                found += _applied(stage, gate, language)
        rule = policy.unit_duplicates.action(stage)
        if rule.action == "drop":
            version = f"{GATES_VERSION}; {digest(policy.unit_duplicates)[:12]}"
            found.append((stage, SEEN_UNITS, version, _seen_units(rule)))
    orders = {name: order for order, name in enumerate(funnel_order(policy))}
    gates = [
        StageGate(stage, name, orders[name], version, judgement)
        for stage, name, version, judgement in found
    ]
    return sorted(gates, key=lambda gate: (gate.stage != ALL, gate.order, gate.stage))


def funnel_order(policy: FilterPolicy) -> tuple[str, ...]:
    """The names of all gates as a document meets them; not every one guards every stage."""
    common = [gate.name for gate in policy.gates if ALL in gate.stages]
    own = [gate.name for gate in policy.gates if ALL not in gate.stages]
    return (*(name for name, _, _ in _fixed()), *common, *_STAGE_GATES, *own, SEEN_UNITS)


_Found = tuple[str, str, str, Judgement]


def _applied(stage: str, gate: Gate, language: str) -> Iterator[_Found]:
    if gate.applies_to(language):
        limits = gate.limits_for(language)
        yield stage, gate.name, f"{GATES_VERSION}; {_digest(limits)}", judgement(limits)


def _digest(limits: Mapping[str, Limit]) -> str:
    """What the rule version says of limits: another threshold is another version, wherever it
    stands in the funnel and whatever the other languages have."""
    stated = {name: limit.stated() for name, limit in limits.items()}
    return hashlib.sha256(json.dumps(stated).encode()).hexdigest()[:12]


def _fixed() -> Iterator[tuple[str, str, Judgement]]:
    taken_down = pl.col("takedown_requests")
    yield (
        "taken_down",
        GATES_VERSION,
        Judgement(taken_down.fill_null("none"), "none", taken_down.is_not_null()),
    )
    state = pl.col("decode_state")
    yield "readable", GATES_VERSION, Judgement(state, "ok", state != "ok")


def _seen_units(rule: UnitAction) -> Judgement:
    """Fails where at least the rule's share of a document's units was seen elsewhere first."""
    share = pl.col("seen_share")
    value = pl.when(pl.col("seen_in").is_not_null()).then(
        pl.format("{}, most in {}", share.round(4), "seen_in")
    )
    return Judgement(
        pl.coalesce(value, share.cast(pl.String)),
        f"seen_share < {rule.seen_share}",
        share >= rule.seen_share,
    )


class _Terms(NamedTuple):
    """What the gates of one stage go by."""

    stage: str
    spec: StageSpec
    as_of: str
    licenses: LicensePolicy


_StageJudge = Callable[[_Terms], Judgement]


def _one_of(column: str, allowed: list[str]) -> Judgement:
    value = pl.col(column)
    return Judgement(value, ", ".join(sorted(allowed)), ~value.is_in(allowed))


def _license_policy(terms: _Terms) -> Judgement:
    """What the license policy's profile says of the stage; a review waits, so it fails, too."""
    found = stage_verdict(terms.licenses, terms.stage)
    flags = pl.col("license_flags")
    passed = found.verdict == "allow"
    value = pl.concat_str(
        [
            pl.col("license_class").fill_null("no class"),
            pl.col("license_evidence").fill_null("no evidence"),
            pl.when(flags.list.len() > 0).then(flags.list.join(", ")),
            pl.when(~passed).then(pl.format("{}: {}", found.verdict, found.reason)),
        ],
        separator="; ",
        ignore_nulls=True,
    )
    return Judgement(value, asked(terms.licenses, terms.stage), ~passed)


def _agreement_stage(terms: _Terms) -> Judgement:
    allowed = pl.col("stages_allowed")
    limited = allowed.list.len() > 0
    value = pl.when(limited).then(allowed.list.join(", ")).otherwise(pl.lit("no limit"))
    return Judgement(value, terms.stage, limited & ~allowed.list.contains(terms.stage))


def _agreement_valid(terms: _Terms) -> Judgement:
    end = pl.col("valid_to")
    return Judgement(end.fill_null("open"), f"on {terms.as_of} or later", end < terms.as_of)


# Gates that every stage of a mix has; their thresholds are the mix's own, but for the license
# policy, which holds for every mix.
_STAGE_GATES: dict[str, _StageJudge] = {
    "license_state": lambda terms: _one_of("license_state", [*terms.spec.license_states]),
    "license_class": lambda terms: _one_of("license_class", [*terms.spec.license_classes]),
    "license_policy": _license_policy,
    "agreement_stage": _agreement_stage,
    "agreement_valid": _agreement_valid,
    "source_category": lambda terms: _one_of("source_category", [*terms.spec.source_categories]),
    "quality_score": lambda terms: at_least("quality_score", terms.spec.min_quality_score),
    "min_lines": lambda terms: at_least("n_lines", terms.spec.min_lines),
}
