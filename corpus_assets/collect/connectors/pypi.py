"""The `pypi` connector: sdists and wheels, found and fetched without running any of their code.

unearth reads the indexes; building or asking a package for its metadata never happens.
"""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from packageurl import PackageURL
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from corpus_assets.collect.archives import archive_items, is_archive
from corpus_assets.collect.downloads import is_cached, keep
from corpus_assets.collect.items import CollectError, Item
from corpus_assets.collect.pip_settings import PipSettings, pip_settings
from corpus_assets.collect.targets import Context, Failed, Reading, Target, settings_digest
from corpus_assets.policy.project import PypiSource

if TYPE_CHECKING:
    from unearth import Package, PackageFinder


def targets(source: PypiSource, context: Context) -> Iterator[Target | Failed]:
    """One revision per package; the index is asked only for what is unpinned or new."""
    settings = settings_digest(source, context.limits, files=source.files)
    finder = _Finder(context)
    for text in source.packages:
        origin = PackageURL("pypi", None, text.partition("==")[0].strip()).to_string()
        try:
            requirement = Requirement(text)
            name = canonicalize_name(requirement.name)
            origin = PackageURL("pypi", None, name).to_string()
            version = _pinned(requirement) or finder.newest(requirement)
        except InvalidRequirement:
            yield Failed(origin, f"{text!r}: write `name==version` or a bare `name`")
            continue
        except CollectError as error:
            yield Failed(origin, str(error))
            continue
        yield _target(source, context, finder, origin, name, version, settings)


def _pinned(requirement: Requirement) -> str | None:
    specifiers = list(requirement.specifier)
    if len(specifiers) == 1 and specifiers[0].operator == "==":
        version = specifiers[0].version
        return None if version.endswith(".*") else version
    return None


def _target(
    source: PypiSource,
    context: Context,
    finder: _Finder,
    origin: str,
    name: str,
    version: str,
    settings: str,
) -> Target:
    folder = context.cache("pypi", name, version)
    files: list[Path] = []

    def fetch() -> None:
        for kind in ("sdist", "wheel") if source.files == "both" else (source.files,):
            files.append(_cached(folder, kind) or finder.download(name, version, kind, folder))

    def read(reading: Reading) -> Iterator[Item]:
        for path in files:
            with path.open("rb") as stream:
                for item in archive_items(stream, path.name, context.limits, reading.note_date):
                    inside = f"{path.name}/{item.path}" if len(files) > 1 else item.path
                    yield item._replace(path=inside)

    return Target(origin, version, settings, read, fetch)


def _cached(folder: Path, kind: str) -> Path | None:
    found = sorted(path for path in folder.iterdir() if is_archive(path.name))
    return next((path for path in found if _kind(path.name) == kind and is_cached(path)), None)


def _kind(name: str) -> str:
    return "wheel" if name.endswith(".whl") else "sdist"


class _Finder:
    """unearth with the user's settings; made when the first package needs it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._finder: PackageFinder | None = None
        self._making = threading.Lock()

    def newest(self, requirement: Requirement) -> str:
        """The newest version that fits. Raises CollectError when the index has none."""
        found = self._matches(requirement)
        version = next((str(package.version) for package in found if package.version), None)
        if version is None:
            raise _missing(str(requirement))
        return version

    def download(self, name: str, version: str, kind: str, folder: Path) -> Path:
        """The sdist or wheel of a version in `folder`, verified.

        Of several wheels the one for every platform, else the first by name: the choice must
        not depend on the machine.
        """
        found = [
            package.link
            for package in self._matches(Requirement(f"{name}=={version}"))
            if _kind(package.link.filename) == kind and is_archive(package.link.filename)
        ]
        if not found:
            raise _missing(f"{kind} of {name}=={version}")
        found.sort(key=lambda link: (not link.filename.endswith("-none-any.whl"), link.filename))
        link, path = found[0], folder / found[0].filename
        hashes = {
            algorithm: values[0]
            for algorithm, values in (link.hash_option or {}).items()
            if algorithm in ("sha256", "sha384", "sha512")
        }

        def write(stream: BinaryIO) -> None:
            with self._unearth().session.get_stream(link.normalized) as response:
                if response.status_code >= 400:
                    raise CollectError(f"{link.redacted}: HTTP status {response.status_code}")
                for chunk in response.iter_bytes(1024 * 1024):
                    stream.write(chunk)

        try:
            keep(path, write, hashes)
        except _http_errors() as error:
            raise _unreachable(f"{name}=={version}", error) from error
        return path

    def _matches(self, requirement: Requirement) -> list[Package]:
        try:
            return list(self._unearth().find_matches(requirement))
        except _http_errors() as error:
            raise _unreachable(str(requirement), error) from error

    def _unearth(self) -> PackageFinder:
        with self._making:
            if self._finder is None:
                self._finder = make_finder(pip_settings())
            return self._finder


def make_finder(settings: PipSettings) -> PackageFinder:
    """A finder over the indexes and links of the settings, blind to the running platform."""
    from unearth import PackageFinder
    from unearth.auth import MultiDomainBasicAuth
    from unearth.fetchers.sync import PyPIClient

    # It warns of every index that lacks a package; what matters is whether all of them do.
    logging.getLogger("unearth").setLevel(logging.ERROR)
    indexes: list[str] = []
    if not settings.no_index:
        # A finder without any source falls back to pip's default index: ask it for the address.
        default = settings.index_url or PackageFinder().sources[0]["url"]
        indexes = [default, *settings.extra_index_urls]
    verify: Any = ssl.create_default_context(cafile=settings.cert) if settings.cert else True
    session: Any = PyPIClient(
        trusted_hosts=settings.trusted_hosts, verify=verify, timeout=settings.timeout,
        follow_redirects=True,
    )  # fmt: skip
    session.auth = MultiDomainBasicAuth(index_urls=indexes)
    finder = PackageFinder(
        session=session, index_urls=indexes, find_links=settings.find_links,
        trusted_hosts=settings.trusted_hosts, ignore_compatibility=True,
    )  # fmt: skip
    if not (indexes or settings.find_links):
        finder.sources = []  # --no-index means none, not the default
    return finder


def _http_errors() -> tuple[type[Exception], ...]:
    from unearth.preparer import HTTPErrors

    return HTTPErrors


def _missing(what: str) -> CollectError:
    return CollectError(
        f"no {what} on the configured indexes; correct name and version, or see "
        "`pip config list` for the indexes that were asked"
    )


def _unreachable(what: str, error: Exception) -> CollectError:
    return CollectError(
        f"{what}: the package index cannot be reached ({error}); check the network and "
        "`pip config list`, then run again"
    )
