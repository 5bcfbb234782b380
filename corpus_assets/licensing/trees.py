"""The license of a scope: what the license files, READMEs and manifests of one folder add up to.

Belongs here: the reading of several license files in one folder (reference/licensing.md, 11.2).
Does not belong here: which folder applies (`weighing.py`), and files that speak for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from corpus_assets.licensing.evidence_rank import is_readme, speaks_first
from corpus_assets.licensing.expressions import (
    assess,
    choices,
    combine,
    identifiers,
    normalize,
    rank,
    read_as_choice,
)
from corpus_assets.policy.licenses import LicensePolicy

_LESSER = re.compile(r"^LGPL-")
_GENERAL = re.compile(r"^GPL-")
# LICENSE-MIT beside LICENSE-APACHE is how Rust and others write a choice.
_NAMED_CHOICE = re.compile(
    r"(?i)(?:^|/)licen[cs]e[-_.](?:mit|apache|apache2|apache-2\.0|zlib|bsd|unlicense|boost|bsl)"
)


class Text(NamedTuple):
    """One statement of a file about the folder: its path, what it says (or null), the claim.

    `resembles` is what a statement that cannot be relied on looks like.
    """

    path: str
    expression: str | None
    claim: str
    resembles: str | None = None


class Tree(NamedTuple):
    """What a scope declares.

    `expression` is null if its license file cannot be read, and `resembles` then says what it
    looks like, which may bar the folder and never free it; `basis` is the kind of claim it rests
    on; `note` says how several statements became one; `dispute` says in words which of them
    contradict each other, and is empty where none do; `flags` as in the license policy.
    """

    expression: str | None
    basis: str
    note: str
    dispute: str
    flags: frozenset[str]
    claims: tuple[str, ...]
    resembles: str | None = None


def tree_license(
    texts: Sequence[Text], manifests: Sequence[Text], policy: LicensePolicy
) -> Tree | None:
    """What the license files and READMEs (`texts`) and the manifests of one folder declare
    together, None if there are neither.

    License texts come first, notices and READMEs speak where no text does. Texts of different
    classes without a stated choice contradict each other, and so do manifest and text.
    """
    primary = [text for text in texts if speaks_first(text.path)]
    secondary = [text for text in texts if not speaks_first(text.path) and not is_readme(text.path)]
    readmes = [text for text in texts if is_readme(text.path)]
    spoken = next(
        (
            group
            for group in (primary, secondary, readmes)
            if any(text.expression for text in group)
        ),
        primary,
    )
    stated = [text for text in spoken if text.expression is not None]
    declared = combine(item.expression for item in manifests if item.expression is not None)
    by_manifest = _by_path(manifests)
    split = len({_verdict(item, policy) for item in by_manifest}) > 1
    of_manifests = tuple(item.claim for item in manifests if item.expression is not None)
    if not stated:
        if declared is None:
            if not primary:
                return None
            return _unrecognized(primary)
        note = "manifest; license file not recognized" if primary else "manifest"
        dispute = f"manifests differ ({'; '.join(by_manifest)})" if split else ""
        suspected = _unrecognized(primary).resembles
        if suspected and _strictness(suspected, policy) > _strictness(declared, policy):
            dispute = f"the license file resembles {suspected}, manifests state {declared}"
            declared = combine([declared, suspected]) or declared
        return Tree(declared, "manifest", note, dispute, frozenset(), of_manifests)
    offered = [*by_manifest, *(text.expression for text in readmes if text.expression)]
    whole, note, dispute = _of_texts(stated, [item for item in offered if choices(item)], policy)
    flags = {"ambiguous_texts"} if note == _SEVERAL else set()
    claims = tuple(text.claim for text in stated)
    if dispute:
        return Tree(whole, "license_file", note, dispute, frozenset(flags), claims)
    if declared is not None and (split or _verdict(whole, policy) != _verdict(declared, policy)):
        both = combine([whole, declared])
        words = f"license files state {whole}, manifests {'; '.join(by_manifest)}"
        return Tree(both, "license_file", note, words, frozenset(flags), (*claims, *of_manifests))
    return Tree(whole, "license_file", note, "", frozenset(flags), claims)


def _unrecognized(texts: Sequence[Text]) -> Tree:
    resembles = combine(text.resembles for text in texts if text.resembles)
    note = "license file not recognized" + (f", resembles {resembles}" if resembles else "")
    claims = tuple(text.claim for text in texts)
    return Tree(None, "license_file", note, "", frozenset(), claims, resembles)


_SEVERAL = "several license files, all of which apply"


def _by_path(manifests: Sequence[Text]) -> list[str]:
    """What each manifest declares as a whole: several lines of one apply together."""
    paths = sorted({item.path for item in manifests})
    joined = (
        combine(item.expression for item in manifests if item.path == path and item.expression)
        for path in paths
    )
    return sorted({expression for expression in joined if expression is not None})


def _strictness(expression: str, policy: LicensePolicy) -> int:
    return rank(assess(expression, policy).license_class)


def _verdict(expression: str, policy: LicensePolicy) -> tuple[str, str]:
    assessed = assess(expression, policy)
    return assessed.license_class, assessed.state


def _of_texts(
    texts: Sequence[Text], offered: Sequence[str], policy: LicensePolicy
) -> tuple[str, str, str]:
    """Expression, note and dispute of license texts; `offered` are choices stated beside them."""
    by_path = {
        path: combine(text.expression for text in texts if text.path == path and text.expression)
        for path in sorted({text.path for text in texts})
    }
    expressions = sorted({expression for expression in by_path.values() if expression})
    whole = combine(expressions) or ""
    for choice in (None, *offered):
        settled = read_as_choice(whole, choice)
        if settled != whole:
            return settled, "license file with the texts of a choice", ""
    if len(expressions) == 1:
        return whole, "license file", ""
    if all(_NAMED_CHOICE.search(path) for path in by_path):
        joined = " OR ".join(f"({expression})" for expression in expressions)
        return normalize(joined) or joined, "license files named as a choice", ""
    lesser = _lesser(expressions, by_path)
    if lesser is not None:
        return lesser, "LGPL with the GPL it builds upon", ""
    if len({_verdict(item, policy) for item in expressions}) > 1:
        return whole, _SEVERAL, f"texts without a stated choice ({'; '.join(expressions)})"
    return whole, _SEVERAL, ""


def _lesser(expressions: Sequence[str], by_path: Mapping[str, str | None]) -> str | None:
    """The LGPL of a folder that holds nothing but one LGPL text and the GPL beside it.

    The LGPL 3 is written as permissions on top of the GPL 3, and its authors advise to ship both,
    as COPYING.LESSER and COPYING. Other pairs are texts of two parts of a package.
    """
    lesser = [item for item in expressions if all(map(_LESSER.match, identifiers(item)))]
    general = [item for item in expressions if all(map(_GENERAL.match, identifiers(item)))]
    named = any(re.search(r"(?i)lesser", path) for path in by_path)
    if len(lesser) == 1 and len(general) == 1 == len(expressions) - 1 and named:
        return lesser[0]
    return None
