"""`corpus trace` and `corpus explain`: one row, from where it was found to where it is served."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus_assets.cli import output
from corpus_assets.workspace import open_workspace

_PLACE = ("source_category", "origin", "revision", "path")
_CLAIM = ("kind", "license_expression", "evidence_path", "start_line", "rule_id", "score")
_VERDICT = ("stage", "gate", "passed", "value", "threshold", "rule_version")
_COMMIT = ("table", "partition", "delta_version", "rows", "run_id", "code_version")
_CELL = 60
_RELEASED = ("mix", "version", "is_current")


def trace(identifier: str, *, json: bool) -> None:
    """Print everything that led to a content being where it is."""
    from corpus_assets.audit.identify import NotFoundError
    from corpus_assets.audit.trace import trace as run

    workspace = open_workspace()
    try:
        found = run(workspace.lake, workspace.published, identifier)
    except NotFoundError as error:
        output.fail(str(error))
    if json:
        output.as_json(found)
        return
    document = found["document"] or {}
    output.out.print(f"[bold]{found['content_id']}[/bold] ({document.get('language', 'unknown')})")
    output.out.print()
    _section("Occurrences", _PLACE, found["occurrences"])
    _section("License claims", _CLAIM, found["license_claims"])
    concluded = ("origin", "license_state", "license_concluded", "license_class", "reason")
    _section("License conclusions", concluded, found["license_conclusions"])
    cluster = found["duplicate_cluster"]
    if cluster:
        names = ("cluster_id", "cluster_size", "is_kept", "kept_content_id", "reason")
        _section("Duplicate cluster", names, [cluster])
    _section("Verdicts", _VERDICT, found["ledger"])
    _section("Releases", _RELEASED, found["releases"])
    partitions = {
        "",
        document.get("language"),
        *(row["stage"] for row in found["training_mix"]),
        *(row["source_category"] for row in found["occurrences"]),
    }
    commits = [row for row in found["made_by"] if row["partition"] in partitions]
    _section("Made by", _COMMIT, commits)


def explain(identifier: str, *, json: bool) -> None:
    """Print whether a document is in the corpus, for which stages, and why."""
    from corpus_assets.audit.explain import explain as run
    from corpus_assets.audit.identify import NotFoundError

    workspace = open_workspace()
    try:
        found = run(workspace.lake, identifier)
    except NotFoundError as error:
        output.fail(str(error))
    if json:
        output.as_json(found)
        return
    outcome = found["outcome"].replace("_", " ")
    output.out.print(f"{found['path'] or identifier}: {outcome}", markup=False)
    for sentence in found["sentences"]:
        output.out.print(f"  {sentence}", markup=False)
    if found["comparison"]:
        _compared(found["comparison"])


def _compared(found: dict[str, Any]) -> None:
    """The removed document against the kept one."""
    for side, prefix in (("removed", ""), ("kept", "kept_")):
        licenses = ", ".join(found[f"{prefix}license"]) or "nothing concluded"
        output.out.print(f"  {side}: {found[f'{prefix}path']}: {licenses}", markup=False)
    if found["shared_start_line"] is not None:
        output.out.print(
            f"  longest shared run: lines {found['shared_start_line']}-{found['shared_end_line']}, "
            f"in the kept one {found['kept_start_line']}-{found['kept_end_line']}"
        )
    if found["diff"] and found["equal_lines_before"]:
        output.out.print(f"  the first {found['equal_lines_before']:,} lines are equal")
    for line in found["diff"]:
        output.out.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
    if found["diff_is_cut"]:
        output.out.print("  … more differs than is shown")


def _section(title: str, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        output.table(title, columns, [[_short(row.get(name)) for name in columns] for row in rows])


def _short(value: Any) -> Any:
    """Long texts cut for the screen; --json has them whole."""
    if isinstance(value, str) and len(value) > _CELL:
        return value[: _CELL - 1] + "…"
    return value
