"""Commit messages whose authors said what they are, out of changelogs that npm packages ship.

Projects that write `Fix: ...` or `fix(scope): ...`, or list commits under "Bug Fixes", label their
commits by construction. The label is cut off the message, so that only the words remain that a
project without the convention would have written. Nothing of it is stored in this repository.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

NPM, PYPI = "npm", "pypi"
TUNING = (
    (NPM, "eslint@7.32.0", "package/CHANGELOG.md"),
    (NPM, "mongoose@5.13.20", "package/History.md"),
    (NPM, "video.js@7.21.1", "package/CHANGELOG.md"),
    (NPM, "@commitlint/cli@12.1.4", "package/CHANGELOG.md"),
    (NPM, "standard-version@9.5.0", "package/CHANGELOG.md"),
    (NPM, "ember-source@3.28.12", "package/CHANGELOG.md"),
    (NPM, "ember-cli@3.28.6", "package/CHANGELOG.md"),
    (PYPI, "apache-airflow==2.7.3", "apache-airflow-2.7.3/RELEASE_NOTES.rst"),
    (PYPI, "jupyterlab==3.6.7", "jupyterlab-3.6.7/CHANGELOG.md"),
)
UNSEEN = (
    (NPM, "karma@6.4.0", "package/CHANGELOG.md"),
    (NPM, "serverless@1.83.3", "package/CHANGELOG.md"),
    (NPM, "knex@0.95.15", "package/CHANGELOG.md"),
    (NPM, "aws-amplify@3.4.3", "package/CHANGELOG.md"),
    (PYPI, "dask==2024.8.0", "dask-2024.8.0/docs/source/changelog.rst"),
    (PYPI, "distributed==2024.8.0", "distributed-2024.8.0/docs/source/changelog.rst"),
    (PYPI, "jupyter_server==2.14.2", "jupyter_server-2.14.2/CHANGELOG.md"),
    (PYPI, "nbconvert==7.16.4", "nbconvert-7.16.4/CHANGELOG.md"),
    (PYPI, "jupyter_client==8.6.3", "jupyter_client-8.6.3/CHANGELOG.md"),
)

_TYPES = {
    "fix": "bugfix", "fixed": "bugfix", "bugfix": "bugfix", "regression": "bugfix",
    "feat": "feature", "feature": "feature", "new": "feature", "update": "feature",
    "added": "feature", "breaking": "feature", "perf": "refactor", "refactor": "refactor",
    "refactored": "refactor", "docs": "docs", "doc": "docs", "test": "test", "tests": "test",
    "style": "style", "build": "build", "ci": "build", "chore": "other", "upgrade": "dependency",
    "deps": "dependency", "changed": "feature", "removed": "feature", "internal": "other",
}  # fmt: skip
_SECTIONS = {
    "bug fixes": "bugfix", "fixes": "bugfix", "fixed": "bugfix", "bugfixes": "bugfix",
    "features": "feature", "new features": "feature", "added": "feature",
    "feature": "feature", "bug fix": "bugfix", "performance improvements": "refactor",
    "code refactoring": "refactor", "refactoring": "refactor", "documentation": "docs",
    "tests": "test", "test / internal changes": "test", "chores": "other", "styles": "style",
    "build system": "build", "continuous integration": "build", "maintenance": "other",
    "maintenance improvements": "other", "maintanance improvements": "other",
    "typings": "feature", "types": "feature", "improvements": "feature",
    "dependencies": "dependency",
    "docs": "docs", "changes": "feature", "bugs fixed": "bugfix", "bug-fixes": "bugfix",
    "enhancements made": "feature", "enhancements": "feature", "new features added": "feature",
    "maintenance and upkeep improvements": "other", "documentation improvements": "docs",
    "dependency updates": "dependency", "doc only changes": "docs", "doc-only changes": "docs",
    "doc only change": "docs", "misc/internal": "other", "refactorings": "refactor",
    "misc": "other", "ci improvements": "build",
}  # fmt: skip
_TAGGED = re.compile(r"^(?P<type>[A-Za-z]+)(?:\((?P<scope>[^)]*)\))?!?[:;] +(?P<words>.+)$")
_BRACKETED = {"bugfix": "bugfix", "feature": "feature", "doc": "docs", "docs": "docs",
              "cleanup": "refactor", "deprecation": "feature", "breaking": "feature",
              "perf": "refactor", "enhancement": "feature", "internal": "other"}  # fmt: skip
_UNDERLINE = re.compile(r"^([\"^~=*+-])\1{3,}$")
_ITEM = re.compile(r"^ *[*-] +(.+)$")
_HASH = re.compile(r"^\[?`?[0-9a-f]{7,40}`?\]?(?:\([^)]*\))? +(?:- )?")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_COMMIT = re.compile(r"\(\[?[0-9a-f]{7,40}\]?(?:\([^)]*\))?\)")
_AUTHOR = re.compile(r" \((?:[^()#]|\([^)]*\))*\)$")


class Labelled(NamedTuple):
    """A message without its label, and the label its author gave."""

    package: str
    message: str
    label: str


def labelled(folder: Path, packages: tuple[tuple[str, str, str], ...]) -> list[Labelled]:
    """Messages of the packages, fetched into the folder if need be, each once a package."""
    found: dict[tuple[str, str], Labelled] = {}
    for registry, package, member in packages:
        for message, label in _messages(_changelog(folder, registry, package, member)):
            found.setdefault((package, message), Labelled(package, message, label))
    return list(found.values())


def _changelog(folder: Path, registry: str, package: str, member: str) -> str:
    mark = "@" if registry == NPM else "=="
    name, _, version = package.rpartition(mark)
    stem = f"{name.lstrip('@').replace('/', '-')}-{version}"
    archive = folder / (f"{stem}.tgz" if registry == NPM else f"{stem}.tar.gz")
    if not archive.exists():
        folder.mkdir(parents=True, exist_ok=True)
        commands = {
            NPM: ["npm", "pack", "--silent", package, "--pack-destination", str(folder)],
            PYPI: [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary",
                   ":all:", "-d", str(folder), package],
        }  # fmt: skip
        subprocess.run(commands[registry], check=True, capture_output=True)
    with tarfile.open(archive) as tar:
        file = tar.extractfile(member)
        assert file is not None
        return file.read().decode()


def _messages(text: str) -> Iterator[tuple[str, str]]:
    """Message and label of the items of a changelog in Markdown or reStructuredText."""
    section, scope = None, ""
    lines = text.splitlines()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith("#") or (_UNDERLINE.match(following) and line.strip()):
            section = _SECTIONS.get(line.strip("# :").lower())
            continue
        item = _ITEM.match(line)
        if item is None:
            continue
        words = _HASH.sub("", item[1]).strip()
        if words.startswith("**") and words.endswith("**") and words.count("**") == 2:
            scope = words.strip("*: ")  # a list of its own follows
            continue
        own = re.match(r"^\*\*(.+?):?\*\*:? *", words)
        inner = own[1].strip(": ") if own else (scope if line.startswith(("  ", "\t")) else "")
        words = _without_marks(words[own.end() :] if own else words)
        label = section
        bracketed = re.match(r"^\[([A-Za-z]+)[^\]]*\] +", words)
        tagged = _TAGGED.match(words)
        if bracketed is not None and bracketed[1].lower() in _BRACKETED:
            label, words = _BRACKETED[bracketed[1].lower()], words[bracketed.end() :]
        elif tagged is not None and tagged["type"].lower() in _TYPES:
            label = _TYPES[tagged["type"].lower()]
            words, inner = tagged["words"], tagged["scope"] or inner
        if label is not None and len(words) > 8:
            yield (f"{inner}: {words}" if inner else words), label


def _without_marks(words: str) -> str:
    """An item without what the changelog adds to the message: ids, links, authors."""
    words = _COMMIT.sub("", words)
    words = re.sub(r"^\[#\d+\]\([^)]*\)(?: / \[#\d+\]\([^)]*\))* +", "", words)
    words = re.sub(r"\(?:pr:`\d+`\)|\(:(?:pr|issue):`\d+`[^)]*\)", "", words)
    words = re.sub(r"(?: `[^`]+`_+,?)+$", "", words.strip())
    words = re.sub(r" \(?\[@[^\]]*\]\([^)]*\).*$", "", words)
    words = _LINK.sub(r"\1", words).strip()
    words = re.sub(r",? closes .*$", "", words)
    if re.search(r"#\d+ \[?[\w-]+\]?$", words):
        words = re.sub(r" \[?[\w-]+\]?$", "", words)
    if re.search(r"\([^()#]+\)$", words) and "#" in words:
        words = _AUTHOR.sub("", words)
    return re.sub(r"\s*\(\s*\)", "", words).strip()
