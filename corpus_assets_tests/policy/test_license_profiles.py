"""What the shipped profiles say about classes and obligations, stage by stage."""

import pytest

from corpus_assets.languages import STAGES
from corpus_assets.policy.licenses import CLASSES, load_license_policy

POLICY = load_license_policy()


@pytest.mark.parametrize(
    ("profile", "allowed"),
    [
        ("permissive_only", {"owned", "contract", "public_domain", "permissive"}),
        (
            "permissive_and_weak",
            {"owned", "contract", "public_domain", "permissive", "weak_copyleft"},
        ),
        ("research", {*CLASSES} - {"source_available", "unknown"}),
    ],
)
def test_profiles_allow_what_their_names_say(profile: str, allowed: set[str]) -> None:
    chosen = POLICY.profiles[profile]
    for stage in STAGES:
        rules = chosen.rules(stage)
        assert {name for name in CLASSES if rules.of_class(name) == "allow"} == allowed


@pytest.mark.parametrize(
    ("profile", "license_class", "obligations", "verdict"),
    [
        ("permissive_only", "permissive", ("attribution", "notice_file"), "allow"),
        ("permissive_only", "permissive", ("expiry",), "review"),
        ("permissive_only", "permissive", ("expiry", "no_ai_training"), "deny"),
        ("permissive_only", "weak_copyleft", (), "deny"),
        ("permissive_and_weak", "weak_copyleft", ("source_disclosure",), "allow"),
        ("permissive_and_weak", "weak_copyleft", ("share_alike",), "review"),
        ("research", "non_commercial", ("non_commercial",), "allow"),
        ("research", "non_commercial", ("non_commercial", "no_derivatives"), "review"),
        ("research", "source_available", (), "deny"),
    ],
)
def test_the_worst_of_class_and_obligations_counts(
    profile: str, license_class: str, obligations: tuple[str, ...], verdict: str
) -> None:
    rules = POLICY.profiles[profile].rules("fine_tuning")
    assert rules.of_terms(license_class, obligations) == verdict


def test_severity_adds_up_over_the_stages() -> None:
    chosen = POLICY.profiles["permissive_and_weak"]
    assert chosen.severity("permissive", ()) == 0
    assert chosen.severity("weak_copyleft", ("share_alike",)) == 1
    assert chosen.severity("strong_copyleft", ()) == 2 * len(STAGES)


def test_a_stage_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such stage: training; there are pretraining"):
        POLICY.rules("training")
