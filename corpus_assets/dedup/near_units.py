"""Near units: functions and methods whose tokens are verified to be similar.

Belongs here: which units are compared, shingle sets of their tokens, and the verified pairs. Equal
and renamed ones are clusters in `units.py`; nothing is removed on this ground alone.

Measured on planted edits in functions of 8-60 lines (benchmarks/RESULTS.md): at a Jaccard
similarity of 0.6 of 5-token shingles a changed or added statement is found in over 90 % of the
functions of most languages, a removed one in 67-99 %.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from corpus_assets.dedup.candidates import candidate_pairs
from corpus_assets.dedup.compare import similar_pairs
from corpus_assets.dedup.sets import kept_sets
from corpus_assets.dedup.shingles import measure_tokens
from corpus_assets.tables import TABLES, conform, empty

MIN_TOKENS = 30
"""Shorter units (two or three statements) are similar by chance; equal ones are found anyway."""
N_PERMUTATIONS, N_BANDS = 256, 64
"""64 bands of 4 propose a pair of similarity 0.6 with probability 0.999 9, of 0.5 with 0.98."""
REPRESENTATIVES = 4
"""Of a type-2 cluster, so many distinct token sequences are compared with other clusters."""
METHOD_VERSION = f"near-units-1: 5 tokens; MinHash {N_PERMUTATIONS} in {N_BANDS} bands"


def compared_units(units: pl.DataFrame) -> pl.DataFrame:
    """The units that near_units compares, sorted by unit_id: functions and methods of MIN_TOKENS
    tokens, the first of each type-1 cluster, and REPRESENTATIVES of each type-2 cluster."""
    return (
        units.filter(
            pl.col("kind").is_in(["function", "method"]) & (pl.col("n_tokens") >= MIN_TOKENS)
        )
        .sort("unit_id")
        .unique(["language", "type1_sha256"], keep="first", maintain_order=True)
        .filter(pl.int_range(pl.len()).over("language", "type2_sha256") < REPRESENTATIVES)
    )


def near_units(units: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """Table near_units: pairs of `units` (table units) with similarity >= threshold.

    Pairs are looked for within a language, between `compared_units`; clones of type 1 and 2 and
    units of one file that contain one another are none. Raises ValueError for a threshold outside
    (0, 1].
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold {threshold} is outside (0, 1]")
    chosen = compared_units(units)
    parts = [
        _pairs(part, threshold) for part in chosen.partition_by("language", maintain_order=True)
    ]
    frame = pl.concat([empty("near_units"), *parts])
    return frame.sort("unit_id_a", "unit_id_b")


def _pairs(units: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """Pairs of units of one language, sorted by unit_id."""
    hashes = np.frombuffer(b"".join(units["token_hashes"]), "<u4").astype(np.uint32)
    offsets = np.zeros(units.height + 1, np.int64)
    np.cumsum(units["n_tokens"].to_numpy(), out=offsets[1:])
    measured = measure_tokens(hashes, offsets, MIN_TOKENS, N_PERMUTATIONS)
    pairs = candidate_pairs(measured.signatures, measured.sizes, threshold, N_BANDS)
    similar = similar_pairs(kept_sets([measured]), pairs, threshold)
    columns = ("unit_id", "content_id", "type2_sha256", "start_byte", "end_byte")
    sides = [
        units.select(columns)[similar.pairs[:, side]].select(pl.all().name.suffix(suffix))
        for side, suffix in enumerate(("_a", "_b"))
    ]
    found = pl.concat(sides, how="horizontal").with_columns(
        similarity=pl.Series(similar.similarity, dtype=pl.Float64),
        language=pl.lit(units["language"][0]),
        method_version=pl.lit(f"{METHOD_VERSION}; threshold {threshold:g}"),
    )
    nested = (
        (pl.col("content_id_a") == pl.col("content_id_b"))
        & (pl.col("start_byte_a") < pl.col("end_byte_b"))
        & (pl.col("start_byte_b") < pl.col("end_byte_a"))
    )
    renamed = pl.col("type2_sha256_a") == pl.col("type2_sha256_b")
    kept = found.filter(~nested & ~renamed)
    return conform(kept.select(TABLES["near_units"].names), "near_units")
