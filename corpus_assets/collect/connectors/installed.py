"""The `installed` connector: distributions of the running environment, as files on disk.

What the installer wrote on this machine (byte code, its own records) is no part of a distribution
and is left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packageurl import PackageURL

from corpus_assets.collect.archives import file_items
from corpus_assets.collect.items import Item, Rejected, name_checker
from corpus_assets.collect.links import Link, linked
from corpus_assets.collect.targets import Context, Failed, Target, settings_digest
from corpus_assets.policy.project import InstalledSource

_OF_THE_MACHINE = re.compile(
    r"(^|/)__pycache__/|\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json|uv_cache\.json)$"
)


def targets(source: InstalledSource, context: Context) -> Iterator[Target | Failed]:
    """One revision per distribution, in order of name."""
    installed = {_canonical(found.name): found for found in metadata.distributions() if found.name}
    wanted = sorted({_canonical(name) for name in source.packages} or installed)
    for name in wanted:
        origin = PackageURL("pypi", None, name).to_string()
        if name not in installed:
            message = f"{name}: not installed here; `pip install {name}` or take it from the list"
            yield Failed(origin, message)
        else:
            yield _target(source, context, origin, installed[name])


def _target(
    source: InstalledSource, context: Context, origin: str, found: metadata.Distribution
) -> Target:
    root = Path(str(found.locate_file("")))
    names = sorted(
        str(entry) for entry in found.files or [] if not _OF_THE_MACHINE.search(str(entry))
    )
    record = found.read_text("RECORD") or "\n".join(names)

    def listed() -> Iterator[Item | Link]:
        check = name_checker()
        for name in names:
            path = check(name)
            if isinstance(path, Rejected):
                yield path
                continue
            yield from _file(root / name, path, context)

    contents = hashlib.sha256(record.encode()).hexdigest()
    settings = settings_digest(source, context.limits, record=contents)
    return Target(origin, found.version, settings, lambda _: linked(listed()))


def _file(location: Path, path: str, context: Context) -> Iterator[Item | Link]:
    if location.is_symlink():
        yield Link(path, str(location.readlink()))
    elif not location.is_file():
        yield Rejected(path, "missing_file", "listed by the distribution, not on disk")
    else:
        with location.open("rb") as stream:
            size = location.stat().st_size
            yield from file_items(path, stream, size, context.limits)


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
