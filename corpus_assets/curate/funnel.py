"""The funnel as people read it: every gate in order, with limits, stages, languages and source.

Belongs here: rows that describe gates. Does not belong here: what they mean (`gates`) and which
documents they remove (`ledger`, `preview`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus_assets.curate.gates import SEEN_UNITS, StageGate, funnel_order, stage_gates
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.policy.gates import ALL, Gate
from corpus_assets.policy.judgements import judgement
from corpus_assets.policy.licenses import LicensePolicy
from corpus_assets.policy.mixes import MixSpec

_ANY_LANGUAGE = "other"  # gates that the filter policy does not define are the same in all


def funnel(
    policy: FilterPolicy, licenses: LicensePolicy, mix: MixSpec, language: str | None = None
) -> list[dict[str, Any]]:
    """One row per gate, and per stage where a gate's threshold differs, in the order of the funnel.

    Keys: order (as in the ledger), gate, stages, judges (whether it judges anything; with a
    language, documents of that), limits (in words), languages (which are judged, in words),
    overrides (a list of languages and limits; empty when a language is asked for, whose limits
    are in `limits` then), set_by (always, filter policy, license policy or mix) and source.
    """
    orders = {name: order for order, name in enumerate(funnel_order(policy))}
    rows = [*_by_other_rules(policy, licenses, mix), *_by_policy(policy, language)]
    ordered = [{"order": orders[row["gate"]], **row} for row in rows]
    return sorted(ordered, key=lambda row: int(row["order"]))


def _by_policy(policy: FilterPolicy, language: str | None) -> Iterator[dict[str, Any]]:
    for gate in policy.gates:
        judges = gate.enabled if language is None else gate.applies_to(language)
        limits = gate.limits if language is None else gate.limits_for(language)
        yield {
            "gate": gate.name,
            "stages": [*gate.stages],
            "judges": judges,
            "limits": judgement(limits).threshold,
            "languages": languages_judged(gate),
            "overrides": override_limits(gate) if language is None else [],
            "set_by": "filter policy",
            "source": gate.source,
        }


def _by_other_rules(
    policy: FilterPolicy, licenses: LicensePolicy, mix: MixSpec
) -> Iterator[dict[str, Any]]:
    own = {gate.name for gate in policy.gates}
    stages = {str(name): spec for name, spec in mix.stages.items()}
    same: dict[tuple[str, str], list[StageGate]] = {}
    for gate in stage_gates(policy, licenses, stages, mix.as_of, _ANY_LANGUAGE):
        if gate.name not in own:
            same.setdefault((gate.name, gate.judgement.threshold), []).append(gate)
    for (name, threshold), gates in same.items():
        set_by, source = "mix", f"{mix.name} {mix.version}"
        if gates[0].stage == ALL:
            set_by, source = "always", "no policy can switch it off"
        elif name == "license_policy":
            set_by, source = "license policy", f"{licenses.version}, profile {licenses.profile}"
        elif name == SEEN_UNITS:
            set_by, source = "filter policy", "unit_duplicates.stages"
        yield {
            "gate": name,
            "stages": [gate.stage for gate in gates],
            "judges": True,
            "limits": threshold,
            "languages": "all",
            "overrides": [],
            "set_by": set_by,
            "source": source,
        }


def languages_judged(gate: Gate) -> str:
    """Which languages a gate judges, in words."""
    if not gate.enabled:
        return "none: disabled"
    if gate.only_languages:
        return f"only {', '.join(gate.only_languages)}"
    return f"all but {', '.join(gate.exempt_languages)}" if gate.exempt_languages else "all"


def override_limits(gate: Gate) -> list[dict[str, Any]]:
    """languages, limits: what holds for languages whose limits are not the gate's own."""
    same: dict[str, list[str]] = {}
    for language in gate.overrides:
        threshold = judgement(gate.limits_for(language)).threshold
        same.setdefault(threshold, []).append(language)
    return [{"languages": names, "limits": told} for told, names in same.items()]
