"""The filter policy: the packaged default, per-language thresholds, and what is refused."""

from pathlib import Path

import polars as pl
import pytest
import yaml

from corpus_assets.policy.filters import REQUIRED_GATES, FilterPolicy, load_filter_policy
from corpus_assets.policy.judgements import folders_pattern
from corpus_assets.policy.strict import ConfigError

PACKAGED = Path(load_filter_policy.__code__.co_filename).with_name("filters.yaml")
COMMENTS = "gates/comments/limits/comment_fraction"


def changed(tmp_path: Path, keys: str, value: object) -> Path:
    """A copy of the packaged policy with one value at a dotted path replaced."""
    data = yaml.safe_load(PACKAGED.read_text(encoding="utf-8"))
    *parents, last = keys.split("/")
    place = data
    for key in parents:
        named = {gate["name"]: gate for gate in place} if isinstance(place, list) else place
        place = named.setdefault(key, {})
    place[last] = value
    path = tmp_path / "filters.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


def test_the_packaged_policy() -> None:
    policy = load_filter_policy()
    assert isinstance(policy, FilterPolicy)
    assert policy.near_duplicates.for_language("python").removal == 0.85
    assert policy.near_duplicates.recorded == 0.70
    assert tuple(gate.name for gate in policy.gates) == REQUIRED_GATES
    with pytest.raises(KeyError):
        policy.gate("nothing")


def test_languages_differ() -> None:
    policy = load_filter_policy()
    long_lines, letters = policy.gate("long_lines"), policy.gate("letters")
    assert long_lines.limits_for("python")["max_code_line_chars"].max == 1000
    assert long_lines.limits_for("markdown")["max_code_line_chars"].max == 100_000
    assert list(letters.limits_for("assembly")) == ["alnum_fraction"]
    assert policy.gate("syntax_errors").limits_for("c")["syntax_error_fraction"].max == 0.15
    assert policy.gate("visible_text").applies_to("html")
    assert not policy.gate("visible_text").applies_to("python")
    assert not letters.applies_to("markdown")
    assert not policy.gate("xml_declaration").applies_to("xml")


def test_a_disabled_gate_applies_nowhere(tmp_path: Path) -> None:
    policy = load_filter_policy(changed(tmp_path, "gates/generated/enabled", False))
    assert not policy.gate("generated").applies_to("python")


def test_folders_are_whole_parts_of_a_path() -> None:
    paths = pl.Series(["a/node_modules/b.js", "Vendor/x.go", "src/vendors.py", "my_vendor/a.c"])
    folders = load_filter_policy().gate("vendored").limits["path"].no_folders
    assert folders is not None
    assert paths.str.contains(folders_pattern(folders)).to_list() == [True, True, False, False]


def test_a_policy_survives_being_dumped() -> None:
    policy = load_filter_policy()
    assert FilterPolicy.model_validate(policy.model_dump()) == policy
    assert list(FilterPolicy.model_validate(policy.model_dump()).faults()) == []


@pytest.mark.parametrize(
    ("keys", "value", "message"),
    [
        (f"{COMMENTS}/max", 1.5, "gates.comments.limits.comment_fraction.max: 1.5 is outside 0 to"),
        (
            f"{COMMENTS}/max",
            "0.5",
            "gates.comments.limits.comment_fraction.max: Value error, write",
        ),
        (f"{COMMENTS}/max", True, "comment_fraction.max: Value error, write a finite number"),
        (f"{COMMENTS}/max", float("nan"), "write a finite number, not nan"),
        (f"{COMMENTS}/max", 1, "1 never fires: comment_fraction lies in 0 to 1"),
        (
            f"{COMMENTS}/is",
            False,
            "gates.comments.limits.comment_fraction.is: comment_fraction is F",
        ),
        (f"{COMMENTS}/maxx", 0.5, "gates.comments.limits.comment_fraction.maxx: Extra inputs"),
        ("gates/comments/limits/comment_fraction", {}, "no limit; give one of min, max, below"),
        ("gates/comments/limits", {}, "gates.comments.limits"),
        ("gates/comments/limits/coment_fraction", {"max": 0.8}, "did you mean comment_fraction?"),
        ("gates/comments/limits/generated_evidence", {"is": False}, "no column that a gate can"),
        ("gates/size/limits/n_bytes/max", -1, "gates.size.limits.n_bytes.max: -1 is outside 0"),
        ("gates/size/limits/n_bytes/max", 99.5, "99.5: n_bytes counts, write a whole number"),
        ("gates/minimum_length/limits/n_lines/min", 0, "0 never fires: n_lines lies in 0 and more"),
        ("gates/contamination/limits/contamination_hits/below", 0, "nothing is below 0"),
        (
            "gates/data_length/limits/n_chars/min",
            9_000,
            "min 9000 is above max 5000: nothing would",
        ),
        (
            "gates/data/limits/is_data",
            {"max": 0},
            "gates.data.limits.is_data.max: is_data is Boole",
        ),
        ("gates/vendored/limits/path/no_folders", [], "gates.vendored.limits.path.no_folders"),
        ("gates/vendored/limits/path/no_folders", ["a/b"], "the whole name of one folder"),
        ("gates/vendored/limits/path/no_folders", ["vend*"], "the whole name of one folder"),
        ("gates/comments/stages", ["pretrainning"], "unknown pretrainning"),
        ("gates/comments/stages", ["all", "fine_tuning"], "write all, or a list"),
        ("gates/comments/stages", [], "write all, or a list"),
        (
            "gates/comments/only_languages",
            ["pyton"],
            "gates.comments.only_languages.0: Value error",
        ),
        ("gates/comments/exempt_languages", ["klingon"], "unknown language klingon"),
        ("gates/letters/overrides/markdown", {"without": ["alpha_fraction"]}, "both exempt and na"),
        ("gates/letters/overrides/go", {"without": ["n_lines"]}, "n_lines is no limit of the gate"),
        ("gates/letters/overrides/go", {"without": ["alpha_fraction", "alnum_fraction"]}, "exempt"),
        ("gates/letters/overrides/go", {}, "gates.letters.overrides.go: changes nothing"),
        (
            "gates/letters/overrides/gopher",
            {"without": ["alpha_fraction"]},
            "unknown language goph",
        ),
        (
            "gates/long_lines/overrides/go",
            {"limits": {"max_line": {"max": 5}}},
            "did you mean max_l",
        ),
        (
            "gates/long_lines/overrides/go",
            {"limits": {"n_lines": {"max": -5}}},
            "overrides.go.limi",
        ),
        ("gates/long_lines/overrides/go", {"enabled": False}, "overrides.go.enabled: Extra inputs"),
        (
            "gates/data_length/overrides/python",
            {"limits": {"n_chars": {"max": 9}}},
            "not among only",
        ),
        ("gates/generated/limits/speling", {"is": True}, "gates.generated.limits.speling"),
        ("gates/generated/speling", {}, "gates.generated.speling: Extra inputs"),
        ("gates/generated/name", "Generated!", "gates.Generated!.name"),
        ("gates/generated/name", "license_state", "license_state is judged by other rules"),
        ("gates/generated/name", "data", "gates.data.name: data is given twice"),
        ("gates/generated/source", "", "gates.generated.source"),
        ("gate_alarms/max_dropped_share", 0.0, "gate_alarms.max_dropped_share"),
        ("gates/comments/must_drop", {}, "gates.comments.must_drop.comment_fraction: gate comm"),
        ("gates/comments/must_drop/n_lines", 3, "the gate does not limit n_lines"),
        ("gates/comments/must_drop/comment_fraction", "0.9", "'0.9' is no value of comment_fract"),
        ("gates/comments/must_drop/comment_fraction", 1.9, "1.9 is outside 0 to 1"),
        ("gates/comments/must_drop/comment_fraction", [], "write a value of the column"),
        ("gates/size/must_drop/n_bytes", True, "True is no value of n_bytes"),
        ("gates/size/must_drop/n_bytes", 5.5, "5.5 is no value of n_bytes, which is Int64"),
        ("gates/data/must_drop/is_data", 1, "1 is no value of is_data, which is Boolean"),
        (
            "gates/comments/must_drop/comment_fraction",
            0.8,
            "must_drop comment_fraction 0.8 is kept by comment_fraction <= 0.8",
        ),
        (
            "gates/comments/must_keep/comment_fraction",
            0.81,
            "must_keep comment_fraction 0.81 is dropped by comment_fraction <= 0.8",
        ),
        ("gates/data_length/must_drop/n_chars", 49, "dropped by n_chars <= 5000"),
        (
            "gates/vendored/must_keep/path",
            ["a/vendor/b.c"],
            "'a/vendor/b.c' is dropped by no folder",
        ),
        (
            "gates/data_length/overrides/json",
            {"limits": {"n_chars": {"min": 20, "max": 5000}}},
            "gates.data_length.must_drop.n_chars: gate data_length for json: must_drop n_chars 49 "
            "is kept by n_chars >= 20; n_chars <= 5000; give overrides.json a must_drop of its own",
        ),
        (
            "gates/data_length/overrides/json",
            {"limits": {"n_chars": {"max": 9000}}, "must_drop": {"n_chars": 9000}},
            "gates.data_length.overrides.json.must_drop.n_chars: gate data_length for json",
        ),
        (
            "gates/data_length/overrides/json",
            {"limits": {"n_lines": {"max": 90}}},
            "gate data_length for json: no value of n_lines, which the gate limits",
        ),
        ("near_duplicates/recorded", 0.9, "recorded is above removal"),
        ("near_duplicates/overrides", {"cobol": {"removal": 0.9, "recorded": 0.95}}, "cobol"),
        (
            "near_duplicates/overrides",
            {"elvish": {"removal": 0.9, "recorded": 0.8}},
            "near_duplicates.overrides.elvish",
        ),
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
    data["gates"] = [gate for gate in data["gates"] if gate["name"] != "secrets"]
    path = tmp_path / "filters.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(ConfigError, match="gates: secrets is missing; where it shall not judge"):
        load_filter_policy(path)
