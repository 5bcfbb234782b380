"""One license as people write it: its name with version habits, its exception, its address.

Belongs here: rules for spellings. Does not belong here: the names themselves
(`license_names.py`) and combinations of licenses (`wording.py`).
"""

from __future__ import annotations

import re

from corpus_assets.licensing.expressions import identifiers, normalize
from corpus_assets.licensing.license_names import (
    EXCEPTIONS,
    NAMES,
    REFUSALS,
    URLS,
    VERSIONS,
)
from corpus_assets.policy.license_words import NO_RIGHTS
from corpus_assets.policy.licenses import catalog

_LATER = r"(?:\+|or later|or newer|or higher|or greater|or above|or any later|any later|and later)"
_GNU = re.compile(
    rf"^(?P<family>[al]?gpl)(?: ?(?P<older>>=|==)? ?(?P<version>\d+(?:\.\d+){{0,2}}))?"
    rf"(?P<end> ?{_LATER}| only)?$"
)
_GNU_VERSIONS = {
    "gpl": {"1": "1.0", "1.0": "1.0", "2": "2.0", "2.0": "2.0", "3": "3.0", "3.0": "3.0"},
    "lgpl": {"2": "2.0", "2.0": "2.0", "2.1": "2.1", "2.1.0": "2.1", "3": "3.0", "3.0": "3.0"},
    "agpl": {"1": "1.0", "1.0": "1.0", "3": "3.0", "3.0": "3.0"},
}
# A family without a version stands for the member that asks most.
_GNU_BARE = {"gpl": "GPL-1.0-or-later", "lgpl": "LGPL-2.0-or-later", "agpl": "AGPL-3.0-only"}
_CLAUSES = re.compile(r"^(?:bsd (?P<a>\d) ?clause|(?P<b>\d) ?clause bsd|bsd ?(?P<c>[0-4]))$")
_CREATIVE = re.compile(
    r"^cc by(?P<nc> nc)?(?P<nd> nd)?(?P<sa> sa)?(?: (?P<version>[1-4](?:\.[05])?))?"
    r"(?: (?:international|unported|generic))?$"
)
_NOISE = frozenset(
    {
        "the", "a", "license", "licence", "licenses", "licences", "licensed", "software", "of",
        "version", "ver", "ver.", "v", "v.", "gnu", "dedication", "under", "terms", "copyright",
    }
)  # fmt: skip
_VERSIONED = re.compile(r"^(?P<name>[a-z][a-z ]*?) ?(?P<version>\d+(?:\.\d+)?)$")
_WITH = re.compile(r"(?i)^(.+?)[\s-]+(?:with|w/|\+)[\s-]+(.+)$")


def one_license(words: str) -> str | None:
    """The expression for one license with or without exception, an address, or proper SPDX.

    None if any part of it is not understood.
    """
    if words.upper().strip("<>") in REFUSALS:
        return NO_RIGHTS
    if "://" in words:
        return _of_url(words.strip("<>"))
    named = _named(words)
    if named is not None:
        return named
    expression = normalize(words)
    understood = expression is not None and is_sound(expression)
    if expression is not None and understood and all(map(is_known, identifiers(expression))):
        return expression
    return _with_exception(words)


def _named(words: str) -> str | None:
    key = plain(words)
    found = NAMES.get(key)
    if found is not None:
        return found
    return _gnu(key) or _bsd(key) or _creative_commons(key) or _versioned(key)


def plain(words: str) -> str:
    """The key under which a wording is looked up: without noise, families by their short name."""
    tokens = re.sub(r"[\s,:;()\[\]{}\"'/_-]+", " ", words.lower()).split()
    text = " ".join(token for token in tokens if token not in _NOISE)
    for long, short in (
        ("lesser general public", "lgpl"), ("library or lgpl", "lgpl"), ("lesser gpl", "lgpl"),
        ("library general public", "lgpl"), ("affero general public", "agpl"),
        ("affero gpl", "agpl"), ("general public", "gpl"), ("mozilla public", "mpl"),
        ("eclipse public", "epl"), ("creative commons zero", "cc0"), ("creative commons", "cc"),
        ("attribution", "by"), ("noncommercial", "nc"), ("non commercial", "nc"),
        ("noderivatives", "nd"), ("noderivs", "nd"), ("no derivatives", "nd"),
        ("sharealike", "sa"), ("share alike", "sa"), ("at your option any", "any"),
        ("later at your option", "later"), ("greater than or equal to", ">="),
    ):  # fmt: skip
        text = re.sub(rf"\b{long}\b", short, text)
    text = re.sub(r"\bv\.? ?(?=\d)", " ", text)
    text = re.sub(r"(?<=[a-z])v(?=\d)", " ", text)
    # "GNU General Public License v3 (GPLv3)" says the same thing twice.
    text = " ".join(text.split())
    doubled = re.match(r"^(.+?) \1$", text) or re.match(r"^(([al]?gpl|mpl|epl)(?: .*)?) \2$", text)
    return (doubled.group(1) if doubled else text).strip(". ")


def _gnu(key: str) -> str | None:
    match = _GNU.match(key)
    if match is None:
        # Classifiers and forges write both: "gpl 2 or later gpl 2+".
        halves = re.match(r"^([al]?gpl\b.*) ([al]?gpl\b.*)$", key)
        if halves is None:
            return None
        one, other = _gnu(halves.group(1)), _gnu(halves.group(2))
        return one if one is not None and one == other else None
    family, version = match.group("family"), match.group("version")
    end = match.group("end") or ""
    if version is None:
        return _GNU_BARE[family]
    number = _GNU_VERSIONS[family].get(version)
    if number is None:
        return None
    later = match.group("older") == ">=" or (end != "" and end != " only")
    return f"{family.upper()}-{number}-{'or-later' if later else 'only'}"


def _bsd(key: str) -> str | None:
    match = _CLAUSES.match(key)
    if match is None:
        return None
    count = match.group("a") or match.group("b") or match.group("c")
    name = "0BSD" if count == "0" else f"BSD-{count}-Clause"
    return name if name in catalog() else None


def _creative_commons(key: str) -> str | None:
    match = _CREATIVE.match(key.replace(" sa nc", " nc sa"))
    if match is None:
        return None
    parts = [part.strip() for part in (match["nc"], match["nd"], match["sa"]) if part]
    version = match["version"] or "4.0"
    version = version if "." in version else f"{version}.0"
    name = "-".join(["CC-BY", *(part.upper() for part in parts), version])
    return name if name in catalog() else None


def _versioned(key: str) -> str | None:
    """A family name with a version: `mpl 1.1`, `apache 2`, `epl 1.0`."""
    match = _VERSIONED.match(key)
    if match is None or match["name"] not in VERSIONS:
        return None
    version = match["version"] if "." in match["version"] else f"{match['version']}.0"
    name = f"{VERSIONS[match['name']]}-{version}"
    return name if name in catalog() else None


def _of_url(url: str) -> str | None:
    if " " in url:
        return None
    address = re.sub(r"^https?://(?:www\.)?", "", url.lower()).rstrip("/#")
    for pattern, expression in URLS:
        match = re.fullmatch(pattern, address)
        if match is not None:
            found = normalize(match.expand(expression)) if expression else None
            return found if found is not None and all(map(is_known, identifiers(found))) else None
    return None


def _with_exception(words: str) -> str | None:
    """A license `with` something: a known exception is kept, an unknown one grants nothing.

    An exception to a license of the GPL family gives further permission, so leaving out one that
    nobody knows is the stricter reading; a `with` of any other meaning is not understood.
    """
    match = _WITH.match(words)
    if match is None:
        return None
    base = _named(match.group(1)) or normalize(match.group(1))
    if base is None or " WITH " in base or len(identifiers(base)) != 1:
        return None
    if not all(map(is_known, identifiers(base))):
        return None
    key = " ".join(re.sub(r"[\s_./()\"-]+", " ", match.group(2).lower()).split())
    found = _exception(key, base)
    if found is not None:
        return f"{base} WITH {found}"
    general = re.match(r"[AL]?GPL-", base) is not None
    return base if general and re.search(r"\b(?:exceptions?|permission)$", key) else None


def _exception(key: str, base: str) -> str | None:
    key = re.sub(r"^(?:the|an?|special|additional|gnu) ", "", key)
    key = re.sub(r" (?:exceptions?|permission|linking|runtime|library|rtl|run time)\b", "", key)
    key = re.sub(r"(?: v?\d+(?: \d+)*)$", "", key).strip()
    for family, name in EXCEPTIONS.get(key, {}).items():
        if base.startswith(family):
            return name
    return None


def is_sound(expression: str) -> bool:
    """Whether every exception in the expression is one: `with restrictions` is not."""
    return all(
        (known := catalog().get(name)) is not None and known.is_exception
        for name in re.findall(r" WITH ([^\s()]+)", expression)
    )


def is_known(name: str) -> bool:
    return (
        name in catalog()
        or name.removesuffix("+") in catalog()
        or re.fullmatch(r"(?:DocumentRef-[\w.-]+:)?LicenseRef-[\w.-]+", name) is not None
    )
