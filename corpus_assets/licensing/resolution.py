"""The rules that turn the claims about one occurrence into one conclusion.

Belongs here: rules L1 to L12 below, after F1 to F8 of reference/licensing.md, 11.3. Does not
belong here: tables (`conclusions.py`) and which claims count at all (`weighing.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from corpus_assets.licensing.expressions import assess, combine, identifiers, rank, same_licenses
from corpus_assets.licensing.trees import Tree
from corpus_assets.licensing.weighing import Case, Claim, Said, claim_id, weigh
from corpus_assets.policy.licenses import LicensePolicy

RULES_VERSION = "3"

_OWN_CLASSES = ("contract", "owned")


class Outcome(NamedTuple):
    """The columns of table license_conclusions that the claims decide."""

    license_declared: str | None
    license_info_in_file: str | None
    license_concluded: str | None
    license_elected: str | None
    license_state: str
    license_class: str
    license_evidence: str
    license_obligations: list[str]
    license_flags: list[str]
    basis: str
    claim_ids: list[str]
    reason: str
    stages_allowed: list[str]
    valid_to: str | None


class _Decision(NamedTuple):
    """What decides: the expression and its claims, state, class, grade, and the reason."""

    said: Said | None
    state: str
    license_class: str
    grade: str
    basis: str
    reason: str
    flags: frozenset[str] = frozenset()


def resolve(claims: Sequence[Claim], policy: LicensePolicy) -> Outcome:
    """The conclusion from the claims about one occurrence, given as rows of license_claims."""
    case = weigh(claims, policy)
    if case.agreements:
        return _under_agreement(case, policy)
    return _outcome(case, _public(case, policy))


def _outcome(case: Case, decision: _Decision) -> Outcome:
    said = decision.said
    elected = said.assessed.elected if said is not None else None
    flags = case.flags | decision.flags
    if elected:
        flags |= {"elected_branch"}
    if case.weak_rank > rank(decision.license_class):
        flags |= {"weak_statement"}
    ids = list(said.claims) if said is not None else []
    return Outcome(
        license_declared=case.tree.expression if case.tree is not None else None,
        license_info_in_file=case.file.expression if case.file is not None else None,
        license_concluded=said.expression if said is not None else None,
        license_elected=elected,
        license_state=decision.state,
        license_class=decision.license_class,
        license_evidence=decision.grade,
        license_obligations=sorted(said.assessed.obligations) if said is not None else [],
        license_flags=sorted(flags),
        basis=decision.basis,
        claim_ids=ids,
        reason=decision.reason + (f" [{', '.join(ids)}]" if ids else ""),
        stages_allowed=[],
        valid_to=None,
    )


def _public(case: Case, policy: LicensePolicy) -> _Decision:
    """The rules without an agreement: the file, then what it points to, then lists of paths, then
    the nearest folder, then the host."""
    if case.file_unread:
        return _Decision(
            case.file, "unreadable", "unknown", "none", "file",
            "L4: a statement of the file cannot be read",
        )  # fmt: skip
    if case.file is not None and case.tool_part_only:
        return _of_tool_output(case, case.file, policy)
    if case.file is not None:
        return _own(case, case.file)
    if case.followed is not None:
        words = f"the file points to a text that states {case.followed.expression}"
        return _inherited(case.followed, "file", "inherited", f"L8: {words}", case)
    if case.scoped is not None:
        differs = case.of_tree is not None and _class(case.of_tree) != _class(case.scoped)
        return _inherited(
            case.scoped, "manifest", "inherited",
            f"L9: a list of paths states {case.scoped.expression}", case,
            frozenset({"manifest_differs"} if differs else ()),
        )  # fmt: skip
    if case.tree is not None:
        return _of_tree(case, case.tree, policy)
    if case.forge is not None:
        return _inherited(
            case.forge, "forge", "inferred", f"L11: the host states {case.forge.expression}", case
        )
    return _Decision(None, "none_found", "unknown", "none", "none", "L12: no license claim found")


def _own(case: Case, file: Said) -> _Decision:
    """The file's own statement decides; how it differs from its tree is recorded."""
    tree = case.of_tree
    difference = 0 if tree is None else rank(_class(file)) - rank(_class(tree))
    names = {1: "file_stricter_than_tree", -1: "tree_stricter_than_file"}
    flags = frozenset({names[(difference > 0) - (difference < 0)]} if difference else ())
    beside = f"; its tree states {tree.expression}" if tree is not None else ""
    if file.assessed.state == "unreadable":
        return _Decision(
            file, "unreadable", "unknown", "none", "file",
            f"L4: the file states {file.expression}, of which nothing is known", flags,
        )  # fmt: skip
    if file.assessed.state == "denied":
        return _Decision(
            file, "denied", _class(file), "file", "file",
            f"L6: the file states {file.expression}, which the policy denies{beside}", flags,
        )  # fmt: skip
    if tree is not None and same_licenses(file.expression, tree.expression):
        both = file._replace(claims=(*file.claims, *tree.claims))
        agreed = case.tree is not None and case.tree.basis == "license_file"
        return _Decision(
            both, "granted", _class(file), "file_and_license_file" if agreed else "file", "file",
            f"L7: file and tree state {file.expression}{_elected(file)}", flags,
        )  # fmt: skip
    stricter = "stricter than its tree, " if "file_stricter_than_tree" in flags else ""
    return _Decision(
        file, "granted", _class(file), "file", "file",
        f"L5: the file states {stricter}{file.expression}{_elected(file)}{beside}", flags,
    )  # fmt: skip


def _of_tool_output(case: Case, file: Said, policy: LicensePolicy) -> _Decision:
    """A build tool's permission for its part, and the tree's license for what it worked on."""
    said, tree = case.scoped or case.of_tree, case.tree
    if said is None or (tree is not None and tree.dispute and case.scoped is None):
        if tree is not None:
            return _of_tree(case, tree, policy)
        words = f"L12: {file.expression} covers what a build tool added, nothing covers the rest"
        return _Decision(file, "none_found", "unknown", "none", "file", words)
    whole = combine([file.expression, said.expression]) or said.expression
    both = Said(whole, assess(whole, policy), (*file.claims, *said.claims))
    words = f"L8: {file.expression} covers what a build tool added, {said.expression} the rest"
    return _inherited(both, "file", "inherited", words, case)


def _of_tree(case: Case, tree: Tree, policy: LicensePolicy) -> _Decision:
    said = case.of_tree
    if said is None:
        suspected = assess(tree.resembles, policy).license_class if tree.resembles else "unknown"
        barred = rank(suspected) > rank("permissive")
        empty = _Decision(
            None, "unreadable", suspected if barred else "unknown", "none", tree.basis,
            f"L10: {tree.note}", tree.flags,
        )  # fmt: skip
        return empty._replace(reason=f"{empty.reason} [{', '.join(tree.claims)}]")
    if tree.dispute:
        return _Decision(
            said, "conflict", _class(said), "none", tree.basis, f"L9: {tree.dispute}", tree.flags
        )
    grade = {"license_file": "inherited", "contract": "contract"}.get(tree.basis, "inferred")
    words = f"{tree.note} of the nearest folder states {said.expression}"
    return _inherited(said, tree.basis, grade, f"L10: {words}", case, tree.flags)


def _inherited(
    said: Said,
    basis: str,
    grade: str,
    reason: str,
    case: Case,
    flags: frozenset[str] = frozenset(),
) -> _Decision:
    """What others say of the file, as far as it can be known and the policy does not deny it."""
    if case.forge is not None and _class(case.forge) != _class(said):
        flags |= {"manifest_differs"}
    state = said.assessed.state
    license_class = "unknown" if state == "unreadable" else _class(said)
    shown = "none" if state == "unreadable" else grade
    return _Decision(said, state, license_class, shown, basis, f"{reason}{_elected(said)}", flags)


def _under_agreement(case: Case, policy: LicensePolicy) -> Outcome:
    valid = [item for item in case.agreements if _in_force(item, policy.as_of)]
    chosen = valid or case.agreements
    names = ", ".join(sorted({item["rule_id"] for item in chosen}))
    terms = combine(item["license_expression"] for item in chosen if item["license_expression"])
    said = None
    if terms is not None:
        said = Said(terms, assess(terms, policy), tuple(map(claim_id, chosen)))
    license_class = max((item["agreed_class"] or "unknown" for item in chosen), key=rank)
    stages = _common_stages([item["stages_allowed"] for item in chosen])
    ends = min((item["valid_to"] for item in chosen if item["valid_to"]), default=None)

    def outcome(state: str, grade: str, reason: str) -> Outcome:
        decision = _Decision(said, state, license_class, grade, "contract", reason)
        made = _outcome(case, decision)
        return made._replace(
            license_declared=terms, stages_allowed=stages or [], valid_to=ends,
            license_elected=None, license_flags=sorted(case.flags),
        )  # fmt: skip

    if not valid:
        return outcome("denied", "contract", f"L1: {names} not in force on {policy.as_of}")
    if stages is None:
        return outcome("denied", "contract", f"L1: {names} permit no stage in common")
    if license_class in _OWN_CLASSES:
        foreign = _foreign(case, terms, license_class)
        if foreign is not None:
            return outcome("conflict", "none", f"L2: {names} grant {license_class}, but {foreign}")
        beside = case.of_tree.expression if case.of_tree is not None else None
        words = f"; its folder states {beside}" if beside else ""
        return outcome("granted", "contract", f"L3: {names}{words}")
    if said is None:
        return outcome("unreadable", "none", f"L4: {names} names no license")
    # An agreement that points to a public license: it stands for the tree.
    tree = Tree(said.expression, "contract", f"agreement {names}", "", frozenset(), said.claims)
    decision = _public(case._replace(tree=tree, of_tree=said, followed=None, scoped=None), policy)
    return _outcome(case, decision)._replace(
        license_declared=terms, stages_allowed=stages, valid_to=ends
    )


def _foreign(case: Case, terms: str | None, license_class: str) -> str | None:
    """What in a delivery under contract belongs to somebody else, in words, or None.

    A file that reserves all rights agrees with a contract, and so does the contract's own name.
    A permissive license text beside the delivery takes nothing away from it.
    """
    own_names = identifiers(terms) if terms else frozenset()
    if case.file_unread:
        return "the file states a license that cannot be read"
    if case.file is not None:
        foreign = not identifiers(case.file.expression) <= own_names
        if foreign and _class(case.file) != "source_available":
            return f"the file states {case.file.expression}"
    if case.of_tree is not None:
        foreign = not identifiers(case.of_tree.expression) <= own_names
        least_binding = max(rank(license_class), rank("permissive"))
        binding = rank(_class(case.of_tree)) > least_binding
        if foreign and binding and _class(case.of_tree) != "source_available":
            return f"its folder states {case.of_tree.expression}"
    return None


def _class(said: Said) -> str:
    return said.assessed.license_class


def _elected(said: Said) -> str:
    return f"; elected {said.assessed.elected}" if said.assessed.elected else ""


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
