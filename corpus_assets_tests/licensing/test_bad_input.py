"""Hostile and broken input never becomes a grant: a reason is recorded, and the rest goes on.

Every case runs through the whole chain, from bytes to conclusions, as `corpus scan licenses` does.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from corpus_assets.cli.scan.folder import read_folder
from corpus_assets.cli.scan.licenses import scan_licenses

MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this
software and associated documentation files (the "Software"), to deal in the Software without
restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
NAMES = (
    "GPL-2.0",
    "MIT",
    "Apache-2.0",
    "BSD-3-Clause",
    "LGPL-2.1",
    "MPL-2.0",
    "license",
    "AGPL-3.0",
)


@pytest.fixture(scope="module")
def concluded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Conclusions of a folder of packages, one for each kind of trouble; by path."""
    root = tmp_path_factory.mktemp("trouble")

    def write(path: str, data: str | bytes) -> None:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data if isinstance(data, bytes) else data.encode())

    code = "def f(x):\n    return x\n"
    for package in (
        "utf16",
        "dump",
        "names",
        "binary",
        "broken",
        "circle",
        "outside",
        "nul",
        "good",
    ):
        write(f"{package}/src/a.py", code)
    write("good/LICENSE", MIT)
    write("utf16/LICENSE", MIT.encode("utf-16"))
    write("latin/LICENSE", f"Copyright © 2020 Jürgen Müller\n\n{MIT}".encode("latin-1"))
    write("latin/src/a.py", code)
    write("dump/LICENSE", (MIT + "\n") * 5_500)
    write("names/LICENSE", "\n".join(NAMES * 2_000))
    write("binary/LICENSE", bytes(range(256)) * 20)
    write("nul/LICENSE", MIT.replace("free of charge", "free\0of charge").encode())
    write("broken/package.json", '{"license": "MIT", ' + '"a": [' * 5_000)
    write("broken/pyproject.toml", "[project\nlicense = 'MIT'")
    write("broken/pom.xml", '<!DOCTYPE x [<!ENTITY a "MIT">]><project><licenses/></project>')
    write("circle/a.c", "/* See the license terms in b.c */\nint a;\n")
    write("circle/b.c", "/* See the license terms in a.c */\nint b;\n")
    (root / "circle" / "COPYING").symlink_to("LICENSE")
    (root / "circle" / "LICENSE").symlink_to("COPYING")
    (root / "outside" / "LICENSE").symlink_to(root / "good" / "LICENSE")
    banners = "".join(
        f"/*! lib{n} | (c) Author {n} | MIT License */var a{n}={n};" for n in range(300)
    )
    write("bundle/app.min.js", banners + "/*! odd | GPL-3.0 */")
    write("bundle/LICENSE", MIT)
    hostile = "# Copyright \x1b[31m<script>alert(1)</script> \u202e{{7*7}} $(id) ' OR 1=1 --\n"
    write("hostile/a.py", hostile + "# SPDX-License-Identifier: MIT OR (((((\n" + code)
    write("hostile/b.py", hostile + "# SPDX-License-Identifier: " + "(" * 3_000 + "MIT\n")
    write("hostile/c.py", hostile + "# SPDX-License-Identifier: MIT" + " AND MIT" * 20_000 + "\n")
    matrix = [{"license": name, "compatible": list(NAMES)} for name in NAMES * 150]
    write("matrix/licenses.json", json.dumps(matrix))
    return {row["path"]: row for row in scan_licenses(read_folder(root))}


def test_odd_encodings_are_read(concluded: dict[str, dict[str, Any]]) -> None:
    for package in ("good", "utf16", "latin"):
        row = concluded[f"{package}/src/a.py"]
        assert (row["license_state"], row["license_concluded"]) == ("granted", "MIT"), package
        assert row["grade"] == "inherited"


@pytest.mark.parametrize("package", ["dump", "names", "binary"])
def test_a_license_file_that_cannot_be_read_grants_nothing(
    package: str, concluded: dict[str, dict[str, Any]]
) -> None:
    row = concluded[f"{package}/src/a.py"]
    assert row["license_state"] == "unreadable"
    assert row["license_class"] == "unknown"
    assert {claim["kind"] for claim in row["claims"]} == {"license_file"}


@pytest.mark.parametrize("package", ["broken", "circle", "outside"])
def test_broken_manifests_and_links_that_lead_nowhere_grant_nothing(
    package: str, concluded: dict[str, dict[str, Any]]
) -> None:
    row = concluded[f"{package}/src/a.py"]
    assert (row["license_state"], row["grade"]) == ("none_found", "none")


def test_pointers_in_a_circle_are_flagged(concluded: dict[str, dict[str, Any]]) -> None:
    for name in ("a", "b"):
        row = concluded[f"circle/{name}.c"]
        assert row["license_state"] == "none_found"
        assert "unresolved_reference" in row["flags"]


def test_one_foreign_banner_in_a_bundle_of_hundreds_counts(
    concluded: dict[str, dict[str, Any]],
) -> None:
    row = concluded["bundle/app.min.js"]
    assert row["license_state"] == "unreadable" or row["license_class"] == "strong_copyleft"


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_hostile_headers_are_inert(name: str, concluded: dict[str, dict[str, Any]]) -> None:
    row = concluded[f"hostile/{name}.py"]
    assert row["license_state"] in ("unreadable", "none_found", "granted")
    if row["license_state"] == "granted":
        assert set(row["license_concluded"].split(" AND ")) == {"MIT"}


def test_licenses_in_data_decide_nothing(concluded: dict[str, dict[str, Any]]) -> None:
    row = concluded["matrix/licenses.json"]
    assert row["license_state"] == "none_found"
    assert all(claim["statement_kind"] == "reference" for claim in row["claims"])


def test_nothing_in_trouble_is_granted_without_a_claim_that_says_so(
    concluded: dict[str, dict[str, Any]],
) -> None:
    assert len(concluded) > 20
    for row in concluded.values():
        if row["license_state"] == "granted":
            named = {claim["claim_id"] for claim in row["claims"] if claim["license_expression"]}
            assert named, row["path"]


def test_a_pipe_among_the_files_is_skipped_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("# license: ISC\nx = 1\n")
    os.mkfifo(tmp_path / "b.py")
    rows = list(scan_licenses(read_folder(tmp_path)))
    assert [row["path"] for row in rows] == ["a.py"]
