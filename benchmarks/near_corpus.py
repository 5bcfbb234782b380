"""Source files for the near-duplicate benchmark: several versions of each project, from wheels.

Belongs here: which packages, fetched by pip into a folder that is kept, and their files as rows.
Versions of a project repeat one another, so duplicates are natural.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import polars as pl

from benchmarks.near_peers import interpreter

QUICK = {
    "django": ["4.2.16", "5.0.9"],
    "sympy": ["1.12", "1.13.3"],
    "sphinx": ["7.3.7", "7.4.7"],
    "networkx": ["3.2.1", "3.3"],
    "rich": ["13.7.0", "13.8.1"],
    "requests": ["2.31.0", "2.32.3"],
    "jinja2": ["3.1.3", "3.1.4"],
}
FULL = {
    **QUICK,
    "django": ["3.2.25", "4.1.13", "4.2.16", "5.0.9", "5.1.1"],
    "sympy": ["1.11.1", "1.12", "1.13.3"],
    "ansible": ["8.7.0", "9.5.1", "10.4.0"],
    "homeassistant": ["2024.3.0", "2024.6.0"],
    "sqlalchemy": ["2.0.30", "2.0.35"],
    "scipy": ["1.13.1", "1.14.1"],
    "setuptools": ["69.0.0", "72.0.0"],
}
_SUFFIXES = (".py", ".pyi", ".pyx", ".js", ".c", ".h")
_MAX_BYTES = 1_000_000  # more than any hand-written source file


def corpus(folder: Path, full: bool) -> pl.DataFrame:
    """One row a file, byte-identical ones too: path, text, size_bytes; in order of path."""
    rows = []
    for project, versions in (FULL if full else QUICK).items():
        for version in versions:
            wheel = _wheel(folder, project, version)
            if wheel is not None:
                rows += _files(wheel, f"{project}-{version}")
    frame = pl.DataFrame(rows, schema=["path", "text", "size_bytes"], orient="row")
    return frame.sort("path")


def sample(files: pl.DataFrame, n: int) -> pl.DataFrame:
    """About n of the files, all versions of a file together, chosen by digest of their path."""
    names = files["path"].str.split_exact("/", 1).struct.field("field_1")
    digests = pl.Series([hashlib.sha256(name.encode()).hexdigest() for name in names])
    return files.with_columns(digest=digests).sort("digest", "path").head(n).drop("digest")


def _wheel(folder: Path, project: str, version: str) -> Path | None:
    """The wheel on disk, fetched if need be; a mirror may lack it."""
    place = folder / "wheels" / f"{project}-{version}"
    if not list(place.glob("*.whl")):
        place.mkdir(parents=True, exist_ok=True)
        command = [str(interpreter(folder, "download")), "-m", "pip", "download", "-q", "--no-deps"]
        command += ["--only-binary=:all:", "--ignore-requires-python", "-d", str(place)]
        done = subprocess.run([*command, f"{project}=={version}"], stdout=sys.stderr, check=False)
        if done.returncode:
            print(f"left out: {project} {version}", file=sys.stderr)
            return None
    return next(iter(sorted(place.glob("*.whl"))))


def _files(wheel: Path, name: str) -> list[tuple[str, str, int]]:
    rows = []
    with zipfile.ZipFile(wheel) as archive:
        for item in archive.infolist():
            if not item.filename.endswith(_SUFFIXES) or not 0 < item.file_size <= _MAX_BYTES:
                continue
            try:
                text = archive.read(item).decode()
            except UnicodeDecodeError:
                continue
            rows.append((f"{name}/{item.filename}", text, item.file_size))
    return rows
