"""Turns a step into a Dagster asset: check, write, then report what was written.

A blocking check that fails raises before anything is written, so neither Dagster nor the lake
ever shows a partition that its own checks reject.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
import polars as pl

from corpus_assets.defs.progress import Event, report
from corpus_assets.defs.step import (
    Check,
    Read,
    Rows,
    Step,
    StepContext,
    is_current,
    missing_partitions,
    provenance,
    read_versions,
    write,
)
from corpus_assets.lake_versions import PartitionVersion
from corpus_assets.languages import SOURCE_CATEGORIES
from corpus_assets.partitions import language_partitions, stage_partitions
from corpus_assets.tables import TABLES
from corpus_assets.workspace import Workspace, open_workspace

COLLECTED = frozenset(
    {
        "revisions",
        "occurrences",
        "contents",
        "quarantine",
        "agreements",
        "forge_licenses",
        "forge_facts",
        "tasks",
        "submissions",
    }
)
_PARTITIONS = {"language": language_partitions, "stage": stage_partitions}


class WorkspaceResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The project's lake, releases and configuration, found through the environment."""

    def open(self) -> Workspace:
        """The workspace of this process' environment."""
        return open_workspace()


def collection_key(category: str) -> dg.AssetKey:
    """Key of the asset that collects a source category."""
    return dg.AssetKey([category, "collection"])


def build_asset(step: Step) -> dg.AssetsDefinition:
    """The asset of a step, with its dependencies, checks, schema and metadata."""
    table = TABLES[step.table]
    partitions = _PARTITIONS.get(table.partition or "")

    @dg.asset(
        key=table_key(step.table),
        description=table.row,
        group_name=step.group,
        deps=_dependencies(step, partitions is not None),
        partitions_def=partitions,
        check_specs=[
            dg.AssetCheckSpec(name, asset=table_key(step.table), blocking=True)
            for name in step.check_names
        ],
        code_version=step.code_version,
        kinds=set(step.kinds),
        owners=[step.owner],
        pool=step.pool,
        metadata={
            "dagster/column_schema": column_schema(step.table),
            "dagster/table_name": step.table,
            "key": ", ".join(table.key),
        },
    )
    def asset(context: dg.AssetExecutionContext, workspace: WorkspaceResource) -> Iterator[Any]:
        partition = context.partition_key if context.has_partition_key else None
        yield from run_step(step, workspace.open(), partition, context)

    return asset


def run_step(
    step: Step,
    workspace: Workspace,
    partition: str | None,
    context: dg.AssetExecutionContext,
) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[Any]]:
    """Bring one partition of a step up to date and report it; nothing is computed twice."""
    versions = read_versions(workspace.lake, [step])
    planned = provenance(workspace, versions, step, partition, context.run.run_id)
    previous = versions[step.table].get(partition or "")
    if previous is not None and is_current(previous, planned):
        context.log.info("inputs, code and policy are unchanged: nothing to compute")
        for name in step.check_names:
            yield dg.AssetCheckResult(passed=True, check_name=name, metadata={"skipped": True})
        report(Event(step.table, partition or "", step.table, 1, 1))
        yield _result(step, workspace, previous, {}, skipped=True)
        return
    _require_complete(step, workspace)
    inside = StepContext(workspace, partition, planned, context.log.info)
    if step.guard is not None:
        yield from _judge(step.guard(inside))
    rows = step.compute(inside)
    if step.checks is not None and isinstance(rows, pl.DataFrame):
        yield from _judge(step.checks(inside, rows))
    shown = _shown(step, inside, rows)
    version = write(inside, step, rows)
    report(Event(step.table, partition or "", step.table, 1, 1))
    yield _result(step, workspace, version, shown, skipped=False)


def _shown(step: Step, context: StepContext, rows: Rows) -> dict[str, str]:
    """What the asset's page shows of rows about to be written, as Markdown by title."""
    if not isinstance(rows, pl.DataFrame) or not rows.height:
        return {}
    shown = {} if step.plot is None else {step.plot_title: step.plot(rows)}
    return shown if step.report is None else shown | dict(step.report(context, rows))


def _judge(checks: Iterable[Check]) -> Iterator[dg.AssetCheckResult]:
    """Report the checks, then raise if a blocking one failed: nothing is written then."""
    outcomes = list(checks)
    for check in outcomes:
        yield check_result(check)
    require(outcomes)


def check_result(check: Check) -> dg.AssetCheckResult:
    """A check as Dagster records it."""
    return dg.AssetCheckResult(
        passed=check.passed,
        check_name=check.name,
        severity=dg.AssetCheckSeverity.ERROR if check.blocking else dg.AssetCheckSeverity.WARN,
        description=check.description,
    )


def require(checks: Sequence[Check]) -> None:
    """Raise dg.Failure when a blocking check failed."""
    broken = [f"{check.name}: {check.description}" for check in checks if not check.passed]
    blocking = [check for check in checks if check.blocking and not check.passed]
    if blocking:
        raise dg.Failure("; ".join(broken), allow_retries=False)


def column_schema(table: str) -> dg.TableSchema:
    """A table's columns as the UI shows them."""
    spec = TABLES[table]
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                str(column.dtype),
                column.description,
                constraints=dg.TableColumnConstraints(
                    nullable=column.name not in spec.key, unique=spec.key == (column.name,)
                ),
            )
            for column in spec.columns
        ]
    )


def _require_complete(step: Step, workspace: Workspace) -> None:
    missing = missing_partitions(workspace.lake, step)
    if missing:
        raise dg.Failure(
            f"{step.table} reads every language, but {len(missing)} partitions were never built: "
            f"{', '.join(missing[:6])}{' …' if len(missing) > 6 else ''}. "
            "Backfill them, or run `corpus build`.",
            allow_retries=False,
        )


def table_key(table: str) -> dg.AssetKey:
    """Key of the asset that writes a table."""
    return dg.AssetKey("release" if table == "releases" else table)


def _dependencies(step: Step, partitioned: bool) -> list[dg.AssetDep]:
    found: dict[dg.AssetKey, dg.AssetDep] = {}
    for read in step.reads:
        for key in _upstream(read):
            whole = read.partitions == "all" and TABLES[read.table].partition in _PARTITIONS
            mapping = dg.AllPartitionMapping() if whole else None
            if whole and not partitioned:
                mapping = dg.AllPartitionMapping()
            found.setdefault(key, dg.AssetDep(key, partition_mapping=mapping))
    return list(found.values())


def _upstream(read: Read) -> list[dg.AssetKey]:
    if read.table in COLLECTED:
        return [collection_key(category) for category in SOURCE_CATEGORIES]
    return [table_key(read.table)]


def _result(
    step: Step,
    workspace: Workspace,
    version: PartitionVersion,
    shown: Mapping[str, str],
    *,
    skipped: bool,
) -> dg.MaterializeResult[Any]:
    count = "dagster/partition_row_count" if step.partition_column else "dagster/row_count"
    metadata: dict[str, Any] = {
        count: version.rows,
        "bytes": partition_bytes(workspace, step.table, version.partition),
        "delta_version": version.delta_version,
        "data_version": version.data_version[:16],
        "code_version": version.provenance.code_version,
        "policy_digest": version.provenance.policy_digest[:16],
        "inputs": dg.MetadataValue.json(
            [
                f"{item.table}/{item.partition or 'all'}@{item.delta_version}"
                for item in version.provenance.inputs
            ][:200]
        ),
        "skipped": skipped,
    }
    metadata |= {title: dg.MetadataValue.md(text) for title, text in shown.items()}
    return dg.MaterializeResult(
        asset_key=table_key(step.table),
        metadata=metadata,
        data_version=dg.DataVersion(version.data_version),
    )


def partition_bytes(workspace: Workspace, table: str, partition: str) -> int:
    """Bytes of Parquet that a partition takes in the lake."""
    from deltalake import DeltaTable

    spec = TABLES[table]
    actions = pl.DataFrame(DeltaTable(workspace.lake.uri(table)).get_add_actions(flatten=True))
    if spec.partition and partition and actions.height:
        actions = actions.filter(pl.col(f"partition.{spec.partition}") == partition)
    return int(actions["size_bytes"].sum()) if actions.height else 0
