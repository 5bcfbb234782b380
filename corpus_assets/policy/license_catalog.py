"""The catalog of license identifiers: what SPDX and ScanCode know, with ScanCode's categories.

Belongs here: the lists that license-expression and ScanCode ship, and how identifiers are spelled.
Does not belong here: what a policy makes of an identifier (`licenses.py`).
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from corpus_assets.policy.errors import ConfigError

_FIELD = re.compile(r"^(spdx_license_key|category|is_exception): *'?([^'\n]*?)'?$", re.MULTILINE)


class Known(NamedTuple):
    """A license identifier of the catalog: ScanCode's category, and whether it is an exception."""

    category: str
    is_exception: bool


@lru_cache(maxsize=1)
def catalog() -> dict[str, Known]:
    """Every SPDX and LicenseRef-scancode identifier, by its spelling.

    The list is the one that license-expression ships; identifiers that only the installed
    ScanCode knows are added. Raises ConfigError if the list is not where it used to be.
    """
    return {
        identifier: Known(entry["category"], entry["is_exception"])
        for entry in _entries()
        for identifier in (entry["spdx_license_key"], *entry["other_spdx_license_keys"])
        if identifier
    }


@lru_cache(maxsize=1)
def catalog_digest() -> str:
    """SHA-256 over the catalog: another list may class an identifier differently."""
    rows = sorted((name, *known) for name, known in catalog().items())
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def canonical(identifier: str) -> str:
    """The current spelling of an identifier: case mended, deprecated SPDX names replaced.

    An identifier that nobody knows comes back as it is.
    """
    return _spellings().get(identifier.lower(), identifier)


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    spellings: dict[str, str] = {}
    for entry in _entries():
        current = entry["spdx_license_key"]
        for name in entry["other_spdx_license_keys"]:
            spellings.setdefault(name.lower(), current or name)
    return spellings | {
        name.lower(): name for entry in _entries() if (name := entry["spdx_license_key"])
    }


@lru_cache(maxsize=1)
def _entries() -> list[dict[str, Any]]:
    source = files("license_expression").joinpath("data", "scancode-licensedb-index.json")
    try:
        entries: list[dict[str, Any]] = json.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError("license-expression ships no license list; install >= 30.4") from error
    return entries + _only_scancode({entry["license_key"] for entry in entries})


def _only_scancode(listed: set[str]) -> list[dict[str, Any]]:
    """Entries of licenses that the detector names and the list lacks, from their own files.

    Looked up without importing ScanCode, which takes seconds; without ScanCode there are none.
    """
    spec = find_spec("licensedcode")
    places = spec.submodule_search_locations if spec is not None else None
    found = []
    for folder in places or ():
        for path in sorted(Path(folder, "data", "licenses").glob("*.LICENSE")):
            if path.stem not in listed:
                found.append(_front_matter(path))
    return found


def _front_matter(path: Path) -> dict[str, Any]:
    head = path.read_text(encoding="utf-8", errors="replace").split("\n---", 1)[0]
    fields = dict(_FIELD.findall(head))
    return {
        "spdx_license_key": fields.get("spdx_license_key"),
        "other_spdx_license_keys": [],
        "category": fields.get("category", ""),
        "is_exception": fields.get("is_exception") == "yes",
    }
