"""One built sample project for all tests that need the whole graph."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus_assets.workspace import Workspace, open_workspace
from corpus_assets_tests.sample_project import write_project

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Project:
    """A project on disk and its environment."""

    folder: Path
    environment: Mapping[str, str]

    @property
    def workspace(self) -> Workspace:
        """The project's workspace."""
        return open_workspace(self.environment)

    def corpus(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the `corpus` command on the project; with `check` it must succeed."""
        command = [sys.executable, "-m", "corpus_assets.cli.main", *arguments]
        done = subprocess.run(
            command, env=dict(self.environment), cwd=ROOT, capture_output=True, text=True
        )
        assert not check or done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done


def project_at(folder: Path) -> Project:
    """A fresh sample project that has collected nothing yet."""
    home = folder / "dagster"
    home.mkdir(parents=True)
    (home / "dagster.yaml").write_text((ROOT / "dagster.yaml").read_text())
    environment = os.environ | {
        "CORPUS_CONFIG": str(write_project(folder)),
        "CORPUS_LAKE": str(folder / "lake"),
        "CORPUS_PUBLISHED": str(folder / "published"),
        "CORPUS_STATE": str(folder / "state"),
        "DAGSTER_HOME": str(home),
    }
    return Project(folder, environment)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample project, collected and built through the command."""
    project = project_at(tmp_path_factory.mktemp("project"))
    project.corpus("collect")
    project.corpus("build")
    return project
