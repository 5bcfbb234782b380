"""Real files for the license benchmark: sources of Debian, PyPI and npm, sampled per package.

Belongs here: which packages, and files of them on disk under their own paths. Does not belong
here: scanning them. The project's own connectors fetch the packages, into a folder that is kept.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corpus_assets.collect.connectors import debian, npm, pypi
from corpus_assets.collect.items import CollectError, File
from corpus_assets.collect.targets import Context, Reading, Target
from corpus_assets.parse.decoding import decode
from corpus_assets.policy.project import DebianSource, NpmSource, Project, PypiSource

# Looked at while the matcher was written; the others were only ever measured.
SEEN = {
    "debian": ["sed", "zlib", "jq", "lua5.4", "glib2.0", "libarchive", "curl", "busybox"],
    "pypi": ["django", "flask", "docutils", "sympy"],
    "npm": ["lodash", "express", "three", "webpack", "core-js"],
}
UNSEEN = {
    "debian": ["redis", "xz-utils", "libpng1.6", "gnupg2", "expat", "nginx", "ffmpeg", "dash"],
    "pypi": ["networkx", "sqlalchemy", "jinja2"],
    "npm": ["eslint", "rxjs", "d3", "moment"],
}
# More than any hand-written source file; larger ones are measured apart (licensing.md, 7).
MAX_BYTES = 1_000_000


class Sample(NamedTuple):
    """One file: its package, its path inside the package, and the copy on disk."""

    package: str
    path: str
    sha256: str
    location: Path


def corpus(folder: Path, packages: dict[str, list[str]], per_package: int) -> list[Sample]:
    """Up to `per_package` text files of each package, each content once, in a fixed order.

    Fetches and writes what `folder` does not hold yet. Which files are taken depends on the
    SHA-256 of their paths alone.
    """
    samples: dict[str, Sample] = {}
    for target in _targets(folder, packages):
        root = folder / "files" / f"{target.origin.replace('/', '_')}@{target.revision}"
        done = root.with_suffix(root.suffix + ".done")
        if not done.exists():
            shutil.rmtree(root, ignore_errors=True)
            _write(target, root, per_package)
            done.touch()
        for location in sorted(path for path in root.rglob("*") if path.is_file()):
            digest = hashlib.sha256(location.read_bytes()).hexdigest()
            path = location.relative_to(root).as_posix()
            samples.setdefault(digest, Sample(target.origin, path, digest, location))
    return sorted(samples.values(), key=lambda sample: (_order(sample.path), sample.sha256))


def _targets(folder: Path, packages: dict[str, list[str]]) -> Iterator[Target]:
    sources = (
        DebianSource(
            name="debian", category="open_source", connector="debian", packages=packages["debian"]
        ),
        PypiSource(
            name="pypi", category="open_source", connector="pypi", packages=packages["pypi"]
        ),
        NpmSource(name="npm", category="open_source", connector="npm", packages=packages["npm"]),
    )
    context = Context(Project(name="benchmark", mix="none", sources=list(sources)), folder, {})
    found = (
        *debian.targets(sources[0], context),
        *pypi.targets(sources[1], context),
        *npm.targets(sources[2], context),
    )
    for target in found:
        try:
            if not isinstance(target, Target):
                raise CollectError(target.message)
            target.fetch()
        except CollectError as error:  # a mirror may lack a package; the report counts packages
            print(f"left out: {target.origin}: {error}", file=sys.stderr)
            continue
        yield target


def _write(target: Target, root: Path, limit: int) -> None:
    """The files with the smallest path digests; a decoder must take them for text."""
    items = [item for item in target.read(Reading()) if isinstance(item, File)]
    kept = 0
    for item in sorted(items, key=lambda item: _order(item.path)):
        if kept == limit:
            return
        if not item.data or item.size > MAX_BYTES or decode(item.data).text is None:
            continue
        location = root / item.path
        try:
            location.parent.mkdir(parents=True, exist_ok=True)
            location.write_bytes(item.data)
        except OSError:  # a name too long, or a file where another path needs a folder
            continue
        kept += 1


def _order(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()
