"""Accuracy of license conclusions on Debian source packages, against their own debian/copyright.

Belongs here: fetching packages, hiding the `debian` folder, `corpus scan licenses` on the rest, and
comparing classes with the maintainers' DEP-5 paragraphs, read by debian-inspector (not by us).
Run: `python -m benchmarks.debian_licenses [--out DIR] PACKAGE ...`; packages that you have not
looked at while tuning are the ones that count.

Binary files (fonts, images) are left out: they are never part of a corpus of code.

The truth is coarse: maintainers sum up folders, so a disagreement is a case to look at, not always
an error; all rows are written to DIR/rows.jsonl.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import re
import shutil
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.cli.scan.folder import read_folder
from corpus_assets.cli.scan.licenses import scan_licenses
from corpus_assets.collect.apt import Apt
from corpus_assets.collect.items import CollectError
from corpus_assets.licensing.expressions import assess, normalize
from corpus_assets.policy.licenses import load_license_policy

RESTRICTIVE = ("weak_copyleft", "strong_copyleft", "network_copyleft")
MILD = ("permissive", "public_domain")
# Debian's short names where they differ from SPDX's (dep.debian.net/deps/dep5).
_NAMES = {
    "expat": "MIT", "mit": "MIT", "x11": "X11",
    "public-domain": "LicenseRef-scancode-public-domain",
    "bsd-2-clause": "BSD-2-Clause", "bsd-3-clause": "BSD-3-Clause", "bsd-4-clause": "BSD-4-Clause",
    "apache-2.0": "Apache-2.0", "apache-2": "Apache-2.0", "isc": "ISC", "zlib": "Zlib",
    "zlib/libpng": "Zlib", "boost-1.0": "BSL-1.0", "bsl-1.0": "BSL-1.0", "cc0": "CC0-1.0",
    "cc0-1.0": "CC0-1.0", "artistic": "Artistic-1.0-Perl", "artistic-1": "Artistic-1.0-Perl",
    "artistic-2.0": "Artistic-2.0", "artistic-2": "Artistic-2.0", "unlicense": "Unlicense",
    "mpl-1.1": "MPL-1.1", "mpl-2.0": "MPL-2.0", "python-2.0": "Python-2.0", "psf-2": "PSF-2.0",
    "wtfpl": "WTFPL", "ftl": "FTL", "fsfap": "FSFAP", "openssl": "OpenSSL", "curl": "curl",
    "bsd": "BSD-3-Clause", "ruby": "Ruby", "tcl": "TCL", "ofl-1.1": "OFL-1.1",
    "gfdl": "GFDL-1.1-or-later",
    "permissive": "LicenseRef-scancode-other-permissive", "all-permissive": "FSFAP",
}  # fmt: skip
_GNU = re.compile(r"(?i)^(a?l?gpl|gfdl)(?:-?v?(\d+(?:\.\d+)?))?(\+)?$")


def measure(packages: list[str], work: Path) -> dict[str, Any]:
    """Counts and shares over the packages; all rows go to `work`/rows.jsonl."""
    work.mkdir(parents=True, exist_ok=True)
    totals: Counter[str] = Counter()
    rows = (work / "rows.jsonl").open("w", encoding="utf-8")
    per_package: dict[str, dict[str, int]] = {}
    for name in packages:
        counted: Counter[str] = Counter()
        for row in _compared(name, work):
            counted[row["outcome"]] += 1
            rows.write(json.dumps({"package": name} | row, sort_keys=True) + "\n")
            counted["copyleft concluded permissive"] += row["laundered"]
        per_package[name] = dict(counted)
        totals.update(counted)
        print(name, dict(sorted(counted.items())), flush=True)
    rows.close()
    return {
        "packages": len(per_package),
        "files": sum(totals[f"{basis} {verdict}"] for basis in _BASES for verdict in _VERDICTS),
        **{f"{basis} accuracy": _share(totals, basis) for basis in _BASES},
        **dict(sorted(totals.items())),
        "per_package": per_package,
    }


_BASES, _VERDICTS = ("named", "inherited"), ("right", "wrong")


def _share(totals: Counter[str], basis: str) -> float | None:
    right, wrong = totals[f"{basis} right"], totals[f"{basis} wrong"]
    return round(right / (right + wrong), 4) if right + wrong else None


def _compared(package: str, work: Path) -> Iterator[dict[str, Any]]:
    tree = _unpacked(package, work)
    if tree is None:
        return
    truth = Truth(_truth(tree).read_text(encoding="utf-8", errors="replace"))
    policy = load_license_policy()
    folder = read_folder(tree.parent)
    texts = folder.documents.filter(pl.col("text").is_not_null()).select("content_id")
    paths = set(folder.occurrences.join(texts, on="content_id", how="semi")["path"])
    for row in scan_licenses(folder):
        path = row["path"].partition("/")[2]
        stated = truth.of(path)
        if stated is None or row["path"] not in paths:
            continue
        wanted = assess(stated, policy).license_class
        found = row["license_class"]
        basis = "named" if row["license_info_in_file"] else "inherited"
        yield {
            "outcome": f"{basis} {'right' if found == wanted else 'wrong'}",
            "laundered": wanted in RESTRICTIVE
            and found in MILD
            and row["license_state"] == "granted",
            "path": path,
            "truth": stated,
            "wanted": wanted,
            "found": found,
            "concluded": row["license_concluded"],
            "state": row["license_state"],
            "reason": row["reason"],
        }


class Truth:
    """What debian/copyright says of each path; the last matching paragraph counts."""

    def __init__(self, text: str) -> None:
        from debian_inspector.copyright import CopyrightFilesParagraph, DebianCopyright

        self._rules: list[tuple[re.Pattern[str], str | None]] = []
        for paragraph in DebianCopyright.from_text(text).paragraphs:
            if isinstance(paragraph, CopyrightFilesParagraph):
                expression = _spdx(paragraph.license.name or "")
                for glob in paragraph.files.values:
                    self._rules.append((re.compile(fnmatch.translate(glob)), expression))

    def of(self, path: str) -> str | None:
        """The SPDX expression of a path, None where there is none or its name means nothing."""
        found = [expression for pattern, expression in self._rules if pattern.match(path)]
        return found[-1] if found else None


def _spdx(words: str) -> str | None:
    """Debian's short names as SPDX; None if any of them is not known."""
    parts = re.split(
        r"\s+(and|or)\s+|,\s*",
        words.strip().lower().replace(", and ", " and ").replace(", or ", " or "),
    )
    tokens = []
    for part in parts:
        if part in ("and", "or"):
            tokens.append(part.upper())
        elif part:
            name, _, exception = part.partition(" with ")
            known = _name(name.strip())
            if known is None:
                return None
            tokens.append(f"{known} WITH {_exception(exception)}" if exception else known)
    return normalize(" ".join(tokens))


def _exception(words: str) -> str:
    for word, name in (
        ("autoconf", "Autoconf-exception-generic"), ("bison", "Bison-exception-2.2"),
        ("libtool", "Libtool-exception"), ("openssl", "openvpn-openssl-exception"),
        ("classpath", "Classpath-exception-2.0"), ("gcc", "GCC-exception-3.1"),
    ):  # fmt: skip
        if word in words:
            return name
    return "Autoconf-exception-generic"


def _name(word: str) -> str | None:
    gnu = _GNU.match(word)
    if gnu is not None:
        family, version, later = gnu.groups()
        version = version or {"gpl": "1", "lgpl": "2", "agpl": "3", "gfdl": "1.1"}[family.lower()]
        version = version if "." in version else f"{version}.0"
        return f"{family.upper()}-{version}-{'or-later' if later else 'only'}"
    return _NAMES.get(word)


def _unpacked(package: str, work: Path) -> Path | None:
    """The upstream files of a package in `work`/trees, without `debian`; fetched when missing."""
    folder, tree = work / "downloads" / package, work / "trees" / package / package
    if tree.is_dir():
        return tree
    if not folder.is_dir():
        apt_state = work / "apt"
        apt_state.mkdir(exist_ok=True)
        apt = Apt(apt_state)
        partial = folder.with_name(f"{package}.partial")
        partial.mkdir(parents=True, exist_ok=True)
        try:
            apt.download(package, apt.version(package), partial)
        except CollectError as error:
            print(f"{package}: {error}"[:200])
            shutil.rmtree(partial)
            return None
        partial.rename(folder)
    tree.mkdir(parents=True)
    for path in sorted(folder.glob("*.tar.*")):
        if path.suffix != ".asc":
            _extract(path, tree)
    copyright_file = tree / "debian" / "copyright"
    if not copyright_file.is_file() or "Files:" not in copyright_file.read_text(errors="replace"):
        print(f"{package}: no DEP-5")
        shutil.rmtree(tree.parent)
        return None
    shutil.copy(copyright_file, _truth(tree))
    shutil.rmtree(tree / "debian")
    return tree


def _truth(tree: Path) -> Path:
    """Where the copyright file lies: beside the folder that is scanned."""
    return tree.parent.with_name(f"{tree.name}.copyright")


def _extract(path: Path, tree: Path) -> None:
    """The archive below `tree` without its top folder, which debian and components keep."""
    component = re.search(r"\.orig-([a-z0-9-]+)\.tar", path.name)
    with tarfile.open(path) as archive:
        for member in archive:
            parts = Path(member.name).parts
            inner = parts if parts and parts[0] == "debian" else parts[1:]
            if not inner or not (member.isfile() or member.issym()):
                continue
            member.name = "/".join([*([component[1]] if component else []), *inner])
            try:
                archive.extract(member, tree, filter="data")
            except (tarfile.FilterError, OSError):
                continue


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="+")
    parser.add_argument("--out", type=Path, default=Path("data/benchmarks/debian"))
    options = parser.parse_args()
    result = measure(options.packages, options.out)
    print(json.dumps(result, indent=2))
