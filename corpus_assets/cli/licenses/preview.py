"""`corpus licenses policy preview`: what another policy would change, from the lake's claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.cli import output
from corpus_assets.cli.licenses.explain import described
from corpus_assets.cli.licenses.languages import chosen_languages
from corpus_assets.policy.licenses import LicensePolicy, load_license_policy
from corpus_assets.workspace import Workspace, open_workspace

_SAMPLE_COLUMNS = (
    "aspect", "before", "after", "origin", "revision", "path", "license_concluded_before",
    "license_concluded_after", "license_elected_before", "license_elected_after", "reason_before",
    "reason_after", "claims_before", "claims_after",
)  # fmt: skip


def preview(
    change: Path | None, profile: str | None, languages: list[str], samples: int, *, json: bool
) -> None:
    """Print what would change: sums by source category and language, and samples."""
    from corpus_assets.licensing.preview import change_samples, change_sums, policy_changes

    workspace = open_workspace()
    current = workspace.licenses
    changed = _changed(workspace, change, profile)
    lake, n_files = workspace.lake, 0
    parts, sampled = [], []
    for language in chosen_languages(lake, languages):
        conclusions = lake.read("license_conclusions", language)
        claims = lake.read("license_claims", language)
        tokens = lake.scan("quality_signals", language).select("content_id", "n_tokens").collect()
        found = policy_changes(conclusions, claims, tokens, current, changed)
        n_files += conclusions.height
        parts.append(change_sums(found))
        sampled.append(change_samples(found, claims, samples))
    told: dict[str, Any] = {
        "current": described(current),
        "changed": described(changed),
        "files": n_files,
        "changes": pl.concat(parts).to_dicts(),
        "samples": _first(pl.concat(sampled), samples).to_dicts(),
    }
    if json:
        output.as_json(told)
    else:
        _show(told)


def _changed(workspace: Workspace, change: Path | None, profile: str | None) -> LicensePolicy:
    """The policy to try out: another file, another profile of the project's policy, or both."""
    if change is None:
        assert profile is not None
        return workspace.licenses.with_profile(profile)
    return load_license_policy(change, profile or workspace.project.policy.license_profile)


def _first(samples: pl.DataFrame, count: int) -> pl.DataFrame:
    """Up to `count` samples of each kind of change over all languages."""
    keys = ["aspect", "before", "after"]
    return samples.filter(pl.int_range(pl.len()).over(keys) < count).select(_SAMPLE_COLUMNS)


def _show(told: dict[str, Any]) -> None:
    one, other = told["current"], told["changed"]
    output.out.print(
        f"from policy {one['version']} ({one['digest']}), profile {one['profile']}\n"
        f"to   policy {other['version']} ({other['digest']}), profile {other['profile']}\n"
        f"{told['files']:,} files looked at (duplicates can make a license stricter later)\n",
        markup=False,
    )
    if not told["changes"]:
        output.out.print("nothing changes")
        return
    keys = ("aspect", "before", "after", "source_category", "language", "files", "tokens")
    rows = [tuple(row[key] for key in keys) for row in told["changes"]]
    output.table("what would change", keys, rows)
    for row in told["samples"]:
        output.out.print(
            f"{row['aspect']}: {row['before']} -> {row['after']}: {row['origin']} {row['path']}",
            style="bold",
            markup=False,
        )
        for side in ("before", "after"):
            terms = row[f"license_elected_{side}"] or row[f"license_concluded_{side}"] or "nothing"
            output.out.print(f"  {side:<6} {terms}: {row[f'reason_{side}']}", markup=False)
            for claim in row[f"claims_{side}"]:
                output.out.print(f"         {claim}", markup=False)
