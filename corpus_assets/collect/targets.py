"""What a connector offers: revisions to collect, each read on demand.

Belongs here: the shape every connector shares, and the digest of the settings that shaped a
collection. Does not belong here: any one connector.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus_assets.collect.items import RULES_VERSION, Item
from corpus_assets.policy.project import AnySource, Limits, Project


@dataclass
class Reading:
    """What the reading of a revision brings to light beside its files.

    Rows lack the columns source_category, source, origin and revision, which the caller knows.
    """

    date: str | None = None
    agreements: list[dict[str, Any]] = field(default_factory=list)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    submissions: list[dict[str, Any]] = field(default_factory=list)

    def note_date(self, day: datetime.date) -> None:
        """Keep the newest date a member carries as that of the revision."""
        self.date = max(self.date or "", day.isoformat())


@dataclass(frozen=True)
class Target:
    """One revision that can be collected.

    `read` yields its items and fills the Reading; Corrupt rejects the revision whole.
    `fetch` brings what `read` needs to the cache; it may run in a thread.
    """

    origin: str
    revision: str
    settings_digest: str
    read: Callable[[Reading], Iterator[Item]]
    fetch: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Failed:
    """A revision that could not even be found; the message says what to do."""

    origin: str
    message: str


@dataclass(frozen=True)
class Context:
    """What connectors work with: the project, the state folder, and what is collected already.

    `collected` maps (origin, revision) of the source at hand to its settings digest.
    """

    project: Project
    state: Path
    collected: dict[tuple[str, str], str]

    @property
    def limits(self) -> Limits:
        """The project's limits."""
        return self.project.limits

    def cache(self, *names: str) -> Path:
        """A folder for downloads, created when missing."""
        folder = self.state.joinpath("cache", *names)
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def settings_digest(source: AnySource, limits: Limits, **more: Any) -> str:
    """SHA-256 of what shapes a revision of the source: rules, limits, agreements, `more`.

    The source's name, list of packages and place are left out: they say which revisions there
    are, not what is in one.
    """
    settings = {
        "rules": RULES_VERSION,
        "limits": limits.model_dump(),
        "connector": source.connector,
        "category": source.category,
        "agreements": [agreement.model_dump() for agreement in source.agreements],
        **more,
    }
    return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()
