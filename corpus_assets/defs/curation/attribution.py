"""Attribution: the copyright statements of every document, from which releases give credit."""

from __future__ import annotations

import polars as pl

from corpus_assets.defs.evidence import evidence
from corpus_assets.defs.step import Read, Step, StepContext


def _copyrights(context: StepContext) -> pl.DataFrame:
    from corpus_assets.licensing.copyright_evidence import copyright_evidence

    return evidence(context, "copyrights", copyright_evidence)


COPYRIGHTS = Step(
    table="copyrights",
    group="licensing",
    compute=_copyrights,
    reads=(Read("documents"),),
    code=(
        "licensing/copyright_evidence.py",
        "licensing/copyright_lines.py",
        "licensing/copyright_words.py",
        "licensing/copyrights.py",
    ),
    owner="team:license-review",
)
