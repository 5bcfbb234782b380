"""JSON manifests of npm, Bower and Composer.

Belongs here: package.json, bower.json, composer.json. Does not belong here: other JSON files.
"""

from __future__ import annotations

from typing import Any

from corpus_assets.licensing.manifests import words
from corpus_assets.licensing.manifests.formats import (
    items,
    read_json,
    table,
    text_of,
    version_of,
)
from corpus_assets.licensing.manifests.model import Declared, Dependency, Manifest, Package

_NPM_SCOPES = (
    ("dependencies", "runtime"), ("peerDependencies", "runtime"),
    ("optionalDependencies", "optional"), ("devDependencies", "dev"),
)  # fmt: skip


def read_npm(_: str, text: str) -> Manifest:
    """`license` as text or {type}; a list of them was always meant as a choice."""
    data = read_json(text)
    return Manifest(tuple(_license(data)), _package("npm", data, _NPM_SCOPES))


def read_bower(_: str, text: str) -> Manifest:
    """Like npm's."""
    data = read_json(text)
    scopes = (("dependencies", "runtime"), ("devDependencies", "dev"))
    return Manifest(tuple(_license(data)), _package("bower", data, scopes))


def read_composer(_: str, text: str) -> Manifest:
    """A list of licenses is a choice (Composer's schema); requirements on PHP are none."""
    data = read_json(text)
    scopes = (("require", "runtime"), ("require-dev", "dev"))
    package = _package("composer", data, scopes)
    if package is not None:
        real = tuple(item for item in package.dependencies if "/" in item.name)
        package = package._replace(dependencies=real)
    return Manifest(tuple(_license(data)), package)


def _license(data: dict[str, Any]) -> list[Declared]:
    value = data.get("license") or data.get("licenses") or data.get("licence")
    named = [
        text_of(item.get("type") or item.get("name")) if isinstance(item, dict) else text_of(item)
        for item in items(value)
    ]
    return words.choice(named, "license")


def _package(
    kind: str, data: dict[str, Any], scopes: tuple[tuple[str, str], ...]
) -> Package | None:
    name = text_of(data.get("name")).strip()
    if not name:
        return None
    optional = {
        key
        for key, value in table(data.get("peerDependenciesMeta")).items()
        if table(value).get("optional") is True
    }
    needs = [
        Dependency(key, text_of(value), "optional" if key in optional else scope)
        for field, scope in scopes
        for key, value in table(data.get(field)).items()
    ]
    # npm repeats its optional dependencies among the others.
    later = {item.name for item in needs if item.scope == "optional"}
    kept = [item for item in needs if item.scope != "runtime" or item.name not in later]
    return Package(kind, name, version_of(data.get("version")), tuple(kept))
