from pathlib import Path

import pytest

from corpus_assets.languages import STAGES
from corpus_assets.policy.mixes import MixSpec, load_mix
from corpus_assets.policy.strict import ConfigError, digest, parse

DEMO = Path(__file__).parents[2] / "examples" / "mixes" / "demo.yaml"


def test_the_demo_mix_has_every_stage() -> None:
    spec = load_mix(DEMO)
    assert tuple(spec.stages) == STAGES
    assert spec.stages["fine_tuning"].epochs("educational") == 1
    assert spec.stages["fine_tuning"].epochs("freelance") == 3


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("in_house: {max_share: 0.05}", "inhouse: {max_share: 0.05}", "pretraining.source_cat"),
        ("in_house: {max_share: 0.05}", "in_house: {max: 0.05}", "source_categories.in_house.max"),
        ("tokens: 50000", "tokens: 0", "stages.evaluation.tokens: Input should be greater than 0"),
        ("tokens: 50000", "tokens: many", "stages.evaluation.tokens"),
        ("html:", "htm:", "no such language: htm"),
        ("[granted]", "[allowed]", "stages.pretraining.license_states.0"),
        ("[contract, owned]", "[contract, mine]", "stages.evaluation.license_classes.1"),
        ("[contract, owned]", "[contract, contract]", "given twice"),
        ("max_share: 0.8", "max_share: 0.05", "the max_share values sum to 0.95"),
        ("min_share: 0.05", "min_share: 0.95", "min_share 0.95 is above max_share 0.3"),
        ("min_share: 0.1,", "min_share: 0.5,", "continued_pretraining"),
        ("{min_share: 0.7, max_share: 1.0}", "{min_share: 1.7}", "less than or equal to 1"),
        ("pretraining:\n", "warm_up:\n", "no such stage: warm_up"),
        ("ai_assist: [none]", "ai_assist: [generated]", "answers are by people"),
        ("reviewed_only: 2", "reviewed_only: 0", "reviewed_only of 1 or more"),
        ("as_of: 2026-11-22", "as_of: 2026-13-22", "as_of: Value error, '2026-13-22' is"),
        ("as_of: 2026-11-22", "as_of: 20261122", "as_of"),
        ("min_quality_score: 0.3", "reviewed_only: 2", "known of pairs only"),
        ("educational: 1", "open_source: 1", "not in source_categories"),
        ("name: demo", "name: demo\nname: other", "given twice"),
        ("seed: 42", "seeds: 42", "seeds"),
        ("method: unimax", "method: temperature", "languages.method"),
        ("share: 0.5", "share: 0", "evaluation.share"),
    ],
)  # fmt: skip
def test_a_wrong_spec_names_the_key(old: str, new: str, message: str) -> None:
    text = DEMO.read_text(encoding="utf-8")
    assert old in text
    if message == "continued_pretraining":  # floors of 0.5 and 0.55 cannot both be kept
        text = text.replace("commercial: {min_share: 0.05", "commercial: {min_share: 0.55")
        text = text.replace("max_share: 0.3}", "max_share: 0.6}")
    with pytest.raises(ConfigError, match=r"mix\.yaml") as error:
        parse(MixSpec, text.replace(old, new, 1), "mix.yaml")
    assert message in str(error.value)


def test_equal_specs_have_equal_digests() -> None:
    text = DEMO.read_text(encoding="utf-8")
    commented = "# another comment\n" + text
    assert digest(parse(MixSpec, text, "a")) == digest(parse(MixSpec, commented, "b"))
    changed = text.replace("seed: 42", "seed: 43")
    assert digest(parse(MixSpec, text, "a")) != digest(parse(MixSpec, changed, "b"))
