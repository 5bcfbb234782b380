"""Tables of proofs that documents or units repeat one another."""

from __future__ import annotations

import polars as pl

from corpus_assets.tables.columns import CONTENT, LANGUAGE, SPAN, columns
from corpus_assets.tables.table import TEXTS, Table

DEDUPLICATION = (
    Table(
        "exact_duplicates",
        "One row per content that occurs more than once.",
        ("content_id",),
        columns(
            CONTENT,
            LANGUAGE,
            ("n_occurrences", pl.Int64, "places where the bytes were found"),
            ("n_origins", pl.Int64, "distinct origins"),
            ("n_revisions", pl.Int64, "distinct origin revisions"),
            ("source_categories", TEXTS, "categories, sorted"),
        ),
        partition="language",
    ),
    Table(
        "near_duplicates",
        "One row per verified pair of similar documents of one language.",
        ("content_id_a", "content_id_b"),
        columns(
            ("content_id_a", pl.String, "the smaller content id of the pair"),
            ("content_id_b", pl.String, "the larger content id of the pair"),
            LANGUAGE,
            ("similarity", pl.Float64, "exact Jaccard similarity of the shingle sets"),
            ("containment", pl.Float64, "share of the smaller shingle set found in the larger"),
            ("n_shared", pl.Int64, "shingles in both"),
            ("n_shingles_a", pl.Int64, "distinct shingles of a"),
            ("n_shingles_b", pl.Int64, "distinct shingles of b"),
            ("method_version", pl.String, "version of tokens, shingles and bands"),
        ),
        partition="language",
    ),
    Table(
        "units",
        "One row per function, method or class cut out of a document.",
        ("unit_id",),
        columns(
            ("unit_id", pl.String, "content id, ':' and the byte span"),
            CONTENT,
            LANGUAGE,
            ("kind", pl.String, "function, method or class"),
            ("name", pl.String, "name as written; null for anonymous ones"),
            *SPAN,
            ("n_tokens", pl.Int64, "tokens without comments and white space"),
            ("token_sha256", pl.String, "SHA-256 of the tokens: equal for type-1 clones"),
            ("parser_version", pl.String, "grammar and rule version"),
        ),
        partition="language",
    ),
    Table(
        "unit_duplicates",
        "One row per unit whose tokens occur in more than one place.",
        ("unit_id",),
        columns(
            ("unit_id", pl.String, "the unit"),
            CONTENT,
            LANGUAGE,
            ("cluster_id", pl.String, "token hash shared by the cluster"),
            ("cluster_units", pl.Int64, "units in the cluster"),
            ("cluster_contents", pl.Int64, "distinct contents in the cluster"),
        ),
        partition="language",
    ),
)
