import pytest
from build_order import Cycle, build_order


def test_needed_tasks_come_first():
    needs = {"bake": ["knead", "heat"], "knead": ["weigh"], "serve": ["bake"]}
    assert build_order(needs) == ["heat", "weigh", "knead", "bake", "serve"]


def test_nothing_to_do():
    assert build_order({}) == []


def test_a_circle_names_its_tasks():
    with pytest.raises(Cycle, match="a, b"):
        build_order({"a": ["b"], "b": ["a"], "c": []})
