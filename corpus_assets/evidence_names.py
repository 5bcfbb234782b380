"""The names of license files: ground floor, because two rooms need the same rule.

Belongs here: which paths are named like a license text, notice or copyright file. `licensing`
reads such files, and `collect` follows symbolic links of such names. Does not belong here: what a
file speaks for, manifests and vendored folders (`licensing/evidence_files.py`).
"""

from __future__ import annotations

import polars as pl

# Names as in filter-rules.md 4.8. Words that mean a license stand alone or among others
# (MIT-LICENSE.txt, LICENSE.jquery); notices begin the name; names of licenses are all of it
# (GPL-3.0.txt): `auth-bsd.html` and `Gold.gpl` are about something else.
_LICENSE_NAME = (
    r"(?i)(?:^|/)\.?(?:[\w+]+[-_. ])*(?:(?:un)?licen[cs]es?|licencing|copying\d*|copyleft)"
    r"(?:[-_. ][\w.+ -]*)?$"
)
_NOTICE_NAME = (
    r"(?i)(?:^|/)(?:copyrights?(?:[-_ ]?notices?)?|notices?|legal|patents?)"
    r"(?:[-_. ][\w+-]+)?(?:\.(?:txt|md|markdown|rst|html?))?$"
)
_FAMILY = r"(?:MIT|BSD|ISC|[AL]?GPL|APACHE|ARTISTIC|EUPL|G?FDL|MPL|CPL|EPL|CC0|WTFPL)"
_NUMBER = r"(?:[-_. ]?v?\d[\d.]*)"
_FAMILY_NAME = (
    rf"(?:^|/)(?:{_FAMILY}|(?i:{_FAMILY}{_NUMBER})"
    rf"|(?i:{_FAMILY}{_NUMBER}?(?:-clause|-only|-or-later)?\.(?:txt|md)))$"
)
# Under these endings a license's name is not that of code or data that handles licenses.
_TEXT_ENDING = (
    r"(?i)(?:/\.?[^/.]+|\.(?:txt|md|markdown|rst|html?|adoc|asc|terms|licen[cs]e|mit|bsd|apache|"
    r"[al]?gpl\w*|lesser|lib|runtime|exception|\d+|v\d))$"
)
# LICENSE.jquery, LICENSE.GPL3-EXCEPT: capitals make any ending a name's, unless that of code.
_CAPITALS = r"(?:^|/)(?:LICEN[CS]E|COPYING)[\w+-]*(?:[-_.][\w+-]*)*$"
_CODE_ENDING = (
    r"(?i)\.(?:py|pyi|js|mjs|cjs|ts|go|rs|c|h|cc|cpp|java|rb|sh|json|ya?ml|xml|toml|php|cs|kt|"
    r"swift|lua|pl|css|svg|png|jpe?g|gif|pdf|rtf|docx?|in|vm|tmpl|j2|diff|patch)$"
)
# By the file's own name: a LICENSE inside a folder of third parties speaks for that folder.
_THIRD_PARTY = r"(?i)(?:(?:third|3rd)[-_. ]?part|dependenc)[^/]*$"
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
        (path.str.contains(_LICENSE_NAME) & rooted.str.contains(_TEXT_ENDING))
        | (path.str.contains(_NOTICE_NAME) & rooted.str.contains(_TEXT_ENDING))
        | path.str.contains(_FAMILY_NAME)
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
