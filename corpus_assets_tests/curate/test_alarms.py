"""Gates that drop nearly everything of a language, or nothing of anything, are named."""

from __future__ import annotations

from typing import Any

import polars as pl

from corpus_assets.curate.alarms import gate_counts, silent, sweeping
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets_tests.curate.rows import POLICY, document, run

NAMES = [f"d{number}" for number in range(10)]


def policy(gate: str = "minified", **fields: Any) -> FilterPolicy:
    data = POLICY.model_dump()
    data["gate_alarms"] = {"max_dropped_share": 0.9, "min_documents": 10, "silent_documents": 20}
    for entry in data["gates"]:
        entry["may_be_silent"] = entry["name"] not in (gate, "minified")
        if entry["name"] == gate:
            entry |= fields
    return FilterPolicy.model_validate(data)


def counts(n_dropped: int, language: str = "python", flag: str = "is_minified") -> pl.DataFrame:
    documents = [document(name, language=language) for name in NAMES]
    return gate_counts(run(documents, {name: {flag: True} for name in NAMES[:n_dropped]}).lazy())


def test_verdicts_are_counted_per_gate_language_and_stage() -> None:
    row = counts(3).row(by_predicate=pl.col("gate") == "minified", named=True)
    assert row == {
        "language": "python", "stage": "all", "gate": "minified", "n_judged": 10, "n_dropped": 3,
    }  # fmt: skip
    later = counts(3).filter(pl.col("gate") == "comments")
    assert later["n_judged"].to_list() == [7]  # only what passed the gates of all stages


def test_a_gate_that_drops_nearly_all_of_a_language_is_named() -> None:
    said = "gate minified drops 9 of 10 documents of python"
    assert sweeping(counts(9), policy()) == [said]
    assert sweeping(counts(8), policy()) == []
    assert sweeping(counts(9), policy(may_drop_most=["python"])) == []
    assert sweeping(counts(9), policy(may_drop_most=["go"])) == [said]
    assert sweeping(counts(9).with_columns(n_judged=pl.lit(9)), policy()) == []


def test_a_gate_of_a_stage_is_named_with_it() -> None:
    documents = [document(name) for name in NAMES]
    rows = run(documents, {name: {"comment_fraction": 0.9} for name in NAMES})
    assert sweeping(gate_counts(rows.lazy()), policy()) == [
        "gate comments drops 10 of 10 documents of python for fine_tuning"
    ]


def test_rules_of_licenses_may_refuse_everything() -> None:
    rows = run(
        [document(name) for name in NAMES],
        resolved={name: {"license_state": "none_found"} for name in NAMES},
    )
    assert sweeping(gate_counts(rows.lazy()), policy()) == []


def test_a_gate_that_drops_nothing_of_any_language_is_named() -> None:
    both = pl.concat([counts(0), counts(0, "go")])
    said = ["gate minified drops none of 20 documents of 2 languages"]
    assert silent(both, policy()) == said
    assert silent(counts(0), policy()) == []  # too few documents to tell
    assert silent(pl.concat([counts(0), counts(1, "go")]), policy()) == []
    assert silent(both, policy(may_be_silent=True)) == []
    assert silent(both, policy(enabled=False)) == []
