"""Collecting a category: what is new is fetched and stored, what is bad is set aside.

Belongs here: the order of work over sources and revisions, failures, progress. Does not belong
here: fetching (`connectors`) and writing (`store`).
"""

from __future__ import annotations

import errno
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from deltalake.exceptions import DeltaError
from polars.exceptions import PolarsError

from corpus_assets.collect.connectors import resolve
from corpus_assets.collect.exercises import exercise_watcher
from corpus_assets.collect.items import CollectError, Corrupt, File, Rejected
from corpus_assets.collect.locks import lock_folder, only_collection
from corpus_assets.collect.rows import RevisionRows
from corpus_assets.collect.store import Store
from corpus_assets.collect.targets import Context, Failed, Reading, Target
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.policy.project import AnySource, Project

_DOWNLOADS = 4
TROUBLE = (CollectError, OSError, DeltaError, PolarsError)


@dataclass(frozen=True)
class Progress:
    """How far the collection of one source is: revisions done of total, files and bytes so far."""

    category: str
    source: str
    origin: str
    done: int
    total: int
    files: int
    bytes: int


@dataclass(frozen=True)
class Failure:
    """A revision or source that could not be collected, and what to do about it."""

    source: str
    origin: str
    message: str
    optional: bool


@dataclass
class Collected:
    """What a collection did; counts of revisions, files and bytes are of this run alone."""

    category: str
    collected: int = 0
    unchanged: int = 0
    files: int = 0
    bytes: int = 0
    quarantined: int = 0
    repaired: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Failures that are no mere warnings."""
        return sum(not failure.optional for failure in self.failures)

    def count(self, revisions: pl.DataFrame) -> None:
        """Add what was written, as rows of table revisions."""
        self.collected += revisions.height
        self.files += int(revisions["n_files"].sum())
        self.bytes += int(revisions["n_bytes"].sum())
        self.quarantined += int(revisions["n_quarantined"].sum())


def collect(
    project: Project,
    category: str,
    lake: Lake,
    provenance: Provenance,
    progress: Callable[[Progress], None],
    state: Path,
) -> Collected:
    """Bring the lake's tables of the category up to date with the project's sources.

    Writes occurrences, contents, quarantine, agreements, forge_licenses, forge_facts, tasks,
    submissions and revisions. A revision that is stored under the same settings is left alone.
    Failures are returned, not raised, and hold up no other source. Raises CollectError when another
    collection is running.
    """
    outcome = Collected(category)
    locks = lock_folder(lake, state)
    with only_collection(locks, category), _spool(state, category) as spool:
        store = Store(lake, category, provenance, locks)
        outcome.repaired = store.repair()
        for source in project.of_category(category):
            _collect_source(project, source, store, progress, state, spool, outcome)
        try:
            outcome.count(store.flush())
        except TROUBLE as error:
            outcome.failures.append(Failure("", lake.root, explain(error), optional=False))
    return outcome


@contextmanager
def _spool(state: Path, category: str) -> Iterator[Path]:
    folder = state / "spool" / category
    shutil.rmtree(folder, ignore_errors=True)  # leavings of a killed run: the lock is ours
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _collect_source(
    project: Project,
    source: AnySource,
    store: Store,
    progress: Callable[[Progress], None],
    state: Path,
    spool: Path,
    outcome: Collected,
) -> None:
    def fail(origin: str, message: str) -> None:
        outcome.failures.append(Failure(source.name, origin, message, source.optional))

    context = Context(project, state, store.collected(source.name))
    try:
        found = list(resolve(source, context))
    except TROUBLE as error:
        fail("", explain(error))
        return
    for item in found:
        if isinstance(item, Failed):
            fail(item.origin, item.message)
    targets = {(item.origin, item.revision): item for item in found if isinstance(item, Target)}
    todo = [
        target for place, target in targets.items()
        if context.collected.get(place) != target.settings_digest
    ]  # fmt: skip
    outcome.unchanged += len(targets) - len(todo)
    files = size = 0
    with ThreadPoolExecutor(_DOWNLOADS) as pool:
        for done, (target, fetched) in enumerate(_fetched(todo, pool)):
            progress(Progress(source.category, source.name, target.origin, done, len(todo),
                              files, size))  # fmt: skip
            try:
                fetched.result()
                rows, frames = _read(source, target, spool)
                files, size = files + rows.n_files, size + rows.n_bytes
                outcome.count(store.add(rows, frames))
            except TROUBLE as error:
                fail(target.origin, explain(error))
    progress(Progress(source.category, source.name, "", len(todo), len(todo), files, size))


def _fetched(
    targets: list[Target], pool: ThreadPoolExecutor
) -> Iterator[tuple[Target, Future[None]]]:
    """The targets in order, each with its download, a few of which run ahead."""
    ahead: deque[tuple[Target, Future[None]]] = deque()
    for target in targets:
        ahead.append((target, pool.submit(target.fetch)))
        if len(ahead) > _DOWNLOADS:
            yield ahead.popleft()
    yield from ahead


def _read(
    source: AnySource, target: Target, spool: Path
) -> tuple[RevisionRows, dict[str, pl.DataFrame]]:
    rows, reading = RevisionRows(source, target, spool), Reading()
    see, exercises = exercise_watcher()
    try:
        for item in target.read(reading):
            rows.add(item)
            if source.category == "educational" and isinstance(item, File):
                see(item)
        tasks, submissions = exercises()
        reading.tasks += tasks
        reading.submissions += submissions
    except Corrupt as error:
        # No half revisions: the whole of it is one rejected item, with the empty path.
        rows.drop()
        rows, reading = RevisionRows(source, target, spool), Reading()
        rows.add(Rejected("", error.reason, str(error)))
    except TROUBLE:
        rows.drop()
        raise
    return rows, rows.finish(reading)


def explain(error: Exception) -> str:
    """The error in words, with what to do where the machine is at fault."""
    text = str(error) or type(error).__name__
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if full or "No space left on device" in text:
        return (
            f"no space left on the disk ({text}); free some, or move the lake and the state "
            "folder, and run again: what was stored before is untouched"
        )
    if isinstance(error, CollectError):
        return text
    return f"{text}; mend this and run again: what was stored before is untouched"
