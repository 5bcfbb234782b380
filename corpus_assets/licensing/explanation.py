"""Why a policy makes what it makes of an expression: every identifier, and every stage.

Belongs here: the assessment of an expression taken apart, for people. Does not belong here: the
assessment itself (`expressions.py`) and printing (`cli`).
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from corpus_assets.languages import STAGES
from corpus_assets.licensing.expressions import Assessment, assess, symbols
from corpus_assets.policy.licenses import NEUTRAL, LicensePolicy
from corpus_assets.policy.verdicts import COLUMNS, stage_verdict


class Part(NamedTuple):
    """One license of an expression, with its exception: what it is by the policy, and why.

    `state` and `obligations` are empty for a neutral identifier; `is_taken` tells whether it is in
    the elected branch.
    """

    license: str
    license_class: str
    state: str
    obligations: tuple[str, ...]
    decided_by: str
    why: str
    is_taken: bool


class Verdict(NamedTuple):
    """What a stage says of the expression: allow, review or deny, and why."""

    stage: str
    verdict: str
    reason: str


def parts(expression: str, policy: LicensePolicy) -> list[Part]:
    """The licenses of an expression in order; empty if it cannot be read."""
    elected = assess(expression, policy).elected
    taken = symbols(expression if elected is None else elected)
    return [_part(name, exception, policy, taken) for name, exception in symbols(expression)]


def verdicts(
    assessed: Assessment, policy: LicensePolicy, evidence: str, source_category: str
) -> list[Verdict]:
    """What each stage says, given the evidence grade and the source, and no flag."""
    row = {
        "license_state": assessed.state,
        "license_class": assessed.license_class,
        "license_evidence": evidence,
        "license_obligations": [*assessed.obligations],
        "license_flags": [],
        "source_category": source_category,
    }
    kinds = {name: pl.List(pl.String) if isinstance(row[name], list) else pl.String for name in row}
    frame = pl.DataFrame([row], schema={name: kinds[name] for name in COLUMNS})
    found = []
    for stage in STAGES:
        said = stage_verdict(policy, stage)
        found.append(Verdict(stage, *frame.select(said.verdict, said.reason).row(0)))
    return found


def _part(
    name: str,
    exception: str | None,
    policy: LicensePolicy,
    taken: tuple[tuple[str, str | None], ...],
) -> Part:
    decision = policy.decide(name)
    text = name if exception is None else f"{name} WITH {exception}"
    if decision.license_class == NEUTRAL:
        return Part(text, NEUTRAL, "", (), decision.decided_by, decision.why, False)
    decided_by, why = decision.decided_by, decision.why
    if exception is not None:
        decision = policy.class_with(decision.license_class, exception)
        decided_by, why = f"{decided_by}; {decision.decided_by}", f"{why}; {decision.why}"
    alone = assess(text, policy)
    return Part(
        text,
        alone.license_class,
        alone.state,
        alone.obligations,
        _listed(name, policy, decided_by),
        why,
        (name, exception) in taken,
    )


def _listed(name: str, policy: LicensePolicy, decided_by: str) -> str:
    """What decided, with the list that overrides the state of the class, if one does."""
    on_list = policy.list_of(name)
    return decided_by if on_list is None else f"{decided_by}; {on_list} list"
