"""Verdicts of the gates, their thresholds, and what a policy may change about them."""

from typing import Any

import polars as pl
import pytest

from corpus_assets.curate.gates import stage_gates
from corpus_assets.curate.ledger import ledger
from corpus_assets.languages import SLUGS
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.tables import empty
from corpus_assets_tests.curate.rows import (
    AS_OF,
    LICENSES,
    POLICY,
    document,
    frame,
    resolution,
    run,
    score,
    stages,
)

PROFILE = LICENSES.with_profile("permissive_and_weak")


def first_failure(rows: pl.DataFrame, stage: str = "all") -> list[tuple[str, str, str]]:
    failed = rows.filter("is_first_failure", pl.col("stage") == stage)
    return failed.select("gate", "value", "threshold").rows()


def test_a_clean_document_passes_everything() -> None:
    rows = run([document("a")])
    assert rows.get_column("passed").all()
    assert set(rows.get_column("stage")) == {"all", "pretraining", "fine_tuning"}
    assert rows.get_column("rule_version").str.contains("gates-2").all()


@pytest.mark.parametrize(
    ("measured", "gate", "value"),
    [
        ({"n_bytes": 2_000_000}, "size", "2000000; 40"),
        ({"n_lines": 100_001}, "size", "900; 100001"),
        ({"replacement_fraction": 0.02}, "replacement_characters", "0.02"),
        ({"alpha_fraction": 0.2}, "letters", "0.2; 0.7"),
        ({"max_code_line_chars": 1001}, "long_lines", "1001; 22.5"),
        ({"mean_line_chars": 100.5}, "long_lines", "80; 100.5"),
        ({"is_lock_file": True}, "lock_file", "true"),
        ({"is_generated": True}, "generated", "true"),
        ({"is_minified": True}, "minified", "true"),
        ({"is_xml_declaration": True}, "xml_declaration", "true"),
        ({"is_bundled": True}, "bundled", "true"),
        ({"is_transpiled": True}, "transpiled", "true"),
        ({"is_build_generated": True}, "build_generated", "true"),
        ({"is_encoded": True}, "encoded_data", "true"),
        ({"direction_controls": 1}, "direction_controls", "1"),
        ({"is_data": True}, "data", "true"),
    ],
)
def test_signals_beyond_the_threshold_fail_their_gate(
    measured: dict[str, Any], gate: str, value: str
) -> None:
    found = first_failure(run([document("a")], {"a": measured}))
    assert [(name, shown) for name, shown, _ in found] == [(gate, value)]


@pytest.mark.parametrize(
    ("measured", "gate"),
    [
        ({"duplicate_5gram_fraction": 0.81}, "repetition"),
        ({"duplicate_10gram_fraction": 0.61}, "repetition"),
        ({"parses": False}, "unparsable"),
        ({"digit_fraction": 0.41}, "shape"),
        ({"mean_word_chars": 31.0}, "shape"),
        ({"mean_line_chars": 4.9}, "shape"),
        ({"hex_word_fraction": 0.41}, "hex_words"),
        ({"todo_line_fraction": 0.21}, "unfinished"),
        ({"print_line_fraction": 0.41}, "printing"),
        ({"pass_line_fraction": 0.31}, "passes"),
    ],
)
def test_the_last_stages_ask_for_more(measured: dict[str, Any], gate: str) -> None:
    rows = run([document("a")], {"a": measured})
    assert first_failure(rows) == []
    assert first_failure(rows, "pretraining") == []
    failed = rows.filter(~pl.col("passed"), stage="fine_tuning")
    assert gate in failed["gate"].to_list()


def test_gates_of_code_leave_prose_and_other_languages_alone() -> None:
    prose = run([document("a", language="markdown")], {"a": {"direction_controls": 4}})
    assert prose["passed"].all()
    shell = {"print_line_fraction": 0.9, "pass_line_fraction": 0.9, "parses": False}
    assert run([document("a", language="shell")], {"a": shell})["passed"].all()
    makefile = {"syntax_error_fraction": 0.9}
    assert run([document("a", language="makefile")], {"a": makefile})["passed"].all()


def test_the_threshold_is_readable() -> None:
    [(_, _, threshold)] = first_failure(run([document("a")], {"a": {"n_bytes": 2_000_000}}))
    assert threshold == "n_bytes <= 1048576; n_lines <= 100000"


def test_values_at_the_threshold_pass() -> None:
    limits = {"n_bytes": 1 << 20, "alpha_fraction": 0.25, "max_code_line_chars": 1000}
    assert run([document("a")], {"a": limits}).get_column("passed").all()


def test_unmeasured_signals_are_not_held_against_a_document() -> None:
    unmeasured = {"syntax_error_fraction": None, "comment_fraction": None}
    rows = run([document("a")], {"a": unmeasured})
    assert rows.get_column("passed").all()
    assert rows.filter(pl.col("gate") == "comments").get_column("value").to_list() == [None]


def test_vendored_folders_fail_by_path() -> None:
    rows = run([document("a", path="pkg/_vendor/six.py"), document("b", path="vendor.py")])
    assert [row[:2] for row in first_failure(rows)] == [("vendored", "pkg/_vendor/six.py")]


def secret(confidence: str) -> dict[str, Any]:
    return {"finding_id": confidence, "content_id": "a", "confidence": confidence}


def test_secrets_count_from_the_policy_confidence_on() -> None:
    assert first_failure(run([document("a")], secrets=[secret("low")])) == []
    rows = run([document("a")], secrets=[secret("low"), secret("medium"), secret("high")])
    assert [row[:2] for row in first_failure(rows)] == [("secrets", "2")]


@pytest.mark.parametrize("n_hits", [0, 1, 2])
def test_contamination(n_hits: int) -> None:
    hit = {"content_id": "a", "benchmark": "b", "kind": "partial", "score": 0.3}
    hits = [hit | {"item_id": str(number), "start_line": number} for number in range(n_hits)]
    rows = run([document("a"), document("b")], contamination=hits)
    found = [("contamination", str(n_hits))] if n_hits else []
    assert [row[:2] for row in first_failure(rows)] == found


def test_removed_duplicates_name_the_kept_document() -> None:
    removed = {"a": {"is_kept": False, "kept_content_id": "b"}}
    rows = run([document("a"), document("b")], resolved=removed)
    assert [row[:2] for row in first_failure(rows)] == [("duplicate", "b")]


def test_takedown_comes_before_every_other_reason_and_names_the_request() -> None:
    request = {"request_id": "R-1", "content_id": "a", "match": "content"}
    rows = run([document("a")], {"a": {"is_minified": True}}, takedowns=[request])
    assert first_failure(rows) == [("taken_down", "R-1", "none")]


def test_unreadable_documents_fail_once_and_need_no_signals() -> None:
    rows = ledger(
        frame("documents", [document("a", decode_state="binary", text=None)]),
        *(empty(table) for table in ("quality_signals", "quality_scores", "secrets")),
        empty("contamination"),
        frame("duplicate_resolution", [resolution("a")]),
        empty("unit_overlap"),
        empty("takedowns"),
        POLICY,
        LICENSES,
        stages(),
        AS_OF,
    )
    assert first_failure(rows) == [("readable", "binary", "ok")]
    assert rows.get_column("stage").unique().to_list() == ["all"]


@pytest.mark.parametrize(
    ("resolved", "gate"),
    [
        ({"license_state": "none_found", "license_class": "unknown"}, "license_state"),
        ({"license_state": "conflict"}, "license_state"),
        ({"license_state": "denied"}, "license_state"),
        ({"license_class": "strong_copyleft"}, "license_class"),
        ({"license_evidence": "inferred"}, "license_policy"),
        ({"license_flags": ["unresolved_reference"]}, "license_policy"),
        ({"license_obligations": ["use_restrictions"]}, "license_policy"),
        ({"stages_allowed": ["evaluation"]}, "agreement_stage"),
        ({"valid_to": "2026-11-21"}, "agreement_valid"),
    ],
)
def test_license_gates_guard_each_stage(resolved: dict[str, Any], gate: str) -> None:
    rows = run([document("a")], resolved={"a": resolved})
    assert first_failure(rows) == []
    assert [row[0] for row in first_failure(rows, "pretraining")] == [gate]


def test_the_license_policy_says_what_it_held_against_a_document() -> None:
    known = {"license_evidence": "inferred", "license_flags": ["weak_statement"]}
    rows = run([document("a")], resolved={"a": known})
    for stage in ("pretraining", "fine_tuning"):
        ((gate, value, threshold),) = first_failure(rows, stage)
        assert gate == "license_policy"
        assert value == (
            "permissive; inferred; weak_statement; "
            "review: evidence inferred below inherited (review)"
        )
        assert threshold.startswith("permissive_only: owned, public_domain, permissive, contract;")
    passed = run([document("a")]).filter(pl.col("gate") == "license_policy")
    assert passed.get_column("value").to_list() == ["permissive; file"] * 2
    assert passed.get_column("passed").all()


def test_the_profile_decides_and_stands_in_the_rule_version() -> None:
    known = {"a": {"license_evidence": "inferred"}}
    weak = run([document("a")], resolved=known, licenses=PROFILE)
    strict = run([document("a")], resolved=known)
    assert first_failure(weak, "pretraining") == []
    versions = {
        rows.filter(pl.col("gate") == "license_policy").get_column("rule_version")[0]
        for rows in (weak, strict)
    }
    assert len(versions) == 2
    assert all(f"policy {LICENSES.version}-" in version for version in versions)


def test_agreements_are_valid_up_to_their_last_day_and_for_their_stages() -> None:
    limits = {"valid_to": AS_OF, "stages_allowed": ["pretraining"]}
    rows = run([document("a")], resolved={"a": limits})
    assert first_failure(rows, "pretraining") == []
    assert first_failure(rows, "fine_tuning") == [
        ("agreement_stage", "pretraining", "fine_tuning")
    ]  # fmt: skip


def test_stages_differ_in_category_score_and_length() -> None:
    rows = run(
        [document("a", source_category="educational"), document("b"), document("c")],
        {"c": {"n_lines": 12}},
        scores=[score("a"), score("b", 0.4), score("c")],
    )
    assert [r[0] for r in first_failure(rows, "pretraining")] == ["source_category"]
    assert [r[0] for r in first_failure(rows, "fine_tuning")] == [
        "source_category", "quality_score", "min_lines",
    ]  # fmt: skip


def changed(gate: str, **fields: Any) -> FilterPolicy:
    data = POLICY.model_dump()
    {entry["name"]: entry for entry in data["gates"]}[gate] |= fields
    return FilterPolicy.model_validate(data)


def test_gates_can_be_disabled_exempted_overridden_and_moved_to_a_stage() -> None:
    long = {"a": {"max_code_line_chars": 5000}}
    assert (
        first_failure(run([document("a")], long, policy=changed("long_lines", enabled=False))) == []
    )
    exempt = changed("long_lines", exempt_languages=["python"])
    assert "long_lines" not in run([document("a")], long, policy=exempt).get_column("gate")
    other = run([document("a", language="sql"), document("b")], long | {"b": long["a"]})
    assert other.filter("is_first_failure").get_column("content_id").to_list() == ["b"]
    moved = run([document("a")], long, policy=changed("long_lines", stages=["fine_tuning"]))
    assert first_failure(moved) == []
    assert [row[0] for row in first_failure(moved, "fine_tuning")] == ["long_lines"]


def test_missing_evidence_is_an_error_and_not_a_pass() -> None:
    with pytest.raises(ValueError, match="no row in quality_scores, a among them"):
        run([document("a")], scores=[])


def test_order_of_gates_is_the_same_in_every_language() -> None:
    seen: dict[str, int] = {}
    for language in SLUGS:
        gates = stage_gates(POLICY, LICENSES, stages(), AS_OF, language)
        assert [gate.name for gate in gates][:2] == ["taken_down", "readable"]
        for gate in gates:
            assert seen.setdefault(gate.name, gate.order) == gate.order
        places = [gate.order for gate in gates if gate.stage == "all"]
        assert places == sorted(places)
        assert max(places) < min(gate.order for gate in gates if gate.stage != "all")
    assert len(set(seen.values())) == len(seen)
