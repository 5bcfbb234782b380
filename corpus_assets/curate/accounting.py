"""Accounting: what each gate removed, and proof that nothing was lost on the way.

Belongs here: sums over the ledger. Verdicts belong to `ledger`.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.policy.gates import ALL

_EXAMPLES = 3


def funnel(ledger: pl.DataFrame) -> pl.DataFrame:
    """stage, gate, gate_order, n_removed, n_in, n_kept (documents), in the order of the funnel.

    n_in arrive at the gate, n_removed fail it first, n_kept go on. `all` takes every document;
    a stage takes those that passed `all`.
    """
    arrived = ledger.group_by("stage").agg(total=pl.col("content_id").n_unique())
    removed = pl.col("n_removed").cum_sum().over("stage")
    return (
        ledger.group_by("stage", "gate", "gate_order")
        .agg(n_removed=pl.col("is_first_failure").sum().cast(pl.Int64))
        .join(arrived, on="stage")
        .sort(pl.col("stage") != ALL, "stage", "gate_order")
        .select(
            "stage",
            "gate",
            "gate_order",
            "n_removed",
            n_in=pl.col("total").cast(pl.Int64) - removed + pl.col("n_removed"),
            n_kept=pl.col("total").cast(pl.Int64) - removed,
        )
    )


def verify(documents: pl.DataFrame, ledger: pl.DataFrame) -> list[str]:
    """What does not add up, in words; empty when documents in = kept + sum of first failures.

    Holds for `all` with every row of `documents` (content_id), and for each stage with the
    documents that passed `all`. Beyond the sum: every document that fails has exactly one first
    failure, the failed gate of lowest order, and a document that passes has none.
    """
    problems: list[str] = []
    verdicts = ledger.group_by("stage", "content_id").agg(
        failed=(~pl.col("passed")).any(),
        n_first=pl.col("is_first_failure").sum(),
        first=pl.col("gate_order").filter("is_first_failure").min(),
        lowest=pl.col("gate_order").filter(~pl.col("passed")).min(),
    )
    wrong = verdicts.filter(
        (pl.col("n_first") != pl.col("failed").cast(pl.Int64))
        | pl.col("first").ne_missing(pl.col("lowest"))
    )
    problems += _named("first failures do not match the verdicts", wrong)
    survivors = verdicts.filter((pl.col("stage") == ALL) & ~pl.col("failed"))
    for stage in sorted({ALL, *ledger.get_column("stage").unique()}):
        expected = documents if stage == ALL else survivors
        judged = verdicts.filter(pl.col("stage") == stage)
        problems += _named(
            f"{stage}: documents without a verdict",
            expected.join(judged, on="content_id", how="anti"),
        )
        problems += _named(
            f"{stage}: verdicts on documents that are not in",
            judged.join(expected, on="content_id", how="anti"),
        )
        n_kept = judged.filter(~pl.col("failed")).height
        n_removed = int(judged.get_column("n_first").sum())
        if expected.height != n_kept + n_removed:
            problems.append(f"{stage}: {expected.height} in, {n_kept} kept + {n_removed} removed")
    return problems


def _named(what: str, rows: pl.DataFrame) -> list[str]:
    if rows.is_empty():
        return []
    ids = sorted(rows.get_column("content_id").unique())
    return [f"{what}: {len(ids)}, such as {', '.join(ids[:_EXAMPLES])}"]
