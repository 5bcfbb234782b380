"""Which of the claims about one occurrence count, and what they say when put together.

Belongs here: thresholds, mentions, references, the nearest scope. Does not belong here: what
follows when file, tree and agreements disagree (`resolution.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from corpus_assets.licensing.evidence_rank import is_scoped, speaks_first
from corpus_assets.licensing.expressions import Assessment, assess, combine, rank, read_as_choice
from corpus_assets.licensing.partial import grants_tool_part_only, without_nameless
from corpus_assets.licensing.statements import RESERVED_RULE
from corpus_assets.licensing.trees import Text, Tree, tree_license
from corpus_assets.policy.licenses import LicensePolicy

# How detectors write the GPL and the LGPL when no version is named.
_FAMILIES = ("GPL-1.0-or-later", "LGPL-2.0-or-later", "AGPL-1.0-or-later")
# Statements that are evidence of something else than the license of the file.
_NO_LICENSE = ("snippet",)
COPIED_SNIPPET = "snippet-copied"

Claim = dict[str, Any]


class Said(NamedTuple):
    """An expression, what it amounts to, and the claims that state it."""

    expression: str
    assessed: Assessment
    claims: tuple[str, ...]


class Case(NamedTuple):
    """The claims about one occurrence, condensed.

    `file` is what the file states itself, `followed` what the file says to which it points,
    `scoped` what a list of paths says of it, `tree` what its folder or one above declares, `forge`
    what the host says; `file_unread` tells that a statement of the file cannot be read,
    `tool_part_only` that it covers no more than what a build tool added to the file. `flags` are
    those of the policy that need no comparison of the parts; `weak_rank` is the rank of the
    strictest class among the file's weak statements, 0 where there are none.
    """

    file: Said | None
    file_unread: bool
    tool_part_only: bool
    followed: Said | None
    scoped: Said | None
    tree: Tree | None
    of_tree: Said | None
    forge: Said | None
    agreements: list[Claim]
    flags: frozenset[str]
    weak_rank: int


def claim_id(claim: Claim) -> str:
    """How a claim is named within its occurrence: kind and ordinal."""
    return f"{claim['kind']}:{claim['ordinal']}"


def weigh(claims: Sequence[Claim], policy: LicensePolicy) -> Case:
    """The claims that count, given as rows of license_claims.

    Weak statements (kind reference, or below the policy's thresholds) and mere mentions are left
    out; so is what a vague pointer ("see LICENSE") says, in favor of the file it names.
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
        claim | {"license_expression": None, "resembles": claim["license_expression"]}
        for claim in claims
        if claim["kind"] == "license_file"
        and claim["evidence_path"] not in readable
        and speaks_first(claim["evidence_path"])
        and assess(claim["license_expression"], policy).states_use
    )
    counted.extend(doubtful)
    own = [claim for claim in counted if claim["kind"] == "file"]
    tree, flags = _tree([claim for claim in counted if not _is_scoped(claim)], policy)
    declared = tree.expression if tree is not None else None
    followed = [claim for claim in own if claim["statement_kind"] == "followed"]
    stated_here = [claim for claim in own if claim["statement_kind"] != "followed"]
    file = _said(stated_here, policy, declared)
    is_tool_output = any(claim["evidence_path"] for claim in stated_here)
    return Case(
        file=file,
        tool_part_only=file is not None
        and is_tool_output
        and grants_tool_part_only(file.expression),
        file_unread=any(claim["license_expression"] is None for claim in stated_here),
        followed=_said(followed, policy, declared),
        scoped=_said([claim for claim in counted if _is_scoped(claim)], policy),
        tree=tree,
        of_tree=_assessed(tree, policy),
        forge=_said([claim for claim in counted if claim["kind"] == "forge"], policy),
        agreements=[claim for claim in claims if claim["kind"] == "contract"],
        flags=frozenset(flags) | _own_flags(claims, bool(followed)),
        weak_rank=_weak_rank(claims, policy),
    )


def _said(claims: Iterable[Claim], policy: LicensePolicy, choice: str | None = None) -> Said | None:
    """What claims say together, read as a choice where they spell out one or `choice` does."""
    known = [claim for claim in claims if claim["license_expression"]]
    expression = combine(claim["license_expression"] for claim in known)
    if expression is None:
        return None
    expression = read_as_choice(without_nameless(expression), choice)
    return Said(expression, assess(expression, policy), tuple(map(claim_id, known)))


def _assessed(tree: Tree | None, policy: LicensePolicy) -> Said | None:
    if tree is None or tree.expression is None:
        return None
    return Said(tree.expression, assess(tree.expression, policy), tree.claims)


def _is_scoped(claim: Claim) -> bool:
    return claim["kind"] == "manifest" and is_scoped(claim["evidence_path"])


def _counts(claim: Claim, policy: LicensePolicy) -> bool:
    if claim["statement_kind"] in _NO_LICENSE:
        return False
    # In a license file even a mere name is meant; elsewhere it may be about anything.
    if claim["statement_kind"] == "reference" and claim["kind"] != "license_file":
        return False
    if claim["license_expression"] is None or claim["kind"] == "contract":
        return claim["kind"] not in ("manifest", "forge")
    if not assess(claim["license_expression"], policy).states_use:
        return False
    limits = policy.thresholds
    enough = claim["score"] >= limits.min_score and claim["coverage"] >= limits.min_coverage
    return bool(enough)


def _texts_by_weight(claims: Sequence[Claim]) -> tuple[set[str], set[str]]:
    """The license files with a firm statement, and those with a whole license text."""
    texts = [claim for claim in claims if claim["kind"] == "license_file"]
    spoken = {item["evidence_path"] for item in texts if item["statement_kind"] != "reference"}
    stated = {item["evidence_path"] for item in texts if item["statement_kind"] == "text"}
    return spoken, stated


def _is_mention(claim: Claim, spoken: set[str], stated: set[str]) -> bool:
    """Whether a license file mentions this license beside the one that it states.

    Beside a notice or text a bare name is a mention ("GPL-compatible"), and so is, beside a
    text, a family without version: a grant names one.
    """
    if claim["kind"] != "license_file":
        return False
    if claim["statement_kind"] == "reference":
        return claim["evidence_path"] in spoken
    return claim["license_expression"] in _FAMILIES and claim["evidence_path"] in stated


def _own_flags(claims: Sequence[Claim], is_followed: bool) -> frozenset[str]:
    own = [claim for claim in claims if claim["kind"] == "file"]
    flags = set()
    if any(claim["rule_id"] == RESERVED_RULE for claim in own):
        flags.add("rights_reserved")
    if any(str(claim["rule_id"]).startswith(COPIED_SNIPPET) for claim in own):
        flags.add("third_party_snippet")
    if not is_followed and any(claim["referenced_files"] for claim in own if _is_pointer(claim)):
        flags.add("unresolved_reference")
    return frozenset(flags)


def _weak_rank(claims: Sequence[Claim], policy: LicensePolicy) -> int:
    weak = (
        assess(claim["license_expression"], policy).license_class
        for claim in claims
        if _is_pointer(claim)
        and claim["license_expression"] is not None
        and claim["rule_id"] != RESERVED_RULE
        and claim["score"] >= policy.thresholds.min_score
    )
    return max((rank(name) for name in weak if name != "unknown"), default=0)


def _is_pointer(claim: Claim) -> bool:
    return bool(claim["statement_kind"] == "reference" and claim["kind"] == "file")


def _tree(claims: list[Claim], policy: LicensePolicy) -> tuple[Tree | None, set[str]]:
    """What the nearest scope declares, and flags about scopes further out."""
    texts = [claim for claim in claims if claim["kind"] == "license_file"]
    manifests = [claim for claim in claims if claim["kind"] == "manifest"]
    scopes = [claim["distance"] for claim in (*texts, *manifests)]
    if not scopes:
        return None, set()
    nearest = min(scopes)
    tree = tree_license(
        [_text(claim) for claim in texts if claim["distance"] == nearest],
        [_text(claim) for claim in manifests if claim["distance"] == nearest],
        policy,
    )
    outside = [claim for claim in (*texts, *manifests) if claim["distance"] > nearest]
    if tree is None or tree.expression is None:
        return tree, set()
    here = rank(assess(tree.expression, policy).license_class)
    stricter = any(
        rank(assess(claim["license_expression"], policy).license_class) > here
        for claim in outside
        if claim["license_expression"] is not None
    )
    return tree, {"outer_folder_stricter"} if stricter else set()


def _text(claim: Claim) -> Text:
    return Text(
        claim["evidence_path"],
        claim["license_expression"],
        claim_id(claim),
        claim.get("resembles"),
    )
