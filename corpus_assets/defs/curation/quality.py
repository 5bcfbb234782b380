"""Quality: signals measured on documents, and a score made of them."""

from __future__ import annotations

import polars as pl

from corpus_assets.defs.evidence import document_batches, evidence
from corpus_assets.defs.step import Read, Step, StepContext


def _quality_signals(context: StepContext) -> pl.DataFrame:
    from corpus_assets.quality.signals import quality_signals

    return evidence(context, "quality_signals", quality_signals)


def _quality_scores(context: StepContext) -> pl.DataFrame:
    from corpus_assets.quality.scores import quality_scores

    return quality_scores(context.read("quality_signals"), context.workspace.filters)


def _uses(context: StepContext) -> pl.DataFrame:
    from corpus_assets.quality.uses import uses

    workspace = context.workspace
    return evidence(
        context, "uses", lambda rows: uses(rows, workspace.domains, workspace.language_versions)
    )


def _boilerplate(context: StepContext) -> pl.DataFrame:
    from corpus_assets.quality.boilerplate import boilerplate

    todo = context.here("documents").select("content_id", "size_bytes").collect()
    keys = todo.sort("content_id")
    return boilerplate(lambda: document_batches(context, keys), int(keys["size_bytes"].sum()))


QUALITY_SIGNALS = Step(
    table="quality_signals",
    group="quality",
    compute=_quality_signals,
    reads=(Read("documents"),),
    code=("quality", "parse", "compiled.py"),
)
BOILERPLATE = Step(
    table="boilerplate",
    group="quality",
    compute=_boilerplate,
    reads=(Read("documents"),),
    code=("quality/boilerplate.py",),
)
QUALITY_SCORES = Step(
    table="quality_scores",
    group="quality",
    compute=_quality_scores,
    reads=(Read("quality_signals"),),
    code=("quality/scores.py",),
    settings=("filters",),
)
USES = Step(
    table="uses",
    group="quality",
    compute=_uses,
    reads=(Read("documents"),),
    code=(
        "quality/uses", "quality/signs.py", "quality/lexicon.py", "quality/kernels/code.py",
        "quality/kernels/bare.py", "quality/kernels/counters.py", "parse/buffers.py", "compiled.py",
    ),
    settings=("domains", "language_versions"),
)  # fmt: skip
