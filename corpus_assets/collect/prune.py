"""Removing revisions that the project no longer names. Contents stay: others may share them."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from corpus_assets.collect.connectors import resolve
from corpus_assets.collect.items import CollectError
from corpus_assets.collect.locks import lock_folder, only_collection
from corpus_assets.collect.rows import KEYS
from corpus_assets.collect.store import Store
from corpus_assets.collect.targets import Context, Failed
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.policy.project import AnySource, Project


def prune(
    project: Project,
    lake: Lake,
    category: str,
    provenance: Provenance,
    state: Path,
    apply: bool,
) -> pl.DataFrame:
    """The revisions (table revisions) of the category that are no longer configured.

    With `apply` they are removed with all their rows. Of a source that cannot be resolved now
    (network down, package gone) nothing is listed. Raises CollectError while a collection runs.
    """
    locks = lock_folder(lake, state)
    with only_collection(locks, category):
        stored = lake.read("revisions", category)
        sources = {source.name: source for source in project.of_category(category)}
        gone = [
            part
            for (name,), part in stored.group_by("source", maintain_order=True)
            for part in [_unwanted(project, sources.get(str(name)), part, state)]
        ]
        listed = pl.concat([stored.clear(), *gone]).sort(KEYS)
        if apply and listed.height:
            Store(lake, category, provenance, locks).remove(listed.select(KEYS))
    return listed


def _unwanted(
    project: Project, source: AnySource | None, stored: pl.DataFrame, state: Path
) -> pl.DataFrame:
    if source is None:
        return stored
    try:
        found = list(resolve(source, Context(project, state, {})))
    except (CollectError, OSError):
        return stored.clear()
    if any(isinstance(item, Failed) for item in found):
        return stored.clear()
    wanted = {(item.origin, item.revision) for item in found if not isinstance(item, Failed)}
    # Rows of a dump belong to the shard whose revision stands behind their last "+".
    shards = {revision for _, revision in wanted} if source.connector == "dump" else set()
    keep = [
        (origin, revision) in wanted or revision.rpartition("+")[2] in shards
        for origin, revision in stored.select("origin", "revision").iter_rows()
    ]
    return stored.filter(~pl.Series(keep, dtype=pl.Boolean))
