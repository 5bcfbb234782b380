"""apt with state of its own: source packages without root, the system's lists untouched.

Belongs here: settings and package sources, taken from the machine's own. Does not belong here:
what is read from the packages (`connectors/debian.py`).
"""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path
from typing import NamedTuple

from corpus_assets.collect.commands import CommandFailed, require, run
from corpus_assets.collect.items import CollectError

_ADVICE = "Debian sources need apt; on other systems set `optional: true` or remove the source"
_MEND = "correct name and version (`apt-cache showsrc NAME`), or check the network, and run again"
_URI = re.compile(r"^'[^']+' (\S+) \d+ \S*$", re.MULTILINE)
# Indexes that desktop tools add: they have nothing to do with source packages.
_UNWANTED = "Acquire::IndexTargets"


class Apt:
    """apt-get under a folder of ours; its lists are fetched once per object, when needed."""

    def __init__(self, folder: Path, etc: Path = Path("/etc/apt")) -> None:
        for program in ("apt-get", "apt-cache", "apt-config"):
            require(program, _ADVICE)
        self._folder, self._etc = folder, etc
        self._lock = threading.Lock()
        self._updated = False

    def version(self, package: str) -> str:
        """The version of apt's candidate. Raises CollectError when there is none."""
        printed = self._get("apt-get", "source", "--download-only", "--only-source",
                            "--print-uris", "-qq", "--", package)  # fmt: skip
        found = [name for name in _URI.findall(printed) if name.endswith(".dsc")]
        if not found:
            raise CollectError(f"{package}: apt knows no such source package; correct the name")
        # File names lack the epoch that a full version may begin with.
        bare = found[0].removesuffix(".dsc").partition("_")[2]
        shown = self._get("apt-cache", "showsrc", "--only-source", "--", package)
        versions = re.findall(r"^Version: (\S+)$", shown, re.MULTILINE)
        return next((str(full) for full in versions if full.rpartition(":")[2] == bare), bare)

    def download(self, package: str, version: str, folder: Path) -> None:
        """The files of a source package in `folder`, verified by apt against the signed index."""
        self._get("apt-get", "source", "--download-only", "--only-source", "-qq", "--",
                  f"{package}={version}", folder=folder)  # fmt: skip

    def _get(self, *command: str, folder: Path | None = None) -> str:
        # One at a time: they share lists and caches.
        with self._lock:
            if not self._updated:
                self._prepare()
                self._run("apt-get", "update", "-qq")
                self._updated = True
            return self._run(*command, folder=folder)

    def _run(self, *command: str, folder: Path | None = None) -> str:
        environment = {"APT_CONFIG": str(self._folder / "apt.conf"), "LC_ALL": "C"}
        what = f"{command[0]} {command[1]} {command[-1]}"
        try:
            return run(command, what, folder, environment).decode()
        except CommandFailed as error:
            raise CollectError(f"{error}; {_MEND}") from error

    def _prepare(self) -> None:
        for name in ("state/lists/partial", "cache/archives/partial", "sources.list.d"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        (self._folder / "status").touch()
        found = machine_sources(self._etc)
        if not found.stanzas and not found.lines:
            raise CollectError(f"{self._etc}: names no package sources; configure apt first")
        listed = self._folder / "sources.list.d"
        (listed / "corpus.list").write_text("\n".join(found.lines) + "\n", encoding="utf-8")
        (listed / "corpus.sources").write_text("\n\n".join(found.stanzas) + "\n", encoding="utf-8")
        dumped = run(["apt-config", "dump"], "apt-config dump").decode()
        # Proxies and certificates are the user's; hooks that run programs are left behind.
        settings = [
            line
            for line in dumped.splitlines()
            if line.startswith("Acquire::") and not line.startswith(_UNWANTED)
        ]
        own = {
            "Dir::State": self._folder / "state",
            "Dir::State::status": self._folder / "status",
            "Dir::Cache": self._folder / "cache",
            "Dir::Etc::main": "/dev/null",
            "Dir::Etc::parts": "/dev/null",
            "Dir::Etc::sourcelist": "/dev/null",
            "Dir::Etc::sourceparts": listed,
            "Acquire::Languages": "none",
        }
        if os.geteuid() == 0:
            own["APT::Sandbox::User"] = "root"  # apt's own user may not enter our folder
        settings += [f'{key} "{value}";' for key, value in own.items()]
        (self._folder / "apt.conf").write_text("\n".join(settings) + "\n", encoding="utf-8")


class MachineSources(NamedTuple):
    """Package sources as deb-src: one-line entries, and stanzas in the deb822 format."""

    lines: list[str]
    stanzas: list[str]


def machine_sources(etc: Path) -> MachineSources:
    """The package sources configured below `etc`, turned into sources of source packages."""
    lines: dict[str, None] = {}
    stanzas: dict[str, None] = {}
    for path in [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*.list"))]:
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            match = re.match(r"\s*deb(?:-src)?\s+(.*)", line.partition("#")[0])
            if match:
                lines[f"deb-src {match[1].strip()}"] = None
    for path in sorted((etc / "sources.list.d").glob("*.sources")):
        for stanza in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            kept = [line for line in stanza.splitlines() if not line.startswith("#")]
            fields = {line.partition(":")[0].lower(): line for line in kept if ":" in line}
            if "uris" not in fields or re.search(r":\s*no\s*$", fields.get("enabled", "")):
                continue
            body = [line for line in kept if line.strip() and not re.match(r"(?i)types:", line)]
            stanzas["\n".join(["Types: deb-src", *body])] = None
    return MachineSources(list(lines), list(stanzas))
