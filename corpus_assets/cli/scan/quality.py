"""`corpus scan quality`: what each file of a folder is, what was measured, and what gates say.

Belongs here: the rows that are printed. Does not belong here: reading the folder (`folder.py`), the
measures (`quality`) and the thresholds (`policy/filters.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from corpus_assets.tables import empty

if TYPE_CHECKING:
    from corpus_assets.cli.scan.folder import Folder

_NO_SIGNAL = ("content_id", "language", "detector_version", "kind_evidence")


def scan_quality(folder: Folder) -> Iterator[dict[str, Any]]:
    """One row per file in order of path.

    `action`: keep, drop (a gate of all stages fails) or quarantine (no file that can be read).
    `reason`: the first failing gate, or why it cannot be read. `gates`: every failing gate, in
    order, with `value` and `threshold` in `verdicts`. `tags`: its kinds, or why it has no text;
    `evidence`: the rules that found the kinds. `signals` is null where there is no text, `uses`
    (imports, domains, frameworks, language version) as well.
    """
    from corpus_assets.policy.filters import load_filter_policy

    policy = load_filter_policy()
    measured, verdicts, scores = _judged(folder, policy)
    rows = (
        folder.occurrences.select("path", "content_id")
        .join(folder.documents.select("content_id", "language", "encoding", "decode_state"),
              on="content_id")
        .join(verdicts, on="content_id", how="left")
        .join(scores.select("content_id", "score"), on="content_id", how="left")
        .join(measured, on="content_id", how="left")
        .join(_used(folder), on="content_id", how="left")
    )  # fmt: skip
    found = {row["path"]: _row(row) for row in rows.iter_rows(named=True)}
    for item in folder.rejected:
        found[item.path] = {
            "path": item.path, "action": "quarantine", "reason": item.reason,
            "detail": item.detail, "tags": [item.reason], "evidence": [], "gates": [],
            "verdicts": [], "language": None, "encoding": None, "score": None,
            "uses": None, "signals": None,
        }  # fmt: skip
    for path in sorted(found):
        yield found[path]


def _judged(folder: Folder, policy: Any) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Signals with tags, failing gates of every content, and scores."""
    from corpus_assets.cli.scan.folder import batches, resolved
    from corpus_assets.curate.ledger import ledger
    from corpus_assets.policy.licenses import load_license_policy
    from corpus_assets.quality.kinds import tags
    from corpus_assets.quality.scores import quality_scores
    from corpus_assets.quality.signals import quality_signals

    parts = [quality_signals(part) for part in batches(folder.documents, "measure")]
    signals = pl.concat([empty("quality_signals"), *parts])
    scores = quality_scores(signals, policy)
    verdicts = ledger(
        folder.documents.drop("text"),
        signals,
        scores,
        empty("secrets"),
        empty("contamination"),
        resolved(folder, empty("near_duplicates"), policy),
        empty("unit_overlap"),
        empty("takedowns"),
        policy,
        load_license_policy(),
        stages={},
        as_of="",
    )
    failed = (
        verdicts.filter(~pl.col("passed"))
        .sort("content_id", "gate_order")
        .group_by("content_id", maintain_order=True)
        .agg(verdicts=pl.struct("gate", "value", "threshold"))
    )
    measures = pl.struct(pl.exclude(_NO_SIGNAL)).alias("signals")
    measured = signals.select("content_id", tags(), "kind_evidence", measures)
    return measured, failed, scores


def _used(folder: Folder) -> pl.DataFrame:
    from corpus_assets.cli.scan.folder import batches
    from corpus_assets.policy.domains import load_domains
    from corpus_assets.policy.language_versions import load_language_versions
    from corpus_assets.quality.uses import uses

    domains, versions = load_domains(), load_language_versions()
    parts = [uses(part, domains, versions) for part in batches(folder.documents, "uses")]
    found = pl.concat([empty("uses"), *parts])
    return found.select("content_id", uses=pl.struct(pl.exclude(_NO_SIGNAL)))


def _row(row: dict[str, Any]) -> dict[str, Any]:
    verdicts = row["verdicts"] or []
    gates = [verdict["gate"] for verdict in verdicts]
    detail = next((f"{one['value']}, threshold {one['threshold']}" for one in verdicts), None)
    no_text = [] if row["decode_state"] == "ok" else [row["decode_state"]]
    return {
        "path": row["path"],
        "action": "drop" if gates else "keep",
        "reason": gates[0] if gates else None,
        "detail": detail,
        "tags": no_text + (row["tags"] or []),
        "evidence": row["kind_evidence"] or [],
        "gates": gates,
        "verdicts": verdicts,
        "language": row["language"],
        "encoding": row["encoding"],
        "score": row["score"],
        "uses": row["uses"],
        "signals": row["signals"],
    }
