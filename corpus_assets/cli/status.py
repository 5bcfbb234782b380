"""`corpus status`: what the lake and the current release hold, and what to do next."""

from __future__ import annotations

from typing import Any

import polars as pl

from corpus_assets.cli import output
from corpus_assets.workspace import Workspace, open_workspace

_QUERY = (
    "SELECT stage, source_category, license_class, count(*) AS n_rows, sum(n_tokens) AS tokens "
    "FROM mix GROUP BY ALL ORDER BY ALL"
)
_TABLES = {
    "source_categories": ("Source categories", "source category"),
    "languages": ("Languages", "language"),
    "license_classes": ("License classes of the collected documents", "license class"),
    "stages": ("Stages of the current release", "stage"),
}


def status(*, json: bool) -> None:
    """Print documents and tokens by category, language, license class and stage."""
    workspace = open_workspace()
    if not workspace.lake.exists("revisions"):
        output.fail("nothing has been collected yet: run `corpus collect`, then `corpus build`")
    found = summary(workspace)
    if json:
        output.as_json(found)
        return
    for name, (title, column) in _TABLES.items():
        rows = [list(row.values()) for row in found[name]]
        columns = [column, *[key.replace("_", " ") for key in list(found[name][0])[1:]]]
        output.table(title, columns, rows) if rows else None
    reasons = [list(row.values()) for row in found["removed"][:5]]
    output.table("Largest reasons for removal", ["first failing gate", "documents"], reasons)
    release = found["release"]
    if release is None:
        output.out.print("No release yet: run `corpus build`.")
        return
    output.out.print(
        f"Release {release['mix']} {release['version']}: {release['rows']:,} rows, "
        f"{release['tokens']:,} tokens\n"
        f"  catalog  {release['catalog']}\n"
        f'  query    .venv/bin/corpus query "{_QUERY}"\n'
        "  UI       make ui, then http://127.0.0.1:3000",
        markup=False,
    )


def summary(workspace: Workspace) -> dict[str, Any]:
    """The figures of the status page, as values that JSON can hold."""
    lake = workspace.lake
    documents = (
        lake.scan("documents")
        .select("content_id", "language", "source_category")
        .join(lake.scan("quality_signals").select("content_id", "n_tokens"), on="content_id",
              how="left")
        .join(
            lake.scan("curated_documents").select("content_id", "stages"),
            on="content_id",
            how="left",
        )
        .join(
            lake.scan("duplicate_resolution").select("content_id", "license_class"),
            on="content_id",
            how="left",
        )
        .with_columns(usable=pl.col("stages").list.len().fill_null(0) > 0)
        .collect()
    )  # fmt: skip
    return {
        "source_categories": _counted(documents, "source_category"),
        "languages": _counted(documents, "language"),
        "license_classes": _counted(documents, "license_class"),
        "stages": _stages(workspace),
        "removed": removed(workspace),
        "release": _release(workspace),
    }


def removed(workspace: Workspace) -> list[dict[str, Any]]:
    """First failing gate -> documents that serve no stage, most first.

    A document that passes every common gate but no stage's own counts under the gate that the
    first stage it was judged for named.
    """
    ledger = workspace.lake.scan("ledger").filter("is_first_failure")
    usable = (
        workspace.lake.scan("curated_documents")
        .filter(pl.col("stages").list.len() > 0)
        .select("content_id")
    )
    return (
        ledger.join(usable, on="content_id", how="anti")
        .sort(pl.col("stage") != "all", "gate_order", "stage")
        .group_by("content_id", maintain_order=True)
        .agg(pl.col("gate").first())
        .group_by("gate")
        .agg(documents=pl.len())
        .sort("documents", "gate", descending=[True, False])
        .collect()
        .to_dicts()
    )


def _counted(documents: pl.DataFrame, column: str) -> list[dict[str, Any]]:
    tokens = pl.col("n_tokens").fill_null(0)
    return (
        documents.group_by(pl.col(column).fill_null("not concluded"))
        .agg(
            documents=pl.len(),
            tokens=tokens.sum(),
            kept_documents=pl.col("usable").sum(),
            kept_tokens=tokens.filter("usable").sum(),
        )
        .sort("tokens", column, descending=[True, False])
        .to_dicts()
    )


def _stages(workspace: Workspace) -> list[dict[str, Any]]:
    return (
        workspace.lake.scan("training_mix")
        .group_by("stage")
        .agg(rows=pl.len(), tokens=pl.col("n_tokens").sum())
        .collect()
        .sort("stage")
        .to_dicts()
    )


def _release(workspace: Workspace) -> dict[str, Any] | None:
    from corpus_assets.serve.release import CATALOG, current, mixes

    mix = workspace.mix.name
    if mix not in mixes(workspace.published):
        return None
    release = current(workspace.published, mix)
    stages = release.manifest()["stages"].values()
    return {
        "mix": release.mix,
        "version": release.version,
        "rows": sum(stage["rows"] for stage in stages),
        "tokens": sum(stage["tokens"] for stage in stages),
        "catalog": str(release.folder / CATALOG),
        "query": _QUERY,
    }
