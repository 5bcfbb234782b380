"""Runs of the graph in this process, recorded in Dagster's instance like any other run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import dagster as dg

from corpus_assets.defs.build import collection_key, table_key

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


class Outcome(NamedTuple):
    """How a run ended.

    `errors` are the messages of failed steps, `warnings` those of failed checks that do not
    block, `metadata` what each materialization reported, by asset.
    """

    run_id: str
    succeeded: bool
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    metadata: dict[str, dict[str, Any]]


def use_project_instance() -> None:
    """Point Dagster at the project's instance unless the caller's environment already does."""
    state = Path(os.environ.get("CORPUS_STATE", "data/state")).absolute()
    state.mkdir(parents=True, exist_ok=True)
    os.environ["CORPUS_STATE"] = str(state)
    os.environ.setdefault("DAGSTER_HOME", str(Path.cwd()))


def materialize(tables: Sequence[str], partition: str | None) -> Outcome:
    """Materialize the assets of these tables in one run."""
    return _execute([table_key(table) for table in tables], partition)


def collect(category: str) -> Outcome:
    """Materialize the collection of one source category."""
    return _execute([collection_key(category)], None)


def _execute(keys: Sequence[dg.AssetKey], partition: str | None) -> Outcome:
    from corpus_assets.defs.assembly import build_definitions

    use_project_instance()
    with dg.DagsterInstance.get() as instance:
        result = (
            build_definitions()
            .resolve_implicit_global_asset_job_def()
            .get_subset(asset_selection=set(keys))
            .execute_in_process(
                instance=instance,
                partition_key=partition,
                run_config=_QUIET,
                raise_on_error=False,
            )
        )
    failures = ("STEP_FAILURE", "PIPELINE_FAILURE")
    errors = [_message(event) for event in result.all_events if event.event_type_value in failures]
    checks = [
        event.asset_check_evaluation_data
        for event in result.all_events
        if event.event_type_value == "ASSET_CHECK_EVALUATION"
    ]
    warnings = [
        check.description or check.check_name
        for check in checks
        if not check.passed and check.severity == dg.AssetCheckSeverity.WARN
    ]
    metadata = {
        event.asset_key.to_user_string(): {
            name: value.value for name, value in event.materialization.metadata.items()
        }
        for event in result.get_asset_materialization_events()
        if event.asset_key is not None
    }
    return Outcome(
        result.run_id, result.success, tuple(dict.fromkeys(errors)), tuple(warnings), metadata
    )


def _message(event: dg.DagsterEvent) -> str:
    data = event.event_specific_data
    metadata = getattr(data, "user_failure_data", None)
    if metadata is not None and metadata.description:
        return f"{event.step_key}: {metadata.description}"
    error = getattr(data, "error", None)
    while error is not None and error.cause is not None:
        error = error.cause
    text = error.message.strip() if error is not None else event.message or event.event_type_value
    text = text.split("\n\n")[0]  # Polars appends the whole query plan
    return f"{event.step_key}: {text}" if event.step_key else text
