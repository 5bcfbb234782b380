"""The funnel in words: the order of the ledger, limits by language and stage, who sets them."""

from __future__ import annotations

from typing import Any

from corpus_assets.curate.funnel import funnel
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets_tests.curate.rows import LICENSES, POLICY, document, run
from corpus_assets_tests.sample_lake import spec


def listed(language: str | None = None, **gates: Any) -> dict[str, dict[str, Any]]:
    """The rows by gate (the last one of a gate that has several) under a changed policy."""
    data = POLICY.model_dump()
    for gate in data["gates"]:
        gate |= gates.get(gate["name"], {})
    rows = funnel(FilterPolicy.model_validate(data), LICENSES, spec(), language)
    return {row["gate"]: row for row in rows}


def test_the_order_is_that_of_the_ledger() -> None:
    rows = run([document("a")])
    judged = dict(rows.select("gate", "gate_order").rows())
    found = funnel(POLICY, LICENSES, spec(), "python")
    listed_orders = {row["gate"]: row["order"] for row in found if row["judges"]}
    assert listed_orders.pop("minimum_length") > judged["min_lines"]  # of a stage not judged here
    assert listed_orders == judged
    orders = [row["order"] for row in found]
    assert orders == sorted(orders)


def test_a_gate_says_limits_languages_and_source() -> None:
    row = listed()["letters"]
    assert row["limits"] == "alpha_fraction >= 0.25; alnum_fraction >= 0.25"
    assert row["stages"] == ["all"]
    assert row["languages"].startswith("all but html, json, markdown")
    assert row["overrides"] == [{"languages": ["assembly"], "limits": "alnum_fraction >= 0.25"}]
    assert (row["set_by"], row["source"]) == ("filter policy", "StarCoder2, StarCoder")
    assert listed()["visible_text"]["languages"] == "only html"


def test_languages_that_share_an_override_stand_together() -> None:
    found = listed()["syntax_errors"]["overrides"]
    assert found == [{"languages": ["c", "cpp"], "limits": "syntax_error_fraction <= 0.15"}]


def test_what_holds_for_one_language() -> None:
    assert listed("c")["syntax_errors"]["limits"] == "syntax_error_fraction <= 0.15"
    assert listed("c")["syntax_errors"]["overrides"] == []
    assert not listed("c")["visible_text"]["judges"]
    assert listed("html")["visible_text"]["judges"]


def test_a_disabled_gate_stays_in_the_list() -> None:
    row = listed(generated={"enabled": False})["generated"]
    assert not row["judges"]
    assert row["languages"] == "none: disabled"


def test_gates_of_the_mix_have_a_row_for_every_threshold() -> None:
    rows = [row for row in funnel(POLICY, LICENSES, spec()) if row["gate"] == "source_category"]
    stages = [stage for row in rows for stage in row["stages"]]
    assert sorted(stages) == sorted(str(stage) for stage in spec().stages)
    assert len({row["limits"] for row in rows}) == len(rows) > 1
    assert {row["set_by"] for row in rows} == {"mix"}
    found = listed()
    assert found["readable"]["set_by"] == "always"
    assert found["license_policy"]["set_by"] == "license policy"


def test_repeated_units_are_a_gate_where_a_stage_drops_them() -> None:
    assert "seen_units" not in listed()
    data = POLICY.model_dump()
    data["unit_duplicates"]["stages"]["pretraining"] = {"action": "drop", "min_share": 0.9}
    found = funnel(FilterPolicy.model_validate(data), LICENSES, spec())[-1]
    assert (found["gate"], found["limits"]) == ("seen_units", "seen_share < 0.9")
    assert found["stages"] == ["pretraining"]
