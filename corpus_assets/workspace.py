"""Where a project's things are, and its configuration: shared by Dagster and the command.

Everything can be moved by environment variables: CORPUS_CONFIG (project file), CORPUS_LAKE,
CORPUS_PUBLISHED and CORPUS_STATE (Dagster's instance, caches, the project's secret key).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_assets.lake import Lake

if TYPE_CHECKING:  # models take a tenth of a second to load, and `corpus trace` needs none
    from corpus_assets.policy.costs import CostPolicy
    from corpus_assets.policy.domains import Domains
    from corpus_assets.policy.filters import FilterPolicy
    from corpus_assets.policy.language_versions import LanguageVersions
    from corpus_assets.policy.licenses import LicensePolicy
    from corpus_assets.policy.mixes import MixSpec
    from corpus_assets.policy.project import Project
    from corpus_assets.policy.strict import Strict
    from corpus_assets.policy.takedowns import Takedowns


@dataclass(frozen=True)
class Workspace:
    """One project: its lake, its releases, its state folder and its configuration."""

    config: Path
    lake: Lake
    published: Path
    state: Path

    @cached_property
    def project(self) -> Project:
        """The project file. Raises ConfigError."""
        from corpus_assets.policy.project import load_project

        return load_project(self.config)

    @cached_property
    def licenses(self) -> LicensePolicy:
        """License policy of the project, or the packaged default, with the project's profile."""
        from corpus_assets.policy.licenses import load_license_policy

        profile = self.project.policy.license_profile
        return load_license_policy(self._override("licenses"), profile)

    @cached_property
    def filters(self) -> FilterPolicy:
        """Filter policy of the project, or the packaged default."""
        from corpus_assets.policy.filters import load_filter_policy

        return load_filter_policy(self._override("filters"))

    @cached_property
    def filters_preview(self) -> FilterPolicy | None:
        """The filter policy that the project wants tried out; None if it names none."""
        from corpus_assets.policy.filters import load_filter_policy

        path = self._override("filters_preview")
        return None if path is None else load_filter_policy(path)

    @cached_property
    def costs(self) -> CostPolicy:
        """Cost policy of the project, or the packaged default."""
        from corpus_assets.policy.costs import load_cost_policy

        return load_cost_policy(self._override("costs"))

    @cached_property
    def domains(self) -> Domains:
        """What tells domains and frameworks: the project's table, or the packaged one."""
        from corpus_assets.policy.domains import load_domains

        return load_domains(self._override("domains"))

    @cached_property
    def language_versions(self) -> LanguageVersions:
        """Which syntax tells a version: the project's rules, or the packaged ones."""
        from corpus_assets.policy.language_versions import load_language_versions

        return load_language_versions(self._override("language_versions"))

    @cached_property
    def mix(self) -> MixSpec:
        """The mix spec the project names."""
        from corpus_assets.policy.mixes import load_mix

        return load_mix(self.config.parent / self.project.mix)

    @cached_property
    def takedowns(self) -> Takedowns:
        """The takedown requests the project names; none if it names no file."""
        from corpus_assets.policy.takedowns import Takedowns, load_takedowns

        if self.project.takedowns is None:
            return Takedowns(requests=[])
        return load_takedowns(self.config.parent / self.project.takedowns)

    def setting(self, name: str) -> tuple[Strict, ...]:
        """The models of one part of the configuration, for digests.

        `name` is licenses, filters, filters_preview, costs, domains, language_versions, mix,
        project, benchmarks or takedowns.
        What the project leaves out is no model.
        """
        part = self.project.benchmarks if name == "benchmarks" else getattr(self, name)
        return tuple(part) if isinstance(part, list) else () if part is None else (part,)

    def _override(self, name: str) -> Path | None:
        relative = getattr(self.project.policy, name)
        return None if relative is None else self.config.parent / relative


def open_workspace(environment: Mapping[str, str] = os.environ) -> Workspace:
    """The workspace that the environment describes; paths default to `data/` below the folder."""

    def path(variable: str, default: str) -> Path:
        return Path(environment.get(variable, default)).expanduser()

    return Workspace(
        config=path("CORPUS_CONFIG", "examples/demo.yaml"),
        lake=Lake(environment.get("CORPUS_LAKE", "data/lake")),
        published=path("CORPUS_PUBLISHED", "data/published"),
        state=path("CORPUS_STATE", "data/state"),
    )
