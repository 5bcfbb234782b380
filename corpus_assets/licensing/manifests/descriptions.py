"""Descriptions of software that are no build files: AppStream, ROS and PEAR packages, conda
recipes, citation files, CodeMeta.

Belongs here: the license each states for the software. Does not belong here: the license of the
description itself (`metadata_license`).
"""

from __future__ import annotations

import re
from typing import Any

from corpus_assets.licensing.manifests import words
from corpus_assets.licensing.manifests.formats import (
    items,
    lines,
    read_json,
    read_xml,
    read_yaml,
    table,
    text_of,
    texts,
    version_of,
)
from corpus_assets.licensing.manifests.model import Declared, Dependency, Manifest, Package

_ROS_SCOPES = {
    "depend": "runtime", "exec_depend": "runtime", "run_depend": "runtime",
    "build_export_depend": "runtime", "build_depend": "build", "buildtool_depend": "build",
    "test_depend": "dev", "doc_depend": "dev",
}  # fmt: skip
_CONDA_LINE = re.compile(r"^(\s*)(?:-\s+)?([A-Za-z_]+)\s*:\s*(.*?)\s*$")
_CONDA_SCOPES = {"run": "runtime", "host": "build", "build": "build", "run_constrained": "optional"}


def read_appstream(_: str, text: str) -> Manifest:
    """`project_license`, an SPDX expression."""
    root = read_xml(text)
    return Manifest(tuple(words.every([node.text for node in root.all("project_license")],
                                      "project_license")))  # fmt: skip


def read_package_xml(_: str, text: str) -> Manifest:
    """ROS's or PEAR's package.xml; ROS lists the licenses of a package's parts (REP 149)."""
    root = read_xml(text)
    if root.tag != "package":
        return Manifest()
    if root.all("channel") or root.all("lead") or root.all("release", "license"):
        return _pear(root)
    declared: list[Declared] = []
    for node in root.all("license"):
        file = node.attributes.get("file", "")
        declared += words.one(node.text, "license", (file,) if file else ())
    name = root.first("name")
    if not name:
        return Manifest(tuple(declared))
    needs = tuple(
        Dependency(node.text, _ros_versions(node.attributes), _ROS_SCOPES[node.tag])
        for node in root.children
        if node.tag in _ROS_SCOPES and node.text
    )
    version = version_of(root.first("version"))
    return Manifest(tuple(declared), Package("ros", name, version, needs))


def _ros_versions(attributes: dict[str, str]) -> str:
    signs = {"version_lt": "<", "version_lte": "<=", "version_eq": "==", "version_gte": ">=",
             "version_gt": ">"}  # fmt: skip
    return ", ".join(f"{signs[key]}{value}" for key, value in attributes.items() if key in signs)


def _pear(root: Any) -> Manifest:
    stated = root.first("license") or root.first("release", "license")
    declared = tuple(words.one(stated, "license"))
    name = root.first("name")
    if not name:
        return Manifest(declared)
    needs = tuple(
        Dependency(node.first("name"), node.first("min"), scope)
        for field, scope in (("required", "runtime"), ("optional", "optional"))
        for node in root.all("dependencies", field, "package")
        if node.first("name")
    )
    version = version_of(root.first("version", "release") or root.first("release", "version"))
    return Manifest(declared, Package("pear", name, version, needs))


def read_conda(_: str, text: str) -> Manifest:
    """`about` and `requirements` of a recipe, line by line: a template is no YAML before it runs.

    A value with template code counts as not stated.
    """
    path: list[tuple[int, str]] = []
    licenses: list[str] = []
    files: list[str] = []
    facts: dict[str, str] = {}
    needs: list[Dependency] = []
    for raw in lines(text):
        line = re.sub(r"\s+#.*$", "", raw.rstrip())
        stripped = line.strip()
        if not stripped or stripped[0] == "#" or stripped.startswith("{%"):
            continue
        depth = len(line) - len(line.lstrip())
        match = _CONDA_LINE.match(line)
        if stripped.startswith("- "):
            depth += 1  # a list may stand at the depth of its key
        while path and path[-1][0] >= depth:
            path.pop()
        keys = [key for _, key in path]
        value = (
            stripped.removeprefix("- ").strip().strip("\"'")
            if match is None
            else (match.group(3).strip("\"'"))
        )
        if match is not None and not stripped.startswith("- "):
            path.append((depth, match.group(2).lower()))
            keys = [key for _, key in path]
        if "{{" in value or not value:
            continue
        if keys == ["about", "license"]:
            licenses.append(value)
        elif keys in (["about", "license_file"], ["about", "license_files"]):
            files += [part.strip(" \"'[]") for part in value.split(",")]
        elif keys in (["package", "name"], ["package", "version"]):
            facts.setdefault(keys[1], value)
        elif keys[:1] == ["requirements"] and len(keys) == 2 and keys[1] in _CONDA_SCOPES:
            parts = value.split(None, 1)
            needs.append(
                Dependency(parts[0], parts[1] if parts[1:] else "", _CONDA_SCOPES[keys[1]])
            )
    declared = words.every(licenses, "license", tuple(files)) or words.pointed(
        files, "license_file"
    )
    if "name" not in facts:
        return Manifest(tuple(declared) if licenses else ())
    package = Package("conda", facts["name"], version_of(facts.get("version")), tuple(needs))
    return Manifest(tuple(declared), package)


def read_citation(_: str, text: str) -> Manifest:
    """CITATION.cff: several licenses are a choice (its schema)."""
    data = table(read_yaml(text))
    stated = texts(data.get("license")) or texts(data.get("license-url"))
    return Manifest(tuple(words.choice(stated, "license")))


def read_codemeta(_: str, text: str) -> Manifest:
    """codemeta.json: names or addresses, as texts or as {@id, name, url}."""
    stated = [
        text_of(item) or _codemeta_name(table(item))
        for item in items(read_json(text).get("license"))
    ]
    return Manifest(tuple(words.every(stated, "license")))


def _codemeta_name(item: dict[str, Any]) -> str:
    return next(
        (text for key in ("@id", "url", "name", "identifier") if (text := text_of(item.get(key)))),
        "",
    )
