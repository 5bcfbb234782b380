"""Projects, archives and deliveries that the tests of this package build at run time."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from corpus_assets.collect.run import Collected, Progress, collect
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.policy.project import Project, load_project

PROVENANCE = Provenance("test", "run-1", "code-1", "policy-1")
TABLES = ("revisions", "occurrences", "contents", "quarantine", "agreements", "forge_licenses",
          "forge_facts", "tasks", "submissions")  # fmt: skip


def project(folder: Path, *sources: dict[str, Any], **more: Any) -> Project:
    """A project file in `folder` with these sources, loaded."""
    path = folder / "project.yaml"
    path.write_text(
        yaml.safe_dump({"name": "t", "mix": "mix.yaml", "sources": list(sources)} | more)
    )
    return load_project(path)


def directory_source(folder: Path, name: str = "code", **more: Any) -> dict[str, Any]:
    """A directory source of category open_source."""
    return {"name": name, "category": "open_source", "connector": "directory",
            "path": str(folder)} | more  # fmt: skip


def gather(
    found: Project, folder: Path, category: str = "open_source", lake: Lake | None = None
) -> tuple[Collected, Lake]:
    """Collect the category into a lake below `folder`."""
    lake = lake or Lake(str(folder / "lake"))
    told: list[Progress] = []
    outcome = collect(found, category, lake, PROVENANCE, told.append, folder / "state")
    assert all(progress.done <= progress.total for progress in told)
    return outcome, lake


def tables(lake: Lake) -> dict[str, pl.DataFrame]:
    """Every table that collecting writes, whole and sorted."""
    return {name: lake.read(name) for name in TABLES}


def versions(lake: Lake) -> dict[str, int]:
    """Number of commits of each table."""
    return {name: len(lake.history(name)) for name in TABLES}


def assert_accounted(lake: Lake) -> None:
    """Per revision: files seen = occurrences + quarantined; every content is stored once."""
    key = ["source_category", "source", "origin", "revision"]
    counted = lake.read("revisions")
    for table, name in (("occurrences", "n_occurrences"), ("quarantine", "n_set_aside")):
        found = lake.read(table).group_by(key).len(name)
        counted = counted.join(found, on=key, how="left").with_columns(pl.col(name).fill_null(0))
    bad = counted.filter(
        (pl.col("n_files") != pl.col("n_occurrences") + pl.col("n_set_aside"))
        | (pl.col("n_quarantined") != pl.col("n_set_aside"))
    )
    assert bad.is_empty(), bad
    occurring = lake.read("occurrences")["content_id"].unique().sort()
    assert lake.read("contents")["content_id"].sort().to_list() == occurring.to_list()


def tar(path: Path, members: list[tuple[tarfile.TarInfo | str, bytes]], mode: str = "w:gz") -> Path:
    """A tar archive with these members; a string stands for a regular file's name."""
    with tarfile.open(path, mode) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            if info.isreg():
                info.size = len(data)
            info.mtime = 1_700_000_000
            archive.addfile(info, io.BytesIO(data) if info.isreg() else None)
    return path


def tar_bytes(members: list[tuple[str, bytes]]) -> bytes:
    """A plain tar archive as bytes."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def irregular(name: str, kind: bytes, target: str = "") -> tuple[tarfile.TarInfo, bytes]:
    """A member that is no regular file."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, b""


def git(folder: Path, *arguments: str) -> str:
    """Run git in `folder` with a fixed author and date; its output."""
    identity = {"NAME": "A", "EMAIL": "a@example.org", "DATE": "2024-03-01T12:00:00Z"}
    environment = {f"GIT_{who}_{key}": value for who in ("AUTHOR", "COMMITTER")
                   for key, value in identity.items()}  # fmt: skip
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder), **environment},
    )  # fmt: skip
    return done.stdout.strip()


def commit(folder: Path, files: dict[str, str | None], message: str = "change") -> str:
    """Write (or with None delete) files and commit; the commit's id."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink() if text is None else path.write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def delivery(
    zone: Path,
    category: str,
    payload: dict[str, Any],
    manifest: dict[str, Any] | None = None,
    name: str = "lot-1",
) -> Path:
    """A sound delivery: lists become JSON Lines, strings files; checksums and _READY included."""
    folder = zone / category / "vendor" / name
    for path, content in payload.items():
        target = folder / "payload" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content if isinstance(content, str) else jsonl(content))
    entries: list[dict[str, Any]] = [
        {"path": path, "format": "jsonl", "rows": len(content)}
        for path, content in payload.items() if not isinstance(content, str)
    ]  # fmt: skip
    if any(path.startswith("tree/") for path in payload):
        entries.append({"path": "tree", "format": "tree"})
    whole = {
        "schema_version": 1, "delivery_id": name, "category": category, "source_id": "vendor",
        "received_from": "Vendor", "prepared_at": "2026-05-01", "payload": entries,
        "agreements": [AGREEMENT],
    } | (manifest or {})  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(whole))
    seal(folder)
    return folder


AGREEMENT = {
    "agreement_id": "A-1", "kind": "license_grant", "license_expression": "LicenseRef-vendor",
    "license_class": "contract", "valid_from": "2026-01-01", "valid_to": "2026-12-31",
}  # fmt: skip


def seal(folder: Path) -> None:
    """Write checksums and _READY as they should be."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("_READY", "checksums.sha256")
    ]
    (folder / "checksums.sha256").write_text("\n".join(lines) + "\n")
    (folder / "_READY").touch()


def jsonl(records: list[Any]) -> str:
    """JSON Lines; a string among the records is taken as a line."""
    return "".join(f"{item if isinstance(item, str) else json.dumps(item)}\n" for item in records)
