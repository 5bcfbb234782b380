"""Evidence is computed once per content: only documents not seen by the same detector are read.

What an earlier commit has seen is known from its lineage: the version of `documents` it read. No
table of seen contents is needed, and contents without findings count as seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from corpus_assets.defs.step import StepContext
from corpus_assets.tables import empty

BATCH_BYTES = 64 * 2**20
# Findings may depend on the name under which a content is known, so the name is part of its key.
_KEY = ["content_id", "path", "language_name"]


def evidence(
    context: StepContext,
    table: str,
    detect: Callable[[pl.DataFrame], pl.DataFrame],
    kept: Callable[[pl.DataFrame], pl.DataFrame] = lambda rows: rows,
) -> pl.DataFrame:
    """Rows of `detect` for all documents of the partition, reusing those of the last commit.

    `kept` turns stored rows back into the form that `detect` returns, where they differ.
    """
    seen = _seen(context, table)
    keys = context.here("documents").select([*_KEY, "size_bytes"]).collect().sort("content_id")
    todo = keys.join(seen, on=_KEY, how="anti")
    done = keys.join(seen, on=_KEY, how="semi")
    parts = []
    if done.height:
        stored = context.here(table).collect()
        parts.append(kept(stored.join(done.select("content_id"), on="content_id", how="semi")))
    read = 0
    for batch in document_batches(context, todo):
        parts.append(detect(batch))
        read += batch.height
        context.log(f"{table}/{context.partition}: {read:,} of {todo.height:,} documents read")
    if not parts:
        parts.append(detect(empty("documents")))
    return pl.concat(parts)


def _seen(context: StepContext, table: str) -> pl.DataFrame:
    """Documents whose evidence in the last commit was found by the same code and policy."""
    nothing = empty("documents").select(_KEY)
    previous = context.lake.version(table, context.partition)
    if previous is None:
        return nothing
    then, now = previous.provenance, context.provenance
    if (then.code_version, then.policy_digest) != (now.code_version, now.policy_digest):
        return nothing
    for item in then.inputs:
        if item.table == "documents" and item.partition == context.partition:
            documents = context.lake.scan("documents", context.partition, item.delta_version)
            return documents.select(_KEY).collect()
    return nothing


def document_batches(context: StepContext, todo: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The documents in `todo` (content_id, size_bytes), sorted, about 64 MiB at a time."""
    numbered = todo.with_columns(batch=pl.col("size_bytes").cum_sum() // BATCH_BYTES)
    for (_,), part in numbered.group_by("batch", maintain_order=True):
        ids = part["content_id"]
        in_range = pl.col("content_id").is_between(pl.lit(ids[0]), pl.lit(ids[-1]))
        rows = context.here("documents").filter(in_range).collect()
        yield rows.join(part.select("content_id"), on="content_id", how="semi").sort("content_id")
