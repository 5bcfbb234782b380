"""The sample lake's remaining tables: what is measured, agreed, and asked of reviewers.

Belongs here: tables that follow from the others, made by the product where it makes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from corpus_assets.audit.review_queue import license_review_queue
from corpus_assets.audit.takedowns import takedowns
from corpus_assets.blend.costs import cost_ledger
from corpus_assets.blend.scorecard import INPUTS, source_scorecard
from corpus_assets.licensing.chains import license_chains
from corpus_assets.policy.costs import load_cost_policy
from corpus_assets.policy.licenses import load_license_policy
from corpus_assets.policy.takedowns import Takedowns
from corpus_assets.tables import TABLES, empty

Named = tuple[str, pl.DataFrame, tuple[str, ...]]

REQUESTS = Takedowns.model_validate(
    {
        "requests": [
            {
                "request_id": "request-1",
                "received_on": "2026-11-01",
                "reason": "opt_out",
                "selectors": [{"origin": "pkg:pypi/gamma", "path": "src/gamma0.py"}],
            }
        ]
    }
)


def frames(made: dict[str, pl.DataFrame]) -> Iterator[Named]:
    """Tables that follow from those in `made`, with the names of their inputs."""
    lazy = {name: frame.lazy() for name, frame in made.items()}
    yield "takedowns", takedowns(REQUESTS, lazy["occurrences"]), ("occurrences",)
    parts = ("license_conclusions", "license_claims", "revisions", "occurrences")
    needs = empty("package_dependencies").lazy()
    chains = license_chains(*(lazy[name] for name in parts), needs, load_license_policy())
    yield "license_chains", chains, parts
    queue = license_review_queue(
        lazy["license_conclusions"],
        lazy["duplicate_resolution"],
        lazy["documents"],
        lazy["quality_signals"],
        chains.lazy(),
    )
    yield "license_review_queue", queue, ("license_conclusions",)
    used = ("revisions", "submissions", "documents", "quality_signals", "curated_documents")
    costs = cost_ledger(load_cost_policy(), *(lazy[name] for name in used))
    yield "cost_ledger", costs, used
    card = source_scorecard({**lazy, "cost_ledger": costs.lazy()})
    yield "source_scorecard", card, tuple(name for name in INPUTS if name in made)
    for table in ("agreements", "license_texts", "exact_duplicates", "units", "weaknesses"):
        yield table, _one(table, made["documents"]), ("documents",)
    for table in ("unit_duplicates", "contamination", "releases", "release_audit"):
        yield table, empty(table), ()


def _one(table: str, documents: pl.DataFrame) -> pl.DataFrame:
    """One row that names a delivered document; its other columns are empty."""
    place = (
        documents.filter(pl.col("source_category") == "freelance").sort("path").row(0, named=True)
    )
    special: dict[str, dict[str, Any]] = {
        "agreements": {"agreement_id": "contract-1", "kind": "license_grant", "path_prefix": ""},
        "license_texts": {"role": "license_file", "copyrights": ["Copyright Example"]},
        "exact_duplicates": {"n_occurrences": 2},
        "units": {"unit_id": f"{place['content_id']}:0-10", "kind": "function", "name": "first"},
        "weaknesses": {"finding_id": "w1", "cwe": 78},
    }
    blank: dict[Any, Any] = {pl.Int64: 0, pl.Float64: 0.0, pl.Boolean: False, pl.String: ""}
    schema = TABLES[table].schema
    row = {name: place.get(name, blank.get(dtype, [])) for name, dtype in schema.items()}
    return pl.DataFrame([row | special[table]], schema=schema)
