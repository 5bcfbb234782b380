"""`corpus gates preview`: what another filter policy would let through, from stored evidence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.cli import output
from corpus_assets.cli.gates.diff import show as show_changes
from corpus_assets.cli.gates.listing import check_language, described
from corpus_assets.lake import Lake
from corpus_assets.policy.filters import load_filter_policy
from corpus_assets.policy.gate_changes import gate_changes
from corpus_assets.workspace import open_workspace

_SHOWN = 40  # rows of a table on the screen; --json has all
_SIDES = {"outside": "fails the limit", "inside": "passes it"}


def preview(change: Path, languages: list[str], examples: int, *, json: bool) -> None:
    """Print what the policy in `change` would gain and lose, why, and documents near its limits."""
    from corpus_assets.curate import preview as judging
    from corpus_assets.curate.borderline import SAMPLES, borderline, with_excerpts

    workspace = open_workspace()
    policies = judging.Policies(
        workspace.filters, load_filter_policy(change), workspace.licenses, workspace.mix
    )
    chosen = _judged_languages(workspace.lake, languages)
    tables = {name: workspace.lake.scan(name) for name in judging.INPUTS}
    parts, samples = [], [pl.DataFrame(schema=SAMPLES)]
    silent: dict[str, list[str]] = {}
    for language in chosen:
        try:
            known = judging.stored_facts(judging.language_tables(tables, language), policies)
        except ValueError as error:
            output.fail(f"{language}: {error}")
        found = judging.outcomes(known, policies)
        parts.append(judging.sums(found, policies))
        samples.append(borderline(known, found, policies, examples))
        for column in judging.unmeasured(known, policies, language):
            silent.setdefault(column, []).append(language)
    rows = pl.concat(parts)
    shown = with_excerpts(_nearest(pl.concat(samples), examples), tables["documents"],
                          tables["secrets"])  # fmt: skip
    changes = gate_changes(policies.current, policies.changed)
    told: dict[str, Any] = {
        "current": described(policies.current),
        "changed": described(policies.changed),
        "languages": chosen,
        "differences": [item._asdict() for item in changes],
        "not_previewed": judging.unjudged(policies, silent),
        "totals": judging.totals(rows).to_dicts(),
        "by_language": judging.totals(rows, "language").to_dicts(),
        "by_source": judging.totals(rows, "source_category", "source").to_dicts(),
        "changes": rows.filter(pl.col("change").is_in(["gained", "lost", "moved"]))
        .sort("n_documents", descending=True, maintain_order=True).to_dicts(),
        "examples": shown.to_dicts(),
    }  # fmt: skip
    if json:
        output.as_json(told)
        return
    one, other = told["current"], told["changed"]
    output.out.print(
        f"from filter policy {one['version']} ({one['digest']})\n"
        f"to   filter policy {other['version']} ({other['digest']})\n",
        markup=False,
    )
    show_changes(changes)
    _show(told)


def _judged_languages(lake: Lake, wanted: list[str]) -> list[str]:
    """The wanted languages, or all that have a ledger: their evidence is complete."""
    there = sorted(lake.versions("ledger"))
    if not there:
        output.fail(f"no ledger in {lake.root} yet; run `corpus build --assets ledger` first")
    for language in wanted:
        check_language(language)
        if language not in there:
            output.fail(f"no ledger of language {language!r}; there are {', '.join(there)}")
    return sorted(set(wanted)) or there


def _nearest(samples: pl.DataFrame, count: int) -> pl.DataFrame:
    """Up to `count` documents on each side of every limit, over all languages."""
    limit = ["gate", "column", "limit_before", "limit_after", "side"]
    return samples.sort("distance", "content_id", maintain_order=True).filter(
        pl.int_range(pl.len()).over(limit) < count
    ).sort(*limit[:-1], pl.col("side") == "inside", maintain_order=True)  # fmt: skip


def _show(told: Mapping[str, Any]) -> None:
    for words in told["not_previewed"]:
        output.out.print(f"not previewed: {words}", markup=False, style="yellow")
    counts = [f"{what}_{name}" for what in ("documents", "tokens")
              for name in ("before", "gained", "lost", "after")]  # fmt: skip
    titles = [name.replace("documents_", "").replace("_", " ") for name in counts]
    for title, key, names in (
        ("what passes", "totals", ("stage",)),
        ("by language", "by_language", ("stage", "language")),
        ("by source", "by_source", ("stage", "source_category", "source")),
    ):
        found = [row for row in told[key] if key == "totals" or row["documents_gained"]
                 or row["documents_lost"]]  # fmt: skip
        _table(title, (*names, *titles), [[row[name] for name in (*names, *counts)] for row in
                                          found])  # fmt: skip
    decided = [row for row in told["changes"] if row["change"] != "moved"]
    _table(
        "which gates decide",
        ("change", "stage", "gate", "language", "category", "source", "documents", "tokens"),
        [[row["change"], row["stage"], row["gate_after"] or row["gate_before"], row["language"],
          row["source_category"], row["source"], row["n_documents"], row["n_tokens"]]
         for row in decided],
    )  # fmt: skip
    moved = sum(row["n_documents"] for row in told["changes"]
                if row["change"] == "moved" and row["stage"] == "all")  # fmt: skip
    if moved:
        output.out.print(f"{moved:,} documents are out either way, but by another gate first\n")
    for row in told["examples"]:
        _show_example(row)
    if not decided:
        output.out.print("no document changes sides")


def _table(title: str, names: tuple[str, ...], rows: list[list[Any]]) -> None:
    if rows:
        output.table(title, names, rows[:_SHOWN])
    if len(rows) > _SHOWN:
        output.out.print(f"and {len(rows) - _SHOWN:,} more rows; --json lists all\n")


def _show_example(row: Mapping[str, Any]) -> None:
    limits = f"{row['limit_before'] or 'no limit'} -> {row['limit_after'] or 'no limit'}"
    decided = [
        f"{what} for {', '.join(row[f'{what}_for'])}"
        for what in ("gained", "lost")
        if row[f"{what}_for"]
    ]
    output.out.print(
        f"{row['gate']} ({limits}): {row['path']} ({row['source']}) has {row['column']} "
        f"{row['value']}, {_SIDES[row['side']]}: {'; '.join(decided) or 'no change'}",
        style="bold",
        markup=False,
    )
    for line in row["excerpt"]:
        output.out.print(f"  | {line}", markup=False)
