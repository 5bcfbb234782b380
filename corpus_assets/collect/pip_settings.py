"""The user's own pip configuration: which indexes, which certificates."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from functools import lru_cache
from typing import NamedTuple


class PipSettings(NamedTuple):
    """What pip would use. No `index_url` means pip's own default index."""

    index_url: str | None
    extra_index_urls: tuple[str, ...]
    find_links: tuple[str, ...]
    trusted_hosts: tuple[str, ...]
    cert: str | None
    no_index: bool
    timeout: float


@lru_cache(maxsize=1)
def pip_settings() -> PipSettings:
    """The settings of `pip config list` and the PIP_* environment, which goes before files."""
    return parse_settings(_listing(), dict(os.environ))


def parse_settings(listing: str, environment: dict[str, str]) -> PipSettings:
    """Settings from the lines of `pip config list` (key='value') and an environment."""
    values: dict[str, str] = {}
    found: dict[str, dict[str, str]] = {}
    for line in listing.splitlines():
        key, equals, literal = line.partition("=")
        section, _, option = key.strip().rpartition(".")
        if equals and literal[:1] in "'\"":
            found.setdefault(section, {})[option] = str(ast.literal_eval(literal))
    for section in ("global", "install", "download"):  # the later goes before the earlier
        values |= found.get(section, {})
    values |= {
        name[4:].lower().replace("_", "-"): value
        for name, value in environment.items()
        if name.startswith("PIP_") and value
    }
    return PipSettings(
        index_url=values.get("index-url"),
        extra_index_urls=tuple(values.get("extra-index-url", "").split()),
        find_links=tuple(values.get("find-links", "").split()),
        trusted_hosts=tuple(values.get("trusted-host", "").split()),
        cert=values.get("cert"),
        no_index=values.get("no-index", "").lower() in ("1", "true", "yes", "on"),
        timeout=float(values.get("timeout", values.get("default-timeout", "30"))),
    )


def _listing() -> str:
    # Environments made by other tools than venv may hold no pip: then the environment counts.
    done = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list", "--disable-pip-version-check"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout if done.returncode == 0 else ""
