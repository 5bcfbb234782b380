"""Rows of the tables that curate reads, with everything defaulted that a test does not name."""

from typing import Any

import polars as pl

from corpus_assets.curate.accounting import verify
from corpus_assets.curate.ledger import ledger
from corpus_assets.policy.filters import FilterPolicy, load_filter_policy
from corpus_assets.policy.licenses import LicensePolicy, load_license_policy
from corpus_assets.policy.mixes import StageSpec
from corpus_assets.tables import TABLES

AS_OF = "2026-11-22"
POLICY: FilterPolicy = load_filter_policy()
LICENSES = load_license_policy()


def frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = TABLES[table].schema
    filled = [{name: row.get(name) for name in schema} for row in rows]
    return pl.DataFrame(filled, schema=schema, orient="row")


def document(content_id: str, **known: Any) -> dict[str, Any]:
    return {
        "content_id": content_id, "language": "python", "language_name": "Python",
        "source_category": "open_source", "source": "s", "origin": "pkg:a", "revision": "1",
        "path": f"src/{content_id}.py", "source_categories": ["open_source"], "n_occurrences": 1,
        "decode_state": "ok", "encoding": "utf-8", "decode_issues": [],
        "size_bytes": 900, "text": "x",
    } | known  # fmt: skip


def signals(content_id: str, **known: Any) -> dict[str, Any]:
    flags = [name for name in TABLES["quality_signals"].names if name.startswith("is_")]
    return {
        "content_id": content_id, "language": "python", "n_bytes": 900, "n_chars": 900,
        "n_lines": 40, "n_words": 150, "n_tokens": 200, "max_line_chars": 80,
        "max_code_line_chars": 80, "mean_line_chars": 22.5, "alnum_fraction": 0.7,
        "alpha_fraction": 0.6, "replacement_fraction": 0.0, "digit_fraction": 0.02,
        "whitespace_fraction": 0.2, "duplicate_line_fraction": 0.1, "comment_fraction": 0.1,
        "syntax_error_fraction": 0.0, "encoded_max_run": 0, "encoded_fraction": 0.0,
        "detector_version": "1", **dict.fromkeys(flags, False),
    } | known  # fmt: skip


def conclusion(content_id: str, **known: Any) -> dict[str, Any]:
    return {
        "content_id": content_id, "language": "python", "source_category": "open_source",
        "source": "s", "origin": "pkg:a", "revision": "1", "path": f"src/{content_id}.py",
        "license_concluded": "MIT", "license_state": "granted", "license_class": "permissive",
        "license_evidence": "inherited", "basis": "license_file", "reason": "nearest license file",
        "stages_allowed": [], "rule_version": "1",
    } | known  # fmt: skip


GPL = {
    "license_concluded": "GPL-3.0-only", "license_class": "strong_copyleft", "basis": "file",
    "license_evidence": "file", "reason": "states GPL", "origin": "pkg:gpl",
}  # fmt: skip
NONE = {
    "license_concluded": None, "license_state": "none_found", "license_class": "unknown",
    "license_evidence": "none", "basis": "none", "reason": "no claim",
}  # fmt: skip


def pair(a: str, b: str, similarity: float = 0.9) -> dict[str, Any]:
    a, b = sorted((a, b))
    return {
        "content_id_a": a, "content_id_b": b, "language": "python", "similarity": similarity,
        "containment": 1.0, "n_shared": 9, "n_shingles_a": 10, "n_shingles_b": 10,
        "method_version": "1",
    }  # fmt: skip


def revision(origin: str, name: str, date: str | None) -> dict[str, Any]:
    return {
        "source_category": "open_source", "source": "s", "origin": origin, "revision": name,
        "revision_date": date,
    }  # fmt: skip


def score(content_id: str, value: float = 0.8) -> dict[str, Any]:
    return {"content_id": content_id, "language": "python", "score": value}


def stages(**known: Any) -> dict[str, StageSpec]:
    spec = {
        "content": "documents", "tokens": 1000, "license_classes": ["permissive", "contract"],
        "source_categories": {"open_source": {}, "freelance": {}},
    } | known  # fmt: skip
    return {
        "pretraining": StageSpec.model_validate(spec),
        "fine_tuning": StageSpec.model_validate(spec | {"min_lines": 20, "min_quality_score": 0.5}),
    }


def resolution(content_id: str, **known: Any) -> dict[str, Any]:
    return {
        "content_id": content_id, "language": "python", "cluster_id": content_id,
        "cluster_size": 1, "kept_content_id": content_id, "is_kept": True,
        "similarity_to_kept": 1.0, "reason": "only_member", "license_concluded": "MIT",
        "license_state": "granted", "license_class": "permissive", "license_evidence": "file",
        "license_obligations": ["attribution"], "license_flags": [], "license_reason": "",
        "stages_allowed": [], "rule_version": "1",
    } | known  # fmt: skip


def run(
    documents: list[dict[str, Any]],
    measured: dict[str, dict[str, Any]] | None = None,
    resolved: dict[str, dict[str, Any]] | None = None,
    policy: FilterPolicy = POLICY,
    licenses: LicensePolicy = LICENSES,
    **other: list[dict[str, Any]],
) -> pl.DataFrame:
    """The ledger of the documents, which must add up."""
    names = [(row["content_id"], row["language"]) for row in documents]
    rows = ledger(
        frame("documents", documents),
        frame("quality_signals", [
            signals(n, language=lang) | (measured or {}).get(n, {}) for n, lang in names
        ]),
        frame("quality_scores", other.get("scores", [score(n) for n, _ in names])),
        frame("secrets", other.get("secrets", [])),
        frame("contamination", other.get("contamination", [])),
        frame("duplicate_resolution", [
            resolution(n, language=lang) | (resolved or {}).get(n, {}) for n, lang in names
        ]),
        frame("unit_overlap", other.get("overlap", [])),
        frame("takedowns", other.get("takedowns", [])),
        policy,
        licenses,
        stages(),
        AS_OF,
    )  # fmt: skip
    assert verify(frame("documents", documents), rows) == []
    return rows
