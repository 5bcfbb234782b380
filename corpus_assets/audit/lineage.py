"""Which commits made a row: table versions walked upstream through the lake's own history.

Belongs here: following the inputs recorded in commit metadata. Does not belong here: rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from corpus_assets.lake import Lake
from corpus_assets.lake_versions import InputVersion, PartitionVersion


def made_by(
    lake: Lake, starts: Iterable[tuple[str, str]], partitions: Collection[str]
) -> list[dict[str, Any]]:
    """The commits behind the current versions of (table, partition), and behind their inputs.

    Of inputs only those in `partitions` are followed ("" for whole tables): what a stage read of
    other languages made other rows.

    Breadth first from the given starts; each commit once, with run id, code version, policy
    digest, data version and the versions it read. A version whose commit is not in the history is
    listed with `found` False, so that a gap shows.
    """
    waiting = [
        version.as_input()
        for table, partition in starts
        if (version := lake.version(table, partition or None)) is not None
    ]
    seen: set[InputVersion] = set()
    commits = []
    histories: dict[str, tuple[PartitionVersion, ...]] = {}
    while waiting:
        wanted = waiting.pop(0)
        if wanted in seen:
            continue
        seen.add(wanted)
        if wanted.table not in histories:
            histories[wanted.table] = lake.history(wanted.table)
        commit = _commit(histories[wanted.table], wanted)
        commits.append(_described(wanted, commit))
        if commit is not None:
            waiting += [item for item in commit.provenance.inputs if item.partition in partitions]
    return commits


def _commit(history: Iterable[PartitionVersion], wanted: InputVersion) -> PartitionVersion | None:
    for entry in history:
        if entry.delta_version == wanted.delta_version and (
            not wanted.partition or entry.partition == wanted.partition
        ):
            return entry
    return None


def _described(wanted: InputVersion, commit: PartitionVersion | None) -> dict[str, Any]:
    described: dict[str, Any] = {
        "table": wanted.table,
        "partition": wanted.partition,
        "data_version": wanted.data_version,
        "delta_version": wanted.delta_version,
        "found": commit is not None,
    }
    if commit is None:
        return described
    return described | {
        "asset": commit.provenance.asset,
        "run_id": commit.provenance.run_id,
        "code_version": commit.provenance.code_version,
        "policy_digest": commit.provenance.policy_digest,
        "committed_ms": commit.timestamp_ms,
        "rows": commit.rows,
        "inputs": [
            {"table": i.table, "partition": i.partition, "delta_version": i.delta_version}
            for i in commit.provenance.inputs
        ],
    }
