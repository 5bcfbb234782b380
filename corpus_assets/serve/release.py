"""A published release on disk: where its files lie and what its manifest says.

Belongs here: layout, manifest and the CURRENT pointer. Does not belong here: writing one
(`publish`) or checking one (`verify`).

    published/<mix>/CURRENT                     {"version": …, "manifest_sha256": …}
    published/<mix>/<version>/manifest.json     every file with its hash, rows and tokens
    published/<mix>/<version>/mix.lock.json     the spec, its inputs and the planned cells
    published/<mix>/<version>/catalog.duckdb    views and macros over the shards, rebuildable
    published/<mix>/<version>/NOTICE.txt        whom to credit, license texts (see `credits`)
    published/<mix>/<version>/attribution/      the same as tables, and the texts byte for byte
    published/<mix>/<version>/data/stage=<s>/language=<l>/part-00000.parquet
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.serve.columns import scan
from corpus_assets.tables import TABLES, Column, conform

CATALOG = "catalog.duckdb"
CURRENT = "CURRENT"
LOCK = "mix.lock.json"
MANIFEST = "manifest.json"
FORMAT = 1
SHARDS = "data/*/*/*.parquet"

# The columns of a released row: those of training_mix, then what a trainer reads.
COLUMNS = (
    *TABLES["training_mix"].columns,
    Column("prompt", pl.String(), "what the text answers; null for files"),
    Column("text", pl.String(), "text of the document, the solution of a pair"),
)
SCHEMA = pl.Schema({column.name: column.dtype for column in COLUMNS})


class ReleaseError(ValueError):
    """A release that is not there or cannot be read; the message says how to mend it."""


@dataclass(frozen=True)
class Release:
    """One published version of a mix; `created` is False when it was there already."""

    mix: str
    version: str
    folder: Path
    manifest_sha256: str
    created: bool = False

    def manifest(self) -> dict[str, Any]:
        """The manifest. Raises ReleaseError when it cannot be read."""
        return read_json(self.folder / MANIFEST)

    def rows(self) -> pl.LazyFrame:
        """The released rows with the columns SCHEMA; null where the release is older than one."""
        return scan(sorted(self.folder.glob(SHARDS)), SCHEMA)

    def table(self) -> pl.DataFrame:
        """Table releases: one row per stage of this release."""
        rows = [
            {
                "mix": self.mix,
                "version": self.version,
                "stage": stage,
                "n_rows": figures["rows"],
                "n_tokens": figures["tokens"],
                "manifest_sha256": self.manifest_sha256,
            }
            for stage, figures in self.manifest()["stages"].items()
        ]
        frame = pl.DataFrame(rows, schema=TABLES["releases"].schema)
        return conform(frame, "releases").sort(TABLES["releases"].key)


def current(published: Path, mix: str | None = None) -> Release:
    """The release that CURRENT names; the mix may be left out when there is only one.

    Raises ReleaseError when nothing is published, or several mixes are and none is named.
    """
    names = mixes(published)
    if mix is None and len(names) > 1:
        raise ReleaseError(f"{published} holds several mixes, name one of: {', '.join(names)}")
    name = mix or next(iter(names), None)
    if name is None or name not in names:
        there = f"there are {', '.join(names)}" if names else "materialize `release` first"
        raise ReleaseError(f"{published}: no release of {name or 'any mix'}; {there}")
    pointer = read_json(published / name / CURRENT)
    return at(published, name, str(pointer.get("version")))


def at(published: Path, mix: str, version: str) -> Release:
    """One version of a mix. Raises ReleaseError naming the versions there are."""
    folder = published / mix / version
    if not (folder / MANIFEST).is_file():
        there = ", ".join(versions(published, mix)) or "none"
        raise ReleaseError(f"{published / mix}: no version {version}; published: {there}")
    return Release(mix, version, folder, sha256(folder / MANIFEST))


def mixes(published: Path) -> list[str]:
    """Names of the mixes that have a current release, sorted."""
    return sorted(path.parent.name for path in published.glob(f"*/{CURRENT}"))


def versions(published: Path, mix: str) -> list[str]:
    """Published versions of a mix, sorted by name."""
    return sorted(path.parent.name for path in (published / mix).glob(f"[!.]*/{MANIFEST}"))


def sha256(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def canonical(value: Any) -> bytes:
    """JSON with one spelling for equal values: sorted keys, fixed layout, UTF-8."""
    return (json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file. Raises ReleaseError naming the file."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ReleaseError(
            f"{path}: cannot be read ({error}); remove the release and publish it again"
        ) from error
    if not isinstance(value, dict):
        raise ReleaseError(f"{path}: is not a JSON object; remove the release and publish it again")
    return value
