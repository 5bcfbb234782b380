"""The license of a tree: what the license files of one folder and a manifest add up to.

Belongs here: the reading of several license files in one folder (reference/licensing.md, 11.2).
Does not belong here: which folder applies (`claims.py`), and files that speak for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus_assets.licensing.expressions import (
    assess,
    combine,
    identifiers,
    normalize,
    read_as_choice,
)
from corpus_assets.policy.licenses import LicensePolicy

_LESSER = re.compile(r"^LGPL-")
_GENERAL = re.compile(r"^GPL-")
# LICENSE-MIT beside LICENSE-APACHE is how Rust and others write a choice.
_NAMED_CHOICE = re.compile(
    r"(?i)(?:^|/)licen[cs]e[-_](?:mit|apache|apache2|zlib|bsd|unlicense|boost)"
)


class Text(NamedTuple):
    """One statement of a license file or manifest: where it stands, what it says (or null)."""

    path: str
    expression: str | None


class Tree(NamedTuple):
    """What a tree declares.

    `expression` is null if its only license file cannot be read; `note` says how several
    statements became one; `disputed` is true where manifests and texts differ in class.
    """

    expression: str | None
    basis: str
    note: str
    disputed: bool


def tree_license(
    texts: Sequence[Text],
    manifests: Sequence[Text],
    text_is_nearer: bool,
    policy: LicensePolicy,
) -> Tree | None:
    """What the nearest license files and the nearest manifests declare together.

    None if there are neither. `text_is_nearer` tells that the license files stand in a folder
    closer to the occurrence than the manifest, which then has no say.
    """
    declared = combine(item.expression for item in manifests if item.expression is not None)
    split = len({_verdict(item, policy) for item in _by_path(manifests)}) > 1
    if not texts:
        return None if declared is None else Tree(declared, "manifest", "manifest", split)
    stated, note = _of_texts(texts, None if text_is_nearer else declared)
    if stated is None:
        if declared is None or text_is_nearer:
            return Tree(None, "license_file", "license file not recognized", False)
        return Tree(declared, "manifest", "manifest; license file not recognized", split)
    if declared is None or text_is_nearer:
        return Tree(stated, "license_file", note, False)
    if split or _verdict(stated, policy) != _verdict(declared, policy):
        return Tree(combine([stated, declared]), "license_file", note, True)
    return Tree(stated, "license_file", note, False)


def _by_path(manifests: Sequence[Text]) -> list[str]:
    """What each manifest declares as a whole: several lines of one apply together."""
    paths = sorted({item.path for item in manifests})
    joined = (
        combine(item.expression for item in manifests if item.path == path and item.expression)
        for path in paths
    )
    return [expression for expression in joined if expression is not None]


def _verdict(expression: str, policy: LicensePolicy) -> tuple[str, str]:
    assessed = assess(expression, policy)
    return assessed.license_class, assessed.state


def _of_texts(texts: Sequence[Text], declared: str | None) -> tuple[str | None, str]:
    known = [text for text in texts if text.expression is not None]
    expressions = sorted({text.expression for text in known if text.expression is not None})
    if not expressions:
        return None, ""
    whole = combine(expressions) or ""
    settled = read_as_choice(whole, declared)
    if settled != whole:
        return settled, "license file with the texts of a choice"
    if len(expressions) == 1:
        return whole, "license file"
    names = frozenset().union(*(identifiers(expression) for expression in expressions))
    if all(_NAMED_CHOICE.search(text.path) for text in known):
        joined = " OR ".join(f"({expression})" for expression in expressions)
        return normalize(joined) or joined, "license files named as a choice"
    if any(_LESSER.match(name) for name in names):
        # The LGPL is written as permissions on top of the GPL, whose text comes with it.
        left = [item for item in expressions if not _GENERAL.match(item)]
        return combine(left), "LGPL with the GPL it builds upon"
    return whole, "several license files, all of which apply"
