"""Tables of choices: kept members, verdicts of the gates, curated documents, pairs."""

from __future__ import annotations

import polars as pl

from corpus_assets.tables.columns import (
    CONCLUSION,
    CONTENT,
    LANGUAGE,
    LICENSE_TERMS,
    OCCURRENCE,
    columns,
)
from corpus_assets.tables.table import TEXTS, Table

CURATION = (
    Table(
        "duplicate_resolution",
        "One row per document: the cluster it belongs to, which member is kept, and why.",
        ("content_id",),
        columns(
            CONTENT,
            LANGUAGE,
            ("cluster_id", pl.String, "smallest content id of the cluster"),
            ("cluster_size", pl.Int64, "documents in the cluster"),
            ("kept_content_id", pl.String, "the kept member that stands for this one"),
            ("is_kept", pl.Boolean, "whether this document is kept"),
            ("similarity_to_kept", pl.Float64, "verified similarity to that member; 1 if kept"),
            ("containment", pl.Float64, "share of the smaller set found in the larger; 1 if kept"),
            ("shared_start_line", pl.Int64, "first line of the longest run shared with the kept"),
            ("shared_end_line", pl.Int64, "its last line, inclusive; null if kept"),
            ("kept_start_line", pl.Int64, "its first line in the kept member"),
            ("kept_end_line", pl.Int64, "its last line in the kept member"),
            ("reason", pl.String, "rule by which the kept member won"),
            (
                "previous_kept_content_id",
                pl.String,
                "member that stood for this one in the last release, where that has changed",
            ),
            *CONCLUSION,
            *LICENSE_TERMS,
            ("license_reason", pl.String, "why, over all occurrences and cluster members"),
            ("stages_allowed", TEXTS, "stages agreements permit; empty means no such limit"),
            ("valid_to", pl.String, "earliest end of a grant it rests on; null if open"),
            ("rule_version", pl.String, "version of the choice rules"),
        ),
        partition="language",
    ),
    Table(
        "unit_overlap",
        "One row per document with units: what share of them stands elsewhere, and where.",
        ("content_id",),
        columns(
            CONTENT,
            LANGUAGE,
            ("n_units", pl.Int64, "outermost functions and methods that count"),
            ("n_unit_tokens", pl.Int64, "their tokens"),
            ("n_boilerplate_units", pl.Int64, "units that do not count: tiny or in most documents"),
            ("n_boilerplate_tokens", pl.Int64, "their tokens"),
            ("n_seen_units", pl.Int64, "of these, units that another document comes first with"),
            ("seen_share", pl.Float64, "tokens of the seen units over tokens of the units"),
            ("seen_spans", pl.List(pl.List(pl.Int64)), "byte spans [start, end) of seen units"),
            ("seen_in", pl.String, "content that holds most of them; null if none"),
            ("seen_in_share", pl.Float64, "tokens found there over tokens of the units"),
            ("seen_origin", pl.String, "earliest known origin of that content"),
            ("seen_license_class", pl.String, "license class of that content"),
            ("seen_license_state", pl.String, "license state of that content"),
            (
                "restrictive_share",
                pl.Float64,
                "tokens of units that stand in code of a stricter, restrictive license as well, "
                "not known to be younger, over tokens of the units",
            ),
            (
                "license_flags",
                TEXTS,
                "restrictive_units from the policy's share on; added to those of the cluster",
            ),
            ("rule_version", pl.String, "version of the rules and of the policy"),
        ),
        partition="language",
    ),
    Table(
        "ledger",
        "One row per document, stage and gate: the verdict with value, threshold and version.",
        ("content_id", "stage", "gate"),
        columns(
            CONTENT,
            LANGUAGE,
            ("stage", pl.String, "stage the gate guards; all for gates of every stage"),
            ("gate", pl.String, "name of the gate"),
            ("gate_order", pl.Int64, "position in the funnel, from 0"),
            ("passed", pl.Boolean, "verdict"),
            ("value", pl.String, "the value that was judged"),
            ("threshold", pl.String, "what it was held against"),
            (
                "is_first_failure",
                pl.Boolean,
                "first gate of the funnel that this document fails "
                "(gates of all stages first, then the stage's own)",
            ),
            ("rule_version", pl.String, "version of the gate and digest of its policy"),
        ),
        partition="language",
    ),
    Table(
        "curated_documents",
        "One row per document that passed every gate common to all stages.",
        ("content_id",),
        columns(
            CONTENT,
            LANGUAGE,
            *OCCURRENCE,
            *CONCLUSION,
            ("stages", TEXTS, "stages whose own gates it passed too, sorted"),
            ("quality_score", pl.Float64, "0-1"),
            ("n_tokens", pl.Int64, "o200k tokens"),
            ("n_bytes", pl.Int64, "UTF-8 bytes"),
            (
                "split_group",
                pl.String,
                "documents of one group never stand on both sides of the "
                "training / evaluation line",
            ),
        ),
        partition="language",
    ),
    Table(
        "pairs",
        "One row per problem-solution pair.",
        ("pair_id",),
        columns(
            ("pair_id", pl.String, "hash of task, submission and solution content"),
            ("kind", pl.String, "problem_solution"),
            CONTENT,
            LANGUAGE,
            *OCCURRENCE,
            ("task_id", pl.String, "task the pair comes from"),
            ("submission_id", pl.String, "answer; null where the exercise has one solution"),
            ("prompt", pl.String, "the problem"),
            ("tests_content_id", pl.String, "content of its tests; null without"),
            ("n_expert_reviews", pl.Int64, "approving reviews, a senior among them; 0 without"),
            ("ai_assist", pl.String, "none, completion, generated or unknown"),
            *CONCLUSION,
            ("stages", TEXTS, "stages the solution may serve, sorted"),
            ("n_tokens", pl.Int64, "o200k tokens of prompt and solution"),
            ("split_group", pl.String, "group that stays on one side of the evaluation line"),
        ),
        partition="language",
    ),
)
