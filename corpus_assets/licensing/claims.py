"""License claims: every statement joined to the occurrences it is about.

Belongs here: inheritance along the folders of a revision, vendored code, manifests, agreements.
Does not belong here: weighing the claims (`conclusions.py`). Kinds are never merged.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.licensing.evidence_files import (
    evidence_role,
    folder,
    is_collection,
    is_program,
    isolation_depth,
    scope,
    sidecar_target,
)
from corpus_assets.licensing.evidence_rank import FIRST
from corpus_assets.licensing.forge import forge_claims
from corpus_assets.licensing.references import followed
from corpus_assets.licensing.scoped import last_matches
from corpus_assets.licensing.texts import EMPTY
from corpus_assets.tables import TABLES, conform

_REVISION = ("source_category", "source", "origin", "revision")
_PLACE = (*_REVISION, "path")
_SUBJECT = ("content_id", "language", *_PLACE)
_EVIDENCE = (
    "license_expression", "statement_kind", "rule_id", "score", "coverage", "start_line",
    "end_line", "matched_text_sha256", "referenced_files", "copyrights", "detector",
    "detector_version",
)  # fmt: skip


# A page of documentation named like a license file may hold anything.
_IN_DOCUMENTS = r"(?:^|/)docs?/"
_DISTRIBUTION = r"^(?:.*/)?[^/]+\.dist-info"


def license_claims(
    occurrences: pl.DataFrame,
    statements: pl.DataFrame,
    texts: pl.DataFrame,
    text_occurrences: pl.DataFrame,
    agreements: pl.DataFrame,
    forge_licenses: pl.DataFrame,
) -> pl.DataFrame:
    """Every license claim about the occurrences: table license_claims.

    `occurrences` are those of one language, `statements` is table license_evidence for them,
    `texts` is table license_texts, `text_occurrences` where these texts were found (columns of
    table occurrences), `agreements` and `forge_licenses` are the tables of those names.
    License files count from the occurrence's folder up to the root, or up to the folder that
    holds other people's code; of manifests only the nearest one that declares anything.
    """
    subjects = occurrences.select(_SUBJECT)
    spoken = _spoken(texts, text_occurrences)
    ancestors = _ancestors(subjects, spoken)
    parts = [
        _file_claims(subjects, statements, spoken),
        _license_file_claims(subjects, ancestors, spoken),
        _manifest_claims(subjects, ancestors, spoken),
        _claims(
            forge_claims(subjects, forge_licenses), "forge", ("rule_id", "matched_text_sha256")
        ),
        _contract_claims(subjects, agreements),
    ]
    key = TABLES["license_claims"].key
    claims = pl.concat([_numbered(part) for part in parts])
    return conform(claims, "license_claims").sort(key)


def _spoken(texts: pl.DataFrame, text_occurrences: pl.DataFrame) -> pl.DataFrame:
    """The statements of license files and manifests at each place where they stand."""
    path = pl.col("path")
    places = text_occurrences.select(
        "content_id",
        *_REVISION,
        path.alias("evidence_path"),
        evidence_role(path).alias("role"),
        scope(path).alias("scope"),
        sidecar_target(path).alias("target"),
        is_collection(path).alias("is_collection"),
        (path.str.contains(FIRST) & ~path.str.contains(_IN_DOCUMENTS)).alias("speaks_for_tree"),
    ).pipe(_by_distribution)
    rows = texts.select(
        "content_id", "role", "applies_to", pl.col("ordinal").alias("text_ordinal"), *_EVIDENCE
    ).join(places, on=["content_id", "role"], how="inner")
    silent = pl.col("license_expression").is_null()
    pointer = silent & (pl.col("statement_kind") == "reference").fill_null(False)
    # A LICENSE that nobody can read is a claim; an empty one, or a notice or manifest that is
    # silent on licenses, is none.
    unread = (
        silent
        & (pl.col("role") == "license_file")
        & pl.col("speaks_for_tree")
        & (pl.col("rule_id") != EMPTY)
    )
    return rows.filter(~silent | pointer | unread).with_columns(
        pl.when(unread & ~pointer)
        .then(pl.lit("text"))
        .otherwise(pl.col("statement_kind"))
        .alias("statement_kind")
    )


def _by_distribution(places: pl.DataFrame) -> pl.DataFrame:
    """The places, where several Python distributions are installed beside one another with each
    one's files limited to its own folders.

    Alone in its folder, `name.dist-info` speaks for all that lies there, as in a wheel.
    """
    own = pl.col("evidence_path").str.extract(_DISTRIBUTION, 0)
    parent = own.str.extract(r"^(.*/)[^/]+$").fill_null("")
    name = own.str.extract(r"([^/]+?)(?:-[^/-]+)?\.dist-info$").str.replace_all("-", "_")
    marked = places.with_columns(own.alias("own"), parent.alias("parent"), name.alias("name"))
    beside = pl.col("own").drop_nulls().n_unique().over(*_REVISION, "parent")
    shared = pl.col("own").is_not_null() & (beside > 1)
    alone, several = marked.filter(~shared), marked.filter(shared)
    scopes = pl.concat_list(pl.concat_str("parent", "name"), pl.col("own"))
    split = several.with_columns(scopes.alias("scope")).explode("scope")
    return pl.concat([alone, split]).drop("own", "parent", "name")


def _ancestors(subjects: pl.DataFrame, spoken: pl.DataFrame) -> pl.DataFrame:
    """Per folder of an occurrence each folder above it that speaks for it, with the distance."""
    parts = pl.col("parts")
    depth = parts.list.len().cast(pl.Int64)
    return (
        subjects.select(*_REVISION, folder(pl.col("path")).alias("folder"))
        .unique()
        .with_columns(_folder_names(pl.col("folder")).alias("parts"))
        .with_columns(isolation_depth(parts).alias("floor"), depth.alias("depth"))
        .with_columns(pl.int_ranges(pl.col("floor"), pl.col("depth") + 1).alias("level"))
        .explode("level")
        .select(
            *_REVISION,
            "folder",
            parts.list.head(pl.col("level")).list.join("/").alias("scope"),
            (pl.col("depth") - pl.col("level")).alias("distance"),
        )
        .join(spoken.select(*_REVISION, "scope").unique(), on=[*_REVISION, "scope"], how="semi")
    )


def _folder_names(path: pl.Expr) -> pl.Expr:
    return path.str.split("/").list.eval(pl.element().filter(pl.element() != ""))


def _file_claims(
    subjects: pl.DataFrame, statements: pl.DataFrame, spoken: pl.DataFrame
) -> pl.DataFrame:
    """What files say themselves, what a sidecar `name.license` says of them, then what the files
    say to which they point."""
    said = statements.drop("language")
    own = _own_statements(subjects, said).with_columns(
        pl.col("path").alias("evidence_path"),
        pl.lit(0, pl.Int64).alias("distance"),
        pl.col("ordinal").alias("text_ordinal"),
        pl.lit(0).alias("order"),
    )
    pointed = followed(subjects, said, spoken.filter(~_is_limited())).with_columns(
        pl.lit("followed").alias("statement_kind"), pl.lit(2).alias("order")
    )
    sidecars = (
        spoken.filter(pl.col("target").is_not_null())
        .drop("content_id")
        .with_columns(pl.col("target").alias("path"), pl.lit(0, pl.Int64).alias("distance"))
    )
    beside = subjects.join(sidecars, on=list(_PLACE), how="inner").with_columns(
        pl.lit(1).alias("order")
    )
    columns = [*_SUBJECT, "evidence_path", "distance", "order", "text_ordinal", *_EVIDENCE]
    joined = pl.concat([part.select(columns) for part in (own, beside, pointed)])
    return _claims(joined, "file", ("order", "evidence_path", "text_ordinal"))


def _own_statements(subjects: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """What files say of themselves; what a manifest says besides its tags may be about anything.

    Its declaration is read by `manifests`, and its description describes the package.
    """
    path, kind = pl.col("path"), pl.col("statement_kind")
    is_data = (evidence_role(path) == "manifest").fill_null(False) & ~is_program(path)
    return subjects.join(said, on="content_id", how="inner").with_columns(
        pl.when(is_data & (kind != "tag"))
        .then(pl.lit("reference"))
        .otherwise(kind)
        .alias("statement_kind")
    )


def _license_file_claims(
    subjects: pl.DataFrame, ancestors: pl.DataFrame, spoken: pl.DataFrame
) -> pl.DataFrame:
    """License files of the folder and of those above it.

    Collections (`is_collection`) say which licenses occur, not where: they count only where no
    other license file speaks for the same folder.
    """
    speaks = (pl.col("role") != "manifest") & pl.col("target").is_null() & ~_is_limited()
    found = spoken.filter(speaks).filter(
        ~pl.col("is_collection") | pl.col("is_collection").all().over(*_REVISION, "scope")
    )
    joined = _inherited(subjects, ancestors, found)
    return _claims(joined, "license_file", ("distance", "evidence_path", "text_ordinal"))


def _manifest_claims(
    subjects: pl.DataFrame, ancestors: pl.DataFrame, spoken: pl.DataFrame
) -> pl.DataFrame:
    """The manifests of the nearest folder in which any of them declares a license, and lists of
    paths that name the occurrence."""
    found = spoken.filter((pl.col("role") == "manifest") & ~_is_limited())
    joined = _inherited(subjects, ancestors, found)
    nearest = joined.filter(pl.col("distance") == pl.col("distance").min().over(*_PLACE))
    limited = last_matches(
        subjects, spoken.filter(_is_limited()).drop("content_id"), "text_ordinal"
    ).with_columns(pl.lit(None, pl.Int64).alias("distance"))
    columns = [*_SUBJECT, "evidence_path", "distance", "text_ordinal", *_EVIDENCE]
    rows = pl.concat([nearest.select(columns), limited.select(columns)])
    return _claims(rows, "manifest", ("evidence_path", "text_ordinal"))


def _is_limited() -> pl.Expr:
    """Whether a statement is limited to some paths, as a paragraph of debian/copyright is."""
    return pl.col("applies_to").list.len().fill_null(0) > 0


def _inherited(
    subjects: pl.DataFrame, ancestors: pl.DataFrame, found: pl.DataFrame
) -> pl.DataFrame:
    by_folder = ancestors.join(found.drop("content_id"), on=[*_REVISION, "scope"], how="inner")
    return subjects.with_columns(folder(pl.col("path")).alias("folder")).join(
        by_folder, on=[*_REVISION, "folder"], how="inner"
    )


def _contract_claims(subjects: pl.DataFrame, agreements: pl.DataFrame) -> pl.DataFrame:
    """Agreements that cover the revision or the part of it in which the occurrence lies."""
    joined = subjects.join(agreements, on=list(_REVISION), how="inner")
    prefix = pl.col("path_prefix").fill_null("").str.strip_chars_end("/")
    covered = (
        (prefix == "") | (pl.col("path") == prefix) | pl.col("path").str.starts_with(prefix + "/")
    )
    rows = joined.filter(covered).with_columns(
        pl.lit("agreement").alias("statement_kind"),
        pl.col("agreement_id").alias("rule_id"),
        pl.col("license_class").alias("agreed_class"),
        pl.col("document_sha256").alias("matched_text_sha256"),
        pl.lit("agreements").alias("detector"),
        pl.lit("1").alias("detector_version"),
        pl.lit(100.0).alias("score"),
        pl.lit(100.0).alias("coverage"),
        pl.lit(None, pl.Int64).alias("start_line"),
        pl.lit(None, pl.Int64).alias("end_line"),
        pl.lit(None, pl.Int64).alias("distance"),
        pl.lit(None, pl.String).alias("evidence_path"),
        pl.lit([], pl.List(pl.String)).alias("referenced_files"),
        pl.lit([], pl.List(pl.String)).alias("copyrights"),
    )
    return _claims(rows, "contract", ("rule_id",))


def _claims(rows: pl.DataFrame, kind: str, order: tuple[str, ...]) -> pl.DataFrame:
    """The rows as claims of one kind, in the order in which they are to be numbered."""
    terms = {
        "agreed_class": pl.lit(None, pl.String),
        "valid_from": pl.lit(None, pl.String),
        "valid_to": pl.lit(None, pl.String),
        "stages_allowed": pl.lit([], pl.List(pl.String)),
    }
    missing = [value.alias(name) for name, value in terms.items() if name not in rows.columns]
    return (
        rows.with_columns(pl.lit(kind).alias("kind"), *missing)
        .sort(*_PLACE, "content_id", *order, nulls_last=True)
        .select(name for name in TABLES["license_claims"].names if name != "ordinal")
    )


def _numbered(claims: pl.DataFrame) -> pl.DataFrame:
    ordinal = pl.int_range(pl.len(), dtype=pl.Int64).over("content_id", *_PLACE)
    return claims.with_columns(ordinal.alias("ordinal")).select(TABLES["license_claims"].names)
