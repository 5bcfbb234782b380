"""The training mix: the rows of a stage, sampled by hash within the cells of its plan.

Belongs here: choosing rows and replicas. Does not belong here: how many tokens a cell gets
(`plan`) or writing files (`serve`).

Within a cell, all rows stand in one fixed order: first copies by their sample key, then second
copies, and so on; the cell takes the longest beginning that fits its tokens. So a larger budget
only adds rows, unless max_group_share is set: an origin's cap moves with the budget. Equal inputs
give equal rows wherever they are stored, which sampling files with a seed does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import polars as pl

from corpus_assets.blend.eligible import CELL, eligible, stage_spec
from corpus_assets.blend.plan import origin_cap
from corpus_assets.blend.repeats import with_unit_rule
from corpus_assets.policy.duplicates import UnitDuplicates
from corpus_assets.policy.mixes import MixSpec
from corpus_assets.tables import TABLES, conform


def training_mix(
    spec: MixSpec,
    stage: str,
    plan: pl.DataFrame,
    curated: pl.LazyFrame,
    pairs: pl.LazyFrame,
    overlap: pl.LazyFrame,
    repeated: UnitDuplicates,
) -> pl.DataFrame:
    """Table training_mix for one stage, from its mix_plan.

    `overlap` is table unit_overlap; the stage's rule in `repeated` gives weights and masks, which
    change neither which rows are taken nor how their tokens count.
    No cell exceeds its planned tokens and no origin its share of the stage's budget. Raises
    KeyError when the spec has no such stage.
    """
    cap = origin_cap(stage_spec(spec, stage))
    planned = plan.filter(pl.col("stage") == stage).select(*CELL, "planned_tokens", "epochs")
    rows = eligible(spec, stage, curated, pairs).collect().sort("id")
    totals = rows.group_by("origin").agg(origin_tokens=pl.col("n_tokens").sum())
    candidates = (
        rows.join(planned.filter(pl.col("planned_tokens") > 0), on=CELL)
        .join(totals, on="origin")
        .with_columns(replica=pl.int_ranges(0, pl.col("epochs").ceil().cast(pl.Int64)))
        .explode("replica")
        .sort("id", "replica")
    )
    keyed = candidates.with_columns(
        sample_key=_sample_keys(spec.seed, candidates),
        row_id=_row_ids(stage, candidates),
        stage=pl.lit(stage),
    ).sort(*CELL, "replica", "sample_key", "id")
    chosen = (keyed if cap is None else keyed.filter(_within_origin_cap(cap))).filter(
        pl.col("n_tokens").cum_sum().over(*CELL) <= pl.col("planned_tokens")
    )
    ruled = with_unit_rule(chosen, overlap, repeated.action(stage))
    names = TABLES["training_mix"].names
    return conform(ruled.select(names), "training_mix").sort(TABLES["training_mix"].key)


def _within_origin_cap(cap: int) -> pl.Expr:
    """Whether a row, in order, fits its origin's cap, which cells share by the origin's tokens."""
    own = [*CELL, "origin"]
    so_far = pl.col("n_tokens").cum_sum().over(own)
    in_cell = (pl.col("n_tokens") * (pl.col("replica") == 0)).sum().over(own)
    wide = pl.Int128  # products of two token counts
    return so_far.cast(wide) * pl.col("origin_tokens") <= in_cell.cast(wide) * cap


def _sample_keys(seed: int, rows: pl.DataFrame) -> pl.Series:
    """The first 63 bits of BLAKE2b over seed, id and replica: uniform, the same everywhere."""
    texts = (f"{seed}\0{name}\0{replica}" for name, replica in _identities(rows))
    keys = [
        int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1
        for text in texts
    ]
    return pl.Series("sample_key", keys, dtype=pl.Int64)


def _row_ids(stage: str, rows: pl.DataFrame) -> pl.Series:
    """Hexadecimal BLAKE2b-128 over stage, id and replica."""
    texts = (f"{stage}\0{name}\0{replica}" for name, replica in _identities(rows))
    ids = [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in texts]
    return pl.Series("row_id", ids, dtype=pl.String)


def _identities(rows: pl.DataFrame) -> Iterable[tuple[str, int]]:
    return rows.select("id", "replica").iter_rows()
