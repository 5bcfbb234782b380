"""The `debian` connector: source packages as apt delivers them, archives read as streams.

Nothing is unpacked, patched or built; the paths of a revision begin with the archive's name.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from packageurl import PackageURL

from corpus_assets.collect.apt import Apt
from corpus_assets.collect.archives import archive_items, file_items, is_archive
from corpus_assets.collect.downloads import is_cached, keep
from corpus_assets.collect.items import CollectError, Item
from corpus_assets.collect.targets import Context, Failed, Reading, Target, settings_digest
from corpus_assets.policy.project import DebianSource

_PACKAGE = re.compile(r"([a-z0-9][a-z0-9.+-]+)(?:=([A-Za-z0-9.+:~-]+))?")
_LISTING = "files.json"


def targets(source: DebianSource, context: Context) -> Iterator[Target | Failed]:
    """One revision per source package; apt is asked only for what is unpinned or new."""
    settings = settings_digest(source, context.limits)
    apt = Apt(context.cache("apt"))
    for text in source.packages:
        match = _PACKAGE.fullmatch(text)
        if match is None:
            yield Failed(text, f"{text!r}: write `name=version` or a bare `name`")
            continue
        name = match[1]
        origin = PackageURL("deb", _distribution(), name).to_string()
        try:
            version = match[2] or apt.version(name)
        except CollectError as error:
            yield Failed(origin, str(error))
            continue
        yield _target(context, apt, origin, name, version, settings)


def _distribution() -> str:
    release = Path("/etc/os-release")
    text = release.read_text(encoding="utf-8") if release.exists() else ""
    match = re.search(r'^ID="?([a-z0-9.-]+)"?$', text, re.MULTILINE)
    return match[1] if match else "debian"


def _target(
    context: Context, apt: Apt, origin: str, name: str, version: str, settings: str
) -> Target:
    folder = context.cache("debian", name, version.replace(":", "%3a"))

    def fetch() -> None:
        if not _files(folder):
            _download(apt, name, version, folder)

    def read(reading: Reading) -> Iterator[Item]:
        for path in _files(folder):
            with path.open("rb") as stream:
                if is_archive(path.name):
                    members = archive_items(stream, path.name, context.limits, reading.note_date)
                    for item in members:
                        yield item._replace(path=f"{path.name}/{item.path}")
                else:
                    yield from file_items(path.name, stream, path.stat().st_size, context.limits)

    return Target(origin, version, settings, read, fetch)


def _files(folder: Path) -> list[Path]:
    """The package's files, or none when they are not all there, unharmed."""
    listing = folder / _LISTING
    if not listing.exists():
        return []
    paths = [folder / name for name in json.loads(listing.read_text(encoding="utf-8"))]
    return paths if all(is_cached(path) for path in paths) else []


def _download(apt: Apt, name: str, version: str, folder: Path) -> None:
    with TemporaryDirectory(dir=folder) as temporary:
        apt.download(name, version, Path(temporary))
        found = sorted(path for path in Path(temporary).iterdir() if path.is_file())
        if not found:
            raise CollectError(f"{name}={version}: apt delivered no file; run again")
        for path in found:
            with path.open("rb") as packed:
                keep(folder / path.name, partial(shutil.copyfileobj, packed), {})
    listing = json.dumps([path.name for path in found])
    (folder / _LISTING).write_text(listing, encoding="utf-8")
