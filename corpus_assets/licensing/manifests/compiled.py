"""Manifests of compiled languages with a format of their own: Rust, Go, Meson.

Belongs here: Cargo.toml, go.mod, meson.build. Does not belong here: XML (`java.py`, `dotnet.py`).
"""

from __future__ import annotations

import re
from typing import Any

from corpus_assets.licensing.manifests import literals, words
from corpus_assets.licensing.manifests.formats import (
    lines,
    read_toml,
    table,
    text_of,
    texts,
    version_of,
)
from corpus_assets.licensing.manifests.model import Dependency, Manifest, ManifestError, Package

_CARGO_SCOPES = (
    ("dependencies", "runtime"), ("dev-dependencies", "dev"), ("build-dependencies", "build"),
)  # fmt: skip
_GO_MODULE = re.compile(r"^module\s+\"?([^\s\"]+)\"?")
_GO_NEED = re.compile(r"^(?:require\s+)?\"?([^\s\"()]+)\"?\s+(v[^\s]+)(\s*//\s*indirect)?")
_GO_BLOCK = re.compile(r"^(\w+)\s*\($")


def read_cargo(_: str, text: str) -> Manifest:
    """`license` and `license-file` of the package; what a workspace bequeaths stays silent."""
    data = read_toml(text)
    package = table(data.get("package")) or table(data.get("project"))
    files = tuple(texts(package.get("license-file")))
    license_ = package.get("license")
    if isinstance(license_, str):
        declared = words.one(license_, "license", files)
    else:
        declared = words.pointed(files, "license-file")
    name = text_of(package.get("name")).strip()
    if not name:
        return Manifest(tuple(declared))
    needs = _cargo_needs(data)
    for target in table(data.get("target")).values():
        needs += _cargo_needs(table(target))
    version = version_of(package.get("version"))
    return Manifest(tuple(declared), Package("cargo", name, version, tuple(needs)))


def _cargo_needs(data: dict[str, Any]) -> list[Dependency]:
    found = []
    for field, scope in _CARGO_SCOPES:
        for key, value in table(data.get(field)).items():
            details = table(value)
            name = text_of(details.get("package")) or key
            source = details.get("version") or details.get("git") or details.get("path")
            wanted = text_of(value) or text_of(source)
            optional = details.get("optional") is True and scope == "runtime"
            found.append(Dependency(name, wanted, "optional" if optional else scope))
    return found


def read_go_mod(_: str, text: str) -> Manifest:
    """Module and requirements; Go modules state no license. Indirect ones are runtime, too."""
    name, block = "", ""
    needs: list[Dependency] = []
    for raw in lines(text):
        line = raw.strip()
        if line.startswith("//"):
            continue
        module = _GO_MODULE.match(line)
        opened = _GO_BLOCK.match(line)
        if line == ")":
            block = ""
        elif opened is not None:
            block = opened.group(1)
        elif module is not None:
            name = name or module.group(1)
        elif block == "require" or line.startswith("require "):
            need = _GO_NEED.match(line)
            if need is not None:
                needs.append(Dependency(need.group(1), need.group(2), "runtime"))
    if not name:
        raise ManifestError("no module line")
    return Manifest((), Package("golang", name, None, tuple(needs)))


def read_meson(_: str, text: str) -> Manifest:
    """The literal arguments of `project(...)`; several licenses apply side by side (its manual)."""
    call = literals.call(text, "project", comment="#")
    if call is None:
        return Manifest()
    arguments = literals.arguments(call)
    files = tuple(literals.strings(arguments.get("license_files", "")))
    named = literals.strings(arguments.get("license", ""))
    declared = words.every(named, "license", files) or words.pointed(files, "license_files")
    name = literals.strings(call)[:1]
    if not name:
        return Manifest(tuple(declared))
    version = literals.strings(arguments.get("version", ""))
    found = re.findall(r"\bdependency\s*\(\s*'([^'\n]{1,200})'", literals.uncommented(text, "#"))
    needs = tuple(Dependency(item, "", "runtime") for item in dict.fromkeys(found))
    return Manifest(
        tuple(declared),
        Package("generic", name[0], version_of(version[0]) if version else None, needs),
    )
