"""`corpus licenses policy explain`: what the policy makes of an expression, and why."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from corpus_assets.cli import output
from corpus_assets.licensing.explanation import Part, parts, verdicts
from corpus_assets.licensing.expressions import assess, normalize
from corpus_assets.policy.license_catalog import catalog
from corpus_assets.policy.licenses import OBLIGATIONS, LicensePolicy, load_license_policy
from corpus_assets.policy.strict import digest
from corpus_assets.workspace import open_workspace


def explain(
    expression: str,
    *,
    stage: str | None,
    profile: str | None,
    policy_file: Path | None,
    evidence: str,
    category: str,
    json: bool,
) -> None:
    """Print the explanation; exit code 2 if the expression cannot be read."""
    policy = _policy(policy_file, profile)
    spdx = normalize(expression)
    if spdx is None:
        output.fail(
            f"{expression!r} is no SPDX expression; write identifiers joined by AND, OR and WITH, "
            "with parentheses, as in: MIT OR (GPL-2.0-only WITH Classpath-exception-2.0)",
            code=2,
        )
    found = assess(spdx, policy)
    stages = [
        verdict
        for verdict in verdicts(found, policy, evidence, category)
        if stage in (None, verdict.stage)
    ]
    told: dict[str, Any] = {
        "expression": spdx,
        "license_class": found.license_class,
        "license_state": found.state,
        "elected": found.elected,
        "says_something_about_use": found.states_use,
        "obligations": [*found.obligations],
        "licenses": [_with_hint(part) for part in parts(spdx, policy)],
        "supposed": {"evidence": evidence, "source_category": category},
        "verdicts": [verdict._asdict() for verdict in stages],
        "policy": described(policy),
    }
    if json:
        output.as_json(told)
    else:
        _show(told)


def described(policy: LicensePolicy) -> dict[str, str]:
    """How a policy is told from others: version, profile and digest."""
    return {
        "version": policy.version,
        "profile": policy.profile,
        "digest": digest(policy)[:12],
        "about": policy.chosen.about,
    }


def _policy(path: Path | None, profile: str | None) -> LicensePolicy:
    if path is not None:
        return load_license_policy(path, profile)
    workspace = open_workspace()
    if not workspace.config.exists():  # no project is needed to ask
        return load_license_policy(profile=profile)
    return workspace.licenses if profile is None else workspace.licenses.with_profile(profile)


def _with_hint(part: Part) -> dict[str, Any]:
    row = part._asdict() | {"obligations": [*part.obligations]}
    if part.decided_by.startswith("no list"):
        name = part.license.split(" WITH ")[0]
        near = get_close_matches(name, catalog(), n=3, cutoff=0.75)
        if near:
            row["why"] = f"{part.why}; did you mean {' or '.join(near)}?"
    return row


def _show(told: dict[str, Any]) -> None:
    policy = told["policy"]
    chosen = f"; elected: {told['elected']}" if told["elected"] else ""
    output.out.print(f"{told['expression']}{chosen}", style="bold", markup=False)
    said = f"{told['license_class']}, {told['license_state']}"
    if not told["says_something_about_use"]:
        said = "says nothing about use"
    output.out.print(f"{said}\n", markup=False)
    output.table(
        "licenses",
        ("license", "class", "state", "taken", "decided by", "why"),
        [
            (row["license"], row["license_class"], row["state"] or None, row["is_taken"],
             row["decided_by"], row["why"])
            for row in told["licenses"]
        ],
    )  # fmt: skip
    if told["obligations"]:
        output.table(
            "obligations",
            ("obligation", "meaning"),
            [(name, OBLIGATIONS[name]) for name in told["obligations"]],
        )
    supposed = told["supposed"]
    output.table(
        f"verdicts of profile {policy['profile']} (evidence {supposed['evidence']}, "
        f"source {supposed['source_category']})",
        ("stage", "verdict", "because"),
        [(row["stage"], row["verdict"], row["reason"]) for row in told["verdicts"]],
    )
    output.out.print(
        f"policy {policy['version']} ({policy['digest']}): {policy['about']}", markup=False
    )
