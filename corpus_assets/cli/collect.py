"""`corpus collect`: materialize the collecting assets, with a bar per source category."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus_assets.cli import output
from corpus_assets.workspace import open_workspace

_COUNTS = (
    "collected_revisions",
    "unchanged_revisions",
    "failed_revisions",
    "files",
    "bytes",
    "quarantined",
)


def collect(categories: Sequence[str], *, json: bool) -> None:
    """Collect the categories one after another; exit code 1 if a required source failed."""
    from corpus_assets.defs import runs
    from corpus_assets.defs.progress import Event, listening

    _ = open_workspace().project  # a broken project file is reported before any run starts
    outcomes = {}
    with output.bars() as bars:
        for category in categories:
            bar = bars.add_task(f"collect {category:<12}", total=None, label="")

            def show(event: Event, bar: Any = bar) -> None:
                bars.update(bar, total=event.total, completed=event.done, label=event.label)

            with listening(show):
                outcomes[category] = outcome = runs.collect(category)
            bars.update(bar, label="" if outcome.succeeded else "failed")
            bars.stop_task(bar)
    report = {
        category: {name: found.get(name, 0) for name in _COUNTS}
        for category, outcome in outcomes.items()
        for found in [outcome.metadata.get(f"{category}/collection", {})]
    }
    if json:
        output.as_json(report)
    else:
        names = [name.replace("_revisions", "") for name in _COUNTS]
        rows = [[category, *counts.values()] for category, counts in report.items()]
        output.table("Collected revisions of origins", ["source category", *names], rows)
        if not any(counts["collected_revisions"] for counts in report.values()):
            output.out.print("Nothing new: every configured revision is in the lake already.\n")
    for category, outcome in outcomes.items():
        found = outcome.metadata.get(f"{category}/collection", {})
        for warning in found.get("optional_failures", []):
            output.err.print(f"optional source left out: {warning}", style="yellow", markup=False)
    errors = [
        text for outcome in outcomes.values() for text in (*outcome.errors, *outcome.warnings)
    ]
    if errors:
        output.fail("\n".join(errors) + "\nWhat was collected stays; run it again when mended.")


def prune(categories: Sequence[str], *, apply: bool, json: bool) -> None:
    """List the revisions that are no longer configured, and remove them if told to."""
    from corpus_assets.collect.prune import prune as prune_category
    from corpus_assets.lake_versions import Provenance
    from corpus_assets.policy.strict import digest

    workspace = open_workspace()
    project = workspace.project
    origin = Provenance("prune", "corpus collect --prune", "", digest(project))
    removed = {
        category: prune_category(
            project, workspace.lake, category, origin, state=workspace.state, apply=apply
        )
        for category in categories
    }
    if json:
        output.as_json(
            {"applied": apply, "revisions": {k: v.to_dicts() for k, v in removed.items()}}
        )
        return
    rows = [
        (category, *row)
        for category, frame in removed.items()
        for row in frame.select("source", "origin", "revision", "n_files").iter_rows()
    ]
    title = "Removed" if apply else "No longer configured (add --apply to remove them)"
    output.table(title, ["source category", "source", "origin", "revision", "files"], rows)
