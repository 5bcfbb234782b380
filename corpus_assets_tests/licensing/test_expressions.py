"""Reading, joining and comparing license expressions; their assessment has its own tests."""

import pytest

from corpus_assets.licensing.expressions import (
    combine,
    normalize,
    read_as_choice,
    same_licenses,
)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("mit", "MIT"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("GPL-3.0", "GPL-3.0-only"),
        ("MIT/Apache-2.0", "MIT OR Apache-2.0"),
        ("MIT AND (Apache-2.0 OR BSD-2-Clause)", "MIT AND (Apache-2.0 OR BSD-2-Clause)"),
        ("LicenseRef-Acme-Internal", "LicenseRef-Acme-Internal"),
        ("FooBar-9.9 OR MIT", "FooBar-9.9 OR MIT"),
        ("MIT OR (ISC AND Zlib)", "MIT OR (ISC AND Zlib)"),
        ("MIT AND (ISC AND (Zlib AND MIT))", "MIT AND ISC AND Zlib"),
        (
            "gpl-2.0-or-later with classpath-exception-2.0",
            "GPL-2.0-or-later WITH Classpath-exception-2.0",
        ),
    ],
)
def test_expressions_become_spdx(written: str, wanted: str) -> None:
    assert normalize(written) == wanted
    assert normalize(wanted) == wanted


@pytest.mark.parametrize(
    "written", ["", "MIT AND", "(MIT", "MIT License of mine", "WITH", "(" * 99 + "MIT" + ")" * 99]
)
def test_what_is_no_expression_is_none(written: str) -> None:
    assert normalize(written) is None


def test_joining_keeps_every_statement_once() -> None:
    assert combine([]) is None
    assert combine(["MIT", "MIT"]) == "MIT"
    assert combine(["MIT", "GPL-2.0-only OR MIT"]) == "(GPL-2.0-only OR MIT) AND MIT"


@pytest.mark.parametrize(
    ("expression", "choice", "wanted"),
    [
        ("(MIT OR GPL-3.0-only) AND MIT AND GPL-3.0-only", None, "MIT OR GPL-3.0-only"),
        ("MIT AND GPL-3.0-only", "MIT OR GPL-3.0-or-later", "MIT OR GPL-3.0-or-later"),
        ("MIT AND GPL-3.0-only AND Zlib", "MIT OR GPL-3.0-only", "(MIT OR GPL-3.0-only) AND Zlib"),
        ("(MIT OR GPL-3.0-only) AND GPL-3.0-only", None, None),
        ("MIT AND GPL-3.0-only", "MIT OR Zlib", None),
        ("MIT AND GPL-3.0-only", None, None),
        ("GPL-3.0-only", "MIT OR GPL-3.0-only", None),
    ],
)
def test_a_choice_followed_by_its_texts_is_the_choice(
    expression: str, choice: str | None, wanted: str | None
) -> None:
    assert read_as_choice(expression, choice) == (wanted or expression)


def test_only_and_or_later_share_their_text() -> None:
    assert same_licenses("GPL-2.0-only", "GPL-2.0-or-later")
    assert not same_licenses("GPL-2.0-only", "LGPL-2.1-only")


@pytest.mark.parametrize("text", ["( and MIT", "(or", "() MIT", "MIT or ( with x)", "( ) + MIT"])
def test_malformed_brackets_are_no_expression(text: str) -> None:
    assert normalize(text) is None
