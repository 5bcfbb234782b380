"""Writing collected revisions to the lake so that a killed run leaves it readable.

Belongs here: the order of the writes, their repair, and replacing what was collected under other
settings. Contents are written first and revisions last: rows of a revision that is not in table
`revisions` are leavings of a killed run, and the next run removes them.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
from filelock import FileLock

from corpus_assets.collect.rows import KEYS, SPILL_BYTES, RevisionRows
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.tables import empty

# One commit per language and batch: large batches are several times faster than small ones.
_BATCH_BYTES = 256 * 1024 * 1024

DEPENDENT = ("occurrences", "quarantine", "agreements", "forge_licenses", "forge_facts",
             "tasks", "submissions")  # fmt: skip


class Store:
    """The category's partition of the lake, written in batches."""

    def __init__(self, lake: Lake, category: str, provenance: Provenance, locks: Path):
        self._lake, self._category, self._provenance = lake, category, provenance
        self._contents_lock = FileLock(locks / "contents.lock")
        self._pending: list[RevisionRows] = []
        self._frames: list[dict[str, pl.DataFrame]] = []

    def collected(self, source: str) -> dict[tuple[str, str], str]:
        """Settings digest of each collected (origin, revision) of a source."""
        rows = (
            self._lake.scan("revisions", self._category)
            .filter(pl.col("source") == source)
            .select("origin", "revision", "settings_digest")
            .collect()
        )
        return {(origin, revision): digest for origin, revision, digest in rows.iter_rows()}

    def repair(self) -> int:
        """Remove what a killed run left without its row in `revisions`; how many rows."""
        whole = self._lake.scan("revisions", self._category).select(KEYS)
        removed = 0
        for table in DEPENDENT:
            stored = self._lake.scan(table, self._category)
            orphans = stored.join(whole, on=KEYS, how="anti").select(pl.len()).collect().item()
            if orphans:
                kept = stored.join(whole, on=KEYS, how="semi").collect()
                self._lake.replace(table, kept, self._provenance, self._category)
                removed += orphans
        return removed

    def add(self, rows: RevisionRows, frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
        """Take one finished revision; writes when enough has gathered, see `flush`."""
        self._pending.append(rows)
        self._frames.append(frames)
        if sum(revision.held_bytes for revision in self._pending) >= SPILL_BYTES:
            for revision in self._pending:
                revision.spill()
        if sum(revision.n_bytes for revision in self._pending) >= _BATCH_BYTES:
            return self.flush()
        return empty("revisions")

    def flush(self) -> pl.DataFrame:
        """Write what has gathered; the rows of table revisions that this added.

        After an error the batch is forgotten and the lake readable as before.
        """
        pending, self._pending = self._pending, []
        frames, self._frames = self._frames, []
        if not frames:
            return empty("revisions")
        try:
            self._write_contents(pending)
            return self._write_rows(frames)
        finally:
            for revision in pending:
                revision.drop()

    def remove(self, revisions: pl.DataFrame) -> None:
        """Remove revisions (columns source, origin, revision) and all their rows."""
        self._replace("revisions", revisions, empty("revisions"))
        for table in DEPENDENT:
            self._replace(table, revisions, empty(table))

    def _write_contents(self, pending: list[RevisionRows]) -> None:
        frames = [frame for revision in pending for frame in revision.contents()]
        # The first occurrence decides in which language's partition a content is stored.
        first = (
            pl.concat([frame.select("content_id", "language").collect() for frame in frames])
            .unique("content_id", keep="first", maintain_order=True)
        )  # fmt: skip
        # Another category may bring the same content at the same time: look and write as one.
        with self._contents_lock:
            stored = self._lake.scan("contents").select("content_id")
            known = stored.join(first.lazy(), on="content_id", how="semi").collect()
            fresh = first.join(known, on="content_id", how="anti")
            for language in fresh["language"].unique().sort():
                ids = fresh.lazy().filter(pl.col("language") == language).select("content_id")
                parts = [
                    frame.filter(pl.col("language") == language)
                    .join(ids, on="content_id", how="semi")
                    .collect()
                    for frame in frames
                ]
                rows = pl.concat(parts).unique("content_id", keep="first", maintain_order=True)
                self._lake.append("contents", rows, self._provenance, language)

    def _write_rows(self, frames: list[dict[str, pl.DataFrame]]) -> pl.DataFrame:
        fresh = {name: pl.concat([part[name] for part in frames]) for name in frames[0]}
        stored = self._lake.scan("revisions", self._category).select(KEYS)
        again = stored.join(fresh["revisions"].lazy(), on=KEYS, how="semi").collect()
        if again.height:
            self._replace("revisions", again, empty("revisions"))
        for table in DEPENDENT:
            self._replace(table, again, fresh[table])
        self._replace("revisions", again.clear(), fresh["revisions"])
        return fresh["revisions"]

    def _replace(self, table: str, gone: pl.DataFrame, fresh: pl.DataFrame) -> None:
        """Add `fresh`, and remove the rows of the revisions in `gone`."""
        if gone.height:
            stored = self._lake.scan(table, self._category)
            before = stored.select(pl.len()).collect().item()
            kept = stored.join(gone.lazy(), on=KEYS, how="anti").collect()
            if kept.height < before:
                rows = pl.concat([kept, fresh])
                self._lake.replace(table, rows, self._provenance, self._category)
                return
        if fresh.height:
            self._lake.append(table, fresh, self._provenance, self._category)
