"""Rows of license_claims and license_conclusions; what a test leaves out is filled in."""

from typing import Any

import polars as pl

from corpus_assets.tables import TABLES

_PLACE = {"source_category": "open_source", "source": "s", "origin": "pkg:a", "revision": "1"}


def _frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = TABLES[table].schema
    blank = {name: [] if isinstance(kind, pl.List) else None for name, kind in schema.items()}
    filled = [{name: (blank | row)[name] for name in blank} for row in rows]
    return pl.DataFrame(filled, schema=schema)


def _subject(path: str) -> dict[str, Any]:
    return _PLACE | {"path": path, "content_id": f"id:{path}", "language": "python"}


def claim(file: str, expression: str | None = "MIT", **known: Any) -> dict[str, Any]:
    """A notice in a file."""
    return _subject(file) | {
        "kind": "file", "ordinal": 0, "license_expression": expression, "statement_kind": "notice",
        "rule_id": "mit_1.RULE", "score": 100.0, "coverage": 100.0, "evidence_path": file,
        "distance": 0, "start_line": 1, "end_line": 3, "detector": "d", "detector_version": "1",
    } | known  # fmt: skip


def conclusion(path: str, **known: Any) -> dict[str, Any]:
    """The conclusion that the notice decides."""
    return _subject(path) | {
        "license_info_in_file": "MIT", "license_concluded": "MIT", "license_state": "granted",
        "license_class": "permissive", "license_evidence": "file", "basis": "file",
        "license_obligations": ["attribution"], "claim_ids": ["file:0"], "reason": "states MIT",
        "rule_version": "1",
    } | known  # fmt: skip


def claims(*rows: dict[str, Any]) -> pl.DataFrame:
    """Table license_claims."""
    return _frame("license_claims", list(rows))


def conclusions(*rows: dict[str, Any]) -> pl.DataFrame:
    """Table license_conclusions."""
    return _frame("license_conclusions", list(rows))
