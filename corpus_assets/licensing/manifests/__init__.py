"""What package manifests say: one small reader per family, none of which executes anything.

Belongs here: which reader takes which file name, and the two questions asked of a manifest: which
license it declares and what package it describes. Does not belong here: the formats (the modules
beside this one), license texts (`scancode.py`) and files that speak of single paths
(`scoped_statements`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from corpus_assets.licensing.manifests import (
    compiled,
    descriptions,
    distributions,
    dotnet,
    functional,
    java,
    javascript,
    perl,
    python,
    r,
    ruby,
    setup_py,
)
from corpus_assets.licensing.manifests.formats import MAX_CHARACTERS
from corpus_assets.licensing.manifests.model import (
    Declared,
    Dependency,
    Manifest,
    ManifestError,
    Package,
)

__all__ = [
    "FILE_NAMES",
    "Declared",
    "Dependency",
    "Manifest",
    "ManifestError",
    "Package",
    "declared",
    "package",
    "read",
]

Reader = Callable[[str, str], Manifest]

# By regular expression on the path, the first that matches; every one is anchored at the end.
READERS: Mapping[str, Reader] = {
    r"package\.json": javascript.read_npm,
    r"bower\.json": javascript.read_bower,
    r"composer\.json": javascript.read_composer,
    r"pyproject\.toml": python.read_pyproject,
    r"setup\.cfg": python.read_setup_cfg,
    r"setup\.py": setup_py.read,
    r"PKG-INFO": python.read_metadata,
    r"[^/]+\.dist-info/METADATA": python.read_metadata,
    r"Cargo\.toml": compiled.read_cargo,
    r"go\.mod": compiled.read_go_mod,
    r"meson\.build": compiled.read_meson,
    r"(?:pom\.xml|[^/]+\.pom)": java.read,
    r"[^/]+\.nuspec": dotnet.read_nuspec,
    r"[^/]+\.(?:cs|fs|vb)proj": dotnet.read_project,
    r"[^/]+\.gemspec": ruby.read_gemspec,
    r"[^/]+\.podspec": ruby.read_podspec,
    r"[^/]+\.podspec\.json": ruby.read_podspec_json,
    r"DESCRIPTION": r.read,
    r"META\.json": perl.read_json_meta,
    r"META\.yml": perl.read_yaml_meta,
    r"Makefile\.PL": perl.read_makefile,
    r"[^/]+\.cabal": functional.read_cabal,
    r"(?:[^/]+\.)?opam": functional.read_opam,
    r"dune-project": functional.read_dune,
    r"mix\.exs": functional.read_mix,
    r"[^/]+\.rockspec": functional.read_rockspec,
    r"[^/]+\.(?:metainfo|appdata)\.xml(?:\.in(?:\.in)?)?": descriptions.read_appstream,
    r"package\.xml": descriptions.read_package_xml,
    r"meta\.yaml": descriptions.read_conda,
    r"CITATION\.cff": descriptions.read_citation,
    r"codemeta\.json": descriptions.read_codemeta,
    r"[^/]+\.spec": distributions.read_spec,
    r"debian/control": distributions.read_control,
}

FILE_NAMES = r"(?:^|/)(?:" + "|".join(READERS) + r")$"
"""Regular expression that finds every manifest by its path, in Python and in Polars."""

_COMPILED = [(re.compile(rf"(?:^|/)(?:{name})$"), reader) for name, reader in READERS.items()]


def read(path: str, text: str) -> Manifest:
    """All that the manifest with this path, or file name, says.

    Raises ManifestError for broken or hostile input (too long, too deep, entities, not of the
    format), KeyError for a path that `FILE_NAMES` does not match.
    """
    reader = _reader(path)
    if len(text) > MAX_CHARACTERS:
        raise ManifestError(f"longer than {MAX_CHARACTERS} characters")
    try:
        return reader(path, text)
    except RecursionError:
        raise ManifestError("nested too deeply") from None


def declared(path: str, text: str) -> list[Declared]:
    """The licenses the manifest declares, empty if it declares none; errors as of `read`."""
    return [item for item in read(path, text).declared if item.words]


def package(path: str, text: str) -> Package | None:
    """The package the manifest describes, None if it names none; errors as of `read`."""
    return read(path, text).package


def _reader(path: str) -> Reader:
    if path == "METADATA":  # asked for by its file name alone
        return python.read_metadata
    for pattern, reader in _COMPILED:
        if pattern.search(path):
            return reader
    raise KeyError(path)
