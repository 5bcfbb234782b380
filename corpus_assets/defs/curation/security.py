"""Security: secrets and weaknesses found in documents; and overlap with benchmarks."""

from __future__ import annotations

import polars as pl

from corpus_assets.defs.evidence import evidence
from corpus_assets.defs.step import Read, Step, StepContext


def _secrets(context: StepContext) -> pl.DataFrame:
    from corpus_assets.security.key import project_key
    from corpus_assets.security.secrets import secrets

    key = project_key(context.workspace.state)
    return evidence(context, "secrets", lambda documents: secrets(documents, key))


def _weaknesses(context: StepContext) -> pl.DataFrame:
    from corpus_assets.security.weaknesses import weaknesses

    return evidence(context, "weaknesses", weaknesses)


def _contamination(context: StepContext) -> pl.DataFrame:
    from corpus_assets.dedup.contamination import contamination, load_benchmark
    from corpus_assets.tables import empty

    folder = context.workspace.config.parent
    items = [load_benchmark(spec, folder) for spec in context.workspace.project.benchmarks]
    if not items:
        return empty("contamination")
    joined = pl.concat(items)
    return evidence(context, "contamination", lambda documents: contamination(documents, joined))


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
    code=("dedup/contamination.py", "dedup/benchmarks.py"),
    settings=("benchmarks",),
)
