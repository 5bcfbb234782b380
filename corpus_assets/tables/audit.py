"""Tables of takedowns, questions for reviewers and the audit of releases."""

from __future__ import annotations

import polars as pl

from corpus_assets.tables.columns import CATEGORY, CONTENT, columns
from corpus_assets.tables.table import TEXTS, Table

AUDIT = (
    Table(
        "takedowns",
        "One row per content that must never come back, with the request behind it.",
        ("request_id", "content_id"),
        columns(
            ("request_id", pl.String, "identifier of the request"),
            CONTENT,
            ("match", pl.String, "content, origin, path or near_duplicate"),
            ("selector", pl.String, "what the request named"),
            ("reason", pl.String, "opt_out, dmca, privacy, contract_end or court"),
            ("received_on", pl.String, "ISO date of the request"),
        ),
    ),
    Table(
        "license_review_queue",
        "One row per question for the license reviewer; one answer covers all its files.",
        ("question_id",),
        columns(
            ("question_id", pl.String, "hash of origin, state, expressions and reason"),
            CATEGORY,
            ("origin", pl.String, "origin the files come from"),
            ("license_state", pl.String, "state that needs an answer"),
            ("license_declared", pl.String, "what the tree declares"),
            ("license_info_in_file", pl.String, "what the files state"),
            ("reason", pl.String, "why the rules could not decide"),
            ("n_files", pl.Int64, "occurrences behind the question"),
            ("n_contents", pl.Int64, "distinct contents"),
            (
                "n_tokens",
                pl.Int64,
                "tokens an answer would free or bar; null for parts of packages",
            ),
            ("sample_paths", TEXTS, "up to three paths to look at"),
        ),
    ),
    Table(
        "release_audit",
        "One row per audited figure of the current release.",
        ("mix", "version", "question", "item"),
        columns(
            ("mix", pl.String, "name of the mix"),
            ("version", pl.String, "release version"),
            ("question", pl.String, "composition_by_license_class, …, or a named check"),
            ("item", pl.String, "value of the dimension, or what was checked"),
            ("n_rows", pl.Int64, "rows"),
            ("n_tokens", pl.Int64, "tokens"),
            ("share", pl.Float64, "share of the release's tokens"),
            ("passed", pl.Boolean, "outcome of a check; null for a figure"),
        ),
    ),
)
