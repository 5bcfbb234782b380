"""Tables of costs and of the sources held against each other."""

from __future__ import annotations

import polars as pl

from corpus_assets.tables.columns import CATEGORY, CONTENT, LANGUAGE, OCCURRENCE, SOURCE, columns
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
    Table(
        "source_overlap",
        "One row per level, source and other category: how much of the source stands there too.",
        ("level", "source_category", "source", "other_category"),
        columns(
            ("level", pl.String, "exact, near (removal threshold) or unit"),
            CATEGORY,
            SOURCE,
            ("other_category", pl.String, "the source category it is compared with"),
            ("n_items", pl.Int64, "distinct contents of the source (units at level unit)"),
            ("n_shared", pl.Int64, "of these, found in the other category as well"),
            ("share", pl.Float64, "n_shared over n_items"),
        ),
    ),
    Table(
        "copied_work",
        "One row per content of one category that stands in another one, with its earliest place.",
        ("content_id", "source_category", "source", "level", "other_category"),
        columns(
            CONTENT,
            LANGUAGE,
            *OCCURRENCE,
            ("level", pl.String, "exact, near or unit: the strongest that holds"),
            ("similarity", pl.Float64, "similarity, or at level unit the share of unit tokens"),
            ("other_content_id", pl.String, "the content it is like"),
            ("other_category", pl.String, "category where that was found"),
            ("other_source", pl.String, "source where that was found"),
            ("other_origin", pl.String, "its earliest known origin in that category"),
            ("other_revision", pl.String, "revision there"),
            ("other_path", pl.String, "path there"),
            ("other_license_class", pl.String, "license class of the other content"),
            ("other_license_state", pl.String, "license state of the other content"),
        ),
    ),
)
