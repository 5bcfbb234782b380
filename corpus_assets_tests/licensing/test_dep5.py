"""Files that state licenses for single paths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.licensing.dep5 import is_machine_readable, scoped_statements
from corpus_assets.licensing.manifests import ManifestError

_FORMAT = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
_DEBIAN = (
    _FORMAT
    + """Upstream-Name: acme
License: GPL-2+

# a comment
Files: *
Copyright: 2001-2009, Ada Example <ada@example.org>
           2011 Bob Example
License: GPL-2+

Files: src/*.c
 ./include/
 doc/manual.txt
Copyright: 2003 Cleo
License: GPL-2+ or Artistic, and BSD-3-clause
 Both apply.
 .
 To all of it.

Files: odd/*
Copyright: nobody
License: other-1

License: other-1
 You may do what you like.
 .
 With it.

License: GPL-2+
 On Debian systems, see the file.
"""
)


def test_each_files_paragraph_is_one_statement() -> None:
    header, everything, some, odd = scoped_statements("debian/copyright", _DEBIAN)
    assert header[:4] == ((), "GPL-2.0-or-later", "GPL-2+", "dep5-header")
    assert everything.applies_to == ("*",)
    assert everything.expression == "GPL-2.0-or-later"
    assert everything.copyrights == (
        "2001-2009, Ada Example <ada@example.org>", "2011 Bob Example",
    )  # fmt: skip
    assert (everything.start_line, everything.end_line) == (6, 9)
    assert some.applies_to == ("src/*.c", "include/*", "doc/manual.txt")
    assert some.expression == "(GPL-2.0-or-later OR Artistic-1.0-Perl) AND BSD-3-Clause"
    assert (some.start_line, some.end_line) == (11, 18)
    assert odd[:4] == (("odd/*",), None, "other-1", "dep5-unknown")


def test_a_name_without_meaning_is_read_by_its_text() -> None:
    asked: list[str] = []

    def read(text: str) -> str | None:
        asked.append(text)
        return "Unlicense"

    found = scoped_statements("debian/copyright", _DEBIAN, read)[-1]
    assert (found.expression, found.rule) == ("Unlicense", "dep5-text")
    assert asked == [" You may do what you like.\n\n With it."]


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("Expat or Other-2", "MIT OR ISC"),
        ("Expat and Other-2", "MIT AND ISC"),
        ("Expat, and Other-2 or Other-2", "ISC AND MIT"),
        ("Other-2 or nameless", None),
    ],
)
def test_names_with_texts_inside_a_combination(name: str, expression: str | None) -> None:
    text = f"{_FORMAT}\nFiles: *\nCopyright: x\nLicense: {name}\n\nLicense: Other-2\n Words.\n"
    (found,) = scoped_statements("debian/copyright", text, lambda _: "ISC")
    assert found.expression == expression


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("GPL-2+ with OpenSSL exception",
         "GPL-2.0-or-later WITH LicenseRef-scancode-openssl-exception-gpl-2.0-plus"),
        ("GPL-3+ with Autoconf exception", "GPL-3.0-or-later WITH Autoconf-exception-3.0"),
        ("LGPL-2.1+", "LGPL-2.1-or-later"),
        ("GPL-2+ with Unheard-of exception", "GPL-2.0-or-later"),
        ("Expat with some restrictions", None),
        ("public-domain", "LicenseRef-scancode-public-domain"),
        ("BSD-3-clause and/or Expat", "BSD-3-Clause AND MIT"),
        ("MPL-1.1 or GPL-2+ or LGPL-2.1+", "MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later"),
        ("permissive", None),
    ],
)  # fmt: skip
def test_debian_short_names(name: str, expression: str | None) -> None:
    text = f"{_FORMAT}\nFiles: *\nCopyright: x\nLicense: {name}\n"
    (found,) = scoped_statements("debian/copyright", text)
    assert found.expression == expression


def test_the_old_form_has_no_statements() -> None:
    old = "This package was debianized by Ada.\n\nIt was downloaded from afar.\n\nLicense: GPL\n"
    assert not is_machine_readable(old)
    assert scoped_statements("debian/copyright", old) == []
    assert is_machine_readable(_DEBIAN)


_REUSE = """version = 1

[[annotations]]
path = "**"
SPDX-FileCopyrightText = "2024 Ada"
SPDX-License-Identifier = "MIT"

[[annotations]]
path = ["img/*.png", "doc/a.md"]
precedence = "override"
SPDX-FileCopyrightText = ["2023 Bob", "2024 Cleo"]
SPDX-License-Identifier = ["CC-BY-4.0", "CC0-1.0"]

[[annotations]]
path = "odd"
SPDX-License-Identifier = "as you like"

[[annotations]]
path = "nothing"
"""


def test_reuse_annotations() -> None:
    whole, images, odd = scoped_statements("REUSE.toml", _REUSE)
    assert whole == (("reuse:**",), "MIT", "MIT", "reuse", 3, 7, ("2024 Ada",))
    assert images.applies_to == ("reuse:img/*.png", "reuse:doc/a.md")
    assert (images.expression, images.rule) == ("CC-BY-4.0 AND CC0-1.0", "reuse-override")
    assert images.copyrights == ("2023 Bob", "2024 Cleo")
    assert (odd.expression, odd.rule, odd.start_line) == (None, "reuse-unknown", 14)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("REUSE.toml", "[[annotations]]\n"),
        ("REUSE.toml", "version = ["),
        ("REUSE.toml", "version = 1\nx = " + "[" * 5_000),
        ("debian/copyright", _FORMAT + "\n" + "Files: a\nLicense: MIT\n\n" * 6_000),
        ("debian/copyright", _FORMAT + "\nFiles: " + "a " * 60_000 + "\nLicense: MIT\n"),
        ("debian/copyright", _FORMAT + "\nFiles: " + "*a" * 300 + "\nLicense: MIT\n"),
        (".reuse/dep5", " " * 10_000_001),
    ],
)
def test_hostile_files_are_errors(path: str, text: str) -> None:
    with pytest.raises(ManifestError):
        scoped_statements(path, text)


@given(st.sampled_from(["debian/copyright", "REUSE.toml"]), st.text(max_size=300))
def test_any_text_is_read_or_refused(path: str, text: str) -> None:
    prefix = _FORMAT + "\nFiles: *\nLicense: " if path.startswith("debian") else "version = 1\n"
    try:
        found = scoped_statements(path, prefix + text)
    except ManifestError:
        return
    assert all(item.expression is not None or "unknown" in item.rule for item in found)
