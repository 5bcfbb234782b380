"""The rules that turn the claims about one occurrence into one conclusion.

Belongs here: rules L1 to L12 below, after F1 to F8 of reference/licensing.md, 11.3. Does not
belong here: tables (`conclusions.py`) and which claims count at all (`weighing.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from corpus_assets.licensing.expressions import (
    Assessment,
    assess,
    combine,
    identifiers,
    rank,
    same_licenses,
)
from corpus_assets.licensing.trees import Tree
from corpus_assets.licensing.weighing import Case, weigh
from corpus_assets.policy.licenses import LicensePolicy

RULES_VERSION = "1"

_OWN_CLASSES = ("contract", "owned")


class Outcome(NamedTuple):
    """The columns of table license_conclusions that the claims decide."""

    license_declared: str | None
    license_info_in_file: str | None
    license_concluded: str | None
    license_state: str
    license_class: str
    license_evidence: str
    basis: str
    reason: str
    stages_allowed: list[str]
    valid_to: str | None


def resolve(claims: Sequence[dict[str, Any]], policy: LicensePolicy) -> Outcome:
    """The conclusion from the claims about one occurrence, given as rows of license_claims."""
    case = weigh(claims, policy)
    if case.agreements:
        return _under_agreement(case, policy)
    return _public(case)


def _under_agreement(case: Case, policy: LicensePolicy) -> Outcome:
    valid = [item for item in case.agreements if _in_force(item, policy.as_of)]
    chosen = valid or case.agreements
    names = ", ".join(sorted({item["rule_id"] for item in chosen}))
    terms = combine(item["license_expression"] for item in chosen if item["license_expression"])
    license_class = max((item["agreed_class"] or "unknown" for item in chosen), key=rank)
    stages = _common_stages([item["stages_allowed"] for item in chosen])
    ends = min((item["valid_to"] for item in chosen if item["valid_to"]), default=None)

    def outcome(state: str, grade: str, reason: str) -> Outcome:
        return Outcome(
            terms, case.in_file, terms, state, license_class, grade, "contract", reason,
            stages or [], ends,
        )  # fmt: skip

    if not valid:
        return outcome("denied", "A", f"L1: {names} not in force on {policy.as_of}")
    if stages is None:
        return outcome("denied", "A", f"L1: {names} permit no stage in common")
    if license_class not in _OWN_CLASSES:
        return _public_terms(case, policy, outcome, terms, names)
    foreign = _foreign(case, terms, license_class)
    if foreign is not None:
        return outcome("conflict", "D", f"L2: {names} grant {license_class}, but {foreign}")
    return outcome("granted", "A", f"L3: {names}{_also(case)}")


def _foreign(case: Case, terms: str | None, license_class: str) -> str | None:
    """What in a delivery under contract belongs to somebody else, in words, or None.

    A file that reserves all rights agrees with a contract, and so does the contract's own name.
    A permissive license text beside the delivery takes nothing away from it.
    """
    own_names = identifiers(terms) if terms else frozenset()
    if case.file_unread:
        return "the file states a license that cannot be read"
    if case.file is not None and case.in_file is not None:
        foreign = not identifiers(case.in_file) <= own_names
        if foreign and case.file.license_class != "source_available":
            return f"the file states {case.in_file}"
    if case.tree is not None and case.of_tree is not None and case.tree.expression is not None:
        foreign = not identifiers(case.tree.expression) <= own_names
        least_binding = max(rank(license_class), rank("permissive"))
        binding = rank(case.of_tree.license_class) > least_binding
        if foreign and binding and case.of_tree.license_class != "source_available":
            return f"its folder states {case.tree.expression}"
    return None


def _also(case: Case) -> str:
    if case.tree is None or case.tree.expression is None:
        return ""
    return f"; its folder states {case.tree.expression}"


def _public_terms(
    case: Case,
    policy: LicensePolicy,
    outcome: Any,
    terms: str | None,
    names: str,
) -> Outcome:
    """An agreement that points to a public license: it stands for the tree."""
    result: Outcome
    if terms is None:
        result = outcome("unreadable", "D", f"L4: {names} names no license")
        return result
    tree = Tree(terms, "contract", f"agreement {names}", False)
    decided = _public(case._replace(tree=tree, of_tree=assess(terms, policy), outer=""))
    result = outcome(decided.license_state, decided.license_evidence, decided.reason)
    return result._replace(
        license_concluded=decided.license_concluded,
        license_class=decided.license_class,
        basis=decided.basis,
    )


def _public(case: Case) -> Outcome:
    """The rules without an agreement: the file first, then the tree."""
    declared = case.tree.expression if case.tree is not None else None
    both = combine(item for item in (case.in_file, declared) if item is not None)

    def outcome(
        concluded: str | None, state: str, license_class: str, grade: str, basis: str, reason: str
    ) -> Outcome:
        return Outcome(
            declared, case.in_file, concluded, state, license_class, grade, basis, reason, [], None
        )

    if case.file_unread:
        return outcome(
            both, "unreadable", "unknown", "D", "file", "L4: the file's statement cannot be read"
        )
    if case.file is not None:
        return _file_first(case, outcome, both)
    if case.tree is None:
        return outcome(None, "none_found", "unknown", "D", "none", "L12: no license claim found")
    basis = case.tree.basis
    if case.of_tree is None:
        return outcome(None, "unreadable", "unknown", "D", basis, f"L10: {case.tree.note}")
    license_class, state = case.of_tree.license_class, case.of_tree.state
    words = f"{case.tree.note}{_elected(case.of_tree)}{case.outer}"
    if case.tree.disputed:
        return outcome(
            declared, "conflict", license_class, "D", basis,
            f"L9: manifests and license files differ in class ({declared})",
        )  # fmt: skip
    rule, grade = ("L11", "C") if state == "granted" else ("L10", "C" if state == "denied" else "D")
    return outcome(declared, state, license_class, grade, basis, f"{rule}: {words}")


def _file_first(case: Case, outcome: Any, both: str | None) -> Outcome:
    file, tree, of_tree = case.file, case.tree, case.of_tree
    assert file is not None
    result: Outcome
    stricter = of_tree is not None and rank(file.license_class) > rank(of_tree.license_class)
    if file.state == "unreadable":
        result = outcome(
            case.in_file, "unreadable", "unknown", "D", "file",
            f"L4: the file states {case.in_file}, of which nothing is known",
        )  # fmt: skip
    elif tree is not None and of_tree is not None and of_tree.state == "granted" and stricter:
        result = outcome(
            both, "conflict", file.license_class, "D", "file",
            f"L5: the file states {case.in_file}, stricter than {tree.expression} of its tree",
        )  # fmt: skip
    elif file.state == "denied":
        result = outcome(
            case.in_file, "denied", file.license_class, "B", "file",
            f"L6: the file states {case.in_file}, which the policy denies",
        )  # fmt: skip
    elif tree is not None and _agree(case.in_file, tree.expression):
        result = outcome(
            case.in_file, "granted", file.license_class, "A", "file",
            f"L7: file and tree agree{_elected(file)}",
        )  # fmt: skip
    else:
        beside = f"; its tree states {tree.expression}" if tree and tree.expression else ""
        result = outcome(
            case.in_file, "granted", file.license_class, "B", "file",
            f"L8: the file's own statement{_elected(file)}{beside}",
        )  # fmt: skip
    return result


def _agree(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and same_licenses(one, other)


def _elected(assessed: Assessment) -> str:
    return f"; elected {assessed.elected}" if assessed.elected else ""


def _in_force(claim: dict[str, Any], day: str) -> bool:
    starts, ends = claim["valid_from"], claim["valid_to"]
    return (starts is None or starts <= day) and (ends is None or day <= ends)


def _common_stages(lists: list[list[str] | None]) -> list[str] | None:
    """Stages that all agreements permit: an empty list is no limit, None is no stage at all."""
    limits = [set(stages) for stages in lists if stages]
    if not limits:
        return []
    common = set.intersection(*limits)
    return sorted(common) if common else None
