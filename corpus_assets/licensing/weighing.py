"""Which of the claims about one occurrence count, and what they say when put together.

Belongs here: thresholds, mentions, the nearest folder. Does not belong here: what follows when
file, tree and agreements disagree (`resolution.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from corpus_assets.licensing.expressions import Assessment, assess, combine, rank, read_as_choice
from corpus_assets.licensing.trees import Text, Tree, tree_license
from corpus_assets.policy.licenses import LicensePolicy

# How detectors write the GPL and the LGPL when no version is named.
_FAMILIES = ("GPL-1.0-or-later", "LGPL-2.0-or-later", "AGPL-1.0-or-later")


class Case(NamedTuple):
    """The claims about one occurrence, condensed: what the file, tree and agreements say.

    `in_file` is the file's expression and `file` what it amounts to; `file_unread` tells that
    one of its statements cannot be read; `outer` is a note on stricter folders above.
    """

    in_file: str | None
    file: Assessment | None
    file_unread: bool
    tree: Tree | None
    of_tree: Assessment | None
    outer: str
    agreements: list[dict[str, Any]]


def weigh(claims: Sequence[dict[str, Any]], policy: LicensePolicy) -> Case:
    """The claims that count, given as rows of license_claims.

    Weak statements (kind reference, or below the policy's thresholds) and mere mentions are left
    out.
    """
    spoken, stated = _texts_by_weight(claims)
    counted = [
        claim
        for claim in claims
        if _counts(claim, policy) and not _is_mention(claim, spoken, stated)
    ]
    readable = {item["evidence_path"] for item in counted if item["kind"] == "license_file"}
    # A license file of which nothing counts is there all the same, and hides those above it.
    doubtful = (
        claim | {"license_expression": None}
        for claim in claims
        if claim["kind"] == "license_file"
        and claim["evidence_path"] not in readable
        and assess(claim["license_expression"], policy).states_use
    )
    counted.extend(doubtful)
    return _case(counted, policy)


def _counts(claim: dict[str, Any], policy: LicensePolicy) -> bool:
    # In a license file even a mere name is meant; elsewhere it may be about anything.
    if claim["statement_kind"] == "reference" and claim["kind"] != "license_file":
        return False
    if claim["license_expression"] is None or claim["kind"] == "contract":
        return True
    if not assess(claim["license_expression"], policy).states_use:
        return False
    limits = policy.thresholds
    enough = claim["score"] >= limits.min_score and claim["coverage"] >= limits.min_coverage
    return bool(enough)


def _texts_by_weight(claims: Sequence[dict[str, Any]]) -> tuple[set[str], set[str]]:
    """The license files with a firm statement, and those with a whole license text."""
    texts = [claim for claim in claims if claim["kind"] == "license_file"]
    spoken = {item["evidence_path"] for item in texts if item["statement_kind"] != "reference"}
    stated = {item["evidence_path"] for item in texts if item["statement_kind"] == "text"}
    return spoken, stated


def _is_mention(claim: dict[str, Any], spoken: set[str], stated: set[str]) -> bool:
    """Whether a license file mentions this license beside the one that it states.

    Beside a notice or text a bare name is a mention ("GPL-compatible"), and so is, beside a
    text, a family without version: a grant names one.
    """
    if claim["kind"] != "license_file":
        return False
    if claim["statement_kind"] == "reference":
        return claim["evidence_path"] in spoken
    return claim["license_expression"] in _FAMILIES and claim["evidence_path"] in stated


def _case(claims: list[dict[str, Any]], policy: LicensePolicy) -> Case:
    own = [claim for claim in claims if claim["kind"] == "file"]
    texts = [claim for claim in claims if claim["kind"] == "license_file"]
    manifests = [claim for claim in claims if claim["kind"] == "manifest"]
    nearest = min((claim["distance"] for claim in texts), default=0)
    declared_at = min((claim["distance"] for claim in manifests), default=nearest)
    tree = tree_license(
        [
            Text(claim["evidence_path"], claim["license_expression"])
            for claim in texts
            if claim["distance"] == nearest
        ],
        [Text(claim["evidence_path"], claim["license_expression"]) for claim in manifests],
        nearest < declared_at,
        policy,
    )
    in_file = combine(claim["license_expression"] for claim in own if claim["license_expression"])
    if in_file is not None:
        in_file = read_as_choice(in_file, tree.expression if tree is not None else None)
    of_tree = None
    if tree is not None and tree.expression is not None:
        of_tree = assess(tree.expression, policy)
    return Case(
        in_file=in_file,
        file=assess(in_file, policy) if in_file else None,
        file_unread=any(claim["license_expression"] is None for claim in own),
        tree=tree,
        of_tree=of_tree,
        outer=_stricter_outside(texts, nearest, of_tree, policy),
        agreements=[claim for claim in claims if claim["kind"] == "contract"],
    )


def _stricter_outside(
    texts: list[dict[str, Any]], nearest: int, of_tree: Assessment | None, policy: LicensePolicy
) -> str:
    """A note on license files further up that ask more than the nearest ones; often empty."""
    if of_tree is None:
        return ""
    outside = sorted(
        {
            claim["license_expression"]
            for claim in texts
            if claim["distance"] > nearest
            and claim["license_expression"] is not None
            and rank(assess(claim["license_expression"], policy).license_class)
            > rank(of_tree.license_class)
        }
    )
    return f"; a folder above states {', '.join(outside)}" if outside else ""
