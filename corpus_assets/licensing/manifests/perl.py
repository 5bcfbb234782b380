"""CPAN distributions: META.json, META.yml, and Makefile.PL, which is read and never run.

Belongs here: the vocabulary of CPAN::Meta::Spec. Does not belong here: Perl.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from corpus_assets.licensing.license_names import CPAN
from corpus_assets.licensing.manifests import literals, words
from corpus_assets.licensing.manifests.formats import (
    read_json,
    read_yaml,
    table,
    text_of,
    texts,
    version_of,
)
from corpus_assets.licensing.manifests.model import Declared, Dependency, Manifest, Package

_PHASES = {"runtime": "runtime", "build": "build", "configure": "build", "test": "dev",
           "develop": "dev"}  # fmt: skip
_OLD_FIELDS = (
    ("requires", "runtime"), ("recommends", "optional"), ("build_requires", "build"),
    ("configure_requires", "build"),
)  # fmt: skip


def read_json_meta(_: str, text: str) -> Manifest:
    """META.json; that several licenses are a choice is not defined, so all of them apply."""
    return _meta(read_json(text))


def read_yaml_meta(_: str, text: str) -> Manifest:
    """META.yml, in YAML or in JSON."""
    return _meta(table(read_yaml(text)))


def _meta(data: dict[str, Any]) -> Manifest:
    declared = _licenses(texts(data.get("license")))
    name = text_of(data.get("name")).strip()
    if not name:
        return Manifest(tuple(declared))
    needs = [
        Dependency(module, text_of(wanted), scope if kind == "requires" else "optional")
        for phase, scope in _PHASES.items()
        for kind in ("requires", "recommends", "suggests")
        for module, wanted in table(table(table(data.get("prereqs")).get(phase)).get(kind)).items()
        if module != "perl"
    ]
    needs += [
        Dependency(module, text_of(wanted), scope)
        for field, scope in _OLD_FIELDS
        for module, wanted in table(data.get(field)).items()
        if module != "perl"
    ]
    version = version_of(data.get("version"))
    return Manifest(tuple(declared), Package("cpan", name, version, tuple(needs)))


def read_makefile(_: str, text: str) -> Manifest:
    """A literal LICENSE argument of WriteMakefile, or a `license` line of Module::Install."""
    source = literals.uncommented(text, "#")
    found = re.search(r"\bLICENSE['\"]?\s*=>\s*['\"]([^'\"\n]{1,100})['\"]", source) or re.search(
        r"(?m)^[ \t]*license\s*\(?\s*['\"]([^'\"\n]{1,100})['\"]", source
    )
    return Manifest(tuple(_licenses([found.group(1)] if found is not None else [])))


def _licenses(names: Iterable[str]) -> list[Declared]:
    declared: list[Declared] = []
    for name in words.few(names):
        key = name.strip().lower()
        if key in CPAN:
            expression = CPAN[key]
            declared += [Declared(expression, name.strip(), "license")] if expression else []
        else:
            declared += words.one(name, "license")
    return declared
