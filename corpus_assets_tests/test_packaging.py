"""What a bare machine needs: pins that fit the oldest Python, and no addresses in them."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distributions

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from corpus_assets_tests.conftest import ROOT


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def test_the_pins_are_names_and_versions() -> None:
    for name, version in pins().items():
        assert re.fullmatch(r"[A-Za-z0-9._-]+", name), name
        assert Version(version), name


def test_the_pins_install_on_the_oldest_python_we_promise() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    oldest = project["requires-python"].removeprefix(">=") + ".0"
    pinned = {name.lower().replace("_", "-") for name in pins()}
    for found in distributions():
        needed = found.metadata.get("Requires-Python")
        if found.name.lower().replace("_", "-") in pinned and needed:
            assert SpecifierSet(needed).contains(oldest), f"{found.name} needs {needed}"
