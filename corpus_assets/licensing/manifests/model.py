"""What a manifest says: the license it declares, the package it describes, what that needs.

Belongs here: the types every reader returns. Does not belong here: any format.
"""

from __future__ import annotations

from typing import NamedTuple


class ManifestError(ValueError):
    """A manifest that is not of its format, or hostile; the message says why."""


class Declared(NamedTuple):
    """A license a manifest declares: as an SPDX expression, and the words it used.

    `expression` is null where the words name no license (a pointer to a file, an unknown name);
    `rule` says how it was read, and ends in `-unknown` or `-see-file` then. `files` are the names
    of the license files that the manifest points to, as written.
    """

    expression: str | None
    words: str
    rule: str
    files: tuple[str, ...] = ()


class Dependency(NamedTuple):
    """Something a package needs: `requirement` is as written, empty where any version will do.

    `scope` is runtime, dev, optional or build.
    """

    name: str
    requirement: str
    scope: str


class Package(NamedTuple):
    """The package a manifest describes, named as in a package URL; version is null if unstated."""

    type: str
    name: str
    version: str | None
    dependencies: tuple[Dependency, ...] = ()


class Manifest(NamedTuple):
    """All a manifest says. Several items of `declared` apply together, a choice is one item."""

    declared: tuple[Declared, ...] = ()
    package: Package | None = None
