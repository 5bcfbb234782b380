"""Configuration that cannot fail silently: every mistake names its file and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import Field

from corpus_assets.policy.strict import ConfigError, Strict, digest, load, parse


class Inner(Strict):
    share: float = Field(ge=0, le=1)


class Example(Strict):
    name: str
    count: int = 1
    inner: dict[str, Inner] = Field(default_factory=dict)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text("name: x\ninner:\n  go: {share: 0.5}\n")
    assert load(Example, path) == Example(name="x", inner={"go": Inner(share=0.5)})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: x\nnmae: y\n", "bad.yaml: nmae: Extra inputs"),
        ("name: x\nname: y\n", "bad.yaml:2: key 'name' is given twice"),
        ("name: x\ninner:\n  go: {share: 0.1}\n  go: {share: 0.2}\n", "key 'go' is given twice"),
        ("name: x\ncount: '262,144'\n", "count: Input should be a valid integer"),
        ("name: x\ncount: 1.5\n", "count"),
        ("name: x\ninner: {go: {share: 1.5}}\n", "inner.go.share"),
        ("name: 2026-11-22\ncount: yes\n", "count"),
        ("count: 1\n", "name: Field required"),
        ("", "name: Field required"),
        ("name: [", "not valid YAML"),
        ("- name\n", "top level"),
        ("name: !!python/object/apply:os.getcwd []\n", "not valid YAML"),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(Example, text, "bad.yaml")
    assert message in str(caught.value)
    assert "bad.yaml" in str(caught.value)


def test_dates_stay_text() -> None:
    assert parse(Example, "name: 2026-11-22\n", "x").name == "2026-11-22"


def test_a_missing_file_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(Example, tmp_path / "none.yaml")


def test_equal_settings_have_equal_digests() -> None:
    one, two = parse(Example, "name: x", "a"), parse(Example, "count: 1\nname: x", "b")
    assert digest(one) == digest(two) != digest(Example(name="y"))
