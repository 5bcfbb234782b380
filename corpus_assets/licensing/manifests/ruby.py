"""RubyGems and CocoaPods: gemspec and podspec files, read and never run.

Belongs here: the literals assigned in a specification block. Does not belong here: Ruby.
"""

from __future__ import annotations

import re

from corpus_assets.licensing.manifests import literals, words
from corpus_assets.licensing.manifests.formats import read_json, table, text_of, version_of
from corpus_assets.licensing.manifests.model import Declared, Dependency, Manifest, Package

_ASSIGNED = (
    r"(?m)^[^#\n]{0,200}?\.%s\s*=\s*(\[[^\]]{0,2000}\]|\{[^}]{0,2000}\}"
    r"|%%w[\[({][^\])}]{0,2000}[\])}]|['\"][^'\"\n]{0,500}['\"])"
)
_NEED = re.compile(
    r"(?m)^[^#\n]{0,100}?\.(add_dependency|add_runtime_dependency|add_development_dependency"
    r"|dependency)[\s(]\s*(['\"][^\n]{1,300})"
)


def read_gemspec(_: str, text: str) -> Manifest:
    """`license` and `licenses`; a list of them is a choice, as RubyGems' own guides use it."""
    declared = words.choice([*_assigned(text, "license"), *_assigned(text, "licenses")], "license")
    return Manifest(tuple(declared), _package("gem", text))


def read_podspec(_: str, text: str) -> Manifest:
    """`license` as text or as {type, file, text}."""
    return Manifest(tuple(_pod_license(text)), _package("cocoapods", text))


def _pod_license(text: str) -> list[Declared]:
    found = re.search(_ASSIGNED % "license", text)
    if found is None:
        return []
    source = found.group(1)
    if not source.startswith("{"):
        return words.choice(literals.strings(source), "license")
    named = dict(
        re.findall(r":?['\"]?(type|file)['\"]?\s*(?:=>|:)\s*['\"]([^'\"\n]{1,300})['\"]", source)
    )
    files = (named["file"],) if "file" in named else ()
    return words.one(named.get("type", ""), "license", files)


def read_podspec_json(_: str, text: str) -> Manifest:
    """The same as JSON."""
    data = read_json(text)
    value = data.get("license")
    details = table(value)
    file = text_of(details.get("file"))
    stated = text_of(value) or text_of(details.get("type"))
    declared = words.one(stated, "license", (file,) if file else ())
    name = text_of(data.get("name")).strip()
    if not name:
        return Manifest(tuple(declared))
    needs = tuple(
        Dependency(key, ", ".join(literals.strings(str(wanted))), "runtime")
        for key, wanted in table(data.get("dependencies")).items()
    )
    version = version_of(data.get("version"))
    return Manifest(tuple(declared), Package("cocoapods", name, version, needs))


def _assigned(text: str, name: str) -> list[str]:
    found = re.search(_ASSIGNED % name, text)
    if found is None:
        return []
    source = found.group(1)
    return source[3:-1].split() if source.startswith("%w") else literals.strings(source)


def _package(kind: str, text: str) -> Package | None:
    name = _assigned(text, "name")
    if not name:
        return None
    version = _assigned(text, "version")
    needs = []
    for method, source in _NEED.findall(text):
        named = literals.strings(source)
        if named:
            scope = "dev" if method == "add_development_dependency" else "runtime"
            needs.append(Dependency(named[0], ", ".join(named[1:]), scope))
    return Package(kind, name[0], version_of(version[0]) if version else None, tuple(needs))
