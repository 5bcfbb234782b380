"""Which paths of a revision a source leaves out.

Belongs here: matching paths against the globs of `exclude`. Does not belong here: which globs are
valid (`policy/project.py`), and what is set aside for a reason (`Rejected`, a row of quarantine).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

ANY_FOLDERS = "**"


def excluder(globs: Sequence[str]) -> Callable[[str], bool]:
    """Whether a path inside the revision matches one of the globs.

    A glob is matched against the whole path, part by part, with case: `*`, `?` and `[…]` stay
    within a part, and a part `**` stands for any number of parts, none included (the rules of
    PurePath.full_match in Python 3.13). `docs/**` is all below docs, `**/*.min.js` every
    minified script, `*.md` only those at the top.
    """
    split = [glob.split("/") for glob in globs]

    def excluded(path: str) -> bool:
        parts = path.split("/")
        return any(_matches(parts, glob) for glob in split)

    return excluded


def _matches(parts: Sequence[str], glob: Sequence[str]) -> bool:
    if not glob:
        return not parts
    if glob[0] == ANY_FOLDERS:
        return any(_matches(parts[start:], glob[1:]) for start in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], glob[0]) and _matches(parts[1:], glob[1:])
