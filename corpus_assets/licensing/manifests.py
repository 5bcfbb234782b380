"""What package manifests declare: one small reader per format, none of which executes anything.

Belongs here: finding the declared license in a manifest and writing it as an SPDX expression.
Does not belong here: detecting license texts (`scancode.py`).
"""

from __future__ import annotations

import configparser
import json
import re
import tomllib
from collections.abc import Callable
from email.parser import HeaderParser
from typing import Any, NamedTuple

from corpus_assets.licensing.expressions import normalize
from corpus_assets.licensing.license_names import CLASSIFIERS, NAMES, NO_RIGHTS
from corpus_assets.policy.licenses import catalog

MAX_CHARACTERS = 2_000_000


class Declared(NamedTuple):
    """A license a manifest declares: as an SPDX expression, and the words it used.

    `expression` is null where the words name no license (a pointer to a file, an unknown name);
    `rule` says how it was read.
    """

    expression: str | None
    words: str
    rule: str


class ManifestError(ValueError):
    """A manifest that is not of its format; the message says why."""


def declared(name: str, text: str) -> list[Declared]:
    """The licenses the manifest with this file name declares, empty if it declares none.

    Raises ManifestError for broken or hostile input (too deep, entities, not of the format).
    """
    if len(text) > MAX_CHARACTERS:
        raise ManifestError(f"longer than {MAX_CHARACTERS} characters")
    reader = _READERS.get(name) or _READERS["." + name.rsplit(".", 1)[-1]]
    try:
        return [item for item in reader(text) if item.words]
    except RecursionError:
        raise ManifestError("nested too deeply") from None


def _words(text: str, rule: str) -> Declared:
    """What a free-text license field says; names that are no identifiers are looked up."""
    words = " ".join(text.split())[:500]
    if re.match(r"(?i)see licen[cs]e in\b", words):
        return Declared(None, words, f"{rule}-see-file")
    if words.upper() in ("UNLICENSED", "PROPRIETARY"):
        return Declared(NO_RIGHTS, words, rule)
    named = NAMES.get(_plain(words))
    if named is not None:
        return Declared(named, words, rule)
    expression = normalize(words) if words else None
    if expression is None or not _is_known(expression):
        return Declared(None, words, f"{rule}-unknown")
    return Declared(expression, words, rule)


def _is_known(expression: str) -> bool:
    """Whether at least one name in it is an identifier: prose parses as an unknown symbol."""
    names = re.findall(r"[\w.+-]+", expression)
    return any(
        name in catalog() or name.removesuffix("+") in catalog() or name.startswith("LicenseRef-")
        for name in names
    )


def _plain(words: str) -> str:
    text = re.sub(r"(?i)^(?:the|license:)\s+", "", words)
    text = re.sub(r"(?i)\b(?:version|licen[cs]e|software|public domain dedication)\b", " ", text)
    text = re.sub(r"(?i)\bv(?=\d)", "", text)
    return " ".join(re.sub(r"[\s,()\"'/_-]+", " ", text).lower().split()).strip(". ")


def _classifiers(names: list[str]) -> list[Declared]:
    parts = [name.split(" :: ") for name in names if name.startswith("License ::")]
    return [
        Declared(CLASSIFIERS.get(path[-1]), " :: ".join(path), "classifier")
        for path in parts
        if path[-1] in CLASSIFIERS
    ]


def _python(expression: str, words: str, classifiers: list[str]) -> list[Declared]:
    """PEP 639's expression alone if there is one, else the free text, else the classifiers.

    The old license field often holds the whole text, and says less than a classifier if it is
    not understood.
    """
    if expression.strip():
        return [_words(expression, "license-expression")]
    found = _classifiers(classifiers)
    free = _words(words, "license") if words.strip() else None
    if free is not None and free.expression is not None:
        return [free]
    if found:
        return found
    if free is None or len(words) > 200 or words.strip().upper() == "UNKNOWN":
        return []
    return [free]


def _metadata(text: str) -> list[Declared]:
    message = HeaderParser().parsestr(text)
    if "Metadata-Version" not in message:
        raise ManifestError("no Metadata-Version header")
    classifiers = [str(value) for value in message.get_all("Classifier", [])]
    return _python(
        str(message.get("License-Expression", "")), str(message.get("License", "")), classifiers
    )


def _pyproject(text: str) -> list[Declared]:
    data = _toml(text)
    project = _table(data.get("project")) or _table(_table(data.get("tool")).get("poetry"))
    value = project.get("license")
    classifiers = [item for item in _list(project.get("classifiers")) if isinstance(item, str)]
    if isinstance(value, dict):
        return _python("", str(value.get("text", "")), classifiers)
    return _python("", str(value or ""), classifiers)


def _setup_cfg(text: str) -> list[Declared]:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise ManifestError(f"not an INI file: {type(error).__name__}") from error
    if not parser.has_section("metadata"):
        return []
    section = parser["metadata"]
    classifiers = [line.strip() for line in section.get("classifiers", "").splitlines()]
    return _python(section.get("license_expression", ""), section.get("license", ""), classifiers)


def _cargo(text: str) -> list[Declared]:
    value = _table(_toml(text).get("package")).get("license")
    return [_words(value, "license")] if isinstance(value, str) else []


def _npm(text: str) -> list[Declared]:
    """`license` as text or {type}; the legacy `licenses` list was always meant as a choice."""
    data = _json(text)
    value = data.get("license") or data.get("licenses")
    items = [
        str(item.get("type", "")) if isinstance(item, dict) else item
        for item in (value if isinstance(value, list) else [value])
    ]
    found = [_words(item, "license") for item in items if isinstance(item, str) and item.strip()]
    if len(found) < 2 or any(item.expression is None for item in found):
        return found
    choice = normalize(" OR ".join(f"({item.expression})" for item in found))
    return [Declared(choice, " | ".join(item.words for item in found), "licenses-list")]


def _maven(text: str) -> list[Declared]:
    root = _xml(text)
    names = [
        (child.text or "").strip()
        for node in root.iter()
        if _tag(node) == "license"
        for child in node
        if _tag(child) == "name"
    ]
    return [_words(name, "license") for name in names]


def _nuspec(text: str) -> list[Declared]:
    nodes = [node for node in _xml(text).iter() if _tag(node) == "license"]
    return [
        _words(node.text or "", "license") for node in nodes if node.get("type") == "expression"
    ]


def _gemspec(text: str) -> list[Declared]:
    """The literals assigned to `license` or `licenses`; a list of them is a choice."""
    assigned = re.search(r"\.licenses?\s*=\s*(\[[^\]]*\]|%w\[[^\]]*\]|['\"][^'\"]*['\"])", text)
    if assigned is None:
        return []
    value = assigned.group(1)
    words = value[3:-1].split() if value.startswith("%w") else re.findall(r"['\"](.*?)['\"]", value)
    found = [_words(item, "license") for item in words]
    if len(found) < 2 or any(item.expression is None for item in found):
        return found
    choice = normalize(" OR ".join(f"({item.expression})" for item in found))
    return [Declared(choice, " | ".join(words), "licenses-list")]


def _r_description(text: str) -> list[Declared]:
    message = HeaderParser().parsestr(text)
    if "Package" not in message:
        return []
    value = re.sub(r"\s*\+\s*file\s+LICEN[CS]E", "", str(message.get("License", "")))
    value = re.sub(r"\|?\s*file\s+LICEN[CS]E", "", value)
    parts = [part for part in value.split("|") if part.strip()]
    found = [_words(part, "license") for part in parts]
    if len(found) < 2 or any(item.expression is None for item in found):
        return found
    choice = normalize(" OR ".join(f"({item.expression})" for item in found))
    return [Declared(choice, value, "license")]


def _json(text: str) -> dict[str, Any]:
    try:
        return _table(json.loads(text))
    except ValueError as error:  # also numbers of absurd length
        raise ManifestError(f"not JSON: {error}") from error


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise ManifestError(f"not TOML: {error}") from error


def _xml(text: str) -> Any:
    """The root element; entity declarations, the stuff of XML bombs, are refused."""
    from xml.etree import ElementTree

    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise ManifestError("a document type declaration, which a manifest does not need")
    try:
        return ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except ElementTree.ParseError as error:
        raise ManifestError(f"not XML: {error}") from error


def _tag(node: Any) -> str:
    return str(node.tag).rsplit("}", 1)[-1]


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


_READERS: dict[str, Callable[[str], list[Declared]]] = {
    "package.json": _npm,
    "bower.json": _npm,
    "composer.json": _npm,
    "pyproject.toml": _pyproject,
    "setup.cfg": _setup_cfg,
    "PKG-INFO": _metadata,
    "METADATA": _metadata,
    "Cargo.toml": _cargo,
    "pom.xml": _maven,
    "DESCRIPTION": _r_description,
    ".pom": _maven,
    ".nuspec": _nuspec,
    ".gemspec": _gemspec,
}
