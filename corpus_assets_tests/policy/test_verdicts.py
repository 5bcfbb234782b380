"""Verdicts of the stages over license columns: the worst part counts, and is named."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.languages import SOURCE_CATEGORIES, STAGES
from corpus_assets.policy.license_words import CLASSES, FLAGS, GRADES, OBLIGATIONS, VERDICTS
from corpus_assets.policy.licenses import LicensePolicy, load_license_policy
from corpus_assets.policy.verdicts import COLUMNS, asked, stage_verdict
from corpus_assets_tests.policy.license_file import changed

POLICY = load_license_policy()
WEAK = POLICY.with_profile("permissive_and_weak")
RESEARCH = POLICY.with_profile("research")

_SCHEMA = {
    name: pl.List(pl.String) if name in ("license_obligations", "license_flags") else pl.String
    for name in COLUMNS
}
_CLEAN = {
    "license_state": "granted",
    "license_class": "permissive",
    "license_evidence": "file",
    "license_obligations": ["attribution"],
    "license_flags": [],
    "source_category": "open_source",
}


def _judge(rows: list[dict[str, Any]], policy: LicensePolicy, stage: str) -> list[tuple[str, str]]:
    found = stage_verdict(policy, stage)
    frame = pl.DataFrame(rows, schema=_SCHEMA)
    return frame.select(verdict=found.verdict, reason=found.reason).rows()


def _one(policy: LicensePolicy = POLICY, stage: str = "pretraining", **known: Any) -> Any:
    return _judge([_CLEAN | known], policy, stage)[0]


def test_what_nothing_speaks_against_is_allowed() -> None:
    for stage in STAGES:
        assert _one(stage=stage) == ("allow", "permissive on evidence file")


@pytest.mark.parametrize(
    ("known", "verdict", "reason"),
    [
        ({"license_state": "none_found"}, "deny", "state none_found (deny)"),
        ({"license_state": "denied"}, "deny", "state denied (deny)"),
        ({"license_state": "conflict"}, "review", "state conflict (review)"),
        ({"license_state": "unreadable"}, "review", "state unreadable (review)"),
        ({"license_state": None}, "deny", "state missing (deny)"),
        ({"license_class": "strong_copyleft"}, "deny", "class strong_copyleft (deny)"),
        ({"license_class": None}, "deny", "class missing (deny)"),
        ({"license_class": "lenient"}, "deny", "class lenient (deny)"),
        ({"license_evidence": "inferred"}, "review", "evidence inferred below inherited (review)"),
        ({"license_evidence": "C"}, "deny", "evidence C below inherited (deny)"),
        ({"license_evidence": None}, "deny", "evidence missing below inherited (deny)"),
        (
            {"license_obligations": ["use_restrictions", "attribution", "no_ai_training"]},
            "deny",
            "asks no_ai_training, use_restrictions (deny)",
        ),
        ({"license_obligations": ["expiry"]}, "review", "asks expiry (review)"),
        (
            {"license_flags": ["rights_reserved", "manifest_differs", "weak_statement"]},
            "deny",
            "flag rights_reserved (deny); flag manifest_differs (review)",
        ),
        (
            {"license_class": "unknown", "license_state": "unreadable", "license_evidence": "none"},
            "deny",
            "state unreadable (review); class unknown (deny); "
            "evidence none below inherited (review)",
        ),
        ({"source_category": None}, "deny", "category missing (deny)"),
        (
            {"source_category": "commercial"},
            "deny",
            "evidence file below contract of commercial (deny)",
        ),
        (
            {"source_category": "in_house", "license_evidence": "file_and_license_file"},
            "review",
            "evidence file_and_license_file below contract of in_house (review)",
        ),
    ],
)
def test_every_objection_is_named(known: dict[str, Any], verdict: str, reason: str) -> None:
    assert _one(**known) == (verdict, reason)


def test_agreements_open_what_the_source_terms_close() -> None:
    for category in ("commercial", "freelance", "in_house"):
        known = {"source_category": category, "license_evidence": "contract"}
        assert _one(license_class="contract", **known)[0] == "allow"
        assert _one(license_class="strong_copyleft", **known)[0] == "deny"


def test_stages_and_profiles_differ() -> None:
    flagged = {"license_flags": ["tree_stricter_than_file"]}
    assert _one(**flagged)[0] == "allow"
    assert _one(stage="fine_tuning", **flagged)[0] == "review"
    shared = {"license_class": "weak_copyleft", "license_obligations": ["share_alike"]}
    assert _one(**shared)[0] == "deny"
    assert _one(policy=WEAK, **shared)[0] == "allow"
    assert _one(policy=WEAK, stage="fine_tuning", **shared)[0] == "review"
    nc = {"license_class": "non_commercial", "license_obligations": ["non_commercial"]}
    assert _one(policy=WEAK, **nc)[0] == "deny"
    assert _one(policy=RESEARCH, **nc)[0] == "allow"


def test_terms_of_a_category_can_single_out_classes() -> None:
    policy = changed(
        "commercial: {evidence: {at_least: contract, below: deny}}",
        "educational: {review: [permissive], deny: [public_domain]}",
    )
    found = _judge(
        [
            _CLEAN | {"source_category": "educational"},
            _CLEAN | {"source_category": "educational", "license_class": "public_domain"},
            _CLEAN | {"license_class": "public_domain"},
        ],
        policy,
        "pretraining",
    )
    assert found[0] == ("review", "class permissive of educational (review)")
    assert found[1] == ("deny", "class public_domain of educational (deny)")
    assert found[2][0] == "allow"


def test_what_is_asked_is_said_in_words() -> None:
    words = asked(POLICY, "pretraining")
    assert words.startswith("permissive_only: owned, public_domain, permissive, contract; evidence")
    for part in (
        "inherited or better",
        "no_ai_training",
        "no flag",
        "commercial: evidence contract",
    ):
        assert part in words


def test_no_rows_give_no_verdicts_and_no_stage_is_an_error() -> None:
    assert _judge([], POLICY, "evaluation") == []
    with pytest.raises(ValueError, match="no such stage"):
        stage_verdict(POLICY, "training")


def _lists(names: Any) -> st.SearchStrategy[list[str] | None]:
    return st.none() | st.lists(st.sampled_from([*names]), unique=True)


def _some(names: Any) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from([*names])


_ROWS = st.fixed_dictionaries(
    {
        "license_state": _some(["granted", "none_found", "conflict", "denied", "unreadable"]),
        "license_class": _some(CLASSES),
        "license_evidence": _some(GRADES),
        "license_obligations": _lists(OBLIGATIONS),
        "license_flags": _lists(FLAGS),
        "source_category": _some(SOURCE_CATEGORIES),
    }
)


@given(
    st.lists(_ROWS, min_size=1, max_size=8),
    st.sampled_from([POLICY, WEAK, RESEARCH]),
    st.sampled_from(STAGES),
)
def test_the_expression_agrees_with_the_rules(
    rows: list[dict[str, Any]], policy: LicensePolicy, stage: str
) -> None:
    rules = policy.rules(stage)
    for row, (verdict, reason) in zip(rows, _judge(rows, policy, stage), strict=True):
        assert reason
        allowed = verdict == "allow"
        assert allowed <= (row["license_state"] == "granted")
        assert allowed <= (row["license_class"] in rules.allow)
        assert allowed <= (row["source_category"] is not None)
        grade = row["license_evidence"]
        enough = GRADES.index(rules.evidence.at_least)
        assert allowed <= (grade is not None and GRADES.index(grade) <= enough)
        terms = rules.of_terms(row["license_class"], row["license_obligations"] or [])
        assert VERDICTS.index(verdict) >= VERDICTS.index(terms)
        flags = set(row["license_flags"] or [])
        assert allowed <= flags.isdisjoint({*rules.flags.review, *rules.flags.deny})
        if flags & set(rules.flags.deny):
            assert verdict == "deny"
