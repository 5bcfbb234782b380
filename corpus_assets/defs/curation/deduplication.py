"""Deduplication: proofs that documents or units repeat one another; no choice is made here."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.defs.curation.pictures import document_frequency, similarities
from corpus_assets.defs.earlier import earlier_run
from corpus_assets.defs.evidence import document_batches, evidence
from corpus_assets.defs.step import Read, Step, StepContext


def _exact_duplicates(context: StepContext) -> pl.DataFrame:
    from corpus_assets.dedup.exact import exact_duplicates

    return exact_duplicates(context.scan("occurrences"), context.read("documents"))


def _document_signatures(context: StepContext) -> pl.DataFrame:
    from corpus_assets.dedup.signatures import document_signatures

    return evidence(context, "document_signatures", document_signatures)


def _near_duplicates(context: StepContext) -> pl.DataFrame:
    from corpus_assets.dedup.near import updated_pairs
    from corpus_assets.dedup.signatures import shingle_sets
    from corpus_assets.dedup.spans import with_spans

    assert context.partition is not None
    threshold = context.workspace.filters.near_duplicates.for_language(context.partition).recorded
    signatures = context.read("document_signatures")
    earlier = earlier_run(context, "near_duplicates", "document_signatures")
    pairs = updated_pairs(
        signatures,
        earlier.input,
        earlier.rows,
        lambda rows: shingle_sets(_texts(context, signatures["content_id"].gather(rows))),
        threshold,
    )
    return with_spans(pairs, lambda ids: _texts(context, ids))


def _contained_documents(context: StepContext) -> pl.DataFrame:
    from corpus_assets.dedup.containment import contained_pairs

    assert context.partition is not None
    limits = context.workspace.filters.near_duplicates.for_language(context.partition)
    signatures = context.read("document_signatures").select("content_id", "language")
    return contained_pairs(
        signatures,
        _texts(context, signatures["content_id"]),
        limits.containment,
        limits.recorded,
    )


def _texts(context: StepContext, ids: pl.Series) -> Iterator[pl.Series]:
    """The texts of documents, in the order of their ids, read batch by batch."""
    sizes = context.here("documents").select("content_id", "size_bytes").collect()
    todo = sizes.join(ids.to_frame("content_id"), on="content_id", how="semi").sort("content_id")
    for batch in document_batches(context, todo):
        yield batch["text"]
        context.log(f"near_duplicates/{context.partition}: {batch.height:,} documents compared")


def _units(context: StepContext) -> pl.DataFrame:
    from corpus_assets.parse.units import units

    return evidence(context, "units", units)


def _unit_duplicates(context: StepContext) -> pl.DataFrame:
    from corpus_assets.dedup.units import unit_duplicates

    return unit_duplicates(context.read("units"), context.read("near_units"))


def _near_units(context: StepContext) -> pl.DataFrame:
    from corpus_assets.dedup.near_units import near_units

    threshold = context.workspace.filters.near_units.similarity
    return near_units(context.read("units"), threshold)


EXACT_DUPLICATES = Step(
    table="exact_duplicates",
    group="deduplication",
    compute=_exact_duplicates,
    reads=(Read("documents"), Read("occurrences", "all")),
    code=("dedup/exact.py",),
)
_SIGNATURES = (
    "dedup/signatures.py", "dedup/shingles.py", "dedup/sets.py", "dedup/parallel.py",
    "dedup/kernels", "parse/buffers.py", "compiled.py",
)  # fmt: skip
DOCUMENT_SIGNATURES = Step(
    table="document_signatures",
    group="deduplication",
    compute=_document_signatures,
    reads=(Read("documents"),),
    code=_SIGNATURES,
    kinds=("numba", "deltalake"),
)
NEAR_DUPLICATES = Step(
    table="near_duplicates",
    group="deduplication",
    compute=_near_duplicates,
    reads=(Read("documents"), Read("document_signatures")),
    code=(
        "dedup/near.py", "dedup/candidates.py", "dedup/compare.py", "dedup/spans.py", *_SIGNATURES,
    ),
    settings=("filters",),
    kinds=("numba", "deltalake"),
    pool="memory",
    plot=similarities,
    plot_title="verified pairs, by similarity",
)  # fmt: skip
CONTAINED_DOCUMENTS = Step(
    table="contained_documents",
    group="deduplication",
    compute=_contained_documents,
    reads=(Read("documents"), Read("document_signatures")),
    code=("dedup/containment.py", "dedup/candidates.py", "dedup/compare.py", *_SIGNATURES),
    settings=("filters",),
    kinds=("numba", "deltalake"),
    pool="memory",
)
UNITS = Step(
    table="units",
    group="deduplication",
    compute=_units,
    reads=(Read("documents"),),
    code=(
        "parse/units.py",
        "parse/unit_patterns.py",
        "parse/unit_tokens.py",
        "parse/kernels/units.py",
        "parse/unit_pool.py",
        "parse/syntax.py",
        "parse/errors.py",
        "compiled.py",
    ),
    kinds=("treesitter", "deltalake"),
)
NEAR_UNITS = Step(
    table="near_units",
    group="deduplication",
    compute=_near_units,
    reads=(Read("units"),),
    code=(
        "dedup/near_units.py",
        "dedup/candidates.py",
        "dedup/compare.py",
        "dedup/parallel.py",
        "dedup/sets.py",
        "dedup/shingles.py",
        "dedup/kernels",
        "parse/buffers.py",
        "compiled.py",
    ),
    settings=("filters",),
    pool="memory",
)
UNIT_DUPLICATES = Step(
    table="unit_duplicates",
    group="deduplication",
    compute=_unit_duplicates,
    reads=(Read("units"), Read("near_units")),
    code=("dedup/units.py",),
    plot=document_frequency,
    plot_title="repeated units, by documents that hold them",
)
