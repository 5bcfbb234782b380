"""Tables of plans, mixes and releases."""

from __future__ import annotations

import polars as pl

from corpus_assets.tables.columns import (
    CATEGORY,
    CONCLUSION,
    CONTENT,
    LANGUAGE,
    OCCURRENCE,
    STAGE,
    columns,
)
from corpus_assets.tables.table import Table

BLENDS = (
    Table(
        "mix_plan",
        "One row per stage and cell (source category, language, license class): planned tokens.",
        ("stage", "content_kind", "source_category", "language", "license_class"),
        columns(
            STAGE,
            ("content_kind", pl.String, "file or pair"),
            CATEGORY,
            LANGUAGE,
            ("license_class", pl.String, "class of the cell's rows"),
            ("available_rows", pl.Int64, "eligible rows"),
            ("available_tokens", pl.Int64, "eligible tokens, each counted once"),
            ("planned_tokens", pl.Int64, "tokens of the mix, repeats included"),
            ("epochs", pl.Float64, "planned over available tokens"),
            ("bound_by", pl.String, "what limited the cell: supply, share_cap, epoch_cap, budget"),
            ("spec_digest", pl.String, "SHA-256 of the mix spec"),
        ),
        partition="stage",
    ),
    Table(
        "training_mix",
        "One row per sampled document or pair and replica of a stage.",
        ("row_id",),
        columns(
            ("row_id", pl.String, "stage, content or pair id and replica, hashed"),
            STAGE,
            ("content_kind", pl.String, "file or pair"),
            CONTENT,
            ("pair_id", pl.String, "the pair; null for files"),
            ("replica", pl.Int64, "0 for the first copy"),
            ("sample_key", pl.Int64, "63-bit hash that orders and samples the rows"),
            LANGUAGE,
            *OCCURRENCE,
            *CONCLUSION,
            ("quality_score", pl.Float64, "0-1; null for pairs"),
            ("n_tokens", pl.Int64, "o200k tokens"),
            ("split_group", pl.String, "group that stays on one side of the evaluation line"),
            (
                "weight",
                pl.Float64,
                "factor for the loss of the row: 1, or 1 minus the share of its units seen "
                "elsewhere where the stage weighs these down; null, which means 1, in rows "
                "that are older than the column",
            ),
            (
                "masked_spans",
                pl.List(pl.List(pl.Int64)),
                "byte spans [start, end) of text, as UTF-8, that the loss leaves out: units seen "
                "elsewhere, where the stage masks these; null, which means none, in rows that are "
                "older than the column",
            ),
        ),
        partition="stage",
    ),
    Table(
        "releases",
        "One row per published release and stage.",
        ("mix", "version", "stage"),
        columns(
            ("mix", pl.String, "name of the mix"),
            ("version", pl.String, "version of the spec and digest of its rows"),
            STAGE,
            ("n_rows", pl.Int64, "rows"),
            ("n_tokens", pl.Int64, "tokens"),
            ("manifest_sha256", pl.String, "hash of the release's manifest"),
        ),
    ),
)
