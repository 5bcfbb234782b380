"""Deliveries in the drop zone: found, verified, or refused whole.

Belongs here: the folder layout, checksums and the manifest. Does not belong here: what the
records of a category mean (`commercial.py`, `freelance.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from corpus_assets.collect.fingerprints import file_digest
from corpus_assets.collect.folder import FolderFile, folder_files
from corpus_assets.collect.items import Corrupt, Item, Rejected, printable
from corpus_assets.collect.row_files import Row, rows_of

READY = "_READY"
CHECKSUMS = "checksums.sha256"
MANIFEST = "manifest.json"
_SHOWN_CHARS = 200


class Delivery(NamedTuple):
    """A verified delivery: its folder, its manifest, and the SHA-256 of each of its files."""

    folder: Path
    manifest: dict[str, Any]
    digests: dict[str, str]

    def payload(self, name: str) -> Path | None:
        """The payload file of that stem (`records`, `tasks`, …), or None when there is none."""
        for entry in self.manifest["payload"]:
            if entry["format"] != "tree" and entry["path"].partition(".")[0] == name:
                return self.folder / "payload" / str(entry["path"])
        return None


def delivery_folders(zone: Path) -> list[Path]:
    """`<source>/<delivery>` folders of a category's zone, those superseded left out."""
    found = [path for path in sorted(zone.glob("*/*")) if path.is_dir()]
    superseded = {
        (folder.parent.name, str(_manifest_or_empty(folder).get("supersedes")))
        for folder in found
        if (folder / READY).is_file()
    }
    return [path for path in found if (path.parent.name, path.name) not in superseded]


def _manifest_or_empty(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def verified(folder: Path, category: str) -> Delivery:
    """The delivery in a folder. Raises Corrupt with the rule it breaks and how to mend it."""
    if not (folder / READY).is_file():
        raise Corrupt(f"{folder.name}: no {READY}; put it there when all is uploaded", "not_ready")
    digests = _verified_digests(folder)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except ValueError as error:
        raise Corrupt(f"{folder.name}: {MANIFEST} is no JSON: {error}", "manifest") from error
    problem = invalid("manifest", manifest)
    if problem:
        raise Corrupt(f"{folder.name}: {MANIFEST}: {problem}", "manifest")
    for key, expected in (("delivery_id", folder.name), ("source_id", folder.parent.name),
                          ("category", category)):  # fmt: skip
        if manifest[key] != expected:
            message = f"{key} is {manifest[key]!r}, the folder says {expected!r}"
            raise Corrupt(f"{folder.name}: {MANIFEST}: {message}", "manifest")
    _check_payload(folder, manifest)
    _check_documents(folder, manifest, digests)
    return Delivery(folder, manifest, digests)


def _verified_digests(folder: Path) -> dict[str, str]:
    listing = folder / CHECKSUMS
    if not listing.is_file():
        raise Corrupt(f"{folder.name}: no {CHECKSUMS}", "checksum")
    listed: dict[str, str] = {}
    for line in listing.read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    found = {entry.path: entry.location for entry in _files(folder)}
    for name in sorted(listed.keys() ^ found.keys()):
        where = "listed but missing" if name in listed else "not listed"
        raise Corrupt(f"{folder.name}: {printable(name)} is {where} in {CHECKSUMS}", "checksum")
    for name, location in found.items():
        if file_digest(location) != listed[name]:
            raise Corrupt(f"{folder.name}: {name} is not what {CHECKSUMS} says", "checksum")
    return listed


def _files(folder: Path) -> Iterator[FolderFile]:
    for entry in folder_files(folder):
        # What is no regular file is rejected one by one, where the payload is read.
        if _is_delivered(entry) and entry.path not in (READY, CHECKSUMS):
            yield entry


def _is_delivered(entry: FolderFile | Rejected) -> TypeGuard[FolderFile]:
    """Whether the entry counts as delivered: checksums and sizes are those of regular files."""
    return isinstance(entry, FolderFile) and not entry.is_link


def _check_payload(folder: Path, manifest: dict[str, Any]) -> None:
    for entry in manifest["payload"]:
        path = folder / "payload" / entry["path"]
        if ".." in Path(entry["path"]).parts or Path(entry["path"]).is_absolute():
            raise Corrupt(f"{folder.name}: payload {entry['path']} leads outside", "manifest")
        tree = entry["format"] == "tree"
        if not (path.is_dir() if tree else path.is_file()):
            raise Corrupt(f"{folder.name}: payload/{entry['path']} is missing", "manifest")
        inside = [file for file in folder_files(path) if _is_delivered(file)] if tree else []
        size = sum(file.size for file in inside) if tree else path.stat().st_size
        if entry.get("bytes", size) != size:
            message = f"payload/{entry['path']} has {size} bytes, not {entry['bytes']}"
            raise Corrupt(f"{folder.name}: {message}", "declared_size")
        if tree and entry.get("rows", len(inside)) != len(inside):
            message = f"payload/{entry['path']} has {len(inside)} files, not {entry['rows']}"
            raise Corrupt(f"{folder.name}: {message}", "declared_size")


def _check_documents(folder: Path, manifest: dict[str, Any], digests: dict[str, str]) -> None:
    for agreement in manifest["agreements"]:
        document = agreement.get("document")
        if document is not None and document not in digests:
            message = f"agreement {agreement['agreement_id']}: {document} is not delivered"
            raise Corrupt(f"{folder.name}: {message}", "evidence")


def valid_records(delivery: Delivery, name: str, schema: str) -> Iterator[Row | Rejected]:
    """The records of a payload file that fit the schema, and the rejections of the others.

    Raises Corrupt when the file is truncated or holds another number of rows than declared.
    """
    path = delivery.payload(name)
    if path is None:
        raise Corrupt(f"{delivery.folder.name}: no payload {name}", "manifest")
    n_rows = 0
    for number, row in rows_of(path):
        n_rows += 1
        if isinstance(row, Rejected):
            yield row
            continue
        # Parquet has every column in every row: a null there is an absent key.
        present = {key: value for key, value in row.items() if value is not None}
        problem = invalid(schema, row) and invalid(schema, present)
        if problem:
            yield Rejected(f"{path.name}#{number}", "invalid_record", problem)
        else:
            yield present
    declared = next(entry for entry in delivery.manifest["payload"] if entry["path"] == path.name)
    if declared.get("rows", n_rows) != n_rows:
        message = f"payload/{path.name} has {n_rows} rows, not {declared['rows']}"
        raise Corrupt(f"{delivery.folder.name}: {message}", "declared_size")


def invalid(schema: str, value: Any) -> str | None:
    """Where and why a value does not fit the JSON Schema, or None if it does."""
    from jsonschema.exceptions import best_match

    error = best_match(_validator(schema).iter_errors(value))
    if error is None:
        return None
    place = ".".join(str(part) for part in error.absolute_path) or "record"
    return printable(f"{place}: {error.message}"[:_SHOWN_CHARS])


@lru_cache
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator

    text = files("corpus_assets.collect").joinpath("schemas", f"{schema}.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text))


def agreement_row(delivery: Delivery, agreement: dict[str, Any], prefix: str) -> dict[str, Any]:
    """An agreement of the manifest as a row of table agreements, without the revision's columns."""
    document = agreement.get("document")
    return {
        "agreement_id": agreement["agreement_id"],
        "kind": agreement["kind"],
        "license_expression": agreement["license_expression"],
        "license_class": agreement["license_class"],
        "valid_from": agreement.get("valid_from"),
        "valid_to": agreement.get("valid_to"),
        "stages_allowed": agreement.get("stages_allowed", []),
        "document_sha256": delivery.digests[document] if document else None,
        "path_prefix": prefix,
    }


def keep_valid(records: Iterator[Row | Rejected], key: str, kept: list[Row]) -> Iterator[Item]:
    """Gather the valid records in `kept`; yields the rejections, repeated keys among them."""
    seen: set[str] = set()
    for record in records:
        if isinstance(record, Rejected):
            yield record
        elif record[key] in seen:
            yield Rejected(record[key], "duplicate_id", f"{key} {record[key]} is given twice")
        else:
            seen.add(record[key])
            kept.append(record)
