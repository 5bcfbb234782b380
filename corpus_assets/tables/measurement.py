"""Tables of costs and of the sources held against each other."""

from __future__ import annotations

import polars as pl

from corpus_assets.tables.columns import CATEGORY, columns
from corpus_assets.tables.table import Table

MEASUREMENT = (
    Table(
        "cost_ledger",
        "One row per cost event; money in millionths of the currency unit.",
        ("event_id",),
        columns(
            ("event_id", pl.String, "identifier of the event"),
            CATEGORY,
            ("source", pl.String, "source it belongs to; empty for the whole category"),
            (
                "kind",
                pl.String,
                "acquire, license, labor, review, rework, compute, storage, legal, "
                "tooling or management",
            ),
            ("quantity", pl.Float64, "amount of the unit"),
            ("unit", pl.String, "what is counted"),
            ("unit_cost_micro", pl.Int64, "price of one unit"),
            ("amount_micro", pl.Int64, "price of all of it"),
            ("currency", pl.String, "ISO 4217"),
            ("allocation", pl.String, "direct or by_accepted_tokens"),
            ("evidence", pl.String, "invoice, or the planning default it was computed from"),
            (
                "is_planning_default",
                pl.Boolean,
                "whether the price is an assumption, not an invoice",
            ),
        ),
    ),
    Table(
        "source_scorecard",
        "One row per source category and measure.",
        ("source_category", "dimension", "measure"),
        columns(
            CATEGORY,
            (
                "dimension",
                pl.String,
                "quality, signal_to_noise, diversity, license_clarity, cost, "
                "scale, curation_needs or stage_suitability",
            ),
            ("measure", pl.String, "name of the measure"),
            ("value", pl.Float64, "raw value; null where it cannot be measured"),
            ("unit", pl.String, "unit of the value"),
            ("n", pl.Int64, "number of items measured"),
        ),
    ),
)
