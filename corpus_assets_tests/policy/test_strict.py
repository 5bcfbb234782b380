"""Configuration that cannot fail silently: every mistake names its file and key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import Field

from corpus_assets.policy.strict import ConfigError, Fault, Strict, digest, load, parse


class Inner(Strict):
    share: float = Field(ge=0, le=1)


class Example(Strict):
    name: str
    count: int = 1
    inner: dict[str, Inner] = Field(default_factory=dict)


class Named(Inner):
    name: str


class Listed(Strict):
    items: list[Named]


class Anything(Strict):
    deep: dict[str, dict[str, int]]
    c: dict[str, int]


class Sorted(Strict):
    items: dict[str, int]

    def faults(self) -> Iterator[Fault]:
        if list(self.items) != sorted(self.items):
            yield Fault(("items", next(iter(self.items))), "second comes first")


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text("name: x\ninner:\n  go: {share: 0.5}\n")
    assert load(Example, path) == Example(name="x", inner={"go": Inner(share=0.5)})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: x\nnmae: y\n", "bad.yaml:2: nmae: Extra inputs"),
        ("name: x\nname: y\n", "bad.yaml:2: key 'name' is given twice"),
        ("name: x\ninner:\n  go: {share: 0.1}\n  go: {share: 0.2}\n", "key 'go' is given twice"),
        ("name: x\ncount: '262,144'\n", "count: Input should be a valid integer"),
        ("name: x\ncount: 1.5\n", "count"),
        ("name: x\ninner: {go: {share: 1.5}}\n", "bad.yaml:2: inner.go.share"),
        ("name: x\ninner:\n  go:\n    shre: 0.5\n", "bad.yaml:4: inner.go.shre: Extra"),
        ("name: x\ninner:\n  go: {}\n", "bad.yaml:3: inner.go.share: Field required"),
        ("name: x\ninner:\n  go: &a\n    share: 2.0\n  c: *a\n", "bad.yaml:4: inner.c.share"),
        (
            "name: x\ninner:\n  go: &a\n    share: 2.0\n  c:\n    <<: *a\n    share: 3.0\n",
            "bad.yaml:7: inner.c.share",
        ),
        ("name: x\ninner:\n  go: &a {share: 0.5}\n  c: {<<: *a, x: 1}\n", "bad.yaml:4: inner.c.x"),
        ("name: x\ncount: [1,\n  2]\n", "bad.yaml:2: count"),
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


def test_merged_keys_may_be_given_again_at_any_depth() -> None:
    text = """\
name: x
inner:
  go: &go {share: 0.1}
  c: &c {<<: *go, share: 0.2}
  lua: {<<: *c}
"""
    shares = {name: item.share for name, item in parse(Example, text, "x").inner.items()}
    assert shares == {"go": 0.1, "c": 0.2, "lua": 0.2}
    nested = "deep:\n  b: &b {<<: {x: 1}, x: 2}\nc: {<<: *b}\n"
    assert parse(Anything, nested, "x").c == {"x": 2}


def test_items_of_a_list_go_by_their_name() -> None:
    text = "items:\n  - {name: one, share: 0.1}\n  - name: two\n    share: 7.0\n"
    with pytest.raises(ConfigError, match=r"x:4: items\.two\.share: "):
        parse(Listed, text, "x")


def test_a_model_may_find_faults_of_the_whole() -> None:
    with pytest.raises(ConfigError, match=r"x:2: items\.b: second comes first"):
        parse(Sorted, "items:\n  b: 1\n  a: 2\n", "x")
    assert parse(Sorted, "items:\n  a: 1\n  b: 2\n", "x").items == {"a": 1, "b": 2}


def test_dates_stay_text() -> None:
    assert parse(Example, "name: 2026-11-22\n", "x").name == "2026-11-22"


def test_a_missing_file_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(Example, tmp_path / "none.yaml")


def test_equal_settings_have_equal_digests() -> None:
    one, two = parse(Example, "name: x", "a"), parse(Example, "count: 1\nname: x", "b")
    assert digest(one) == digest(two) != digest(Example(name="y"))
