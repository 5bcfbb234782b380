"""The code location: everything Dagster loads, assembled in one place."""

import warnings

import dagster as dg

# Partitioned checks and a few typed options are marked preview; one notice per load is noise.
warnings.filterwarnings("ignore", category=dg.PreviewWarning)
warnings.filterwarnings("ignore", category=dg.BetaWarning)


@dg.definitions
def defs() -> dg.Definitions:
    """Assets, jobs and the workspace resource."""
    from corpus_assets.defs.build import WorkspaceResource, build_asset
    from corpus_assets.defs.jobs import JOBS
    from corpus_assets.defs.registry import STEPS
    from corpus_assets.defs.sources.collections import COLLECTIONS

    return dg.Definitions(
        assets=[*COLLECTIONS, *(build_asset(step) for step in STEPS)],
        jobs=JOBS,
        resources={"workspace": WorkspaceResource()},
        executor=dg.in_process_executor,
    )
