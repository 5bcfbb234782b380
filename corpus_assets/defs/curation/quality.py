"""Quality: signals measured on documents, and a score made of them."""

from __future__ import annotations

import polars as pl

from corpus_assets.defs.evidence import evidence
from corpus_assets.defs.step import Read, Step, StepContext


def _quality_signals(context: StepContext) -> pl.DataFrame:
    from corpus_assets.quality.signals import quality_signals

    return evidence(context, "quality_signals", quality_signals)


def _quality_scores(context: StepContext) -> pl.DataFrame:
    from corpus_assets.quality.scores import quality_scores

    return quality_scores(context.read("quality_signals"), context.workspace.filters)


QUALITY_SIGNALS = Step(
    table="quality_signals",
    group="quality",
    compute=_quality_signals,
    reads=(Read("documents"),),
    code=("quality", "parse", "compiled.py"),
)
QUALITY_SCORES = Step(
    table="quality_scores",
    group="quality",
    compute=_quality_scores,
    reads=(Read("quality_signals"),),
    code=("quality/scores.py",),
    settings=("filters",),
)
