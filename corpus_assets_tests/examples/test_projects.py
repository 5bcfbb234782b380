"""The example projects: that they load, pin what they promise, and name no registry."""

import re
from pathlib import Path

import pytest

from corpus_assets.languages import SOURCE_CATEGORIES
from corpus_assets.policy.project import (
    DebianSource,
    GitSource,
    NpmSource,
    PypiSource,
    load_project,
)

EXAMPLES = Path(__file__).parents[2] / "examples"
PINNED = {"pypi": re.compile(r"[\w.-]+==[\w.]+"), "npm": re.compile(r"(@[\w-]+/)?[\w.-]+@[\w.-]+")}


@pytest.fixture(scope="module")
def demo():
    return load_project(EXAMPLES / "demo.yaml")


def test_open_source_pins_at_least_sixty_packages(demo):
    pinned = [
        package
        for source in demo.of_category("open_source")
        if isinstance(source, PypiSource | NpmSource)
        for package in source.packages
    ]
    assert len(set(pinned)) == len(pinned) >= 60


def test_every_package_outside_debian_is_pinned(demo):
    for source in demo.sources:
        if isinstance(source, PypiSource | NpmSource):
            loose = [p for p in source.packages if not PINNED[source.connector].fullmatch(p)]
            assert loose == [], source.name


def test_some_packages_come_in_several_versions(demo):
    names = [
        re.split("==|(?<=.)@", package)[0]
        for source in demo.of_category("open_source")
        if isinstance(source, PypiSource | NpmSource)
        for package in source.packages
    ]
    assert len(names) - len(set(names)) >= 5


def test_sources_that_depend_on_the_machine_are_optional(demo):
    assert all(source.optional for source in demo.sources if isinstance(source, DebianSource))


@pytest.mark.parametrize(
    ("name", "absent"), [("demo.yaml", set()), ("offline.yaml", {"educational"})]
)
def test_categories(name, absent):
    project = load_project(EXAMPLES / name)
    assert {source.category for source in project.sources} == set(SOURCE_CATEGORIES) - absent


def test_the_offline_project_needs_no_network():
    project = load_project(EXAMPLES / "offline.yaml")
    assert {source.connector for source in project.sources} == {"installed", "delivery", "git"}
    assert [s.url for s in project.sources if s.connector == "git"] == [".."]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.name)
def test_no_addresses(path):
    assert re.search(r"\w+://|\b[\w-]+\.(org|com|io|net)\b", path.read_text("utf-8")) is None


@pytest.mark.parametrize("name", ["demo.yaml", "offline.yaml"])
def test_deliveries_do_not_count_as_code_of_our_own(name):
    (own,) = load_project(EXAMPLES / name).of_category("in_house")
    assert isinstance(own, GitSource)
    assert own.exclude == ["examples/deliveries/**"]
    assert (EXAMPLES / "deliveries").is_dir()
