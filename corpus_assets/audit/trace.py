"""Tracing a row: content, occurrences, claims, conclusions, verdicts, releases, and who made them.

Belongs here: gathering everything the lake knows about one content. Does not belong here: saying
it in words (`explain`). Only the partition of the content's language is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.audit.identify import Identified, identify
from corpus_assets.audit.lineage import made_by
from corpus_assets.lake import Lake
from corpus_assets.serve.columns import scan
from corpus_assets.serve.release import SCHEMA, mixes, read_json, versions
from corpus_assets.tables import TABLES

# What is told of a content, by the table it comes from; all are partitioned by language.
_FACTS = (
    "license_claims", "license_conclusions", "exact_duplicates", "quality_signals",
    "quality_scores", "secrets", "weaknesses", "contamination", "ledger", "curated_documents",
    "pairs",
)  # fmt: skip
# A fingerprint links equal secrets; it stays in the lake. Prompts and texts are not lineage.
_HIDDEN = ("data", "text", "fingerprint", "prompt")
_RELEASED = ("row_id", "stage", "replica", "pair_id", "sample_key", "n_tokens")


def trace(lake: Lake, published: Path, asked: str) -> dict[str, Any]:
    """Everything that led to a content being where it is, as values that JSON can hold.

    `asked` is a content, row, pair or unit id, or a path. Keys: asked, kind, content, document,
    occurrences, one key per table of facts, duplicate_cluster, near_duplicates, unit, takedowns,
    training_mix, releases, made_by. Raises NotFoundError when there is no such thing or it is
    not one thing.
    """
    found = identify(lake, asked, published)
    answer: dict[str, Any] = {"asked": asked, "kind": found.kind, "content_id": found.content_id}
    answer["content"] = _first(_of(lake, "contents", found))
    answer["document"] = _first(_of(lake, "documents", found, found.language))
    answer["occurrences"] = _rows(_of(lake, "occurrences", found), "occurrences")
    facts = pl.collect_all([_of(lake, table, found, found.language) for table in _FACTS])
    for table, rows in zip(_FACTS, facts, strict=True):
        answer[table] = _sorted(rows, table)
    answer["duplicate_cluster"] = _cluster(lake, found)
    answer["near_duplicates"] = _near(lake, found)
    answer["unit"] = _unit(lake, found)
    answer["takedowns"] = _rows(_of(lake, "takedowns", found), "takedowns")
    answer["training_mix"] = _rows(_of(lake, "training_mix", found), "training_mix")
    answer["releases"] = _releases(published, found)
    starts = _starts(answer, found)
    answer["made_by"] = made_by(lake, starts, {"", *(partition for _, partition in starts)})
    return answer


def _of(lake: Lake, table: str, found: Identified, language: str | None = None) -> pl.LazyFrame:
    """The table's rows of the content; of its language's partition when one is named."""
    names = [name for name in TABLES[table].names if name not in _HIDDEN]
    rows = lake.scan(table, language or None)
    return rows.filter(pl.col("content_id") == found.content_id).select(names)


def _rows(frame: pl.LazyFrame, table: str) -> list[dict[str, Any]]:
    return _sorted(frame.collect(), table)


def _sorted(rows: pl.DataFrame, table: str) -> list[dict[str, Any]]:
    order = ["gate_order", "stage"] if table == "ledger" else list(TABLES[table].key)
    return rows.sort(order).to_dicts()


def _first(frame: pl.LazyFrame) -> dict[str, Any] | None:
    rows = frame.collect().to_dicts()
    return rows[0] if rows else None


def _cluster(lake: Lake, found: Identified) -> dict[str, Any] | None:
    """The content's resolution with the members of its cluster and where they were found."""
    own = _first(_of(lake, "duplicate_resolution", found, found.language))
    if own is None:
        return None
    members = (
        lake.scan("duplicate_resolution", found.language or None)
        .filter(pl.col("cluster_id") == own["cluster_id"])
        .select("content_id", "is_kept", "similarity_to_kept", "reason")
    )
    places = lake.scan("documents", found.language or None).select(
        "content_id", "source_category", "origin", "revision", "path"
    )
    named = members.join(places, on="content_id", how="left").collect().sort("content_id")
    return {**own, "members": named.to_dicts()}


def _near(lake: Lake, found: Identified) -> list[dict[str, Any]]:
    either = pl.col("content_id_a", "content_id_b") == found.content_id
    return _rows(
        lake.scan("near_duplicates", found.language or None).filter(pl.any_horizontal(either)),
        "near_duplicates",
    )


def _unit(lake: Lake, found: Identified) -> dict[str, Any] | None:
    if found.kind != "unit":
        return None
    units = lake.scan("units", found.language or None)
    return _first(units.filter(pl.col("unit_id") == found.asked))


def _releases(published: Path, found: Identified) -> list[dict[str, Any]]:
    """Every published release that holds the content, with its rows."""
    holding = []
    for mix in mixes(published):
        pointed = read_json(published / mix / "CURRENT").get("version")
        for version in versions(published, mix):
            shards = published / mix / version / "data"
            folder = f"language={found.language}"
            files = sorted(shards.glob(f"*/{folder}/*.parquet")) if found.language else []
            if not files:
                continue
            rows = (
                scan(files, SCHEMA)
                .filter(pl.col("content_id") == found.content_id)
                .select(_RELEASED)
                .collect()
                .sort("row_id")
            )
            if rows.height:
                holding.append(
                    {
                        "mix": mix,
                        "version": version,
                        "is_current": version == pointed,
                        "rows": rows.to_dicts(),
                    }
                )
    return holding


def _starts(answer: dict[str, Any], found: Identified) -> list[tuple[str, str]]:
    """The versions to walk upstream from: the last tables that know the content."""
    stages = sorted({row["stage"] for row in answer["training_mix"]})
    starts = [("training_mix", stage) for stage in stages]
    if found.language:
        starts += [
            (table, found.language)
            for table in ("pairs", "curated_documents", "ledger")
            if answer[table]
        ]
        starts.append(("documents", found.language))
    categories = sorted({row["source_category"] for row in answer["occurrences"]})
    return starts + [("occurrences", category) for category in categories]
