"""The names of license files: ground floor, because two rooms need the same rule.

Belongs here: which paths are named like a license text, notice or copyright file. `licensing`
reads such files, and `collect` follows symbolic links of such names. Does not belong here: what a
file speaks for, manifests and vendored folders (`licensing/evidence_files.py`).
"""

from __future__ import annotations

import polars as pl

# Names as in filter-rules.md 4.8, without README, about and guidelines: what they say of
# licenses is mostly about something else. A name must stand alone or with words around it.
_WORDS = (
    r"(?:un)?licen[cs]es?|licencing|copying|copyrights?|copyleft|notices?|legal|patents?|mit|bsd|"
    r"[al]?gpl(?:[-_.]?v?\d(?:\.\d)?)?|apache|artistic|eupl|gfdl|mpl|cpl|cc0"
)
_LICENSE_FILE = rf"(?i)(?:^|/)(?:[\w+]+[-_. ])*(?:{_WORDS})(?:[-_. ][\w.+ -]*)?$"
# Under these endings the name is that of code or data that handles licenses.
_TEXT_ENDING = (
    r"(?i)(?:/[^/.]+|\.(?:txt|md|markdown|rst|html?|adoc|asc|license|licen[cs]e|mit|bsd|apache|"
    r"[al]?gpl\w*|lesser|lib|runtime|exception|\d+|v\d))$"
)
# LICENSE.jquery, COPYING3: capitals make any ending a name's, unless it is that of code or data.
_CAPITALS = r"(?:^|/)(?:LICEN[CS]E|COPYING)[-_.]?\w*$"
_CODE_ENDING = (
    r"\.(?:py|pyi|js|mjs|cjs|ts|go|rs|c|h|cc|cpp|java|rb|sh|json|ya?ml|xml|toml|php|cs|kt|swift|"
    r"lua|pl|css|svg|png|jpe?g|gif|pdf)$"
)
_THIRD_PARTY = r"(?i)(?:third|3rd)[-_. ]?part|thirdparty|dependenc"
# Build tools put whole folders of documents beside the license texts of a wheel.
_DOCUMENT = r"(?i)(?:^|/)(?:readme|authors|contribut|change|code_of_conduct|security|history|news)"
_INSTALLED = r"^(?:.*/)?[^/]+\.dist-info/"

SIDECAR = r"\.[\w+-]+\.license$"
"""A REUSE sidecar `name.ext.license`."""
REUSE_TEXT = r"(?:^|/)LICENSES/[^/]+$"
"""A text in REUSE's LICENSES folder."""
REUSE_LIST = r"(?:^|/)(?:REUSE\.toml|\.reuse/dep5)$"
"""REUSE's list of paths with their licenses."""
DEBIAN = r"(?:^|/)debian/copyright$"
"""The copyright file of a Debian source package."""


def is_license_name(path: pl.Expr) -> pl.Expr:
    """Boolean: whether a file at this path is named like one that states a license."""
    rooted = pl.lit("/") + path
    is_text = (
        (path.str.contains(_LICENSE_FILE) & rooted.str.contains(_TEXT_ENDING))
        | (path.str.contains(_CAPITALS) & ~path.str.contains(_CODE_ENDING))
    ) & ~path.str.contains(_THIRD_PARTY)
    installed = path.str.contains(_INSTALLED + r"licenses?/")
    document = path.str.extract(r"([^/]*)$").str.contains(_DOCUMENT)
    named = (
        path.str.contains(REUSE_TEXT)
        | path.str.contains(SIDECAR)
        | path.str.contains(DEBIAN)
        | path.str.contains(REUSE_LIST)
        | (installed & ~document)
    )
    return named | is_text
