"""License fields of any format: one phrase, a list that is a choice, a list that is a sum.

Belongs here: what all readers do with the words they find. Does not belong here: understanding a
phrase (`wording.py`) and finding it (the readers).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from corpus_assets.licensing.expressions import normalize
from corpus_assets.licensing.manifests.model import Declared, ManifestError
from corpus_assets.licensing.wording import MAX_WORDS, understand

_POINTER = re.compile(
    r"(?i)^(?:please\s+)?(?:see|read|refer\s+to|in|file)?:?\s*(?:the\s+)?(?:licen[cs]e\s+)?(?:file\s+)?"
    r"(?:in|at)?\s*(?:the\s+)?[\"'`<(]*((?:[\w.-]+/)*(?:[\w-]+[._-])?"
    r"(?:licen[cs]es?|copying|copyright)(?:[._-][\w.-]*)?)[\"'`>)]*(?:\s+(?:file|for\s+\w+.*))?$"
)
_MAX_LICENSES = 100
_EMPTY = frozenset({"", "unknown", "none", "n/a", "tbd", "todo", "null", "license", "noassertion"})


def one(words: str, rule: str, files: tuple[str, ...] = ()) -> list[Declared]:
    """What one license field says: nothing if it is empty, else exactly one statement."""
    whole = " ".join(words.split())
    text = whole[:MAX_WORDS]
    if text.lower() in _EMPTY:
        return pointed(files, rule)
    expression = understand(whole)
    if expression is not None:
        return [Declared(expression, text, rule, files)]
    pointer = re.match(r"(?i)see licen[cs]e in\s+(.+)$", text) or _POINTER.match(text)
    if pointer is not None:
        return [Declared(None, text, f"{rule}-see-file", (pointer.group(1).strip(), *files))]
    return [Declared(None, text, f"{rule}-unknown", files)]


def choice(items: Iterable[str], rule: str, files: tuple[str, ...] = ()) -> list[Declared]:
    """A list of licenses of which the user takes one; what is not understood stays apart."""
    found = [found for item in few(items) for found in one(item, rule)]
    if len(found) < 2:
        return [item._replace(files=item.files + files) for item in found]
    if any(item.expression is None for item in found):
        return [item._replace(files=item.files + files) for item in found]
    words = " | ".join(item.words for item in found)[:MAX_WORDS]
    joined = normalize(" OR ".join(f"({item.expression})" for item in found))
    if joined is None:
        return [Declared(None, words, f"{rule}-list-unknown", files)]
    return [Declared(joined, words, f"{rule}-list", files)]


def every(items: Iterable[str], rule: str, files: tuple[str, ...] = ()) -> list[Declared]:
    """A list of licenses that apply side by side: one statement for each."""
    return [found for item in few(items) for found in one(item, rule, files)]


def few(items: Iterable[str]) -> list[str]:
    """The items, if they are as few as a package may have licenses, else ManifestError."""
    listed = list(islice(items, _MAX_LICENSES + 1))
    if len(listed) > _MAX_LICENSES:
        raise ManifestError(f"more than {_MAX_LICENSES} licenses")
    return listed


def pointed(files: Iterable[str], rule: str) -> list[Declared]:
    """A field that names license files and nothing else."""
    names = tuple(name.strip() for name in files if name.strip())
    return (
        [Declared(None, ", ".join(names)[:MAX_WORDS], f"{rule}-see-file", names)] if names else []
    )
