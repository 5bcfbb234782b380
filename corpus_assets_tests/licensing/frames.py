"""Frames for the license tests: one line per fact, everything else filled in."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from corpus_assets.licensing.claims import license_claims
from corpus_assets.licensing.conclusions import license_conclusions
from corpus_assets.policy.licenses import LicensePolicy, load_license_policy
from corpus_assets.tables import TABLES, empty

POLICY = load_license_policy()
_REVISION = {"source_category": "open_source", "source": "s", "origin": "o", "revision": "1"}


def occurrences(*paths: str, **more: str) -> pl.DataFrame:
    """One occurrence per path, each with a content of its own named after the path."""
    rows = [
        _REVISION
        | {"path": path, "content_id": f"id:{path}", "language": "python"}
        | {"language_name": "Python", "size_bytes": 1}
        | more
        for path in paths
    ]
    return pl.DataFrame(rows, schema=TABLES["occurrences"].schema)


def texts(*rows: tuple[str, str, str | None], **more: Any) -> pl.DataFrame:
    """License texts by path, role and expression."""
    filled = [
        dict.fromkeys(TABLES["license_texts"].names)
        | {"content_id": f"id:{path}", "role": role, "ordinal": 0, "license_expression": said}
        | {"statement_kind": "text" if said else None, "rule_id": "r", "score": 100.0}
        | {"coverage": 100.0, "detector": "d", "detector_version": "1"}
        | {"referenced_files": [], "copyrights": [], "applies_to": []}
        | more
        for path, role, said in rows
    ]
    return pl.DataFrame(filled, schema=TABLES["license_texts"].schema)


def statements(*rows: tuple[str, str | None], **more: Any) -> pl.DataFrame:
    """Statements in files by path and expression."""
    filled = [
        dict.fromkeys(TABLES["license_evidence"].names)
        | {"content_id": f"id:{path}", "ordinal": ordinal, "license_expression": said}
        | {"statement_kind": "notice", "rule_id": "r", "score": 100.0, "coverage": 100.0}
        | {"referenced_files": [], "copyrights": [], "language": "python"}
        | {"detector": "d", "detector_version": "1"}
        | more
        for ordinal, (path, said) in enumerate(rows)
    ]
    return pl.DataFrame(filled, schema=TABLES["license_evidence"].schema)


def agreement(**more: Any) -> dict[str, Any]:
    """A row of table agreements: an open-ended contract over the whole revision."""
    row = _REVISION | {
        "agreement_id": "A-1", "kind": "license_grant", "license_class": "contract",
        "license_expression": "LicenseRef-acme", "valid_from": "2026-01-01", "valid_to": None,
        "stages_allowed": [], "document_sha256": None, "path_prefix": "",
    }  # fmt: skip
    return row | more


def agreements(rows: Iterable[dict[str, Any]] = ()) -> pl.DataFrame:
    """Table agreements."""
    return pl.DataFrame(list(rows), schema=TABLES["agreements"].schema)


def claims(
    found: pl.DataFrame,
    said: pl.DataFrame | None = None,
    written: pl.DataFrame | None = None,
    agreed: pl.DataFrame | None = None,
    hosted: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Claims about occurrences; license texts stand at the paths they are named after."""
    written = texts() if written is None else written
    places = occurrences(*(name.removeprefix("id:") for name in written["content_id"].unique()))
    said = statements() if said is None else said
    agreed = agreements() if agreed is None else agreed
    hosted = empty("forge_licenses") if hosted is None else hosted
    return license_claims(found, said, written, places, agreed, hosted)


def conclude(
    path: str,
    in_file: str | None = None,
    written: Iterable[tuple[str, str, str | None]] = (),
    agreed: Iterable[dict[str, Any]] = (),
    policy: LicensePolicy = POLICY,
) -> dict[str, Any]:
    """The conclusion about one file."""
    found = occurrences(path)
    said = statements(*([(path, in_file)] if in_file is not None else []))
    made = claims(found, said, texts(*written), agreements(agreed))
    return license_conclusions(found, made, policy).row(0, named=True)
