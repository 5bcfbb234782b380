"""Five assets that collect: what is new is fetched, what is bad is set aside, nothing is run."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from corpus_assets.defs.build import (
    COLLECTED,
    WorkspaceResource,
    check_result,
    collection_key,
    column_schema,
    require,
)
from corpus_assets.defs.progress import Event, report
from corpus_assets.defs.step import Check, code_version
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.languages import SOURCE_CATEGORIES
from corpus_assets.policy.strict import digest

_DESCRIPTIONS = {
    "open_source": "One row per file found in public packages, archives, repositories or dumps.",
    "educational": "One row per file of teaching material: exercises, courses, notebooks.",
    "commercial": "One row per file delivered by a vendor under contract.",
    "freelance": "One row per file of a solution that a freelancer submitted to a task.",
    "in_house": "One row per file version in the history of the team's own repositories.",
}


def build_collection(category: str) -> dg.AssetsDefinition:
    """The asset that collects one source category."""
    version = code_version(("collect",), tuple(sorted(COLLECTED)))

    @dg.asset(
        key=collection_key(category),
        description=_DESCRIPTIONS[category],
        group_name="sources",
        check_specs=[
            dg.AssetCheckSpec(name, asset=collection_key(category), blocking=blocking)
            for name, blocking in (("files_accounted_for", True), ("sources_reachable", False))
        ],
        code_version=version,
        kinds={"python", "deltalake"},
        owners=["team:data-engineering"],
        pool="collection",
        metadata={
            "dagster/column_schema": column_schema("occurrences"),
            "dagster/table_name": "occurrences",
            "tables": ", ".join(sorted(COLLECTED)),
        },
    )
    def collection(
        context: dg.AssetExecutionContext, workspace: WorkspaceResource
    ) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[Any]]:
        from corpus_assets.collect.run import Progress, collect

        place = workspace.open()

        def tell(progress: Progress) -> None:
            label = f"{progress.source} {progress.origin}"
            report(Event("collection", category, label, progress.done, progress.total))

        done = collect(
            place.project,
            category,
            place.lake,
            Provenance(
                asset=f"{category}/collection",
                run_id=context.run.run_id,
                code_version=version,
                policy_digest=digest(place.project),
            ),
            tell,
            state=place.state,
        )
        checks = [
            accounted(place.lake, category),
            Check(
                "sources_reachable",
                not done.failed,
                "\n".join(
                    f"{item.source}: {item.message}" for item in done.failures if not item.optional
                )
                or "every required source was collected",
                blocking=False,
            ),
        ]
        for check in checks:
            yield check_result(check)
        require(checks)
        stored = place.lake.version("occurrences", category)
        yield dg.MaterializeResult(
            metadata={
                "dagster/row_count": stored.rows if stored else 0,
                "collected_revisions": done.collected,
                "unchanged_revisions": done.unchanged,
                "failed_revisions": done.failed,
                "files": done.files,
                "bytes": done.bytes,
                "quarantined": done.quarantined,
                "optional_failures": dg.MetadataValue.json(
                    [f"{item.source}: {item.message}" for item in done.failures if item.optional]
                ),
            },
            data_version=dg.DataVersion(stored.data_version if stored else "empty"),
        )

    return collection


def accounted(lake: Lake, category: str) -> Check:
    """Files of each revision = its occurrences + its quarantined files."""
    key = ["source", "origin", "revision"]
    counts = (
        lake.scan("revisions", category)
        .select(*key, "n_files", "n_quarantined")
        .join(
            lake.scan("occurrences", category).group_by(key).agg(n_occurrences=pl.len()),
            on=key,
            how="left",
        )
        .with_columns(pl.col("n_occurrences").fill_null(0))
        .filter(pl.col("n_files") != pl.col("n_occurrences") + pl.col("n_quarantined"))
        .collect()
        .sort(key)
    )
    found = f"{counts.height} revisions do not add up" + (
        f", first {counts.row(0)}" if counts.height else ""
    )
    return Check("files_accounted_for", not counts.height, found)


COLLECTIONS = [build_collection(category) for category in SOURCE_CATEGORIES]
