"""The table registry: the one place where a table's columns, types and keys are defined.

It feeds the lake's schema checks, Dagster's column metadata, the DuckDB views and the generated
table reference. A column exists here or nowhere. Delta Lake has no unsigned integers, so counts
are Int64; byte and line positions are zero-based bytes and one-based lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

TEXTS = pl.List(pl.String)


@dataclass(frozen=True)
class Column:
    """One column: its Polars type and one sentence on what it holds."""

    name: str
    dtype: Any
    description: str


@dataclass(frozen=True)
class Table:
    """One table of the lake.

    `row` says what one row is; `key` identifies it; `partition` names the column that splits the
    table into independently replaced parts; `payload` names bulky columns that follow from the
    key and so stay out of the data version.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    partition: str | None = None
    payload: frozenset[str] = field(default_factory=frozenset)

    @property
    def schema(self) -> pl.Schema:
        """Column name -> Polars type, in column order."""
        return pl.Schema({column.name: column.dtype for column in self.columns})

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def version_columns(self) -> tuple[str, ...]:
        """The columns whose values make the data version."""
        return tuple(name for name in self.names if name not in self.payload)


def conform(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """The frame with the table's columns in order.

    Raises ValueError naming every missing, unknown or wrongly typed column.
    """
    wanted, found = TABLES[table].schema, frame.schema
    problems = [f"missing {name}" for name in wanted if name not in found]
    problems += [f"unknown {name}" for name in found if name not in wanted]
    problems += [
        f"{name} is {found[name]}, not {dtype}"
        for name, dtype in wanted.items()
        if name in found and found[name] != dtype
    ]
    if problems:
        raise ValueError(f"{table}: " + "; ".join(problems))
    return frame.select(wanted.names())


def empty(table: str) -> pl.DataFrame:
    """A frame of the table's schema without rows."""
    return pl.DataFrame(schema=TABLES[table].schema)


def _columns(*specs: tuple[str, Any, str]) -> tuple[Column, ...]:
    return tuple(Column(*spec) for spec in specs)


_CONTENT = ("content_id", pl.String, "SWHID of the bytes: swh:1:cnt: and the git blob SHA-1")
_LANGUAGE = ("language", pl.String, "language partition, a slug of languages.py")
_CATEGORY = (
    "source_category",
    pl.String,
    "open_source, educational, commercial, freelance or in_house",
)
_SOURCE = ("source", pl.String, "name of the source in the project's configuration")
_ORIGIN = ("origin", pl.String, "where it was found: package URL, repository, folder or delivery")
_REVISION = ("revision", pl.String, "commit, package version or delivery number")
_PATH = ("path", pl.String, "path inside the revision, forward slashes; undecodable bytes as \\xNN")
_STAGE = ("stage", pl.String, "pretraining, continued_pretraining, fine_tuning or evaluation")
_DETECTOR = ("detector", pl.String, "tool that made the statement")
_DETECTOR_VERSION = (
    "detector_version",
    pl.String,
    "version of the tool and of our rules around it",
)
_OCCURRENCE = (_CATEGORY, _SOURCE, _ORIGIN, _REVISION, _PATH)
_CONCLUSION = (
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
_LICENSE_TERMS = (
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
_STATEMENT = (
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
_SPAN = (
    ("start_byte", pl.Int64, "first byte of the span in the decoded text as UTF-8"),
    ("end_byte", pl.Int64, "byte after the span"),
    ("start_line", pl.Int64, "first line of the span, from 1"),
    ("end_line", pl.Int64, "last line of the span"),
)

_ALL = (
    # ------------------------------------------------------------------ sources
    Table(
        "revisions",
        "One row per collected revision of an origin.",
        ("source_category", "source", "origin", "revision"),
        _columns(
            _CATEGORY,
            _SOURCE,
            _ORIGIN,
            _REVISION,
            ("connector", pl.String, "how it was fetched: pypi, npm, debian, git, archive, …"),
            (
                "revision_date",
                pl.String,
                "ISO date the revision itself carries (commit date, newest "
                "archive member); null if it has none",
            ),
            ("n_files", pl.Int64, "files seen, quarantined ones included"),
            ("n_quarantined", pl.Int64, "files set aside"),
            ("n_bytes", pl.Int64, "bytes of the files that became occurrences"),
            ("files_digest", pl.String, "SHA-256 over the sorted paths and content ids"),
            ("settings_digest", pl.String, "SHA-256 of the settings that shaped the collection"),
        ),
        partition="source_category",
    ),
    Table(
        "occurrences",
        "One row per place (origin, revision, path) at which a content was found.",
        ("source_category", "source", "origin", "revision", "path"),
        _columns(
            *_OCCURRENCE,
            _CONTENT,
            ("language", pl.String, "language slug by name and content at this path"),
            ("language_name", pl.String, "the language's own name, also where the slug is other"),
            ("size_bytes", pl.Int64, "size of the file"),
        ),
        partition="source_category",
    ),
    Table(
        "contents",
        "One row per distinct content, with its bytes.",
        ("content_id",),
        _columns(
            _CONTENT,
            (
                "language",
                pl.String,
                "language slug of the occurrence that brought it: the storage "
                "partition, not the verdict (see documents)",
            ),
            ("sha256", pl.String, "SHA-256 of the bytes, hexadecimal"),
            ("size_bytes", pl.Int64, "number of bytes"),
            ("encoding", pl.String, "detected encoding; binary or unknown where there is none"),
            ("data", pl.Binary, "the original bytes; null for binaries and files over the limit"),
        ),
        partition="language",
        payload=frozenset({"data", "language"}),
    ),
    Table(
        "quarantine",
        "One row per item that was rejected while collecting, with the reason.",
        ("source_category", "source", "origin", "revision", "path", "reason"),
        _columns(
            *_OCCURRENCE,
            ("reason", pl.String, "rule that rejected it, e.g. path_traversal, symlink, ratio"),
            ("detail", pl.String, "what was found, and the limit it broke"),
            ("rule_version", pl.String, "version of the collection rules"),
        ),
        partition="source_category",
    ),
    Table(
        "agreements",
        "One row per agreement that covers a collected revision: contract, assignment, ownership.",
        ("source_category", "source", "origin", "revision", "agreement_id", "path_prefix"),
        _columns(
            _CATEGORY,
            _SOURCE,
            _ORIGIN,
            _REVISION,
            ("agreement_id", pl.String, "identifier in the delivery or configuration"),
            ("kind", pl.String, "license_grant, ip_assignment, employment, consent or courseware"),
            ("license_expression", pl.String, "SPDX expression, LicenseRef-… for own terms"),
            ("license_class", pl.String, "contract or owned, or the class of a public license"),
            ("valid_from", pl.String, "ISO date, null if open"),
            ("valid_to", pl.String, "ISO date, null if open"),
            ("stages_allowed", TEXTS, "stages the agreement permits; empty means all"),
            ("document_sha256", pl.String, "hash of the signed document, null if not delivered"),
            ("path_prefix", pl.String, "the part of the revision it covers, empty for all of it"),
        ),
        partition="source_category",
    ),
    Table(
        "forge_licenses",
        "One row per license word that a host or data set states about a collected revision.",
        ("source_category", "source", "origin", "revision", "path", "field", "words"),
        _columns(
            _CATEGORY,
            _SOURCE,
            _ORIGIN,
            _REVISION,
            ("path", pl.String, "the file it is stated of; empty for the whole revision"),
            ("field", pl.String, "column of the data set, e.g. max_stars_repo_licenses"),
            ("words", pl.String, "as given; each of several on a row of its own"),
        ),
        partition="source_category",
    ),
    Table(
        "tasks",
        "One row per task or exercise that people were asked to solve.",
        ("source_category", "source", "origin", "revision", "task_id"),
        _columns(
            _CATEGORY,
            _SOURCE,
            _ORIGIN,
            _REVISION,
            ("task_id", pl.String, "identifier within the delivery or the folder of the exercise"),
            ("title", pl.String, "short name"),
            ("statement", pl.String, "the task as given to the solver"),
            _LANGUAGE,
            ("kind", pl.String, "write, fix, refactor, review, explain, test or exercise"),
            ("difficulty", pl.Int64, "1 (easy) to 5, null if not graded"),
        ),
        partition="source_category",
    ),
    Table(
        "submissions",
        "One row per answer to a task, with what checks and reviewers said of it.",
        ("source_category", "source", "origin", "revision", "submission_id"),
        _columns(
            _CATEGORY,
            _SOURCE,
            _ORIGIN,
            _REVISION,
            ("submission_id", pl.String, "identifier within the delivery"),
            ("task_id", pl.String, "the task it answers"),
            ("contributor_id", pl.String, "pseudonymous key of the author"),
            ("attempt", pl.Int64, "1 for the first answer"),
            (
                "solution_paths",
                TEXTS,
                "paths of the solution's files in this revision, main one first",
            ),
            ("test_paths", TEXTS, "paths of its tests"),
            ("ai_assist", pl.String, "none, completion, generated or unknown, as attested"),
            ("state", pl.String, "accepted, rejected or in_review"),
            ("state_reasons", TEXTS, "rules that kept it from being accepted"),
            ("n_checks_passed", pl.Int64, "mandatory checks that passed"),
            ("n_checks_failed", pl.Int64, "mandatory checks that failed or are missing"),
            ("n_reviews", pl.Int64, "reviews by others than the author"),
            ("n_approvals", pl.Int64, "reviews that accept, or accept with minor remarks"),
            ("has_senior_review", pl.Boolean, "whether a senior or expert reviewed it"),
            ("mean_score", pl.Float64, "mean rubric score 0-4 over reviews, null without scores"),
        ),
        partition="source_category",
    ),
    Table(
        "documents",
        "One row per distinct content of a language, decoded, with its first occurrence.",
        ("content_id",),
        _columns(
            _CONTENT,
            _LANGUAGE,
            ("language_name", pl.String, "the language's own name"),
            *_OCCURRENCE,
            ("source_categories", TEXTS, "every category in which it occurs, sorted"),
            ("n_occurrences", pl.Int64, "places where it was found"),
            ("decode_state", pl.String, "ok, empty, binary, undecodable or too_large"),
            ("encoding", pl.String, "encoding the text was decoded from"),
            ("size_bytes", pl.Int64, "size of the original bytes"),
            (
                "text",
                pl.String,
                "decoded text without byte-order mark; null unless decode_state is ok",
            ),
        ),
        partition="language",
        payload=frozenset({"text"}),
    ),
    # ------------------------------------------------------------------ licensing
    Table(
        "license_texts",
        "One row per license statement found in a license file, notice or package manifest.",
        ("content_id", "role", "ordinal"),
        _columns(
            _CONTENT,
            ("role", pl.String, "license_file, manifest or readme"),
            ("ordinal", pl.Int64, "position of the statement in the content, from 0"),
            ("license_expression", pl.String, "SPDX expression; null if the text says nothing"),
            *_STATEMENT,
            (
                "applies_to",
                TEXTS,
                "globs of the paths it is limited to, below the folder it speaks for; the last "
                "matching row of a content counts; empty for the whole folder",
            ),
            _DETECTOR,
            _DETECTOR_VERSION,
        ),
    ),
    Table(
        "package_dependencies",
        "One row per dependency that a package manifest declares, once per distinct content.",
        ("content_id", "ordinal"),
        _columns(
            _CONTENT,
            ("ordinal", pl.Int64, "position of the dependency in the manifest, from 0"),
            ("package_type", pl.String, "type of package URL: pypi, npm, cargo, maven, deb, ..."),
            ("package_name", pl.String, "the package that needs it, named as in package URLs"),
            ("package_version", pl.String, "its version; null if the manifest states none"),
            ("dependency_name", pl.String, "what it needs"),
            ("requirement", pl.String, "wanted versions, as written; empty for any"),
            ("dependency_scope", pl.String, "runtime, dev, optional or build"),
        ),
    ),
    Table(
        "license_evidence",
        "One row per license statement found inside a source file, once per distinct content.",
        ("content_id", "ordinal"),
        _columns(
            _CONTENT,
            _LANGUAGE,
            ("ordinal", pl.Int64, "position of the statement in the content, from 0"),
            ("license_expression", pl.String, "SPDX expression; null if it cannot be read"),
            *_STATEMENT,
            _DETECTOR,
            _DETECTOR_VERSION,
        ),
        partition="language",
    ),
    Table(
        "license_claims",
        "One row per license statement about one occurrence, of one kind, with its evidence.",
        ("content_id", "origin", "revision", "path", "source", "kind", "ordinal"),
        _columns(
            _CONTENT,
            _LANGUAGE,
            *_OCCURRENCE,
            ("kind", pl.String, "file, license_file, manifest, forge or contract"),
            ("ordinal", pl.Int64, "numbers the claims of one kind about one occurrence, from 0"),
            ("license_expression", pl.String, "SPDX expression claimed"),
            *_STATEMENT,
            ("evidence_path", pl.String, "file in which the statement stands"),
            ("distance", pl.Int64, "folders between the occurrence and the evidence; 0 = same"),
            ("agreed_class", pl.String, "license class an agreement states; null for other kinds"),
            ("valid_from", pl.String, "first day of the agreement, ISO date; null if open"),
            ("valid_to", pl.String, "last day of the agreement, ISO date; null if open"),
            (
                "stages_allowed",
                TEXTS,
                "stages the agreement permits; empty for all and other kinds",
            ),
            _DETECTOR,
            _DETECTOR_VERSION,
        ),
        partition="language",
    ),
    Table(
        "license_conclusions",
        "One row per occurrence: what its license is, on what evidence, and why.",
        ("content_id", "origin", "revision", "path", "source"),
        _columns(
            _CONTENT,
            _LANGUAGE,
            *_OCCURRENCE,
            ("license_declared", pl.String, "SPDX expression of the package or tree; null if none"),
            ("license_info_in_file", pl.String, "SPDX expression stated in the file; null if none"),
            *_CONCLUSION,
            (
                "license_elected",
                pl.String,
                "the expression without the branches not taken; null where nothing was chosen",
            ),
            *_LICENSE_TERMS,
            ("basis", pl.String, "kind of the deciding claim, none where nothing decides"),
            ("claim_ids", TEXTS, "the deciding claims of this occurrence, as kind:ordinal"),
            ("reason", pl.String, "why this state, in words, with the rule id"),
            ("stages_allowed", TEXTS, "stages the agreement permits; empty means no such limit"),
            ("valid_to", pl.String, "ISO date after which the grant ends; null if it does not"),
            ("rule_version", pl.String, "version of the resolution rules and policy"),
        ),
        partition="language",
    ),
    Table(
        "copyrights",
        "One row per copyright statement in a document, once per distinct content.",
        ("content_id", "ordinal"),
        _columns(
            _CONTENT,
            _LANGUAGE,
            ("ordinal", pl.Int64, "position of the statement in the content, from 0"),
            ("statement", pl.String, "the statement as written, on one line"),
            ("start_line", pl.Int64, "first line of the statement, from 1"),
            ("end_line", pl.Int64, "last line of the statement"),
            _DETECTOR,
            _DETECTOR_VERSION,
        ),
        partition="language",
    ),
    Table(
        "license_chains",
        "One row per part that a package bundles, vendors, copies or needs, with its license.",
        ("source_category", "source", "origin", "revision", "relation", "component"),
        _columns(
            _CATEGORY,
            _SOURCE,
            _ORIGIN,
            _REVISION,
            (
                "relation",
                pl.String,
                "bundles (a folder with a license file of its own), vendors (in a folder of other "
                "people's code), copies (contents published earlier elsewhere), snippet (copied "
                "from an address) or depends (declared by a manifest)",
            ),
            (
                "component",
                pl.String,
                "folder of the part, origin of the copies, address of the snippet, or package URL",
            ),
            (
                "component_revision",
                pl.String,
                "revision of an origin that was collected; null for folders, snippets and others",
            ),
            ("component_license", pl.String, "SPDX expression of the part; null if unknown"),
            ("component_class", pl.String, "its strictest license class; unknown if none is known"),
            (
                "component_state",
                pl.String,
                "granted, none_found, conflict, denied or unreadable; null if not collected",
            ),
            (
                "dependency_scope",
                pl.String,
                "runtime, optional, build or dev; null for other relations",
            ),
            ("requirement", pl.String, "wanted versions, as written; null for other relations"),
            ("n_files", pl.Int64, "files of the package that belong to the part or declare it"),
            ("n_contents", pl.Int64, "distinct contents of these files"),
            ("n_bytes", pl.Int64, "bytes of the part's files; null for snippets and dependencies"),
            ("host_license", pl.String, "SPDX expression that the package declares; null if none"),
            ("host_class", pl.String, "its license class"),
            (
                "is_conflict",
                pl.Boolean,
                "a permissive package over a more restrictive part; dependencies never are",
            ),
            (
                "flags",
                TEXTS,
                "restrictive_dependency, without_license or not_collected, sorted",
            ),
            ("reason", pl.String, "what the part is to the package, in words"),
            ("sample_paths", TEXTS, "up to three paths to look at"),
            ("rule_version", pl.String, "version of the rules and policy"),
        ),
    ),
    # ------------------------------------------------------------------ deduplication
    Table(
        "exact_duplicates",
        "One row per content that occurs more than once.",
        ("content_id",),
        _columns(
            _CONTENT,
            _LANGUAGE,
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
        _columns(
            ("content_id_a", pl.String, "the smaller content id of the pair"),
            ("content_id_b", pl.String, "the larger content id of the pair"),
            _LANGUAGE,
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
        _columns(
            ("unit_id", pl.String, "content id, ':' and the byte span"),
            _CONTENT,
            _LANGUAGE,
            ("kind", pl.String, "function, method or class"),
            ("name", pl.String, "name as written; null for anonymous ones"),
            *_SPAN,
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
        _columns(
            ("unit_id", pl.String, "the unit"),
            _CONTENT,
            _LANGUAGE,
            ("cluster_id", pl.String, "token hash shared by the cluster"),
            ("cluster_units", pl.Int64, "units in the cluster"),
            ("cluster_contents", pl.Int64, "distinct contents in the cluster"),
        ),
        partition="language",
    ),
    # ------------------------------------------------------------------ quality, security
    Table(
        "quality_signals",
        "One row per document: what was measured on it.",
        ("content_id",),
        _columns(
            _CONTENT,
            _LANGUAGE,
            ("n_bytes", pl.Int64, "UTF-8 bytes of the decoded text"),
            ("n_chars", pl.Int64, "code points"),
            ("n_lines", pl.Int64, "lines separated by \\n; a final newline opens no line"),
            ("n_words", pl.Int64, "runs without white space"),
            ("n_tokens", pl.Int64, "o200k tokens"),
            ("max_line_chars", pl.Int64, "longest line"),
            (
                "max_code_line_chars",
                pl.Int64,
                "longest line when the contents of quoted strings are left out",
            ),
            ("mean_line_chars", pl.Float64, "mean line length"),
            ("alnum_fraction", pl.Float64, "letters and digits over all characters"),
            ("alpha_fraction", pl.Float64, "letters over all characters"),
            ("replacement_fraction", pl.Float64, "U+FFFD over all characters"),
            ("digit_fraction", pl.Float64, "decimal digits over all characters"),
            ("whitespace_fraction", pl.Float64, "white space over all characters"),
            ("duplicate_line_fraction", pl.Float64, "lines that repeat an earlier one"),
            ("comment_fraction", pl.Float64, "comment bytes over all bytes; null without grammar"),
            ("syntax_error_fraction", pl.Float64, "bytes under error nodes; null without grammar"),
            ("visible_text_fraction", pl.Float64, "visible text over all (HTML only)"),
            ("encoded_max_run", pl.Int64, "longest base64, hex or \\u run in characters"),
            ("encoded_fraction", pl.Float64, "share of characters in such runs"),
            ("is_generated", pl.Boolean, "written by a program"),
            ("generated_evidence", pl.String, "marker or rule behind is_generated; null if not"),
            ("is_minified", pl.Boolean, "minified or bundled"),
            ("is_vendored", pl.Boolean, "third-party copy by path"),
            ("is_xml_declaration", pl.Boolean, "an XML declaration in the first 100 characters"),
            ("is_lock_file", pl.Boolean, "dependency lock file"),
            ("is_test", pl.Boolean, "test code by path"),
            ("is_documentation", pl.Boolean, "documentation by path"),
            ("is_configuration", pl.Boolean, "configuration by path"),
            ("is_data", pl.Boolean, "data dump: rows of literals rather than code"),
            _DETECTOR_VERSION,
        ),
        partition="language",
    ),
    Table(
        "quality_scores",
        "One row per document: a score between 0 and 1 and the parts it is made of.",
        ("content_id",),
        _columns(
            _CONTENT,
            _LANGUAGE,
            ("score", pl.Float64, "weighted mean of the parts"),
            ("structure", pl.Float64, "parses cleanly, lines of readable length"),
            ("documentation", pl.Float64, "share of comments near what readers find useful"),
            ("substance", pl.Float64, "enough non-repeating text, little data"),
            ("model_version", pl.String, "version of the scoring rules and policy weights"),
        ),
        partition="language",
    ),
    Table(
        "secrets",
        "One row per secret found in a document; the secret itself is never stored.",
        ("finding_id",),
        _columns(
            ("finding_id", pl.String, "content id, rule and byte span, hashed"),
            _CONTENT,
            _LANGUAGE,
            ("kind", pl.String, "private_key, provider_token, password, url_password, …"),
            ("rule", pl.String, "scanner rule"),
            ("confidence", pl.String, "low, medium or high"),
            *_SPAN,
            ("fingerprint", pl.String, "HMAC-SHA256 of the secret under the project's key"),
            _DETECTOR,
            _DETECTOR_VERSION,
        ),
        partition="language",
        # The project key differs from one project to the next; spans do not.
        payload=frozenset({"fingerprint"}),
    ),
    Table(
        "weaknesses",
        "One row per code weakness (CWE) reported in a document.",
        ("finding_id",),
        _columns(
            ("finding_id", pl.String, "content id, rule and span, hashed"),
            _CONTENT,
            _LANGUAGE,
            ("cwe", pl.Int64, "CWE number"),
            ("rule", pl.String, "tool rule"),
            ("confidence", pl.String, "low, medium or high"),
            ("message", pl.String, "what the rule says"),
            ("start_line", pl.Int64, "first line"),
            ("end_line", pl.Int64, "last line"),
            _DETECTOR,
            _DETECTOR_VERSION,
        ),
        partition="language",
    ),
    Table(
        "contamination",
        "One row per document and benchmark item that share n-grams.",
        ("content_id", "benchmark", "item_id"),
        _columns(
            _CONTENT,
            _LANGUAGE,
            ("benchmark", pl.String, "name of the benchmark"),
            ("item_id", pl.String, "item of the benchmark"),
            ("n_shared", pl.Int64, "distinct word 10-grams in both"),
            ("share", pl.Float64, "shared n-grams over the item's n-grams"),
            ("method_version", pl.String, "version of the n-gram rules and benchmark digest"),
        ),
        partition="language",
    ),
    # ------------------------------------------------------------------ curation
    Table(
        "duplicate_resolution",
        "One row per document: the cluster it belongs to, which member is kept, and why.",
        ("content_id",),
        _columns(
            _CONTENT,
            _LANGUAGE,
            ("cluster_id", pl.String, "smallest content id of the cluster"),
            ("cluster_size", pl.Int64, "documents in the cluster"),
            ("kept_content_id", pl.String, "the kept member that stands for this one"),
            ("is_kept", pl.Boolean, "whether this document is kept"),
            ("similarity_to_kept", pl.Float64, "verified similarity to that member; 1 if kept"),
            ("reason", pl.String, "rule by which the kept member won"),
            *_CONCLUSION,
            *_LICENSE_TERMS,
            ("license_reason", pl.String, "why, over all occurrences and cluster members"),
            ("stages_allowed", TEXTS, "stages agreements permit; empty means no such limit"),
            ("valid_to", pl.String, "earliest end of a grant it rests on; null if open"),
            ("rule_version", pl.String, "version of the choice rules"),
        ),
        partition="language",
    ),
    Table(
        "ledger",
        "One row per document, stage and gate: the verdict with value, threshold and version.",
        ("content_id", "stage", "gate"),
        _columns(
            _CONTENT,
            _LANGUAGE,
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
        _columns(
            _CONTENT,
            _LANGUAGE,
            *_OCCURRENCE,
            *_CONCLUSION,
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
        _columns(
            ("pair_id", pl.String, "hash of task, submission and solution content"),
            ("kind", pl.String, "problem_solution"),
            _CONTENT,
            _LANGUAGE,
            *_OCCURRENCE,
            ("task_id", pl.String, "task the pair comes from"),
            ("submission_id", pl.String, "answer; null where the exercise has one solution"),
            ("prompt", pl.String, "the problem"),
            ("tests_content_id", pl.String, "content of its tests; null without"),
            ("n_expert_reviews", pl.Int64, "approving reviews, a senior among them; 0 without"),
            ("ai_assist", pl.String, "none, completion, generated or unknown"),
            *_CONCLUSION,
            ("stages", TEXTS, "stages the solution may serve, sorted"),
            ("n_tokens", pl.Int64, "o200k tokens of prompt and solution"),
            ("split_group", pl.String, "group that stays on one side of the evaluation line"),
        ),
        partition="language",
    ),
    # ------------------------------------------------------------------ measurement
    Table(
        "cost_ledger",
        "One row per cost event; money in millionths of the currency unit.",
        ("event_id",),
        _columns(
            ("event_id", pl.String, "identifier of the event"),
            _CATEGORY,
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
        _columns(
            _CATEGORY,
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
    # ------------------------------------------------------------------ blends, serving
    Table(
        "mix_plan",
        "One row per stage and cell (source category, language, license class): planned tokens.",
        ("stage", "content_kind", "source_category", "language", "license_class"),
        _columns(
            _STAGE,
            ("content_kind", pl.String, "file or pair"),
            _CATEGORY,
            _LANGUAGE,
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
        _columns(
            ("row_id", pl.String, "stage, content or pair id and replica, hashed"),
            _STAGE,
            ("content_kind", pl.String, "file or pair"),
            _CONTENT,
            ("pair_id", pl.String, "the pair; null for files"),
            ("replica", pl.Int64, "0 for the first copy"),
            ("sample_key", pl.Int64, "63-bit hash that orders and samples the rows"),
            _LANGUAGE,
            *_OCCURRENCE,
            *_CONCLUSION,
            ("quality_score", pl.Float64, "0-1; null for pairs"),
            ("n_tokens", pl.Int64, "o200k tokens"),
            ("split_group", pl.String, "group that stays on one side of the evaluation line"),
        ),
        partition="stage",
    ),
    Table(
        "releases",
        "One row per published release and stage.",
        ("mix", "version", "stage"),
        _columns(
            ("mix", pl.String, "name of the mix"),
            ("version", pl.String, "version of the spec and digest of its rows"),
            _STAGE,
            ("n_rows", pl.Int64, "rows"),
            ("n_tokens", pl.Int64, "tokens"),
            ("manifest_sha256", pl.String, "hash of the release's manifest"),
        ),
    ),
    # ------------------------------------------------------------------ audit
    Table(
        "takedowns",
        "One row per content that must never come back, with the request behind it.",
        ("request_id", "content_id"),
        _columns(
            ("request_id", pl.String, "identifier of the request"),
            _CONTENT,
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
        _columns(
            ("question_id", pl.String, "hash of origin, state, expressions and reason"),
            _CATEGORY,
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
        _columns(
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

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
