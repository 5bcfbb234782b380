"""Python packages: pyproject.toml, setup.cfg, and the metadata of built packages.

Belongs here: PEP 621 and 639, poetry, flit, setuptools, and which of the statements in one file
counts. Does not belong here: setup.py (`setup_py.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from corpus_assets.licensing import fields
from corpus_assets.licensing.expressions import identifiers
from corpus_assets.licensing.license_names import CLASSIFIERS
from corpus_assets.licensing.manifests import words
from corpus_assets.licensing.manifests.formats import (
    items,
    read_ini,
    read_toml,
    table,
    text_of,
    texts,
    version_of,
)
from corpus_assets.licensing.manifests.model import (
    Declared,
    Dependency,
    Manifest,
    ManifestError,
    Package,
)

# A longer license field holds a license text, which the license files hold as well.
_MAX_FREE_TEXT = 200
_REQUIREMENT = re.compile(r"^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(.*)$", re.DOTALL)
_FAMILY = re.compile(r"^(?:LicenseRef-(?:scancode-)?)?[A-Za-z]+")


def statements(
    expression: str, free: str, classifiers: Iterable[str], files: Iterable[str] = ()
) -> list[Declared]:
    """What the fields of one Python package say together.

    PEP 639's expression stands alone. Else the free text if it is understood, with the
    classifiers only where they name another family of licenses: both apply then. Else the
    classifiers, else a pointer to the files or the words nobody understood.
    """
    named = tuple(dict.fromkeys(name.strip() for name in files if name.strip()))
    if expression.strip():
        return words.one(expression, "license-expression", named)
    found = _classifiers(classifiers, named)
    stated = words.one(free, "license", named) if len(free) <= _MAX_FREE_TEXT else []
    if stated and stated[0].expression is not None:
        known = {name for item in found if item.expression for name in _families(item.expression)}
        if known and not known <= _families(stated[0].expression):
            return [*stated, *found]
        return stated
    return found or stated or words.pointed(named, "license-files")


def dependency(line: str, scope: str) -> Dependency | None:
    """A PEP 508 requirement as a dependency; null for an empty line, a comment or an option."""
    text = line.split(" #")[0].strip()
    match = _REQUIREMENT.match(text) if not text.startswith("#") else None
    if match is None:
        return None
    return Dependency(match.group(1), " ".join(match.group(2).split()), scope)


def dependencies(lines: Iterable[Any], scope: str) -> list[Dependency]:
    """The requirements in a list, whatever else stands in it left out."""
    found = (dependency(line, scope) for line in lines if isinstance(line, str))
    return [item for item in found if item is not None]


def read_metadata(name: str, text: str) -> Manifest:
    """PKG-INFO and METADATA. Raises ManifestError if the header names no metadata version."""
    header = next(fields.paragraphs(text, blank_continues=True), [])
    if fields.first(header, "metadata-version") is None:
        raise ManifestError(f"{name}: no Metadata-Version header")
    declared = statements(
        fields.value(header, "license-expression"),
        fields.value(header, "license"),
        fields.values(header, "classifier"),
        fields.values(header, "license-file"),
    )
    needs = []
    for line in fields.values(header, "requires-dist"):
        extra = re.search(r";.*\bextra\s*==", line) is not None
        needs += dependencies([line], "optional" if extra else "runtime")
    package = fields.value(header, "name")
    return Manifest(tuple(declared), _package(package, fields.value(header, "version"), needs))


def read_pyproject(_: str, text: str) -> Manifest:
    """The project table of PEP 621, else poetry's or the old one of flit."""
    data = read_toml(text)
    tool = table(data.get("tool"))
    build = dependencies(items(table(data.get("build-system")).get("requires")), "build")
    groups = [
        item
        for lines in table(data.get("dependency-groups")).values()
        for item in dependencies(items(lines), "dev")
    ]
    project = table(data.get("project"))
    poetry = table(tool.get("poetry"))
    flit = table(table(tool.get("flit")).get("metadata"))
    if project:
        needs = [
            *dependencies(items(project.get("dependencies")), "runtime"),
            *(
                item
                for lines in table(project.get("optional-dependencies")).values()
                for item in dependencies(items(lines), "optional")
            ),
        ]
        return Manifest(
            tuple(_pep621(project, tool)),
            _package(project.get("name"), project.get("version"), [*needs, *groups, *build]),
        )
    if poetry:
        declared = statements("", text_of(poetry.get("license")), texts(poetry.get("classifiers")))
        needs = [*_poetry(poetry), *groups, *build]
        return Manifest(tuple(declared), _package(poetry.get("name"), poetry.get("version"), needs))
    if flit:
        needs = [*dependencies(items(flit.get("requires")), "runtime"), *build]
        declared = statements("", text_of(flit.get("license")), texts(flit.get("classifiers")))
        name = flit.get("dist-name") or flit.get("module")
        return Manifest(tuple(declared), _package(name, None, needs))
    return Manifest()


def _pep621(project: dict[str, Any], tool: dict[str, Any]) -> list[Declared]:
    """`license` is an expression (PEP 639) or a table {text} or {file} (PEP 621)."""
    value = project.get("license")
    files = texts(project.get("license-files"))
    pattern = project.get("license-files")
    if isinstance(pattern, dict):  # a form PEP 639 had in its drafts
        files = [*texts(pattern.get("paths")), *texts(pattern.get("globs"))]
    setuptools = table(tool.get("setuptools"))
    files += texts(setuptools.get("license-files")) if not files else []
    if isinstance(value, dict):
        files = [*texts(value.get("file")), *files]
        return statements("", text_of(value.get("text")), texts(project.get("classifiers")), files)
    return statements("", text_of(value), texts(project.get("classifiers")), files)


def _poetry(poetry: dict[str, Any]) -> list[Dependency]:
    groups = table(poetry.get("group"))
    named = [(poetry.get("dependencies"), "runtime"), (poetry.get("dev-dependencies"), "dev")]
    named += [(table(group).get("dependencies"), "dev") for group in groups.values()]
    return [
        Dependency(name, _constraint(value), _poetry_scope(value, scope))
        for needs, scope in named
        for name, value in table(needs).items()
        if name.lower() != "python"
    ]


def _poetry_scope(value: Any, scope: str) -> str:
    return "optional" if table(value).get("optional") is True else scope


def _constraint(value: Any) -> str:
    if isinstance(value, list):
        return " || ".join(filter(None, (_constraint(item) for item in value)))
    if isinstance(value, dict):
        source = next((key for key in ("git", "path", "url") if key in value), None)
        found = value.get("version") or (value.get(source) if source else "")
        return text_of(found)
    return text_of(value)


def read_setup_cfg(_: str, text: str) -> Manifest:
    """The metadata and options sections; `file:` and `attr:` values are not followed."""
    sections = read_ini(text)
    metadata, options = sections.get("metadata", {}), sections.get("options", {})
    if not metadata and not options:
        return Manifest()
    name_files = re.split(
        r"[,\n]", metadata.get("license_files") or metadata.get("license_file", "")
    )
    free = metadata.get("license", "")
    declared = statements(
        metadata.get("license_expression", ""),
        "" if re.match(r"(?:file|attr)\s*:", free) else free,
        (line.strip() for line in (metadata.get("classifiers") or "").splitlines()),
        name_files,
    )
    needs = dependencies(options.get("install_requires", "").splitlines(), "runtime")
    needs += dependencies(options.get("setup_requires", "").splitlines(), "build")
    needs += dependencies(options.get("tests_require", "").splitlines(), "dev")
    for lines in sections.get("options.extras_require", {}).values():
        needs += dependencies(lines.splitlines(), "optional")
    version = metadata.get("version", "")
    version = "" if re.match(r"(?:file|attr)\s*:", version) else version
    return Manifest(tuple(declared), _package(metadata.get("name"), version, needs))


def _package(name: Any, version: Any, needs: list[Dependency]) -> Package | None:
    text = text_of(name).strip()
    if not text:
        return None
    return Package("pypi", normal_name(text), version_of(version), tuple(needs))


def normal_name(name: str) -> str:
    """A distribution's name as package URLs write it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _classifiers(names: Iterable[str], files: tuple[str, ...]) -> list[Declared]:
    """One statement per license classifier, each once; such as name no license are left out."""
    found = []
    for name in dict.fromkeys(" ".join(name.split()) for name in names):
        parts = name.split(" :: ")
        if parts[0] != "License" or len(parts) < 2:
            continue
        expression = CLASSIFIERS.get(parts[-1])
        if expression is None:
            found.append(Declared(None, name, "classifier-unknown", files))
        elif expression:
            found.append(Declared(expression, name, "classifier", files))
    words.few(item.words for item in found)
    known = [item for item in found if item.expression is not None]
    return known or found


def _families(expression: str) -> set[str]:
    """The families of an expression's licenses: GPL for every version of it, and so on."""
    found = (_FAMILY.match(name) for name in identifiers(expression))
    return {match.group(0).upper() for match in found if match is not None}
