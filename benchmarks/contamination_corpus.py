"""Packages for the benchmark of decontamination: items and clean files, tuning and unseen apart.

Belongs here: which packages, fetching and unpacking them with ordinary clients, and their files and
functions as rows. Fetched once into the folder for benchmarks' downloads (CORPUS_BENCHMARKS).
"""

from __future__ import annotations

import ast
import os
import random
import re
import subprocess
import sys
import tarfile
import textwrap
import zipfile
from pathlib import Path
from typing import NamedTuple

import polars as pl

from corpus_assets.parse.units import units

# Functions of the first become items, files of the second hosts and clean files.
PACKAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "tuning": (
        (
            "pip:boltons==25.0.0", "pip:toolz==1.0.0", "pip:nltk==3.9.1", "npm:mnemonist@0.40.3",
            "npm:ramda@0.30.1", "deb:golang-github-emirpasic-gods-dev",
            "deb:golang-golang-x-text-dev", "deb:librust-itertools-dev", "deb:librust-regex-dev",
        ),
        (
            "pip:django==5.0.9", "pip:sympy==1.13.3", "pip:twisted==24.7.0", "npm:core-js@3.38.1",
            "npm:webpack@5.95.0", "npm:moment@2.30.1", "deb:golang-golang-x-net-dev",
            "deb:golang-github-gin-gonic-gin-dev", "deb:librust-clap-dev", "deb:librust-rayon-dev",
        ),
    ),
    "unseen": (
        (
            "pip:networkx==3.3", "pip:scrapy==2.11.2", "pip:docutils==0.21.2", "npm:date-fns@4.1.0",
            "npm:mathjs@13.2.0", "deb:golang-golang-x-exp-dev",
            "deb:golang-github-montanaflynn-stats-dev", "deb:librust-petgraph-dev",
            "deb:librust-num-bigint-dev",
        ),
        (
            "pip:scikit-learn==1.5.2", "pip:sqlalchemy==2.0.35", "pip:transformers==4.45.0",
            "pip:matplotlib==3.9.2", "npm:three@0.169.0", "npm:rxjs@7.8.1", "npm:eslint@9.12.0",
            "deb:golang-github-prometheus-client-golang-dev", "deb:golang-github-spf13-cobra-dev",
            "deb:librust-tokio-dev", "deb:librust-serde-json-dev",
        ),
    ),
}  # fmt: skip
_SUFFIXES = {
    ".py": "python", ".js": "javascript", ".mjs": "javascript", ".cjs": "javascript",
    ".ts": "typescript", ".go": "go", ".rs": "rust", ".c": "c", ".h": "c", ".json": "json",
    ".md": "markdown", ".txt": "text", ".rst": "restructuredtext", ".css": "css", ".html": "html",
}  # fmt: skip
_MOST_BYTES = 400_000
PER_PACKAGE = 30
_LINES = (4, 60)


class Item(NamedTuple):
    """A function as a benchmark has it: what comes before its body in words, and the rest."""

    task_id: str
    language: str
    prompt: str
    solution: str

    @property
    def whole(self) -> str:
        return self.prompt + self.solution


def folder() -> Path:
    """Where packages are kept between runs."""
    base = os.environ.get("CORPUS_BENCHMARKS") or Path.home() / ".cache" / "corpus-assets"
    return Path(base) / "benchmark-contamination"


def files(packages: tuple[str, ...]) -> tuple[pl.DataFrame, list[str]]:
    """Distinct files of packages (content_id: package and path; language, text), and the packages
    that could not be had."""
    rows, missing = [], []
    for package in packages:
        place = _fetched(package)
        if place is None:
            missing.append(package)
            continue
        for path in sorted(place.rglob("*")):
            language = _SUFFIXES.get(path.suffix.lower())
            if language is None or path.is_symlink() or not path.is_file():
                continue
            if not 20 <= path.stat().st_size <= _MOST_BYTES or ".min." in path.name:
                continue
            try:
                text = path.read_bytes().decode()
            except UnicodeDecodeError:
                continue
            rows.append((f"{package}/{path.relative_to(place)}", language, text))
    frame = pl.DataFrame(rows, schema=["content_id", "language", "text"], orient="row")
    return frame.unique("text", keep="first", maintain_order=True), missing


def functions(documents: pl.DataFrame, seed: str) -> list[Item]:
    """Up to PER_PACKAGE functions of each package as items, chosen by `seed`."""
    wanted = documents.filter(pl.col("language").is_in(["python", "javascript", "go", "rust"]))
    lines = pl.col("end_line") - pl.col("start_line") + 1
    found = (
        units(wanted)
        .filter(
            pl.col("kind").is_in(["function", "method"])
            & pl.col("name").is_not_null()
            & lines.is_between(*_LINES)
        )
        .unique("type2_sha256", keep="first", maintain_order=True)
        .with_columns(package=pl.col("content_id").str.split("/").list.first())
    )
    texts = dict(wanted.select("content_id", "text").iter_rows())
    items = []
    for (package,), part in found.group_by("package", maintain_order=True):
        rows = part.sort("unit_id").rows(named=True)
        random.Random(f"{seed} {package}").shuffle(rows)
        chosen = 0
        for row in rows:
            item = _item(row, texts[row["content_id"]], f"{package}#{chosen}")
            if item is not None and chosen < PER_PACKAGE:
                items.append(item)
                chosen += 1
    return items


def _item(row: dict[str, object], text: str, task_id: str) -> Item | None:
    lines = text.splitlines()
    first, last = int(str(row["start_line"])), int(str(row["end_line"]))
    source = textwrap.dedent("\n".join(lines[first - 1 : last])) + "\n"
    language = str(row["language"])
    if not source.isascii():
        return None
    if language != "python":
        above = []
        for line in reversed(lines[: first - 1]):
            if not line.strip().startswith(("//", "/*", "*")):
                break
            above.append(line)
        comment = textwrap.dedent("\n".join(reversed(above)))
        enough = len(re.findall(r"[A-Za-z]{3,}", comment)) >= 6
        return Item(task_id, language, comment + "\n" if enough else "", source)
    try:
        node = ast.parse(source).body[0]
    except (SyntaxError, IndexError):
        return None
    if not isinstance(node, ast.FunctionDef):
        return None
    body = source.splitlines(keepends=True)
    cut = node.body[0].end_lineno if ast.get_docstring(node) and len(node.body) > 1 else 0
    return Item(task_id, language, "".join(body[:cut]), "".join(body[cut:]))


def _fetched(package: str) -> Path | None:
    """The folder of an unpacked package; None where its client or the package is missing."""
    client, _, name = package.partition(":")
    target = folder() / re.sub(r"[^\w.-]", "-", package)
    unpacked = target / "files"
    if unpacked.is_dir():
        return unpacked
    target.mkdir(parents=True, exist_ok=True)
    commands = {
        "pip": [sys.executable, "-m", "pip", "download", "-q", "--no-deps", name],
        "npm": ["npm", "pack", name, "--silent"],
        "deb": ["apt-get", "download", name],
    }
    try:
        done = subprocess.run(commands[client], cwd=target, capture_output=True, check=False)
    except FileNotFoundError:  # no such client on this machine
        return None
    archives = sorted(path for path in target.iterdir() if path.is_file())
    if done.returncode or not archives:
        return None
    if archives[0].suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", str(archives[0]), str(unpacked)], check=True)
    elif archives[0].suffix == ".whl":
        with zipfile.ZipFile(archives[0]) as wheel:
            wheel.extractall(unpacked)
    else:
        with tarfile.open(archives[0]) as archive:
            archive.extractall(unpacked, filter="data")
    return unpacked
