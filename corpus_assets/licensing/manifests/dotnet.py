"""NuGet: nuspec files and the package properties of project files.

Belongs here: license expressions, license files, well-known addresses. Does not belong here:
other XML manifests.
"""

from __future__ import annotations

from corpus_assets.licensing.manifests import words
from corpus_assets.licensing.manifests.formats import read_xml, version_of
from corpus_assets.licensing.manifests.model import Declared, Dependency, Manifest, Package
from corpus_assets.licensing.wording import understand


def read_nuspec(_: str, text: str) -> Manifest:
    """`license` of type expression or file; the deprecated address only if it is well known."""
    root = read_xml(text)
    found = root.all("metadata")
    if not found:
        return Manifest()
    metadata = found[0]
    declared: list[Declared] = []
    for node in metadata.all("license"):
        if node.attributes.get("type") == "file":
            declared += words.pointed([node.text], "license")
        else:
            declared += words.one(node.text, "license")
    url = metadata.first("licenseUrl")
    if not declared and url and "deprecateLicenseUrl" not in url:
        known = understand(url) is not None
        declared = (
            words.one(url, "license-url")
            if known
            else [Declared(None, url[:500], "license-url-unknown")]
        )
    name = metadata.first("id")
    if not name:
        return Manifest(tuple(declared))
    needs = tuple(
        Dependency(node.attributes["id"], node.attributes.get("version", ""), "runtime")
        for node in metadata.walk()
        if node.tag == "dependency" and node.attributes.get("id")
    )
    version = version_of(metadata.first("version"))
    return Manifest(tuple(declared), Package("nuget", name, version, tuple(dict.fromkeys(needs))))


def read_project(name: str, text: str) -> Manifest:
    """PackageLicenseExpression and PackageLicenseFile of a project file; conditions are ignored."""
    root = read_xml(text)
    if root.tag != "Project":
        return Manifest()
    properties = {
        node.tag: node.text for group in root.all("PropertyGroup") for node in group.children
    }
    expression = properties.get("PackageLicenseExpression", "")
    file = properties.get("PackageLicenseFile", "")
    declared = (
        words.one(expression, "license") if expression else words.pointed([file], "license-file")
    )
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    package = properties.get("PackageId") or properties.get("AssemblyName") or stem
    needs = tuple(
        Dependency(
            node.attributes["Include"],
            node.attributes.get("Version") or node.first("Version"),
            "build"
            if "all" in (node.attributes.get("PrivateAssets"), node.first("PrivateAssets"))
            else "runtime",
        )
        for node in root.all("ItemGroup", "PackageReference")
        if node.attributes.get("Include")
    )
    if not package or "$" in package:
        return Manifest(tuple(declared))
    version = version_of(properties.get("PackageVersion") or properties.get("Version"))
    return Manifest(tuple(declared), Package("nuget", package, version, needs))
