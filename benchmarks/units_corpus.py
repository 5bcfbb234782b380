"""Real code in many languages for the benchmark of units: packages of ordinary clients, and for
Python those of the running environment.

Belongs here: which packages, fetching and unpacking them, and documents of their files. Fetched
once into the folder for benchmarks' downloads (CORPUS_BENCHMARKS, default ~/.cache).
"""

from __future__ import annotations

import os
import subprocess
import sysconfig
import tarfile
from pathlib import Path

import polars as pl

from corpus_assets.collect.identity import content_id

# Ordinary package names; what a client does not know is left out and named in the figures.
_NPM = ("react-native@0.81.4", "rxjs@7.8.2", "expo-modules-core@3.0.18", "lodash@4.17.21")
_DEBIAN = (
    "golang-golang-x-tools-dev", "librust-syn-dev", "librust-regex-automata-dev",
    "php-symfony-http-foundation", "php-symfony-console", "ruby-activerecord",
    "ruby-activesupport", "bash-completion", "libboost1.74-dev", "perl-modules-5.36",
)  # fmt: skip
_SUFFIXES = {
    ".py": "python",
    ".c": "c", ".h": "c", ".cpp": "cpp", ".hpp": "cpp", ".java": "java", ".kt": "kotlin",
    ".swift": "swift", ".js": "javascript", ".ts": "typescript", ".tsx": "typescript",
    ".go": "go", ".rs": "rust", ".php": "php", ".rb": "ruby", ".sh": "shell",
    ".m": "objective_c", ".pm": "perl",
}  # fmt: skip
_MAX_FILE = 60_000  # beyond it the parser reads through a callback, whose cost is another question


def folder() -> Path:
    """Where packages are kept between runs."""
    base = os.environ.get("CORPUS_BENCHMARKS") or Path.home() / ".cache" / "corpus-assets"
    return Path(base) / "benchmark-units"


def fetch() -> list[str]:
    """Fetch and unpack what is missing; the packages that could not be had."""
    missing = []
    for package in _NPM:
        target = folder() / "npm" / package.replace("/", "-")
        if not _fetched(target, ["npm", "pack", package, "--silent"], "*.tgz"):
            missing.append(package)
    for package in _DEBIAN:
        target = folder() / "deb" / package
        if not _fetched(target, ["apt-get", "download", package], "*.deb"):
            missing.append(package)
    return missing


def _fetched(target: Path, command: list[str], pattern: str) -> bool:
    if (target / "files").is_dir():
        return True
    target.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(command, cwd=target, capture_output=True, check=False)
    except FileNotFoundError:  # no such client on this machine
        return False
    archives = sorted(target.glob(pattern))
    if done.returncode or not archives:
        return False
    if archives[0].suffix == ".deb":
        unpack = ["dpkg-deb", "-x", str(archives[0]), str(target / "files")]
        subprocess.run(unpack, check=True)
    else:
        with tarfile.open(archives[0]) as archive:
            archive.extractall(target / "files", filter="data")
    return True


def documents(max_bytes: int) -> dict[str, pl.DataFrame]:
    """Per language, documents (content_id, language, path, text) of up to `max_bytes`."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    sizes: dict[str, int] = {}
    installed = Path(sysconfig.get_paths()["purelib"])
    for root, path in [
        *((installed, path) for path in sorted(installed.rglob("*.py"))),
        *((folder(), path) for path in sorted(folder().rglob("*"))),
    ]:
        language = _SUFFIXES.get(path.suffix) or ("shell" if "completions" in path.parts else None)
        if language is None or path.is_symlink() or not path.is_file():
            continue
        if sizes.get(language, 0) >= max_bytes or path.stat().st_size > _MAX_FILE:
            continue
        data = path.read_bytes()
        try:
            text = data.decode()
        except UnicodeDecodeError:
            continue
        identifier = content_id(data)
        if text and identifier not in found.setdefault(language, {}):
            found[language][identifier] = (path.relative_to(root).as_posix(), text)
            sizes[language] = sizes.get(language, 0) + len(data)
    return {
        language: pl.DataFrame(
            [(key, language, *row) for key, row in rows.items()],
            schema=["content_id", "language", "path", "text"],
            orient="row",
        )
        for language, rows in sorted(found.items())
    }
