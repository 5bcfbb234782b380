"""`corpus build`: plan what is stale and run it through Dagster, languages side by side."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Any

from corpus_assets.cli import output
from corpus_assets.languages import SLUGS
from corpus_assets.workspace import open_workspace

if TYPE_CHECKING:
    from corpus_assets.defs.planning import Wave
    from corpus_assets.defs.runs import Outcome

_events: Any = None


def build(
    languages: Sequence[str], assets: Sequence[str], workers: int, *, dry_run: bool, json: bool
) -> None:
    """Bring the selected assets and partitions up to date; exit code 1 if a run failed."""
    from corpus_assets.cli.licenses.diff import changed_since, newest, show
    from corpus_assets.defs.planning import plan
    from corpus_assets.defs.registry import STEPS

    _check_names("language", languages, SLUGS)
    tables = ["releases" if name == "release" else name for name in assets]
    _check_names("asset", tables, [step.table for step in STEPS])
    workspace = open_workspace()
    if not workspace.lake.exists("revisions"):
        output.fail("nothing has been collected yet: run `corpus collect` first")
    if languages and not assets:
        tables = [step.table for step in STEPS if step.partition_column == "language"]
    waves = plan(workspace, STEPS, languages, tables)
    if dry_run or not waves:
        _print_plan(waves, json=json, dry_run=dry_run)
        return
    failures: list[str] = []
    done = 0
    concluded = newest(workspace.lake)
    for wave, outcomes in _run(waves, workers):
        done += len(outcomes)
        for run, outcome in outcomes:
            place = f" [{run.partition}]" if run.partition else ""
            failures += [f"{message}{place} (run {outcome.run_id})" for message in outcome.errors]
        if failures:
            output.err.print(f"stopped after phase {wave.name}", style="red")
            break
    changes = changed_since(workspace.lake, concluded)
    if json:
        changed = changes.to_dicts()
        output.as_json({"runs": done, "failures": failures, "license_changes": changed})
    elif changes.height:
        show(changes, "the licenses concluded before", "now")
    if failures:
        output.fail("\n".join(failures) + "\nThe lake keeps what was finished; run it again.")


def _check_names(kind: str, names: Sequence[str], known: Sequence[str]) -> None:
    unknown = sorted(set(names) - set(known))
    if unknown:
        output.fail(f"no such {kind}: {', '.join(unknown)}; there are {', '.join(known)}", code=2)


def _print_plan(waves: Sequence[Wave], *, json: bool, dry_run: bool) -> None:
    if json:
        runs = [run._asdict() | {"phase": wave.name} for wave in waves for run in wave.runs]
        output.as_json({"runs": runs if dry_run else 0, "failures": []})
    elif not waves:
        output.out.print("Nothing changed: every asset is up to date.\n")
    else:
        rows = [
            (wave.name, run.partition or "-", ", ".join(run.tables))
            for wave in waves
            for run in wave.runs
        ]
        output.table("Would be built", ["phase", "partition", "assets"], rows)


def _run(waves: Sequence[Wave], workers: int) -> Iterator[tuple[Wave, list[tuple[Any, Outcome]]]]:
    """Run the waves in order; language partitions share `workers` processes."""
    from corpus_assets.defs import runs
    from corpus_assets.defs.progress import listening

    # Spawned, not forked: Polars threads do not survive a fork.
    context = get_context("spawn")
    queue = context.SimpleQueue()
    with output.bars() as bars, _pool(workers, context, queue) as pool:
        for wave in waves:
            total = sum(len(run.tables) for run in wave.runs)
            bar = bars.add_task(f"build {wave.name[:40]:<14}", total=total, label="")

            def show(event: Any, bar: Any = bar) -> None:
                label = f"{event.step} {event.partition}".strip()
                bars.update(bar, advance=event.done, label=label)

            if len(wave.runs) == 1:
                with listening(show):
                    outcomes = [(r, runs.materialize(r.tables, r.partition)) for r in wave.runs]
            else:
                futures = {pool.submit(_work, r.tables, r.partition): r for r in wave.runs}
                with _draining(queue, show):
                    outcomes = [(futures[item], item.result()) for item in as_completed(futures)]
            bars.update(bar, label="")
            bars.stop_task(bar)
            yield wave, outcomes


def _pool(workers: int, context: Any, queue: Any) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=context, initializer=_start_worker, initargs=(queue,)
    )


def _start_worker(queue: Any) -> None:
    global _events  # a worker's only state: where it reports to
    _events = queue
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when the command was killed; a commit it has not made is not there."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(tables: tuple[str, ...], partition: str | None) -> Outcome:
    from corpus_assets.defs import runs
    from corpus_assets.defs.progress import listening

    with listening(_events.put):
        return runs.materialize(tables, partition)


@contextmanager
def _draining(queue: Any, show: Any) -> Iterator[None]:
    """Show the workers' events while the block runs."""

    def drain() -> None:
        while (event := queue.get()) is not None:
            show(event)

    thread = threading.Thread(target=drain, daemon=True)
    thread.start()
    try:
        yield
    finally:
        queue.put(None)
        thread.join()
