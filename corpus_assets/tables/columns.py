"""Columns that several tables share, and how a table lists its columns."""

from __future__ import annotations

from typing import Any

import polars as pl

from corpus_assets.tables.table import TEXTS, Column


def columns(*specs: tuple[str, Any, str]) -> tuple[Column, ...]:
    return tuple(Column(*spec) for spec in specs)


CONTENT = ("content_id", pl.String, "SWHID of the bytes: swh:1:cnt: and the git blob SHA-1")
LANGUAGE = ("language", pl.String, "language partition, a slug of languages.py")
CATEGORY = (
    "source_category",
    pl.String,
    "open_source, educational, commercial, freelance or in_house",
)
SOURCE = ("source", pl.String, "name of the source in the project's configuration")
ORIGIN = ("origin", pl.String, "where it was found: package URL, repository, folder or delivery")
REVISION = ("revision", pl.String, "commit, package version or delivery number")
PATH = ("path", pl.String, "path inside the revision, forward slashes; undecodable bytes as \\xNN")
STAGE = ("stage", pl.String, "pretraining, continued_pretraining, fine_tuning or evaluation")
DETECTOR = ("detector", pl.String, "tool that made the statement")
DETECTOR_VERSION = (
    "detector_version",
    pl.String,
    "version of the tool and of our rules around it",
)
OCCURRENCE = (CATEGORY, SOURCE, ORIGIN, REVISION, PATH)
CONCLUSION = (
    ("license_concluded", pl.String, "SPDX expression concluded from all claims; null if none"),
    ("license_state", pl.String, "granted, none_found, conflict, denied or unreadable"),
    (
        "license_class",
        pl.String,
        "permissive, weak_copyleft, strong_copyleft, network_copyleft, non_commercial, "
        "no_derivatives, source_available, public_domain, contract, owned or unknown",
    ),
    (
        "license_evidence",
        pl.String,
        "evidence grade, strongest first: contract, file_and_license_file (they agree), file, "
        "inherited (license text of the nearest scope), inferred (package metadata, host), none",
    ),
)
LICENSE_TERMS = (
    (
        "license_obligations",
        TEXTS,
        "what the license asks of users of the code, e.g. attribution, share_alike, sorted",
    ),
    (
        "license_flags",
        TEXTS,
        "what a reviewer should know, e.g. tree_stricter_than_file, sorted; see the license policy",
    ),
)
STATEMENT = (
    (
        "statement_kind",
        pl.String,
        "text, notice, tag, reference, declared, agreement or snippet",
    ),
    ("rule_id", pl.String, "detector rule that matched, or why nothing could be read"),
    ("score", pl.Float64, "0-100, as the detector gives it"),
    ("coverage", pl.Float64, "share of the rule's text found, 0-100"),
    ("start_line", pl.Int64, "first line of the match in the evidence, from 1"),
    ("end_line", pl.Int64, "last line of the match"),
    ("matched_text_sha256", pl.String, "SHA-256 of the matched text"),
    ("referenced_files", TEXTS, "names of files to which the statement points"),
    ("copyrights", TEXTS, "copyright statements that stand beside it"),
)
SPAN = (
    ("start_byte", pl.Int64, "first byte of the span in the decoded text as UTF-8"),
    ("end_byte", pl.Int64, "byte after the span"),
    ("start_line", pl.Int64, "first line of the span, from 1"),
    ("end_line", pl.Int64, "last line of the span"),
)
