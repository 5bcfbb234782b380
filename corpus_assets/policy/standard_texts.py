"""The standard texts of licenses by identifier, from the license data that ScanCode ships.

Belongs here: finding a text and giving credit for the data. Does not belong here: which texts a
release must carry (`serve/attribution.py`).
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from corpus_assets.policy.errors import ConfigError

_FRONT_MATTER = re.compile(r"\A---\n.*?^---[ ]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def standard_text(identifier: str) -> str | None:
    """The text of an SPDX or LicenseRef-scancode identifier, without a holder's name.

    None for identifiers nobody knows and for those that stand for no text of their own, such as
    LicenseRef-scancode-public-domain. Raises ConfigError if the data is not where it used to be.
    """
    key = _keys().get(identifier.lower()) or _keys().get(identifier.lower().removesuffix("+"))
    path = _folder() / f"{key}.LICENSE"
    if key is None or not path.is_file():
        return None
    text = _FRONT_MATTER.sub("", path.read_text(encoding="utf-8")).strip("\n")
    return f"{text}\n" if text.strip() else None


def credit() -> str:
    """The line that the license of the data, CC-BY-4.0, asks for."""
    return (
        f"Standard license texts: license data of scancode-toolkit {version('scancode-toolkit')}, "
        "Copyright (c) nexB Inc. and others, under CC-BY-4.0 "
        "(https://creativecommons.org/licenses/by/4.0/legalcode), unchanged; see "
        "https://github.com/aboutcode-org/scancode-toolkit."
    )


@lru_cache(maxsize=1)
def _keys() -> dict[str, str]:
    """Lower-cased identifier -> name of ScanCode's file; current spellings before older ones."""
    source = files("license_expression").joinpath("data", "scancode-licensedb-index.json")
    try:
        entries = json.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError("license-expression ships no license list; install >= 30.4") from error
    older = {
        name.lower(): entry["license_key"]
        for entry in entries
        for name in entry["other_spdx_license_keys"]
    }
    return older | {
        entry["spdx_license_key"].lower(): entry["license_key"]
        for entry in entries
        if entry["spdx_license_key"]
    }


@lru_cache(maxsize=1)
def _folder() -> Path:
    """ScanCode's folder of texts, found without importing it, which would take seconds."""
    spec = find_spec("licensedcode")
    for place in (spec.submodule_search_locations if spec is not None else None) or ():
        folder = Path(place, "data", "licenses")
        if folder.is_dir():
            return folder
    raise ConfigError("scancode-toolkit ships no license texts; install it as pyproject.toml says")
