"""The cost ledger: prices of the cost policy applied to what was measured.

Belongs here: quantities per source and their cost events. Does not belong here: prices
(`policy/costs.yaml`) or cost per accepted token (`scorecard`).

Amounts are integers in millionths, computed from integer quantities, so sums never depend on the
order of rows.
"""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Any

import polars as pl

from corpus_assets.policy.costs import CostPolicy, Invoice, Price, micro
from corpus_assets.tables import TABLES, conform

_SOURCE = ("source_category", "source")
_UNIT_SIZE = {"gigabyte": 1_000_000_000, "million_tokens": 1_000_000}  # others count ones
_SPREAD = ("compute", "storage", "legal", "tooling", "management")


def cost_ledger(
    policy: CostPolicy,
    revisions: pl.LazyFrame,
    submissions: pl.LazyFrame,
    documents: pl.LazyFrame,
    signals: pl.LazyFrame,
    curated: pl.LazyFrame,
) -> pl.DataFrame:
    """Table cost_ledger: one event per source and price, and one per invoice.

    An invoice of a source replaces the planning defaults of its kind for that source. Quantities:
    collected bytes, tokens of decoded documents, revisions, lines of curated documents,
    submissions by state, and reviews.
    """
    quantities = measured(revisions, submissions, documents, signals, curated)
    paid = {(i.source_category, i.source, i.kind) for i in policy.invoices}
    events = [_invoiced(invoice, policy.currency) for invoice in policy.invoices]
    for row in quantities.iter_rows(named=True):
        for price in policy.defaults.get(row["source_category"], []):
            amount = row[price.per]
            if amount and (row["source_category"], row["source"], price.kind) not in paid:
                events.append(_planned(row, price, amount, policy.currency))
    frame = pl.DataFrame(events, schema=TABLES["cost_ledger"].schema)
    return conform(frame, "cost_ledger").sort("event_id")


def measured(
    revisions: pl.LazyFrame,
    submissions: pl.LazyFrame,
    documents: pl.LazyFrame,
    signals: pl.LazyFrame,
    curated: pl.LazyFrame,
) -> pl.DataFrame:
    """One row per source with the integer quantities that prices apply to, null where none."""
    collected = revisions.group_by(_SOURCE).agg(
        gigabyte=pl.col("n_bytes").sum(), origin_revision=pl.len().cast(pl.Int64)
    )
    worked = submissions.group_by(_SOURCE).agg(
        accepted_submission=(pl.col("state") == "accepted").sum().cast(pl.Int64),
        rejected_submission=(pl.col("state") == "rejected").sum().cast(pl.Int64),
        review=pl.col("n_reviews").sum(),
    )
    sizes = signals.select("content_id", "n_tokens", "n_lines")
    read = (
        documents.select("content_id", *_SOURCE)
        .join(sizes, on="content_id")
        .group_by(_SOURCE)
        .agg(million_tokens=pl.col("n_tokens").sum())
    )
    accepted = (
        curated.select("content_id", *_SOURCE)
        .join(sizes, on="content_id")
        .group_by(_SOURCE)
        .agg(accepted_line=pl.col("n_lines").sum())
    )
    return (
        collected.join(worked, on=_SOURCE, how="left")
        .join(read, on=_SOURCE, how="left")
        .join(accepted, on=_SOURCE, how="left")
        .collect()
        .sort(_SOURCE)
    )


def _planned(row: dict[str, Any], price: Price, amount: int, currency: str) -> dict[str, Any]:
    quantity = Fraction(amount, _UNIT_SIZE.get(price.per, 1))
    evidence = f"planning default: {price.basis}"
    return {
        "event_id": _event_id(row["source_category"], row["source"], price.kind, price.per),
        "source_category": row["source_category"],
        "source": row["source"],
        "kind": price.kind,
        "quantity": float(quantity),
        "unit": price.per,
        "unit_cost_micro": micro(price.price),
        "amount_micro": round(quantity * micro(price.price)),
        "currency": currency,
        "allocation": "by_accepted_tokens" if price.kind in _SPREAD else "direct",
        "evidence": evidence,
        "is_planning_default": True,
    }


def _invoiced(invoice: Invoice, currency: str) -> dict[str, Any]:
    category, source, kind = invoice.source_category, invoice.source, invoice.kind
    return {
        "event_id": _event_id(category, source, kind, f"invoice {invoice.reference}"),
        "source_category": category,
        "source": source,
        "kind": kind,
        "quantity": 1.0,
        "unit": "invoice",
        "unit_cost_micro": micro(invoice.amount),
        "amount_micro": micro(invoice.amount),
        "currency": currency,
        "allocation": "direct",
        "evidence": f"invoice {invoice.reference}",
        "is_planning_default": False,
    }


def _event_id(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
