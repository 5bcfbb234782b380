"""The code location: what the Dagster webserver and daemon load (see workspace.yaml)."""

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """Every asset and job of the project."""
    from corpus_assets.defs.assembly import build_definitions

    return build_definitions()
