"""Writes the example deliveries: a vendor's lots and a freelance batch, in the drop-zone format.

The same code always writes the same bytes. Run it after changing a family, a fix or a task:
    python examples/deliveries/generate.py              # beside this file
    python examples/deliveries/generate.py --into DIR   # somewhere else, to compare
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import commercial
import freelance

HERE = Path(__file__).parent
VENDOR = "commercial/northlight-code"
BATCH = "freelance/algorithm-studio/batch-2026-10"
LOT = f"{VENDOR}/lot-2026-07"
GRANT = "LicenseRef-northlight-grant"
TRAINING = ["pretraining", "continued_pretraining", "fine_tuning"]


def main() -> None:
    """Writes every delivery below --into (default: beside this file)."""
    parser = argparse.ArgumentParser(description="Writes the example deliveries.")
    parser.add_argument("--into", type=Path, default=HERE, help="the drop zone to write")
    write(parser.parse_args().into)


def write(zone: Path) -> None:
    """The four deliveries; files that were there under the same names are replaced."""
    lines = commercial.lot_lines()
    _commercial(zone / LOT, lines)
    few = [line for line in lines if '"nl-00' in line][:3]
    _commercial(zone / VENDOR / "lot-2026-08", few, ready=False)
    _commercial(zone / VENDOR / "lot-2026-09", few)
    with (zone / VENDOR / "lot-2026-09/payload/records.jsonl").open(
        "a", encoding="utf-8"
    ) as stream:
        stream.write(lines[-1] + "\n")
    _freelance(zone / BATCH)


def _commercial(folder: Path, lines: list[str], ready: bool = True) -> None:
    _fresh(folder)
    text = "\n".join(lines) + "\n"
    _save(folder / "payload/records.jsonl", text)
    for name in ("contract.txt", "license_grant.txt", "datasheet.md"):
        _save(folder / "evidence" / name, (HERE / "evidence/commercial" / name).read_text("utf-8"))
    manifest = {
        "category": "commercial",
        "source_id": "northlight-code",
        "received_from": "Northlight Code Ltd (fictitious)",
        "prepared_at": "2026-07-20",
        "contract_id": "contract-2026-02",
        "payload": [
            {
                "path": "records.jsonl",
                "format": "jsonl",
                "bytes": len(text.encode()),
                "rows": len(lines),
            }
        ],
        "agreements": [
            {
                "agreement_id": "grant-2026-02",
                "kind": "license_grant",
                "license_expression": GRANT,
                "license_class": "contract",
                "valid_from": "2026-03-01",
                "valid_to": "2027-12-31",
                "stages_allowed": TRAINING,
                "document": "evidence/license_grant.txt",
            },
            {
                "agreement_id": "grant-2024-11",
                "kind": "license_grant",
                "license_expression": GRANT,
                "license_class": "contract",
                "valid_from": "2024-11-01",
                "valid_to": "2025-12-31",
                "stages_allowed": TRAINING,
                "document": "evidence/license_grant.txt",
                "path_prefix": "legacy/",
            },
        ],
        "contact": "deliveries@northlight.example",
        "notes": "Written for corpus_assets; the vendor does not exist.",
    }
    _close(folder, manifest, ready)


def _freelance(folder: Path) -> None:
    source = HERE / BATCH / "payload/tree"
    tree = folder / "payload/tree"
    if tree.resolve() != source.resolve():
        shutil.copytree(source, tree, dirs_exist_ok=True)
    payload = []
    for name, lines in freelance.tables().items():
        text = "\n".join(lines) + "\n"
        _save(folder / f"payload/{name}.jsonl", text)
        payload.append(
            {
                "path": f"{name}.jsonl",
                "format": "jsonl",
                "bytes": len(text.encode()),
                "rows": len(lines),
            }
        )
    files = [path for path in tree.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    payload.append({"path": "tree", "format": "tree", "bytes": size, "rows": len(files)})
    template = (HERE / "evidence/freelance/assignment.txt").read_text("utf-8")
    agreements = []
    for person, signed in freelance.assignments().items():
        document = f"evidence/assignments/{person}.txt"
        _save(folder / document, template.format(person=person, signed=signed))
        agreements.append({
            "agreement_id": f"assignment-{person}",
            "kind": "ip_assignment",
            "license_expression": "LicenseRef-freelance-assignment",
            "license_class": "owned",
            "valid_from": signed,
            "valid_to": None,
            "stages_allowed": [],
            "contributor_id": person,
            "document": document,
        })  # fmt: skip
    statement = HERE / "evidence/freelance/ai_use_attestation.md"
    _save(folder / "evidence/ai_use_attestation.md", statement.read_text("utf-8"))
    manifest = {
        "category": "freelance",
        "source_id": "algorithm-studio",
        "received_from": "Algorithm Studio (fictitious)",
        "prepared_at": "2026-10-15",
        "payload": payload,
        "agreements": agreements,
        "contact": "studio@algorithm.example",
        "notes": "Written for corpus_assets; people and studio do not exist.",
    }
    _close(folder, manifest, ready=True)


def _close(folder: Path, manifest: dict[str, Any], ready: bool) -> None:
    """Manifest, then checksums, then _READY: the order in which a writer closes a delivery."""
    whole = {"schema_version": 1, "delivery_id": folder.name} | manifest
    _save(folder / "manifest.json", json.dumps(whole, indent=2, ensure_ascii=False) + "\n")
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("_READY", "checksums.sha256")
    )
    sums = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names
    ]
    _save(folder / "checksums.sha256", "".join(sums))
    if ready:
        _save(folder / "_READY", "")


def _fresh(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


if __name__ == "__main__":
    main()
