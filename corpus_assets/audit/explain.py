"""Saying in words why a content was kept or removed.

Belongs here: sentences made from verdicts. Does not belong here: the verdicts (`curate`) or the
full evidence (`trace`).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from corpus_assets.audit.comparison import compared, place
from corpus_assets.audit.identify import Identified, identify
from corpus_assets.lake import Lake

ALL = "all"
_LICENSE_GATES = (
    "license_state", "license_class", "license_policy", "agreement_stage", "agreement_valid",
)  # fmt: skip


def explain(lake: Lake, asked: str) -> dict[str, Any]:
    """Why a path or id is in or out: keys asked, content_id, path, outcome, sentences, gates,
    comparison.

    `outcome` is kept (at least one stage may use it), removed (by a gate common to all stages),
    not_eligible (it passed those, but no stage may use it), quarantined or not_judged. `sentences`
    say why in words, the whole first, then one per stage; the reason behind the license is among
    them when a license gate failed. `gates` are the failed verdicts with value and threshold.
    `comparison` holds a near duplicate against the document kept for it (`comparison`), else null.
    content_id and path are null for what was quarantined. Raises NotFoundError when nothing like
    it was collected.
    """
    answer: dict[str, Any] = {"asked": asked, "content_id": None, "path": None, "gates": []}
    answer["comparison"] = None
    rejected = _quarantined(lake, asked)
    if rejected:
        return answer | {"outcome": "quarantined", "sentences": rejected}
    found = identify(lake, asked)
    answer |= {"content_id": found.content_id, "path": place(lake, found.content_id)}
    verdicts = _verdicts(lake, found)
    if not verdicts.height:
        reason = "It was collected but not judged yet: materialize `ledger` for its language."
        return answer | {"outcome": "not_judged", "sentences": [reason]}
    failed = verdicts.filter(~pl.col("passed"))
    resolution = _resolution(lake, found)
    outcome, sentences = _judged(lake, verdicts, failed, resolution)
    if not resolution.get("is_kept", True):
        answer["comparison"] = compared(lake, resolution)
    gates = failed.drop("content_id", "language").to_dicts()
    return answer | {"outcome": outcome, "sentences": sentences, "gates": gates}


def _judged(
    lake: Lake, verdicts: pl.DataFrame, failed: pl.DataFrame, resolution: dict[str, Any]
) -> tuple[str, list[str]]:
    """The outcome and its sentences."""
    license_reason = str(resolution.get("license_reason") or "").rstrip(".")
    common = failed.filter(pl.col("stage") == ALL)
    shared = _shared(verdicts, failed)
    if common.height:
        outcome = "removed"
        sentences = [f"Removed: {_sentence(_first(common))}.", *_others(common)]
        sentences += _twin(lake, resolution)
    elif _serving(verdicts):
        outcome, sentences = "kept", ["Kept.", *_stages(verdicts, failed)]
    else:
        why = "each stage for a reason of its own"
        if shared is not None:
            why = f"gate {_name(shared)} found {_value(shared)} where no stage takes it"
            if shared["gate"] in _LICENSE_GATES and license_reason:
                why, license_reason = f"{why} ({license_reason})", ""
        outcome, sentences = "not_eligible", [f"Not eligible: {why}.", *_stages(verdicts, failed)]
    if license_reason and failed["gate"].is_in(_LICENSE_GATES).any():
        sentences.append(f"Its license: {license_reason}.")
    return outcome, sentences


def _serving(verdicts: pl.DataFrame) -> bool:
    """Whether there is a stage all of whose own gates passed."""
    stages = verdicts.filter(pl.col("stage") != ALL).group_by("stage").agg(pl.col("passed").all())
    return bool(stages["passed"].any())


def _shared(verdicts: pl.DataFrame, failed: pl.DataFrame) -> dict[str, Any] | None:
    """The first gate that failed in every stage, in the order of the funnel."""
    n_stages = verdicts.filter(pl.col("stage") != ALL)["stage"].n_unique()
    everywhere = failed.filter(pl.col("stage") != ALL).filter(
        pl.col("stage").n_unique().over("gate") == n_stages
    )
    return everywhere.row(0, named=True) if everywhere.height else None


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
    return (
        f"gate {_name(verdict)} found {_value(verdict)} where it asks for {verdict['threshold']} "
        f"(rule {verdict['rule_version']})"
    )


def _others(failed: pl.DataFrame) -> list[str]:
    """The gates that would have removed it, too, after the first."""
    later = failed.filter(~pl.col("is_first_failure")).sort("gate_order")
    if not later.height:
        return []
    found = (f"{_name(row)} ({_value(row)})" for row in later.iter_rows(named=True))
    return [f"It fails later gates as well: {', '.join(found)}."]


def _name(verdict: dict[str, Any]) -> str:
    return repr(str(verdict["gate"]).replace("_", " "))


def _value(verdict: dict[str, Any]) -> str:
    return "nothing measured" if verdict["value"] is None else str(verdict["value"])


def _resolution(lake: Lake, found: Identified) -> dict[str, Any]:
    """The document's row of duplicate_resolution; empty when there is none yet."""
    rows = lake.scan("duplicate_resolution", found.language or None)
    return next(rows.filter(pl.col("content_id") == found.content_id).collect().iter_rows(
        named=True), {})  # fmt: skip


def _twin(lake: Lake, resolution: dict[str, Any]) -> list[str]:
    """Which kept document stands for a removed near-duplicate."""
    if resolution.get("is_kept", True):
        return []
    kept, similarity = resolution["kept_content_id"], resolution["similarity_to_kept"]
    return [
        f"It is {similarity:.0%} the same as {kept} ({place(lake, kept)}), which is kept "
        f"because: {str(resolution['reason']).replace('_', ' ')}."
    ]


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
