"""Packages of Linux distributions: RPM spec files and Debian's control file.

Belongs here: what the spec declares and both depend upon. Does not belong here: debian/copyright
(`licensing/dep5.py`).
"""

from __future__ import annotations

import re

from corpus_assets.licensing import fields
from corpus_assets.licensing.manifests import words
from corpus_assets.licensing.manifests.formats import lines, version_of
from corpus_assets.licensing.manifests.model import Dependency, Manifest, ManifestError, Package

_TAG = re.compile(r"^([A-Za-z]+)(?:\([\w,]+\))?\s*:\s*(.+?)\s*$")
_BODY = re.compile(r"^%(?:prep|build|install|check|files|changelog|post|pre|trigger)\b")
_RPM_SCOPES = {"requires": "runtime", "buildrequires": "build", "recommends": "optional",
               "suggests": "optional"}  # fmt: skip
_DEB_SCOPES = (
    ("build-depends", "build"), ("build-depends-indep", "build"), ("build-depends-arch", "build"),
    ("pre-depends", "runtime"), ("depends", "runtime"), ("recommends", "optional"),
    ("suggests", "optional"),
)  # fmt: skip
_NEED = re.compile(r"^([A-Za-z0-9][\w+.-]*)(?::\w+)?\s*(?:\(([^)]{0,100})\))?")


def read_spec(_: str, text: str) -> Manifest:
    """The License tags of the package and its subpackages, each once: all of them apply.

    A `.spec` of another kind has no Name and License tags and says nothing.
    """
    tags: dict[str, list[str]] = {}
    for line in lines(text):
        if _BODY.match(line):
            break
        match = _TAG.match(line)
        if match is not None:
            tags.setdefault(match.group(1).lower(), []).append(match.group(2))
    if "name" not in tags or "license" not in tags:
        return Manifest()
    licenses = dict.fromkeys(" ".join(value.split()) for value in tags["license"])
    declared = words.every([value for value in licenses if "%{" not in value], "license")
    name = tags["name"][0]
    if "%" in name:
        return Manifest(tuple(declared))
    needs = [
        Dependency(match.group(1), match.group(2) or "", scope)
        for tag, scope in _RPM_SCOPES.items()
        for value in tags.get(tag, [])
        for match in re.finditer(
            r"([A-Za-z0-9_][\w().:/+-]{0,200})(?:\s+([<>=]+\s*[\w.:~^-]{1,100}))?", value
        )
        if "%" not in value
    ]
    version = version_of(tags["version"][0]) if "version" in tags else None
    return Manifest(tuple(declared), Package("rpm", name, version, tuple(dict.fromkeys(needs))))


def read_control(_: str, text: str) -> Manifest:
    """debian/control: no license, but the source package and what it and its binaries need."""
    parts = list(fields.paragraphs(text))
    name = fields.value(parts[0], "source") if parts else ""
    if not name:
        raise ManifestError("no Source field")
    own = {fields.value(part, "package") for part in parts[1:]}
    needs = [
        Dependency(match.group(1), " ".join((match.group(2) or "").split()), scope)
        for part in parts
        for field, scope in _DEB_SCOPES
        for item in fields.value(part, field).split(",")
        if (match := _NEED.match(item.split("|")[0].strip())) is not None
        and match.group(1) not in own
    ]
    return Manifest((), Package("deb", name, None, tuple(dict.fromkeys(needs))))
