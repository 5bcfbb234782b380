"""Real files for the near-duplicate benchmark: several versions of Python projects' wheels.

Belongs here: which projects, and their files as JSON Lines. pip fetches the wheels; versions of one
project are what near duplicates are made of in practice.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

QUICK = ("django", "sympy", "sqlalchemy", "networkx", "setuptools", "sphinx")
FULL = (
    *QUICK, "ansible", "pandas", "twisted", "astropy", "mypy", "nltk", "statsmodels", "matplotlib",
    "scikit-learn", "pip", "scipy", "numpy", "ansible-core", "jedi", "pylint", "plotly", "bokeh",
    "salt", "torch", "transformers", "wagtail", "nova", "neutron", "cinder", "tempest",
)  # fmt: skip
VERSIONS = {"quick": 3, "full": 5}
_SUFFIXES = (".py", ".pyi", ".pyx", ".js", ".ts", ".c", ".h", ".cpp", ".css", ".html", ".rst")
_MOST_BYTES = 1_000_000


def texts(folder: Path, setting: str) -> Path:
    """A JSON Lines file of [id, text], the wheels being fetched where they are missing.

    Projects that the index does not have, or only as sources, are left out.
    """
    target = folder / f"{setting}.jsonl"
    if not target.exists():
        wheels = folder / "wheels"
        wheels.mkdir(parents=True, exist_ok=True)
        names = QUICK if setting == "quick" else FULL
        paths = [path for name in names for path in _wheels(name, VERSIONS[setting], wheels)]
        part = target.with_suffix(".part")
        with part.open("w", encoding="utf-8") as lines:
            for path in paths:
                for name, text in _files(path):
                    lines.write(json.dumps([f"{path.name}:{name}", text]) + "\n")
        part.rename(target)
    return target


def _wheels(project: str, count: int, folder: Path) -> Iterator[Path]:
    """Wheels of the newest version of the project's last `count` minor series."""
    listed = _pip("index", "versions", project)
    found = re.search(r"Available versions: (.*)", listed)
    series: dict[str, str] = {}
    for version in found[1].split(", ") if found else ():
        series.setdefault(".".join(version.split(".")[:2]), version)
    for version in list(series.values())[:count]:
        wanted = folder / f"{project}-{version}"
        if not wanted.is_dir():
            _pip(
                "download", "--no-deps", "--only-binary", ":all:", "--dest", str(wanted),
                f"{project}=={version}",
            )  # fmt: skip
        yield from sorted(wanted.glob("*.whl"))


def _pip(*arguments: str) -> str:
    command = [sys.executable, "-m", "pip", *arguments, "--disable-pip-version-check"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _files(wheel: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(wheel) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if not info.filename.endswith(_SUFFIXES) or info.file_size > _MOST_BYTES:
                continue
            try:
                text = archive.read(info).decode()
            except UnicodeDecodeError:
                continue
            if text:
                yield info.filename, text


def sample(rows: list[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    """About `count` rows, all versions of a path together, chosen by the hash of that path."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, text in rows:
        groups.setdefault(name.partition(":")[2], []).append((name, text))
    chosen: list[tuple[str, str]] = []
    for path in sorted(groups, key=lambda path: hashlib.sha256(path.encode()).hexdigest()):
        if len(chosen) >= count:
            break
        chosen += groups[path]
    return sorted(chosen)
