"""The source scorecard: five source categories, the same measures, from the tables.

Belongs here: measures and their definitions. Does not belong here: a single grade: weighing the
measures against one another is the reader's decision.

A document belongs to the category of its first occurrence. A value is null where nothing was
there to measure; `n` counts the items behind a value.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from corpus_assets.languages import SOURCE_CATEGORIES, STAGES
from corpus_assets.policy.license_words import GRADES
from corpus_assets.tables import TABLES, conform

INPUTS = (
    "revisions", "documents", "quality_signals", "quality_scores", "secrets",
    "license_conclusions", "duplicate_resolution", "curated_documents", "cost_ledger",
)  # fmt: skip
_STATES = ("granted", "none_found", "conflict", "denied", "unreadable")
_BY = "source_category"
# dimension, measure, the two columns of the ratio, unit, the column behind n
_RATIOS = (
    ("quality", "mean_quality_score", "score_tokens", "scored_tokens", "0-1 by tokens", "scored"),
    ("quality", "parse_clean_share", "parse_clean", "parsed", "share of documents", "parsed"),
    ("quality", "test_share", "tests", "signaled", "share of documents", "signaled"),
    ("signal_to_noise", "accepted_token_share", "accepted_tokens", "document_tokens",
     "share of tokens", "documents"),
    ("signal_to_noise", "duplicate_share", "not_kept", "resolved", "share of documents",
     "resolved"),
    ("signal_to_noise", "generated_share", "generated", "signaled", "share of documents",
     "signaled"),
    ("signal_to_noise", "minified_share", "minified", "signaled", "share of documents",
     "signaled"),
    ("signal_to_noise", "secrets_per_million_lines", "n_secrets", "million_lines",
     "findings per million lines", "signaled"),
    # millionths of the currency per token are whole units per million tokens
    ("cost", "cost_per_accepted_million_tokens", "amount_micro", "accepted_tokens",
     "currency units", "cost_events"),
    ("cost", "planning_default_share", "planned_micro", "amount_micro", "share of cost",
     "cost_events"),
    ("curation_needs", "rejected_document_share", "rejected", "documents", "share of documents",
     "documents"),
)  # fmt: skip
_FIGURES = (
    ("diversity", "effective_languages", "effective_language", "exp of token entropy", "accepted"),
    ("diversity", "effective_origins", "effective_origin", "exp of token entropy", "accepted"),
    ("scale", "files_collected", "occurrences", "files", "revisions"),
    ("scale", "accepted_tokens", "accepted_tokens", "tokens", "accepted"),
    ("scale", "origin_revisions", "revisions", "revisions", "revisions"),
    ("curation_needs", "files_quarantined", "quarantined", "files", "revisions"),
)  # fmt: skip

_MILLION = 1_000_000


def source_scorecard(tables: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """Table source_scorecard from the tables named in INPUTS."""
    totals = pl.LazyFrame({_BY: list(SOURCE_CATEGORIES)})
    for part in (
        _collected(tables["revisions"]),
        _documents(tables),
        _licenses(tables["license_conclusions"]),
        _curated(tables["curated_documents"]),
        _entropy(tables["curated_documents"], "language"),
        _entropy(tables["curated_documents"], "origin"),
        _costs(tables["cost_ledger"]),
    ):
        totals = totals.join(part, on=_BY, how="left")
    wide = totals.collect()
    counts = [name for name, dtype in wide.schema.items() if dtype.is_integer()]
    wide = wide.with_columns(pl.col(counts).cast(pl.Int64).fill_null(0)).with_columns(
        million_lines=pl.col("lines") / 1_000_000,
        occurrences=pl.col("files") - pl.col("quarantined"),
        rejected=pl.col("documents") - pl.col("accepted"),
    )
    rows = [
        wide.select(
            _BY,
            dimension=pl.lit(dimension),
            measure=pl.lit(measure),
            # a ratio over nothing is not a number; the table says null
            value=pl.when(value.cast(pl.Float64).is_finite()).then(value.cast(pl.Float64)),
            unit=pl.lit(unit),
            n=pl.col(n),
        )
        for dimension, measure, value, unit, n in _measures()
    ]
    return conform(pl.concat(rows), "source_scorecard").sort(TABLES["source_scorecard"].key)


def _measures() -> list[tuple[str, str, pl.Expr, str, str]]:
    """Dimension, name, value, unit and the column that counts what is behind the value."""
    states = [("license_clarity", f"{name}_share", f"state_{name}", "concluded",
               "share of occurrences", "concluded") for name in _STATES]  # fmt: skip
    grades = [("license_clarity", f"evidence_{name}_share", f"grade_{name}", "concluded",
               "share of occurrences", "concluded") for name in GRADES]  # fmt: skip
    stages = [("stage_suitability", f"eligible_tokens_{name}", f"tokens_{name}", "tokens",
               f"rows_{name}") for name in STAGES]  # fmt: skip
    return [
        *((dimension, measure, pl.col(above) / pl.col(below), unit, n)
          for dimension, measure, above, below, unit, n in (*_RATIOS, *states, *grades)),
        *((dimension, measure, pl.col(value), unit, n)
          for dimension, measure, value, unit, n in (*_FIGURES, *stages)),
    ]  # fmt: skip


def _collected(revisions: pl.LazyFrame) -> pl.LazyFrame:
    return revisions.group_by(_BY).agg(
        files=pl.col("n_files").sum(),
        quarantined=pl.col("n_quarantined").sum(),
        revisions=pl.len(),
    )


def _documents(tables: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
    secrets = tables["secrets"].group_by("content_id").agg(n_secrets=pl.len())
    signals = tables["quality_signals"].select(
        "content_id", "n_tokens", "n_lines", "is_generated", "is_minified", "is_test",
        "syntax_error_fraction",
    )  # fmt: skip
    joined = (
        tables["documents"]
        .select("content_id", _BY)
        .join(signals, on="content_id", how="left")
        .join(tables["quality_scores"].select("content_id", "score"), on="content_id", how="left")
        .join(tables["duplicate_resolution"].select("content_id", "is_kept"), on="content_id",
              how="left")
        .join(secrets, on="content_id", how="left")
    )  # fmt: skip
    scored = pl.col("score").is_not_null()
    return joined.group_by(_BY).agg(
        documents=pl.len(),
        document_tokens=pl.col("n_tokens").sum(),
        signaled=pl.col("n_tokens").count(),
        lines=pl.col("n_lines").sum(),
        generated=pl.col("is_generated").sum(),
        minified=pl.col("is_minified").sum(),
        tests=pl.col("is_test").sum(),
        parsed=pl.col("syntax_error_fraction").count(),
        parse_clean=(pl.col("syntax_error_fraction") == 0).sum(),
        scored=pl.col("score").count(),
        scored_tokens=pl.col("n_tokens").filter(scored).sum(),
        score_tokens=(_millionths(pl.col("score")) * pl.col("n_tokens")).sum() / _MILLION,
        resolved=pl.col("is_kept").count(),
        not_kept=(~pl.col("is_kept")).sum(),
        n_secrets=pl.col("n_secrets").sum(),
    )


def _licenses(conclusions: pl.LazyFrame) -> pl.LazyFrame:
    return conclusions.group_by(_BY).agg(
        pl.len().alias("concluded"),
        *[(pl.col("license_state") == name).sum().alias(f"state_{name}") for name in _STATES],
        *[(pl.col("license_evidence") == name).sum().alias(f"grade_{name}") for name in GRADES],
    )


def _curated(curated: pl.LazyFrame) -> pl.LazyFrame:
    tokens, stages = pl.col("n_tokens"), pl.col("stages")
    return curated.group_by(_BY).agg(
        pl.len().alias("accepted"),
        tokens.sum().alias("accepted_tokens"),
        *[tokens.filter(stages.list.contains(s)).sum().alias(f"tokens_{s}") for s in STAGES],
        *[stages.list.contains(s).sum().alias(f"rows_{s}") for s in STAGES],
    )


def _entropy(curated: pl.LazyFrame, column: str) -> pl.LazyFrame:
    """exp of the Shannon entropy over tokens: the number of equally large values (Hill 1973)."""
    counted = curated.group_by(_BY, column).agg(tokens=pl.col("n_tokens").sum())
    share = pl.col("tokens") / pl.col("tokens").sum()
    terms = pl.when(share > 0).then(-share * share.log()).otherwise(0.0)
    entropy = _millionths(terms).sum() / _MILLION
    return counted.group_by(_BY).agg(entropy.exp().alias(f"effective_{column}"))


def _millionths(values: pl.Expr) -> pl.Expr:
    """Floats as integers, whose sum does not depend on the order of the rows."""
    return (values * _MILLION).round().cast(pl.Int64)


def _costs(ledger: pl.LazyFrame) -> pl.LazyFrame:
    planned = pl.col("amount_micro").filter(pl.col("is_planning_default")).sum()
    return ledger.group_by(_BY).agg(
        cost_events=pl.len(), amount_micro=pl.col("amount_micro").sum(), planned_micro=planned
    )
