"""R's DESCRIPTION.

Belongs here: its license grammar and its fields of dependencies. Does not belong here: folders
described in prose under the same name, which have no Package field and say nothing.
"""

from __future__ import annotations

import re

from corpus_assets.licensing import fields
from corpus_assets.licensing.manifests import words
from corpus_assets.licensing.manifests.formats import version_of
from corpus_assets.licensing.manifests.model import Declared, Dependency, Manifest, Package

_SCOPES = (
    ("depends", "runtime"), ("imports", "runtime"), ("linkingto", "build"),
    ("suggests", "optional"), ("enhances", "optional"),
)  # fmt: skip
_FILE = re.compile(r"(?i)\+?\s*\bfile\s+([\w./-]+)")
# Names of R's own list of licenses that nobody else writes so.
_NAMES = {"bsd_2_clause": "BSD-2-Clause", "bsd_3_clause": "BSD-3-Clause"}
_NEED = re.compile(r"^([A-Za-z][\w.]*)\s*(?:\(([^)]{0,100})\))?$")


def read(_: str, text: str) -> Manifest:
    """Alternatives are separated by `|`; `+ file LICENSE` fills in or adds to the license."""
    header = next(fields.paragraphs(text), [])
    name = fields.value(header, "package")
    if not name:
        return Manifest()
    needs = [
        Dependency(match.group(1), " ".join((match.group(2) or "").split()), scope)
        for field, scope in _SCOPES
        for part in fields.value(header, field).split(",")
        if (match := _NEED.match(" ".join(part.split()))) is not None and match.group(1) != "R"
    ]
    version = version_of(fields.value(header, "version"))
    package = Package("cran", name, version, tuple(needs))
    return Manifest(tuple(_license(" ".join(fields.value(header, "license").split()))), package)


def _license(value: str) -> list[Declared]:
    files = tuple(_FILE.findall(value))
    named = [re.sub(r"\s*\+\s*$", "", _FILE.sub("", part)).strip() for part in value.split("|")]
    stated = [_NAMES.get(part.lower(), part) for part in named if part]
    return words.choice(stated, "license", files) if stated else words.pointed(files, "license")
