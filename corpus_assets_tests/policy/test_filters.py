"""The filter policy: the packaged default, per-language thresholds, and what is refused."""

from pathlib import Path

import polars as pl
import pytest
import yaml

from corpus_assets.policy.filters import FilterPolicy, Gate, load_filter_policy
from corpus_assets.policy.strict import ConfigError

PACKAGED = Path(load_filter_policy.__code__.co_filename).with_name("filters.yaml")


def changed(tmp_path: Path, keys: str, value: object) -> Path:
    """A copy of the packaged policy with one value at a dotted path replaced."""
    data = yaml.safe_load(PACKAGED.read_text(encoding="utf-8"))
    *parents, last = keys.split("/")
    place = data
    for key in parents:
        place = place.setdefault(key, {})
    place[last] = value
    path = tmp_path / "filters.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


def test_the_packaged_policy() -> None:
    policy = load_filter_policy()
    assert isinstance(policy, FilterPolicy)
    assert policy.near_duplicates.for_language("python").removal == 0.85
    assert policy.near_duplicates.recorded == 0.70
    assert all(isinstance(gate, Gate) for _, gate in policy.gates.items())


def test_languages_differ() -> None:
    gates = load_filter_policy().gates
    assert gates.long_lines.for_language("python").max_line_chars == 1000
    assert gates.long_lines.for_language("markdown").max_line_chars == 100_000
    assert gates.syntax_errors.for_language("c").stage_names() == gates.syntax_errors.stage_names()
    assert gates.visible_text.applies_to("html")
    assert not gates.visible_text.applies_to("python")
    assert not gates.letters.applies_to("markdown")
    assert not gates.xml_declaration.applies_to("xml")


def test_a_disabled_gate_applies_nowhere(tmp_path: Path) -> None:
    policy = load_filter_policy(changed(tmp_path, "gates/generated/enabled", False))
    assert not policy.gates.generated.applies_to("python")


def test_the_vendored_pattern_is_one_polars_understands() -> None:
    paths = pl.Series(["a/node_modules/b.js", "Vendor/x.go", "src/vendors.py", "my_vendor/a.c"])
    pattern = load_filter_policy().gates.vendored.path_pattern
    assert paths.str.contains(pattern).to_list() == [True, True, False, False]


def test_confidences_that_count(tmp_path: Path) -> None:
    assert load_filter_policy().gates.secrets.confidences == ("medium", "high")
    policy = load_filter_policy(changed(tmp_path, "gates/secrets/min_confidence", "low"))
    assert policy.gates.secrets.confidences == ("low", "medium", "high")


@pytest.mark.parametrize(
    ("keys", "value", "message"),
    [
        ("gates/comments/max_fraction", 1.5, "gates.comments.max_fraction"),
        ("gates/comments/max_fraction", "0.5", "gates.comments.max_fraction"),
        ("gates/size/max_bytes", -1, "gates.size.max_bytes"),
        ("gates/data_length/min_chars", 9_000, "min_chars 9000 is above max_chars 5000"),
        ("gates/comments/stages", ["pretrainning"], "unknown pretrainning"),
        ("gates/comments/stages", ["all", "fine_tuning"], "write all, or a list"),
        ("gates/comments/stages", [], "write all, or a list"),
        ("gates/comments/only_languages", ["pyton"], "unknown pyton"),
        ("gates/comments/exempt_languages", ["klingon"], "unknown klingon"),
        ("gates/letters/overrides/markdown", {"min_alpha_fraction": 0.1}, "both exempt and named"),
        ("gates/long_lines/overrides/go", {"max_line": 5}, "unknown max_line"),
        ("gates/long_lines/overrides/go", {"max_line_chars": -5}, "overrides.go"),
        ("gates/long_lines/overrides/go", {"enabled": False}, "unknown enabled"),
        ("gates/data_length/overrides/json", {"min_chars": 6_000}, "overrides.json"),
        ("gates/data_length/overrides/python", {"min_chars": 60}, "not among only_languages"),
        ("gates/generated/overrides/go", {"max_fraction": 0.5}, "unknown max_fraction"),
        ("gates/speling", {}, "gates.speling"),
        ("gates/vendored/directories", [], "gates.vendored.directories"),
        ("gates/contamination/min_shared_ngrams", 0, "gates.contamination.min_shared_ngrams"),
        ("near_duplicates/recorded", 0.9, "recorded is above removal"),
        ("near_duplicates/overrides", {"cobol": {"removal": 0.9, "recorded": 0.95}}, "cobol"),
        ("near_duplicates/overrides", {"elvish": {"removal": 0.9, "recorded": 0.8}}, "elvish"),
        ("removal_budget/max_removed_share", 0.0, "removal_budget.max_removed_share"),
        ("score_weights/structure", 0.5, "the weights sum to 1.1"),
    ],
)
def test_what_is_refused(tmp_path: Path, keys: str, value: object, message: str) -> None:
    path = changed(tmp_path, keys, value)
    with pytest.raises(ConfigError) as error:
        load_filter_policy(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_a_missing_gate_is_refused(tmp_path: Path) -> None:
    data = yaml.safe_load(PACKAGED.read_text(encoding="utf-8"))
    del data["gates"]["secrets"]
    path = tmp_path / "filters.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"gates\.secrets"):
        load_filter_policy(path)
