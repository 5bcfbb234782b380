"""Licensing: texts found by name, claims about occurrences, conclusions from claims."""

from __future__ import annotations

import polars as pl

from corpus_assets.defs.curation.license_report import (
    GRANTED_ON_EVIDENCE,
    license_checks,
    license_report,
)
from corpus_assets.defs.evidence import evidence
from corpus_assets.defs.step import Read, Step, StepContext

_REVIEWERS = "team:license-review"
# What a scan says depends on these files only: rules between claims never cost a scan.
_SCANCODE = (
    "licensing/_scan_worker.py",
    "licensing/scan_forker.py",
    "licensing/scan_pool.py",
    "licensing/scancode.py",
    "licensing/scancode_align.py",
    "licensing/scancode_blocks.py",
    "licensing/scancode_candidates.py",
    "licensing/scancode_engine.py",
    "licensing/scancode_fast.py",
    "licensing/scancode_files.py",
    "licensing/scancode_merge.py",
    "licensing/scancode_phrases.py",
    "licensing/scancode_query.py",
)
_EVIDENCE = (
    *_SCANCODE,
    "evidence_names.py",
    "licensing/clues.py",
    "licensing/comments.py",
    "licensing/copyright_lines.py",
    "licensing/copyright_words.py",
    "licensing/copyrights.py",
    "licensing/expressions.py",
    "licensing/pointers.py",
    "licensing/snippet_addresses.py",
    "licensing/snippet_spans.py",
    "licensing/snippet_words.py",
    "licensing/snippets.py",
    "licensing/statements.py",
    "parse/errors.py",
    "parse/syntax.py",
)
_TEXTS = (
    *_SCANCODE,
    "licensing/copyright_lines.py",
    "licensing/copyright_words.py",
    "licensing/copyrights.py",
    "licensing/dep5.py",
    "licensing/evidence_rank.py",
    "licensing/expressions.py",
    "licensing/fields.py",
    "licensing/license_names.py",
    "licensing/manifests",
    "licensing/paragraph_texts.py",
    "licensing/readme.py",
    "licensing/single_names.py",
    "licensing/texts.py",
    "licensing/wording.py",
    "parse/decoding.py",
    "parse/legacy.py",
)
_RULES = (
    "licensing",
    "evidence_names.py",
    "origins.py",
    "parse/decoding.py",
    "parse/legacy.py",
    "parse/errors.py",
    "parse/syntax.py",
)


def _license_texts(context: StepContext) -> pl.DataFrame:
    from corpus_assets.licensing.evidence_files import evidence_role
    from corpus_assets.licensing.scan_pool import scan_texts
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
    bytes_of = context.scan("contents").select("content_id", "data")
    data = bytes_of.join(todo.lazy().select("content_id").unique(), on="content_id", how="semi")
    found = license_texts(
        todo.join(data.collect(), on="content_id", how="left").sort(key), scan_texts
    )
    return pl.concat([stored.join(files, on=key, how="semi"), found])


def _license_evidence(context: StepContext) -> pl.DataFrame:
    from corpus_assets.licensing.scan_pool import scan_texts
    from corpus_assets.licensing.statements import license_evidence

    return evidence(context, "license_evidence", lambda part: license_evidence(part, scan_texts))


def _license_claims(context: StepContext) -> pl.DataFrame:
    from corpus_assets.licensing.claims import license_claims

    texts = context.scan("license_texts").collect()
    occurrences = context.scan("occurrences")
    return license_claims(
        occurrences=occurrences_here(context),
        statements=context.read("license_evidence"),
        texts=texts,
        text_occurrences=occurrences.join(
            texts.lazy().select("content_id").unique(), on="content_id", how="semi"
        ).collect(),
        agreements=context.scan("agreements").collect(),
        forge_licenses=context.scan("forge_licenses").collect(),
    )


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


LICENSE_TEXTS = Step(
    table="license_texts",
    group="licensing",
    compute=_license_texts,
    reads=(Read("occurrences", "all"),),
    code=_TEXTS,
    kinds=("scancode", "deltalake"),
    owner=_REVIEWERS,
)
LICENSE_EVIDENCE = Step(
    table="license_evidence",
    group="licensing",
    compute=_license_evidence,
    reads=(Read("documents"),),
    code=_EVIDENCE,
    kinds=("scancode", "deltalake"),
    owner=_REVIEWERS,
)
LICENSE_CLAIMS = Step(
    table="license_claims",
    group="licensing",
    compute=_license_claims,
    reads=(
        Read("documents"),
        Read("license_evidence"),
        Read("occurrences", "all"),
        Read("license_texts", "all"),
        Read("agreements", "all"),
        Read("forge_licenses", "all"),
    ),
    code=_RULES,
    owner=_REVIEWERS,
)
LICENSE_CONCLUSIONS = Step(
    table="license_conclusions",
    group="licensing",
    compute=_license_conclusions,
    reads=(Read("documents"), Read("occurrences", "all"), Read("license_claims")),
    code=_RULES,
    settings=("licenses",),
    owner=_REVIEWERS,
    checks=license_checks,
    check_names=(GRANTED_ON_EVIDENCE,),
    report=license_report,
)
