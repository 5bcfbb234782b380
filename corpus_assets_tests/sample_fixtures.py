"""Fixtures that packages take into their conftest: the sample lake and a release, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_assets.lake import Lake
from corpus_assets.serve.publish import publish
from corpus_assets.serve.release import Release
from corpus_assets_tests import sample_lake as sample


@pytest.fixture(scope="session")
def sample_lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The sample lake; tests that write build their own."""
    return sample.build(tmp_path_factory.mktemp("sample") / "lake")


@pytest.fixture(scope="session")
def sample_release(sample_lake: Lake, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The current release of the sample lake; it stands in `folder.parent.parent`."""
    published = tmp_path_factory.mktemp("sample") / "published"
    inputs = [item.as_input() for item in sample_lake.versions("training_mix").values()]
    return publish(sample_lake, sample.spec(), published, inputs)


@pytest.fixture(scope="session")
def sample_published(sample_release: Release) -> Path:
    """The folder in which the sample release is published."""
    return sample_release.folder.parent.parent
