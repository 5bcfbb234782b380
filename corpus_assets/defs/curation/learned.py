"""The learned score: a model per language family, trained on the lake's own documents."""

from __future__ import annotations

import json

import polars as pl

from corpus_assets.defs.evidence import document_batches
from corpus_assets.defs.plots import bars
from corpus_assets.defs.step import Read, Step, StepContext

_CODE = (
    "quality/learned", "quality/kernels/hashed.py", "quality/kernels/bare.py",
    "quality/kernels/code.py", "quality/kernels/counters.py", "quality/lexicon.py",
    "quality/signs.py", "quality/uses/bare.py", "parse/buffers.py", "compiled.py",
)  # fmt: skip


def _quality_models(context: StepContext) -> pl.DataFrame:
    from corpus_assets.quality.learned import FAMILIES
    from corpus_assets.quality.learned.examples import examples
    from corpus_assets.quality.learned.features import NUMBERS
    from corpus_assets.quality.learned.training import family_model
    from corpus_assets.tables import TABLES

    found = examples(context.scan("documents"), context.scan("quality_signals"))
    rows = []
    for family in FAMILIES:
        chosen = found.filter(pl.col("family") == family)
        ids = chosen.select("content_id").lazy()
        texts = context.scan("documents").select("content_id", "language", "text")
        numbers = context.scan("quality_signals").select("content_id", *NUMBERS)
        documents = texts.join(ids, on="content_id", how="semi").collect().sort("content_id")
        signals = numbers.join(ids, on="content_id", how="semi").collect().sort("content_id")
        rows.append(family_model(family, chosen, documents, signals))
        context.log(f"quality_models: {family}: {rows[-1]['state']}")
    return pl.DataFrame(rows, schema=TABLES["quality_models"].schema)


def _learned_scores(context: StepContext) -> pl.DataFrame:
    from corpus_assets.quality.learned.scoring import learned_scores, quantiles
    from corpus_assets.tables import empty

    models, signals = context.scan("quality_models").collect(), context.read("quality_signals")
    todo = context.here("documents").select("content_id", "size_bytes").collect()
    parts = [empty("learned_scores").drop("learned_quantile")]
    for batch in document_batches(context, todo.sort("content_id")):
        parts.append(learned_scores(batch, signals, models))
    return quantiles(pl.concat(parts))


def _areas(rows: pl.DataFrame) -> str:
    trained = rows.filter(pl.col("auc").is_not_null()).sort("family")
    return bars(trained.select("family", "auc").rows())


def _reliability(_context: StepContext, rows: pl.DataFrame) -> dict[str, str]:
    """For every model a plot of the curated share by tenths of the score (calibrated scores make
    bars as long as their names say), the figures, and what the score owes to comments."""
    told = {}
    for row in rows.filter(pl.col("state") == "trained").sort("family").iter_rows(named=True):
        manifest = json.loads(row["manifest"])
        parts = manifest["reliability"]
        lines = ["| score | curated | share |", "|---|---|---|"]
        lines += [
            f"| {part['score']:.2f} | {part['curated']:.2f} | {part['share']:.2f} |"
            for part in parts
        ]
        owed = manifest["textbook_correlation"]
        lines.append(
            f"\nrank correlation in the background: comments {owed['comment_fraction']:+.2f}, "
            f"length {owed['n_chars']:+.2f}"
        )
        told[f"reliability {row['family']}"] = bars(
            [(f"score {part['score']:.2f}: curated", part["curated"]) for part in parts]
        )
        told[f"reliability figures {row['family']}"] = "\n".join(lines)
    return told


def _thresholds(_context: StepContext, rows: pl.DataFrame) -> dict[str, str]:
    """The scores that keep the best half, quarter and tenth of the language."""
    if rows.is_empty():
        return {"thresholds": "no model for this language: quality_models says why"}
    cuts = {
        f"best {share:.0%}": rows["learned_score"].quantile(1 - share, "higher")
        for share in (0.5, 0.25, 0.1)
    }
    return {"thresholds": ", ".join(f"{name}: {cut:.3f}" for name, cut in cuts.items())}


QUALITY_MODELS = Step(
    table="quality_models",
    group="quality",
    compute=_quality_models,
    reads=(Read("documents", "all"), Read("quality_signals", "all")),
    code=_CODE,
    plot=_areas,
    plot_title="AUC by origins held out",
    report=_reliability,
)
LEARNED_SCORES = Step(
    table="learned_scores",
    group="quality",
    compute=_learned_scores,
    reads=(Read("documents"), Read("quality_signals"), Read("quality_models", "all")),
    code=_CODE,
    report=_thresholds,
)
