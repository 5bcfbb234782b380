"""Licensing: texts found by name, claims about occurrences, conclusions from claims."""

from __future__ import annotations

import polars as pl

from corpus_assets.defs.evidence import evidence
from corpus_assets.defs.plots import bars
from corpus_assets.defs.step import Read, Step, StepContext

_REVIEWERS = "team:license-review"
_CODE = ("licensing", "parse/decoding.py", "evidence_names.py")


def _license_texts(context: StepContext) -> pl.DataFrame:
    from corpus_assets.licensing.evidence_files import evidence_role
    from corpus_assets.licensing.texts import license_texts

    files = (
        context.scan("occurrences")
        .with_columns(role=evidence_role(pl.col("path")))
        .filter(pl.col("role").is_not_null())
        .group_by("content_id", "role")
        .agg(pl.col("path").min())
        .collect()
    )
    stored = context.lake.read("license_texts")
    previous = context.lake.version("license_texts")
    if previous is None or previous.provenance.code_version != context.provenance.code_version:
        stored = stored.clear()
    key = ["content_id", "role"]
    todo = files.join(stored, on=key, how="anti").sort(key)
    context.log(f"{todo.height:,} of {files.height:,} license files and manifests are new")
    bytes_of = (
        context.scan("contents").select("content_id", "data").filter(pl.col("data").is_not_null())
    )
    data = bytes_of.join(todo.lazy().select("content_id").unique(), on="content_id", how="semi")
    found = license_texts(todo.join(data.collect(), on="content_id").sort(key))
    return pl.concat([stored.join(files, on=key, how="semi"), found])


def _license_claims(context: StepContext) -> pl.DataFrame:
    from corpus_assets.licensing.claims import license_claims
    from corpus_assets.licensing.statements import file_statements

    statements = evidence(context, "license_claims", file_statements, kept=_stored_statements)
    texts = context.scan("license_texts").collect()
    occurrences = context.scan("occurrences")
    return license_claims(
        occurrences=occurrences_here(context),
        statements=statements,
        texts=texts,
        text_occurrences=occurrences.join(
            texts.lazy().select("content_id").unique(), on="content_id", how="semi"
        ).collect(),
        agreements=context.scan("agreements").collect(),
    )


def _stored_statements(claims: pl.DataFrame) -> pl.DataFrame:
    """The statements of contents, from the claims that repeat them for every occurrence."""
    from corpus_assets.licensing.statements import file_statements
    from corpus_assets.tables import empty

    columns = file_statements(empty("documents")).columns
    return claims.filter(pl.col("kind") == "file").unique(["content_id", "ordinal"]).select(columns)


def occurrences_here(context: StepContext) -> pl.DataFrame:
    """All occurrences of the partition's documents, under the documents' language."""
    documents = context.here("documents").select("content_id", "language", "language_name")
    return (
        context.scan("occurrences")
        .drop("language", "language_name")
        .join(documents, on="content_id", how="inner")
        .collect()
        .sort("source_category", "source", "origin", "revision", "path")
    )


def _license_conclusions(context: StepContext) -> pl.DataFrame:
    from corpus_assets.licensing.conclusions import license_conclusions

    return license_conclusions(
        occurrences_here(context), context.read("license_claims"), context.workspace.licenses
    )


def _classes(rows: pl.DataFrame) -> str:
    counted = rows.group_by("license_class").len().sort("len", "license_class", descending=True)
    return bars(counted.rows())


LICENSE_TEXTS = Step(
    table="license_texts",
    group="licensing",
    compute=_license_texts,
    reads=(Read("occurrences", "all"),),
    code=_CODE,
    kinds=("scancode", "deltalake"),
    owner=_REVIEWERS,
)
LICENSE_CLAIMS = Step(
    table="license_claims",
    group="licensing",
    compute=_license_claims,
    reads=(
        Read("documents"),
        Read("occurrences", "all"),
        Read("license_texts", "all"),
        Read("agreements", "all"),
    ),
    code=_CODE,
    kinds=("scancode", "deltalake"),
    owner=_REVIEWERS,
)
LICENSE_CONCLUSIONS = Step(
    table="license_conclusions",
    group="licensing",
    compute=_license_conclusions,
    reads=(Read("documents"), Read("occurrences", "all"), Read("license_claims")),
    code=_CODE,
    settings=("licenses",),
    owner=_REVIEWERS,
    plot=_classes,
    plot_title="occurrences by license class",
)
