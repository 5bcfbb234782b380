"""How files that speak about others rank among one another, by their names.

Belongs here: texts before notices before READMEs, and lists of paths. Does not belong here: which
names speak at all and for which folder (`evidence_files.py`).
"""

from __future__ import annotations

import re

FIRST = (
    r"(?i)(?:^|[/._ -])(?:un)?(?:licen[cs]es?|copying\w*)(?:[._ -][^/]*)?$|/LICENSES/[^/]+$|"
    r"(?:^|/)(?:mit|bsd|isc|[al]?gpl|apache|artistic|eupl|g?fdl|mpl|cpl|epl|cc0|wtfpl)"
    r"[-_. v\d]*(?:-clause|-only|-or-later)?(?:\.(?:txt|md))?$"
)
"""Regular expression for names that should hold the license itself, in Python and in Polars.

Notices, patent and copyright notes may be silent on it; a LICENSE or COPYING may not.
"""
_README = re.compile(r"(?i)(?:^|/)read[-_ ]?me(?:[._-][^/]*)?$")
_SCOPED = re.compile(r"(?:^|/)(?:debian/copyright|REUSE\.toml|\.reuse/dep5)$")


def speaks_first(path: str) -> bool:
    """Whether a file of this name should hold the license itself, see `FIRST`."""
    return re.search(FIRST, path) is not None and not is_readme(path)


def is_readme(path: str) -> bool:
    """Whether it is a README, which speaks of its license beside other things."""
    return _README.search(path) is not None


def is_scoped(path: str) -> bool:
    """Whether it lists paths with their licenses, as DEP-5 and REUSE.toml do."""
    return _SCOPED.search(path) is not None
