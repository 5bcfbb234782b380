"""All assets, jobs and resources put together: what the code location and the command load."""

import dagster as dg

from corpus_assets.defs.build import WorkspaceResource, build_asset
from corpus_assets.defs.jobs import JOBS
from corpus_assets.defs.registry import STEPS
from corpus_assets.defs.sources.collections import COLLECTIONS


def build_definitions() -> dg.Definitions:
    """The whole graph; runs execute in one process, since starting one costs seconds a step."""
    return dg.Definitions(
        assets=[*COLLECTIONS, *(build_asset(step) for step in STEPS)],
        jobs=JOBS,
        resources={"workspace": WorkspaceResource()},
        executor=dg.in_process_executor,
    )
