"""What another policy would let through: the ledger's own verdicts, without making a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.curate.ledger import ledger
from corpus_assets.curate.preview import (
    INPUTS,
    Policies,
    language_tables,
    outcomes,
    stored_facts,
    sums,
    totals,
    unjudged,
    unmeasured,
)
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.tables import TABLES, empty
from corpus_assets_tests.curate.rows import LICENSES, POLICY, document, frame, resolution, score
from corpus_assets_tests.curate.rows import signals as measured
from corpus_assets_tests.sample_lake import spec

MIX = spec()
STAGES = {str(name): stage for name, stage in MIX.stages.items()}
TESTS = {
    "name": "tests", "limits": {"is_test": {"is": False}}, "must_drop": {"is_test": [True]},
    "must_keep": {"is_test": [False]}, "source": "us",
}  # fmt: skip


def policy(*new: dict[str, Any], other: dict[str, Any] | None = None, **gates: Any) -> FilterPolicy:
    """The packaged policy with fields of gates replaced, and new gates at its end."""
    data = POLICY.model_dump()
    for gate in data["gates"]:
        gate |= gates.get(gate["name"], {})
    data["gates"] = [*data["gates"], *new]
    return FilterPolicy.model_validate(data | (other or {}))


def tables(
    facts: Mapping[str, Mapping[str, Any]], language: str = "python", **place: Any
) -> dict[str, pl.LazyFrame]:
    """The tables that a preview reads, one document per name with the signals given for it."""
    names = sorted(facts)
    found = {table: empty(table).lazy() for table in INPUTS}
    made = {
        "documents": [document(name, language=language, **place) for name in names],
        "quality_signals": [measured(name, language=language) | facts[name] for name in names],
        "quality_scores": [score(name) | {"language": language} for name in names],
        "duplicate_resolution": [resolution(name, language=language) for name in names],
    }
    return found | {table: frame(table, rows).lazy() for table, rows in made.items()}


def judged(facts: Mapping[str, Mapping[str, Any]], changed: FilterPolicy) -> pl.DataFrame:
    policies = Policies(POLICY, changed, LICENSES, MIX)
    return sums(outcomes(stored_facts(tables(facts), policies), policies), policies)


def changes(rows: pl.DataFrame) -> list[tuple[Any, ...]]:
    found = rows.filter(pl.col("change").is_in(["gained", "lost", "moved"]))
    return found.select("stage", "change", "gate_before", "gate_after", "n_documents").rows()


LONG = {"long": {"mean_line_chars": 90.0}, "short": {"mean_line_chars": 20.0}}
SHORTER = {"max_code_line_chars": {"max": 1000}, "mean_line_chars": {"max": 80}}


def test_equal_policies_change_nothing() -> None:
    assert changes(judged(LONG, POLICY)) == []


def test_a_stricter_limit_loses_documents_to_its_gate() -> None:
    rows = judged(LONG, policy(long_lines={"limits": SHORTER}))
    found = changes(rows)
    assert ("all", "lost", "", "long_lines", 1) in found
    assert ("pretraining", "lost", "", "long_lines", 1) in found
    # No stage but those of this source may have it, and now it does not get that far.
    assert ("fine_tuning", "moved", "source_category", "long_lines", 1) in found
    lost = rows.filter(change="lost")
    assert lost["n_tokens"].to_list() == [200] * lost.height
    assert lost["sample_paths"].to_list() == [["src/long.py"]] * lost.height


def test_a_disabled_gate_gains_what_it_removed() -> None:
    facts = {"made": {"is_generated": True}, "both": {"is_generated": True, "is_data": True}}
    rows = judged(facts, policy(generated={"enabled": False}))
    found = [row for row in changes(rows) if row[0] == "all"]
    assert found == [
        ("all", "gained", "generated", "", 1),
        ("all", "moved", "generated", "data", 1),
    ]


def test_a_new_gate_and_another_stage() -> None:
    rows = judged({"t": {"is_test": True}}, policy({**TESTS, "stages": ["pretraining"]}))
    assert changes(rows) == [("pretraining", "lost", "", "tests", 1)]
    rows = judged({"c": {"comment_fraction": 0.9}}, policy(comments={"stages": "all"}))
    assert ("pretraining", "lost", "", "comments", 1) in changes(rows)


def test_sources_and_languages_are_told_apart() -> None:
    policies = Policies(POLICY, policy(long_lines={"limits": SHORTER}), LICENSES, MIX)
    parts = []
    for language, source in (("python", "a"), ("go", "b")):
        given_tables = tables(
            {f"{language}-{name}": facts for name, facts in LONG.items()}, language, source=source
        )
        parts.append(sums(outcomes(stored_facts(given_tables, policies), policies), policies))
    rows = pl.concat(parts)
    by_source = totals(rows, "language", "source").filter(stage="all")
    assert by_source.select("language", "source", "documents_before", "documents_lost").rows() == [
        ("go", "b", 2, 1),
        ("python", "a", 2, 1),
    ]
    [whole] = totals(rows).filter(stage="all").to_dicts()
    assert (whole["documents_before"], whole["documents_after"]) == (4, 2)
    assert (whole["tokens_before"], whole["tokens_lost"], whole["tokens_after"]) == (800, 400, 400)
    assert totals(rows)["stage"][0] == "all"


def test_no_document_is_no_change() -> None:
    rows = judged({}, policy(generated={"enabled": False}))
    assert rows.is_empty()
    assert rows.schema == TABLES["gates_preview"].schema


LIMITS = st.fixed_dictionaries(
    {
        "size": st.integers(800, 1000).map(lambda n: {"limits": {"n_bytes": {"max": n}}}),
        "letters": st.booleans().map(lambda on: {"enabled": on}),
        "comments": st.sampled_from(
            [{"stages": "all"}, {"stages": ["pretraining"]}, {"only_languages": ["go"]}]
        ),
        "data": st.booleans().map(lambda on: {"enabled": on}),
    }
)
FACTS = st.lists(
    st.fixed_dictionaries(
        {
            "n_bytes": st.sampled_from([850, 900, 950]),
            "alpha_fraction": st.sampled_from([0.2, 0.3, None]),
            "comment_fraction": st.sampled_from([0.1, 0.9, None]),
            "is_data": st.booleans(),
        }
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=25)
@given(LIMITS, FACTS)
def test_both_sides_are_what_the_ledger_would_say(
    fields: dict[str, Any], facts: list[dict[str, Any]]
) -> None:
    data = POLICY.model_dump()
    for gate in data["gates"]:
        gate |= fields.get(gate["name"], {})
    changed = FilterPolicy.model_validate(data)  # samples are not run here: any limit will do
    policies = Policies(POLICY, changed, LICENSES, MIX)
    given_tables = tables({f"d{number}": row for number, row in enumerate(facts)})
    found = outcomes(stored_facts(given_tables, policies), policies)
    frames = [given_tables[name].collect() for name in INPUTS]
    for side, judge in (("before", POLICY), ("after", changed)):
        rows = ledger(*frames, judge, LICENSES, STAGES, MIX.as_of).filter("is_first_failure")
        common = dict(rows.filter(stage="all").select("content_id", "gate").rows())
        for stage in ("all", *STAGES):
            own = dict(rows.filter(stage=stage).select("content_id", "gate").rows())
            expected = {name: common.get(name) or own.get(name, "") for name in found["content_id"]}
            told = found.select("content_id", f"{side}_{stage}").rows()
            assert dict(told) == expected
    summed = sums(found, policies)
    for stage in policies.stages:
        assert summed.filter(stage=stage)["n_documents"].sum() == len(facts)


def test_documents_without_evidence_are_refused() -> None:
    policies = Policies(POLICY, POLICY, LICENSES, MIX)
    given_tables = tables(LONG) | {"quality_scores": empty("quality_scores").lazy()}
    with pytest.raises(ValueError, match="2 documents have no row in quality_scores"):
        stored_facts(given_tables, policies)


def test_tables_are_cut_to_a_language() -> None:
    rows = [tables({"a": {}}), tables({"b": {}}, "go")]
    both = {name: pl.concat([one[name] for one in rows]) for name in INPUTS}
    cut = language_tables(both, "go")
    assert cut["documents"].collect()["content_id"].to_list() == ["b"]
    assert cut["takedowns"].collect().height == both["takedowns"].collect().height


def test_what_stored_evidence_cannot_answer_is_said() -> None:
    near = POLICY.near_duplicates.model_dump() | {"removal": 0.9}
    units = POLICY.unit_duplicates.model_dump()
    units["stages"]["pretraining"] = {"action": "mask", "min_share": 0.5}
    units["min_tokens"] = 40
    changed = policy(
        other={
            "near_duplicates": near,
            "unit_duplicates": units,
            "score_weights": {"structure": 0.5, "documentation": 0.1, "substance": 0.4},
            "version": "3",
        }
    )
    said = unjudged(Policies(POLICY, changed, LICENSES, MIX), {"todo_line_fraction": ["go"]})
    starts = [words.split(":")[0] for words in said]
    assert starts == [
        "near_duplicates.removal 0.85 -> 0.9",
        "unit_duplicates.min_tokens 30 -> 40",
        "unit_duplicates.stages.pretraining.action keep -> mask; "
        "unit_duplicates.stages.pretraining.min_share unset -> 0.5",
        "score_weights.structure 0.4 -> 0.5; score_weights.documentation 0.2 -> 0.1",
        "todo_line_fraction is limited, but was not measured in go",
    ]
    assert unjudged(Policies(POLICY, POLICY, LICENSES, MIX), {}) == []


def test_a_rule_to_drop_repeated_units_is_judged() -> None:
    units = POLICY.unit_duplicates.model_dump()
    units["stages"]["pretraining"] = {"action": "drop", "min_share": 0.5}
    policies = Policies(POLICY, policy(other={"unit_duplicates": units}), LICENSES, MIX)
    seen = frame("unit_overlap", [
        {"content_id": "a", "language": "python", "seen_share": 0.7, "license_flags": []}
    ])  # fmt: skip
    given_tables = tables({"a": {}, "b": {}}) | {"unit_overlap": seen.lazy()}
    rows = sums(outcomes(stored_facts(given_tables, policies), policies), policies)
    assert changes(rows) == [("pretraining", "lost", "", "seen_units", 1)]


def test_a_column_that_was_never_measured_is_named() -> None:
    new = {
        "name": "todo", "limits": {"todo_line_fraction": {"max": 0.1}},
        "must_drop": {"todo_line_fraction": [0.2]}, "must_keep": {"todo_line_fraction": [0.1]},
        "source": "us",
    }  # fmt: skip
    policies = Policies(POLICY, policy(new), LICENSES, MIX)
    known = stored_facts(tables({"a": {}}), policies)
    assert unmeasured(known, policies, "python") == ["todo_line_fraction"]
    known = stored_facts(tables({"a": {"todo_line_fraction": 0.0}}), policies)
    assert unmeasured(known, policies, "python") == []
    assert unmeasured(known.clear(), policies, "python") == []
