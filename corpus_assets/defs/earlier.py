"""What the last commit of a step decided, and from what: for steps that compare rows with others.

Such a step decides about pairs, so `evidence.py` does not fit. It can reuse what a commit by the
same code and policy decided if it knows the inputs of that commit, which the lake still holds.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from corpus_assets.defs.step import StepContext
from corpus_assets.tables import empty


class Earlier(NamedTuple):
    """Rows of the step's table, and of the input that they were computed from."""

    rows: pl.DataFrame
    input: pl.DataFrame


def earlier_run(context: StepContext, table: str, read: str) -> Earlier:
    """The last commit of the partition, if the same code and policy made it; else empty frames."""
    nothing = Earlier(empty(table), empty(read))
    previous = context.lake.version(table, context.partition)
    if previous is None:
        return nothing
    then, now = previous.provenance, context.provenance
    if (then.code_version, then.policy_digest) != (now.code_version, now.policy_digest):
        return nothing
    for item in then.inputs:
        if item.table == read and item.partition == context.partition:
            seen = context.lake.scan(read, context.partition, item.delta_version).collect()
            return Earlier(context.read(table), seen)
    return nothing
