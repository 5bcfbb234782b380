"""Security: secrets and weaknesses found in documents; and overlap with benchmarks."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.defs.evidence import document_batches, evidence
from corpus_assets.defs.step import Check, Read, Step, StepContext
from corpus_assets.tables import empty

_CONTAMINATION_CODE = (
    "dedup/contamination.py", "dedup/canaries.py", "dedup/overlaps.py", "dedup/item_index.py",
    "dedup/token_weights.py", "dedup/benchmarks.py", "dedup/benchmark_rows.py",
    "dedup/benchmark_shapes.py", "dedup/parallel.py", "dedup/kernels/code_tokens.py",
    "dedup/kernels/alignments.py", "dedup/kernels/coverage.py", "parse/buffers.py",
    "compiled.py", "languages.py",
)  # fmt: skip
CANARIES = "canaries_found"
_LEAST_RECALL = 0.95


def _secrets(context: StepContext) -> pl.DataFrame:
    from corpus_assets.security.key import project_key
    from corpus_assets.security.secrets import secrets

    key = project_key(context.workspace.state)
    return evidence(context, "secrets", lambda documents: secrets(documents, key))


def _weaknesses(context: StepContext) -> pl.DataFrame:
    from corpus_assets.security.weaknesses import weaknesses

    return evidence(context, "weaknesses", weaknesses)


def _contamination(context: StepContext) -> pl.DataFrame:
    from corpus_assets.dedup.benchmarks import load_benchmark
    from corpus_assets.dedup.contamination import contamination

    folder = context.workspace.config.parent
    items = [load_benchmark(spec, folder) for spec in context.workspace.project.benchmarks]
    if not items:
        return empty("contamination")
    # How common a stretch is shows in all documents together, so none is left out as seen before.
    return contamination(_batches(context), pl.concat(items))


def _batches(context: StepContext) -> Iterator[pl.DataFrame]:
    keys = context.here("documents").select("content_id", "size_bytes").collect()
    return document_batches(context, keys.sort("content_id"))


def _canaries(context: StepContext, rows: pl.DataFrame) -> Iterator[Check]:
    """How many benchmark items planted in documents of this language are found."""
    from corpus_assets.dedup.benchmarks import load_benchmark
    from corpus_assets.dedup.canaries import canary_recall, recall_words

    del rows  # canaries stand in documents of their own
    folder = context.workspace.config.parent
    items = [load_benchmark(spec, folder) for spec in context.workspace.project.benchmarks]
    if not items:
        yield Check(CANARIES, True, "no benchmarks in the project file", blocking=False)
        return
    recall = canary_recall(next(_batches(context), empty("documents")), pl.concat(items))
    verbatim = recall.filter(pl.col("variant") == "verbatim")
    found = (verbatim["n_found"] >= _LEAST_RECALL * verbatim["n_planted"]).all()
    context.log(f"contamination/{context.partition}: {recall_words(recall)}")
    yield Check(CANARIES, bool(found), recall_words(recall), blocking=False)


SECRETS = Step(
    table="secrets",
    group="security",
    compute=_secrets,
    reads=(Read("documents"),),
    code=("security", "parse", "compiled.py"),
    kinds=("kingfisher", "deltalake"),
)
WEAKNESSES = Step(
    table="weaknesses",
    group="security",
    compute=_weaknesses,
    reads=(Read("documents"),),
    code=("security", "parse", "compiled.py"),
    kinds=("treesitter", "ruff", "deltalake"),
)
CONTAMINATION = Step(
    table="contamination",
    group="decontamination",
    compute=_contamination,
    reads=(Read("documents"),),
    code=_CONTAMINATION_CODE,
    settings=("benchmarks",),
    checks=_canaries,
    check_names=(CANARIES,),
)
