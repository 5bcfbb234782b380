"""Maven's pom.xml.

Belongs here: licenses, coordinates and dependencies of one project. Does not belong here: what a
parent pom declares: it is another file, and inherited values stay silent.
"""

from __future__ import annotations

import re

from corpus_assets.licensing.manifests import words
from corpus_assets.licensing.manifests.formats import Node, read_xml, version_of
from corpus_assets.licensing.manifests.model import Declared, Dependency, Manifest, Package
from corpus_assets.licensing.wording import understand

_SCOPES = {"test": "dev", "provided": "build", "system": "runtime", "import": "build"}


def read(_: str, text: str) -> Manifest:
    """The project's own elements; several licenses are a choice (Maven's POM reference)."""
    root = read_xml(text)
    if root.tag != "project":
        return Manifest()
    named = (_license(node) for node in root.all("licenses", "license"))
    declared: list[Declared] = words.choice((name for name in named if name), "license")
    artifact = root.first("artifactId")
    group = root.first("groupId") or root.first("parent", "groupId")
    if not artifact or not group or re.search(r"[${}]", artifact + group):
        return Manifest(tuple(declared))
    version = version_of(root.first("version") or root.first("parent", "version"))
    needs = tuple(
        need for node in root.all("dependencies", "dependency") if (need := _dependency(node))
    )
    return Manifest(tuple(declared), Package("maven", f"{group}/{artifact}", version, needs))


def _license(node: Node) -> str:
    """The license's name, or its address where the name is missing or says less."""
    name, url = node.first("name"), node.first("url")
    if name and (understand(name) is not None or understand(url) is None):
        return name
    return url or name or node.first("comments")


def _dependency(node: Node) -> Dependency | None:
    group, artifact = node.first("groupId"), node.first("artifactId")
    if not group or not artifact:
        return None
    scope = _SCOPES.get(node.first("scope"), "runtime")
    if scope == "runtime" and node.first("optional") == "true":
        scope = "optional"
    return Dependency(f"{group}/{artifact}", node.first("version"), scope)
