"""The rows of one revision while it is read, with its contents spilled to disk when large.

Belongs here: turning items into frames of the lake's tables, and the accounting. Does not belong
here: writing them (`store.py`).
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from pathlib import Path
from tempfile import mkstemp
from typing import Any

import polars as pl

from corpus_assets.collect.items import RULES_VERSION, Fact, File, Item, Rejected, Stated
from corpus_assets.collect.targets import Reading, Target
from corpus_assets.parse.neighbors import settled
from corpus_assets.policy.project import AnySource
from corpus_assets.tables import TABLES, empty

KEYS = ("source", "origin", "revision")
SPILL_BYTES = 64 * 1024 * 1024
_FRAME_ROWS = 20_000
_STREAMED = ("occurrences", "quarantine", "forge_licenses", "forge_facts")


class RevisionRows:
    """Collects the items of one target; nothing reaches the lake before `finish`."""

    def __init__(self, source: AnySource, target: Target, spool: Path):
        self._head = {"source_category": source.category, "source": source.name}
        self._source, self._target, self._spool = source, target, spool
        self._place = (target.origin, target.revision)
        self._paths: set[tuple[tuple[str, str], str]] = set()
        self._quarantined: Counter[tuple[tuple[str, str], str, str]] = Counter()
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _STREAMED}
        self._frames: dict[str, list[pl.DataFrame]] = {name: [] for name in _STREAMED}
        self._stated: set[tuple[tuple[str, str], Stated]] = set()  # of whole revisions
        self._facts: set[tuple[tuple[str, str], Fact]] = set()
        self._contents: list[dict[str, Any]] = []
        self._ids: set[str] = set()
        self.held_bytes = 0  # of contents in memory
        self._spilled: list[Path] = []
        self._n_items: Counter[tuple[str, str]] = Counter({self._place: 0})
        self.n_bytes = 0

    @property
    def n_files(self) -> int:
        """Items seen so far."""
        return self._n_items.total()

    def add(self, item: Item) -> None:
        """Take one item. A path that was there already becomes a rejection: nothing is lost."""
        if isinstance(item, File):
            place = item.place or self._place
            if (place, item.path) in self._paths:
                twice = Rejected(item.path, "duplicate_member", "the path occurs twice; first kept")
                self._reject(twice, place)
            elif item.is_link and item.content_id not in self._ids:
                detail = "points to a file of the snapshot that was left out"
                self._reject(Rejected(item.path, "link_dangling", detail), place)
            else:
                self._paths.add((place, item.path))
                self._keep(item, place)
            self._n_items[place] += 1
        else:
            self._reject(item, self._place)
            self._n_items[self._place] += 1

    def _keep(self, file: File, place: tuple[str, str]) -> None:
        self._add("occurrences", place, {
            "path": file.path, "content_id": file.content_id, "language": file.language,
            "language_name": file.language_name, "language_basis": file.language_basis,
            "language_candidates": file.language_candidates, "size_bytes": file.size,
        })  # fmt: skip
        self._state(file, place)
        self.n_bytes += file.size
        if file.content_id in self._ids:
            return
        self._ids.add(file.content_id)
        self._contents.append({
            "content_id": file.content_id, "language": file.language, "sha256": file.sha256,
            "size_bytes": file.size, "encoding": file.encoding, "data": file.data,
        })  # fmt: skip
        self.held_bytes += len(file.data or b"")
        if self.held_bytes >= SPILL_BYTES:
            self.spill()

    def _state(self, file: File, place: tuple[str, str]) -> None:
        """Keep what is stated of the file's license and its revision; of a whole revision once."""
        for stated in dict.fromkeys(file.stated):
            if stated.of_revision and (place, stated) in self._stated:
                continue
            if stated.of_revision:
                self._stated.add((place, stated))
            path = "" if stated.of_revision else file.path
            row = {"path": path, "field": stated.field, "words": stated.words}
            self._add("forge_licenses", place, row)

        for fact in file.facts:
            if (place, fact) not in self._facts:
                self._facts.add((place, fact))
                self._add("forge_facts", place, fact._asdict())

    def _reject(self, item: Rejected, place: tuple[str, str]) -> None:
        self._quarantined[place, item.path, item.reason] += 1
        times = self._quarantined[place, item.path, item.reason]
        # The key is path and reason: the second of its kind carries a number.
        path = item.path if times == 1 else f"{item.path}#{times}"
        self._add("quarantine", place, {
            "path": path, "reason": item.reason, "detail": item.detail,
            "rule_version": RULES_VERSION,
        })  # fmt: skip

    def _add(self, table: str, place: tuple[str, str], row: dict[str, Any]) -> None:
        rows = self._rows[table]
        rows.append(self._head | {"origin": place[0], "revision": place[1]} | row)
        if len(rows) >= _FRAME_ROWS:
            self._frames[table].append(_frame(table, rows))
            rows.clear()

    def spill(self) -> None:
        """Move the contents held in memory to a file."""
        if not self._contents:
            return
        handle, name = mkstemp(dir=self._spool, suffix=".parquet")
        os.close(handle)
        _frame("contents", self._contents).write_parquet(name, compression="lz4")
        self._spilled.append(Path(name))
        self._contents, self.held_bytes = [], 0

    def contents(self) -> list[pl.LazyFrame]:
        """The distinct contents in order of appearance, those on disk unread."""
        held = _frame("contents", self._contents).lazy()
        return [*(pl.scan_parquet(path) for path in self._spilled), held]

    def drop(self) -> None:
        """Forget everything: the revision was rejected or failed."""
        for path in self._spilled:
            path.unlink(missing_ok=True)

    def finish(self, reading: Reading) -> dict[str, pl.DataFrame]:
        """Frames of all tables but contents.

        Raises RuntimeError when files seen are not occurrences plus quarantined ones.
        """
        frames = {
            table: pl.concat([*self._frames[table], _frame(table, rows)])
            for table, rows in self._rows.items()
        }
        frames["occurrences"] = settled(frames["occurrences"])
        head = self._head | {"origin": self._place[0], "revision": self._place[1]}
        for table in ("agreements", "tasks", "submissions"):
            frames[table] = _frame(table, [head | row for row in getattr(reading, table)])
        configured = [
            self._head | {"origin": origin, "revision": revision, "document_sha256": None}
            | agreement.model_dump()
            for origin, revision in sorted(self._n_items)
            for agreement in self._source.agreements
        ]  # fmt: skip
        frames["agreements"] = pl.concat([frames["agreements"], _frame("agreements", configured)])
        frames["revisions"] = self._revisions(frames, reading)
        return frames

    def _revisions(self, frames: dict[str, pl.DataFrame], reading: Reading) -> pl.DataFrame:
        found: dict[tuple[str, str], dict[str, Any]] = {
            place: {"n_occurrences": 0, "n_bytes": 0, "files_digest": hashlib.sha256().hexdigest()}
            for place in self._n_items
        }
        ordered = frames["occurrences"].sort("origin", "revision", "path")
        for (origin, revision), part in ordered.group_by("origin", "revision"):
            listing = part.sort("path").select("path", "content_id").write_csv()
            found[str(origin), str(revision)] = {
                "n_occurrences": part.height,
                "n_bytes": int(part["size_bytes"].sum()),
                "files_digest": hashlib.sha256(listing.encode()).hexdigest(),
            }
        set_aside = Counter(frames["quarantine"].select("origin", "revision").iter_rows())
        rows = []
        for place, facts in sorted(found.items()):
            n_files, n_quarantined = self._n_items[place], set_aside[place]
            if n_files != facts["n_occurrences"] + n_quarantined:
                raise RuntimeError(
                    f"{place}: {n_files} files seen, but {facts['n_occurrences']} occurrences and "
                    f"{n_quarantined} quarantined; this is a defect of the connector"
                )
            rows.append(self._head | {
                "origin": place[0], "revision": place[1], "connector": self._source.connector,
                "revision_date": reading.date, "n_files": n_files,
                "n_quarantined": n_quarantined, "n_bytes": facts["n_bytes"],
                "files_digest": facts["files_digest"],
                "settings_digest": self._target.settings_digest,
            })  # fmt: skip
        return _frame("revisions", rows)


def _frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    if not rows:
        return empty(table)
    return pl.DataFrame(rows, schema=TABLES[table].schema, orient="row")
