"""`corpus gates list`: the funnel in order."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from corpus_assets.cli import output
from corpus_assets.languages import SLUGS
from corpus_assets.policy.filters import FilterPolicy, load_filter_policy
from corpus_assets.policy.strict import digest
from corpus_assets.workspace import open_workspace

_LONGEST = 160  # characters of limits on the screen; --json has them whole


def list_gates(path: Path | None, language: str | None, *, json: bool) -> None:
    """Print the gates of a policy file, or of the project's policy."""
    from corpus_assets.curate.funnel import funnel

    if language is not None:
        check_language(language)
    workspace = open_workspace()
    policy = workspace.filters if path is None else load_filter_policy(path)
    rows = funnel(policy, workspace.licenses, workspace.mix, language)
    if json:
        output.as_json({"policy": described(policy), "language": language, "gates": rows})
    else:
        _show(policy, language, rows)


def described(policy: FilterPolicy) -> dict[str, str]:
    """How a filter policy is told from others."""
    return {"version": policy.version, "digest": digest(policy)[:12]}


def check_language(name: str) -> None:
    """End the command if there is no such language."""
    if name not in SLUGS:
        close = get_close_matches(name, SLUGS, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(SLUGS)}"
        output.fail(f"unknown language {name!r}; {hint}", code=2)


def _show(policy: FilterPolicy, language: str | None, rows: list[dict[str, Any]]) -> None:
    known = described(policy)
    whose = "every language" if language is None else language
    output.out.print(
        f"filter policy {known['version']} ({known['digest']}), gates of {whose}\n", markup=False
    )
    shown: list[tuple[Any, ...]] = []
    for row in rows:
        if not row["judges"] and language is not None:
            continue
        stages = ", ".join(row["stages"])
        limits = row["limits"]
        if len(limits) > _LONGEST and row["set_by"] != "filter policy":
            limits = limits[: _LONGEST - 1] + "…"
        shown.append((row["order"], row["gate"], stages, limits, row["languages"], row["source"]))
        for other in row["overrides"]:
            shown.append(("", "", "", other["limits"], ", ".join(other["languages"]), ""))
    output.table("gates", ("#", "gate", "stages", "limits", "languages", "source"), shown)
    idle = [row["gate"] for row in rows if not row["judges"]]
    if language is not None and idle:
        output.out.print(f"not judged for {language}: {', '.join(idle)}", markup=False)
