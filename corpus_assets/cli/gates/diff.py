"""`corpus gates diff`: how two policy files differ."""

from __future__ import annotations

from pathlib import Path

from corpus_assets.cli import output
from corpus_assets.cli.gates.listing import described
from corpus_assets.policy.filters import load_filter_policy
from corpus_assets.policy.gate_changes import Change, gate_changes


def diff(before: Path, after: Path, *, json: bool) -> None:
    """Print every difference, gates first."""
    one, other = load_filter_policy(before), load_filter_policy(after)
    changes = gate_changes(one, other)
    if json:
        output.as_json(
            {
                "before": described(one),
                "after": described(other),
                "changes": [change._asdict() for change in changes],
            }
        )
    else:
        show(changes)


def show(changes: list[Change]) -> None:
    """Print changes as a table."""
    if not changes:
        output.out.print("nothing differs")
        return
    rows = [
        (change.what, change.place, change.before, change.after, ", ".join(change.languages))
        for change in changes
    ]
    output.table("differences", ("what", "where", "before", "after", "languages"), rows)
