"""Detection with ScanCode and our own readers: what files and license texts say.

The index takes about 5 s to load, once per process; the texts here are few and short.
"""

from collections.abc import Iterable, Iterator

import polars as pl
import pytest

from corpus_assets.licensing import scancode
from corpus_assets.licensing.comments import comment_lines
from corpus_assets.licensing.statements import license_evidence
from corpus_assets.licensing.texts import license_texts
from corpus_assets.tables import TABLES

# Written out here from the public license list; short on purpose.
ISC_TEXT = """Copyright (c) 2020, Ann Example <ann@example.org>
Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES
WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF
MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR
ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES
WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF
OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
"""


def scan(texts: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, scancode.Detection]]:
    """Detection in this process, without the pool's guard."""
    for key, path, text in texts:
        yield key, scancode.detect(text, path)


def documents(*texts: str | None, language: str = "python", path: str = "a.py") -> pl.DataFrame:
    rows = [
        dict.fromkeys(TABLES["documents"].names)
        | {"content_id": f"{number:03}", "language": language, "path": path, "text": text}
        for number, text in enumerate(texts)
    ]
    return pl.DataFrame(rows, schema=TABLES["documents"].schema)


def said(text: str, language: str = "python", path: str = "a.py") -> list[tuple[str | None, str]]:
    found = license_evidence(documents(text, language=language, path=path), scan)
    return found.select("license_expression", "statement_kind").rows()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# SPDX-License-Identifier: GPL-2.0-only OR MIT\n", "GPL-2.0-only OR MIT"),
        ("// spdx-license-identifier: mit\n", "MIT"),
        ("/* SPDX-License-Identifier: BSD-2-Clause */\n", "BSD-2-Clause"),
        ("<!-- SPDX-License-Identifier: CC0-1.0 -->\n", "CC0-1.0"),
        (
            "# SPDX-License-Identifier: "
            "(GPL-2.0-or-later WITH Classpath-exception-2.0) AND BSD-3-Clause\n",
            "GPL-2.0-or-later WITH Classpath-exception-2.0 AND BSD-3-Clause",
        ),
        ("# SPDX-License-Identifier: LicenseRef-Acme-Internal\n", "LicenseRef-Acme-Internal"),
        ("# SPDX-License-Identifier: FooBar-9.9 OR MIT\n", "FooBar-9.9 OR MIT"),
        ("# SPDX-License-Identifier: GPL-2.0+\n", "GPL-2.0-or-later"),
        ("# SPDX-License-Identifier:\n", None),
        ("# SPDX-License-Identifier: whatever (you like\n", None),
    ],
)
def test_spdx_tags_are_read_by_us(text: str, wanted: str | None) -> None:
    assert said(text) == [(wanted, "tag")]


def test_a_tag_in_a_string_is_an_example() -> None:
    text = 'import os\n\nx = 1\nHEADER = "SPDX-License-Identifier: GPL-3.0-only"\n'
    assert said(text) == [("GPL-3.0-only", "reference")]


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ('MODULE_LICENSE("Dual BSD/GPL");\n', "c", "BSD-3-Clause OR GPL-2.0-only"),
        ("import os\n\n__license__ = 'MIT'\n", "python", "MIT"),
        (
            "# This file is licensed under the GNU General Public License version 2 or later.\n",
            "python",
            "GPL-2.0-or-later",
        ),
        (
            "// Use of this source code is governed by a BSD-style\n"
            "// license that can be found in the LICENSE file.\n",
            "go",
            "BSD-3-Clause",
        ),
        (
            "# (c) 2024 Foo Corp. All rights reserved. Confidential and proprietary\n",
            "python",
            "LicenseRef-scancode-proprietary-license",
        ),
        ("/* " + ISC_TEXT + "*/\nint x;\n", "c", "ISC"),
    ],
)
def test_notices_in_comments_count(text: str, language: str, wanted: str) -> None:
    found = said(text, language)
    assert wanted in [expression for expression, kind in found if kind != "reference"]


@pytest.mark.parametrize(
    "text",
    [
        "# Copyright 2020 Ann Example\nx = 1\n",
        "def permission_to(user):\n    return user.is_admin\n",
        "",
    ],
)
def test_no_statement_is_no_claim_of_a_license(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("# See LICENSE for license details.\n", "python"),
        ('import re\n\nNAMES = {\n    "x": "GPL",\n    "y": "license: GPL-3.0",\n}\n', "python"),
        ("You may choose the MIT license for your own project.\n", "markdown"),
    ],
)
def test_words_that_may_be_about_anything_are_weak(text: str, language: str) -> None:
    assert {kind for _, kind in said(text, language)} <= {"reference"}


def test_license_texts_in_code_are_weak() -> None:
    assert said('TEXT = """' + ISC_TEXT + '"""\n') == [("ISC", "reference")]
    assert said('"""' + ISC_TEXT + '"""\n') == [("ISC", "text")]


def test_rights_reserved_without_a_grant_nearby_are_noted() -> None:
    refusal = ("LicenseRef-all-rights-reserved", "reference")
    line = "# Copyright 2020 Foo Corp. All rights reserved.\n"
    assert said(line + "x = 1\n") == [refusal]
    assert refusal not in said(line + "# Redistribution is permitted by the LICENSE.\n")
    assert refusal not in said("x = 'All rights reserved.'\n")
    assert refusal in said(line + "\n" * 30 + "license_plate = 1\n")


def test_licenses_in_json_are_data() -> None:
    found = said('{"components": [{"license": "GPL-3.0-only"}]}', "json", "sbom.json")
    assert {kind for _, kind in found} == {"reference"}


def test_statements_carry_their_evidence_in_document_order() -> None:
    frame = documents("# SPDX-License-Identifier: MIT\n", None, "x = 1\n# license: ISC\n")
    found = license_evidence(frame, scan)
    assert found.schema == TABLES["license_evidence"].schema
    assert license_evidence(frame.reverse(), scan).equals(found)
    assert found.select("content_id", "ordinal", "start_line", "detector").rows() == [
        ("000", 0, 1, "scancode"),
        ("002", 0, 2, "scancode"),
    ]
    assert found["matched_text_sha256"].str.len_bytes().to_list() == [64, 64]


def test_line_numbers_survive_odd_line_breaks() -> None:
    text = "x = 1\r\n\f\r\ny = '\u2028'\r\n# license: ISC\r\n"
    assert license_evidence(documents(text), scan)["start_line"].to_list() == [4]


def test_copyright_lines_stand_beside_the_first_statement() -> None:
    line = "# Copyright (c) 2020 Ann Example\n"
    found = license_evidence(documents(line + "# license: ISC\n", line + "x = 1\n"), scan)
    assert found["license_expression"].to_list() == ["ISC"]
    assert found["copyrights"].to_list() == [["Copyright (c) 2020 Ann Example"]]


def test_copied_snippets_are_numbered_behind_the_other_statements() -> None:
    text = (
        "# license: ISC\n\n# copied from https://stackoverflow.com/a/60000001\n"
        "def f(x):\n    return x\n"
    )
    found = license_evidence(documents(text, "x = 1\n"), scan)
    assert found.select("ordinal", "statement_kind").rows() == [(0, "tag"), (1, "snippet")]
    assert found["license_expression"].to_list() == ["ISC", "CC-BY-SA-4.0"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("See the LICENSE file for details.", ["LICENSE"]),
        ("See Copyright Notice in lua.h", ["lua.h"]),
        ("see the file COPYING.LIB in the top folder", ["COPYING.LIB"]),
        ("The license text is found in docs/license.txt.", ["docs/license.txt"]),
        ("this license in particular", None),
        ("see config.h", None),
        ("copying the license in order to test", None),
    ],
)
def test_pointers_are_read_in_comments_only(line: str, names: list[str] | None) -> None:
    found = license_evidence(documents(f"/* {line} */\nint x;\n", language="c"), scan)
    pointers = found.filter(pl.col("rule_id") == "pointer")
    assert pointers["referenced_files"].to_list() == ([names] if names else [])
    in_code = license_evidence(documents(f'int x;\nchar *s = "{line}";\n', language="c"), scan)
    assert in_code.filter(pl.col("rule_id") == "pointer").height == 0


@pytest.mark.parametrize(
    ("lines", "number", "language", "wanted"),
    [
        (["# x"], 1, "python", True),
        (["/*", " text", "*/", "int x;"], 2, "c", True),
        (["/*", " text", "*/", "int x;"], 4, "c", False),
        (['"""', "text", '"""', "x"], 2, "python", True),
        (['"""', "text", '"""', "x"], 4, "python", False),
        (["<!--", "text", "-->"], 2, "html", True),
        (["# heading"], 1, "markdown", False),
        (["'text'", "x"], 1, "javascript", False),
        (['NAMES = """', "GPL", '"""'], 2, "python", False),
        (["def f():", '    r"""Licensed so.', '    """'], 2, "python", True),
        (["=head1 LICENSE", "", "MIT", "", "=cut", "1;"], 3, "perl", True),
        (["=head1 LICENSE", "", "MIT", "", "=cut", "1;"], 6, "perl", False),
        (["' VB"], 1, "other", True),
        (["## fragment"], 1, "c", True),
        (['#define NOTICE "x"'], 1, "c", False),
    ],
)
def test_comments_are_told_from_code(
    lines: list[str], number: int, language: str, wanted: bool
) -> None:
    assert comment_lines(lines, language)[number - 1] is wanted


def _files(*rows: tuple[str, str, bytes | None]) -> pl.DataFrame:
    schema = {"content_id": pl.String, "path": pl.String, "role": pl.String, "data": pl.Binary}
    filled = [(f"id:{path}", path, role, data) for path, role, data in rows]
    return pl.DataFrame(filled, schema=schema, orient="row")


def test_license_files_are_recognized_even_when_edited() -> None:
    edited = ISC_TEXT.replace("THE AUTHOR", "EXAMPLE INC. AND ITS STAFF")
    found = license_texts(
        _files(
            ("LICENSE", "license_file", ISC_TEXT.encode()),
            ("COPYING", "license_file", edited.encode()),
        ),
        scan,
    )
    assert set(found["license_expression"]) == {"ISC"}
    assert found["copyrights"].to_list()[0] == ["Copyright (c) 2020, Ann Example <ann@example.org>"]
    assert found.schema == TABLES["license_texts"].schema


def test_every_evidence_file_leaves_a_row_with_the_reason_when_silent() -> None:
    files = _files(
        ("LICENSE", "license_file", b"Be kind to each other.\n"),
        ("LICENSE.bin", "license_file", b"\0\1"),
        ("COPYING", "license_file", None),
        ("COPYRIGHT", "license_file", b""),
        ("README", "readme", b"A library.\n"),
        ("package.json", "manifest", b'{"license": "MIT"}'),
        ("b/package.json", "manifest", b'{"a":' * 50_000),
        ("c/package.json", "manifest", b"{}"),
        ("d/package.json", "manifest", b'{"license": "SEE LICENSE IN X"}'),
        ("pom.xml", "manifest", b"\xff\xd8\xff"),
    )
    found = license_texts(files, scan)
    assert {
        row["content_id"]: (row["license_expression"], row["rule_id"])
        for row in found.iter_rows(named=True)
    } == {
        "id:LICENSE": (None, "nothing-found"),
        "id:LICENSE.bin": (None, "no-text"),
        "id:COPYING": (None, "no-text"),
        "id:COPYRIGHT": (None, "empty"),
        "id:README": (None, "no-license-section"),
        "id:package.json": ("MIT", "license"),
        "id:b/package.json": (None, "invalid-manifest"),
        "id:c/package.json": (None, "nothing-found"),
        "id:d/package.json": (None, "license-see-file"),
        "id:pom.xml": (None, "no-text"),
    }
    assert license_texts(files.reverse(), scan).equals(found)


def test_a_text_over_the_cap_is_incomplete() -> None:
    long = "x = 1\n" * (scancode.MAX_BYTES // 6 + 1)
    found = scancode.detect(long, "a.py")
    assert (found.statements, found.state) == ((), "too_large")
    cut = license_evidence(documents("# All rights reserved\n" + long), scan)
    assert cut.select("license_expression", "rule_id").row(0) == (None, "scan-too_large")


def test_a_scan_cut_short_says_so_and_nothing_else() -> None:
    def late(texts: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, scancode.Detection]]:
        for key, path, text in texts:
            yield key, scancode.detect(text, path, seconds=-1)

    listed = license_texts(_files(("LICENSE", "license_file", ISC_TEXT.encode())), late)
    assert listed.select("license_expression", "rule_id").rows() == [(None, "scan-timed_out")]
    found = license_evidence(documents("# License: MIT\n"), late)
    assert found.select("license_expression", "rule_id").row(0) == (None, "scan-timed_out")


@pytest.mark.parametrize("words", ["license gpl bsd mit apache ", '{"license": "GPL"},\n'])
def test_a_list_of_licenses_is_read_to_its_end(words: str) -> None:
    found = scancode.detect(words * 2_000, "LICENSE")
    assert found.state == "complete"
    assert found.statements
