"""Haskell, OCaml, Elixir and Lua: cabal files, opam, dune-project, mix.exs, rockspecs.

Belongs here: the literal license and dependencies of each. Does not belong here: evaluation.
"""

from __future__ import annotations

import re

from corpus_assets.licensing.manifests import literals, words
from corpus_assets.licensing.manifests.formats import lines, version_of
from corpus_assets.licensing.manifests.model import Dependency, Manifest, Package

# The names of Cabal's list before version 2.2, where SPDX or wordings do not read them alike.
_CABAL = {
    "bsd2": "BSD-2-Clause", "bsd3": "BSD-3-Clause", "bsd4": "BSD-4-Clause",
    "allrightsreserved": "All rights reserved", "publicdomain": "public domain",
    "otherlicense": "", "unspecifiedlicense": "", "unknownlicense": "",
}  # fmt: skip
_CABAL_NEED = re.compile(r"^([A-Za-z0-9](?:[\w-]*[A-Za-z0-9])?)(?::\S+)?\s*(.*)$", re.DOTALL)
_OPAM_FIELD = re.compile(r"(?m)^([a-z][a-z-]*)\s*:\s*")


def read_cabal(_: str, text: str) -> Manifest:
    """`license`, `license-file` and the build-depends of all components."""
    top: dict[str, str] = {}
    needs: list[Dependency] = []
    section, name = "", ""
    indent = 0
    for line in lines(text):
        stripped = line.strip()
        if not stripped or stripped.startswith("--"):
            continue
        depth = len(line) - len(line.lstrip())
        match = re.match(r"([A-Za-z][A-Za-z-]{0,40})\s*:(.*)$", stripped)
        if match is not None and (depth == 0 or depth <= indent or not name):
            name, indent = match.group(1).lower(), depth
            if depth == 0:
                section = ""
            top_value = match.group(2).strip()
            if name == "build-depends":
                needs += _cabal_needs(top_value, section)
            elif not section:
                top.setdefault(name, top_value)
        elif depth == 0:
            section, name, indent = stripped.split()[0].lower(), "", 0
        elif name and depth > indent:
            if name == "build-depends":
                needs += _cabal_needs(stripped, section)
            elif not section:
                top[name] = f"{top.get(name, '')}\n{stripped}".strip()
        else:
            name = ""
    files = tuple(
        part
        for part in re.split(r"[,\s]+", top.get("license-file") or top.get("license-files", ""))
        if part
    )
    stated = top.get("license", "")
    stated = _CABAL.get(stated.lower(), stated)
    declared = words.one(stated, "license", files)
    package = top.get("name", "")
    if not package:
        return Manifest(tuple(declared))
    version = version_of(top.get("version"))
    unique = tuple(dict.fromkeys(item for item in needs if item.name != package))
    return Manifest(tuple(declared), Package("hackage", package, version, unique))


def _cabal_needs(value: str, section: str) -> list[Dependency]:
    scope = "dev" if section in ("test-suite", "benchmark") else "runtime"
    found = (_CABAL_NEED.match(part.strip()) for part in value.split(","))
    return [
        Dependency(match.group(1), " ".join(match.group(2).split()), scope)
        for match in found
        if match is not None
    ]


def read_opam(name: str, text: str) -> Manifest:
    """`license: "ISC"` or a list, whose members apply side by side."""
    values = _opam_fields(literals.uncommented(text, "#"))
    declared = words.every(literals.strings(values.get("license", "")), "license")
    stem = re.search(r"([\w+-]+)\.opam$", name)
    folder = re.search(r"(?:^|/)([\w+-]+)(?:\.[^/]+)?/opam$", name)
    named = literals.strings(values.get("name", ""))
    found = stem or folder
    package = named[0] if named else found.group(1) if found is not None else ""
    if not package:
        return Manifest(tuple(declared))
    version = literals.strings(values.get("version", ""))
    needs = [
        Dependency(match.group(1), " ".join((match.group(2) or "").split()), _opam_scope(match))
        for field, optional in (("depends", False), ("depopts", True))
        for match in re.finditer(
            r'"([\w+-]{1,100})"\s*(?:\{([^}]{0,300})\})?', values.get(field, "")
        )
    ]
    optional_names = set(re.findall(r'"([\w+-]{1,100})"', values.get("depopts", "")))
    needs = [
        item._replace(scope="optional") if item.name in optional_names else item for item in needs
    ]
    unique = tuple(dict.fromkeys(needs))
    return Manifest(
        tuple(declared),
        Package("opam", package, version_of(version[0]) if version else None, unique),
    )


def _opam_scope(match: re.Match[str]) -> str:
    filters = match.group(2) or ""
    if re.search(r"with-test|with-doc|with-dev-setup", filters):
        return "dev"
    return "build" if re.search(r"\bbuild\b", filters) else "runtime"


def _opam_fields(text: str) -> dict[str, str]:
    found = list(_OPAM_FIELD.finditer(text))
    ends = [*(match.start() for match in found), len(text)][1:]
    return {match.group(1): text[match.end() : ends[at]] for at, match in enumerate(found)}


def read_dune(_: str, text: str) -> Manifest:
    """`(license MIT)` or `(license A B)`, of the project."""
    source = re.sub(r"(?m);.*$", "", text)
    found = re.search(r"\(\s*license\s+\(?([^()]{1,500})\)", source)
    if found is None:
        return Manifest()
    named = literals.strings(found.group(1)) or found.group(1).split()
    return Manifest(tuple(words.every(named, "license")))


def read_mix(_: str, text: str) -> Manifest:
    """`licenses: [...]` of the package in mix.exs; all of them apply."""
    source = literals.uncommented(text, "#")
    found = re.search(r"\blicenses:\s*\[([^\]]{0,2000})\]", source)
    declared = words.every(literals.strings(found.group(1)), "license") if found else []
    app = re.search(r"\bapp:\s*:(\w+)", source)
    if app is None:
        return Manifest(tuple(declared))
    needs = tuple(
        Dependency(match.group(1), match.group(2) or "", _mix_scope(match.group(3)))
        for match in re.finditer(
            r"\{\s*:(\w+)\s*,\s*(?:\"([^\"\n]{0,100})\")?([^{}\n]{0,300})\}", source
        )
    )
    version = re.search(r"\bversion:\s*\"([^\"\n]{1,100})\"", source)
    number = version_of(version.group(1)) if version is not None else None
    return Manifest(tuple(declared), Package("hex", app.group(1), number, needs))


def _mix_scope(options: str) -> str:
    if re.search(r"only:\s*(?::(?:dev|test|docs)|\[\s*:(?:dev|test|docs))", options):
        return "dev"
    return "optional" if re.search(r"optional:\s*true", options) else "runtime"


def read_rockspec(_: str, text: str) -> Manifest:
    """`license` in the description, and the dependencies."""
    source = literals.uncommented(text, "--")
    stated = re.search(r"\blicense\s*=\s*(['\"][^'\"\n]{1,300}['\"])", source)
    declared = words.every(literals.strings(stated.group(1)) if stated else [], "license")
    name = re.search(r"(?m)^[ \t]*package\s*=\s*(['\"][^'\"\n]{1,100}['\"])", source)
    if name is None:
        return Manifest(tuple(declared))
    version = re.search(r"(?m)^[ \t]*version\s*=\s*['\"]([^'\"\n]{1,100})['\"]", source)
    listed = re.search(r"(?m)^[ \t]*dependencies\s*=\s*\{([^{}]{0,5000})\}", source)
    needs = []
    for line in literals.strings(listed.group(1)) if listed is not None else []:
        parts = line.split(None, 1)
        if parts and parts[0] != "lua":
            needs.append(Dependency(parts[0], parts[1] if len(parts) > 1 else "", "runtime"))
    number = version_of(version.group(1)) if version is not None else None
    package = Package("luarocks", literals.strings(name.group(1))[0], number, tuple(needs))
    return Manifest(tuple(declared), package)
