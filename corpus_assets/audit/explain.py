"""Saying in words why a content was kept or removed.

Belongs here: sentences made from verdicts. Does not belong here: the verdicts (`curate`) or the
full evidence (`trace`).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from corpus_assets.audit.identify import Identified, identify
from corpus_assets.lake import Lake

ALL = "all"


def explain(lake: Lake, asked: str) -> dict[str, Any]:
    """Why a path or id is in or out: keys asked, content_id, path, outcome, sentences, gates.

    `outcome` is kept, removed, quarantined or not_judged; `sentences` say why in words, one for
    the whole corpus or one per stage; `gates` are the failed verdicts with value and threshold.
    Raises NotFoundError when nothing like it was collected.
    """
    rejected = _quarantined(lake, asked)
    if rejected:
        return {"asked": asked, "outcome": "quarantined", "sentences": rejected, "gates": []}
    found = identify(lake, asked)
    verdicts = _verdicts(lake, found)
    failed = verdicts.filter(~pl.col("passed"))
    common = failed.filter(pl.col("stage") == ALL)
    answer: dict[str, Any] = {
        "asked": asked,
        "content_id": found.content_id,
        "path": _place(lake, found.content_id),
        "gates": failed.drop("content_id", "language").to_dicts(),
    }
    if not verdicts.height:
        reason = "It was collected but not judged yet: materialize `ledger` for its language."
        return answer | {"outcome": "not_judged", "sentences": [reason]}
    if common.height:
        first = _first(common)
        sentences = [f"Removed: {_sentence(first)}.", *_twin(lake, found)]
        return answer | {"outcome": "removed", "sentences": sentences}
    return answer | {"outcome": "kept", "sentences": ["Kept.", *_stages(verdicts, failed)]}


def _stages(verdicts: pl.DataFrame, failed: pl.DataFrame) -> list[str]:
    names = verdicts.filter(pl.col("stage") != ALL)["stage"].unique().sort()
    sentences = []
    for stage in names:
        own = failed.filter(pl.col("stage") == stage)
        why = f"not eligible: {_sentence(_first(own))}" if own.height else "eligible"
        sentences.append(f"{stage}: {why}.")
    return sentences


def _verdicts(lake: Lake, found: Identified) -> pl.DataFrame:
    rows = lake.scan("ledger", found.language or None)
    return (
        rows.filter(pl.col("content_id") == found.content_id).collect().sort("gate_order", "stage")
    )


def _first(failed: pl.DataFrame) -> dict[str, Any]:
    return failed.sort("is_first_failure", "gate_order", descending=[True, False]).row(
        0, named=True
    )


def _sentence(verdict: dict[str, Any]) -> str:
    gate = str(verdict["gate"]).replace("_", " ")
    value = verdict["value"] if verdict["value"] is not None else "not measured"
    return f"gate {gate!r} found {value} where it asks for {verdict['threshold']}"


def _twin(lake: Lake, found: Identified) -> list[str]:
    """Which kept document stands for a removed near-duplicate."""
    rows = (
        lake.scan("duplicate_resolution", found.language or None)
        .filter((pl.col("content_id") == found.content_id) & ~pl.col("is_kept"))
        .select("kept_content_id", "similarity_to_kept", "reason")
        .collect()
    )
    return [
        f"It is {similarity:.0%} the same as {kept} ({_place(lake, kept)}), which is kept "
        f"because: {reason}."
        for kept, similarity, reason in rows.iter_rows()
    ]


def _place(lake: Lake, content_id: str) -> str:
    places = (
        lake.scan("occurrences")
        .filter(pl.col("content_id") == content_id)
        .select("source_category", "origin", "revision", "path")
        .collect()
        .sort("source_category", "origin", "revision", "path")
    )
    return f"{places.item(0, 'origin')} {places.item(0, 'path')}" if places.height else "nowhere"


def _quarantined(lake: Lake, asked: str) -> list[str]:
    """Why a path was rejected while collecting; none when a file of that path was accepted."""
    path = asked.rpartition(" ")[2]
    at_path = (pl.col("path") == asked) | (pl.col("path") == path)
    rows = lake.scan("quarantine").filter(at_path).collect().sort("origin", "path", "reason")
    accepted = lake.scan("occurrences").filter(at_path).select(pl.len()).collect().item()
    if accepted:
        return []
    return [
        f"Rejected while collecting {row['origin']}: {row['reason']} ({row['detail']})."
        for row in rows.iter_rows(named=True)
    ]
