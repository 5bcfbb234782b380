"""The algebra of license expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.licensing.expressions import (
    assess,
    combine,
    identifiers,
    normalize,
    rank,
    read_as_choice,
    same_licenses,
)
from corpus_assets.policy.licenses import CLASSES
from corpus_assets_tests.licensing.frames import POLICY


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


@pytest.mark.parametrize(
    ("expression", "license_class", "state", "elected"),
    [
        ("MIT", "permissive", "granted", None),
        ("MIT AND GPL-2.0-only", "strong_copyleft", "granted", None),
        ("MIT OR GPL-2.0-only", "permissive", "granted", "MIT"),
        ("MIT AND (GPL-2.0-only OR Zlib)", "permissive", "granted", "MIT AND Zlib"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "weak_copyleft", "granted", None),
        ("GPL-3.0-only WITH GCC-exception-3.1", "weak_copyleft", "granted", None),
        ("Apache-2.0 WITH LLVM-exception", "permissive", "granted", None),
        ("AGPL-3.0-only", "network_copyleft", "granted", None),
        ("SSPL-1.0", "network_copyleft", "denied", None),
        ("SSPL-1.0 OR AGPL-3.0-only", "network_copyleft", "granted", "AGPL-3.0-only"),
        ("CC-BY-4.0", "permissive", "granted", None),
        ("CC-BY-SA-4.0", "weak_copyleft", "granted", None),
        ("CC-BY-NC-SA-4.0", "non_commercial", "denied", None),
        ("CC-BY-ND-4.0", "no_derivatives", "denied", None),
        ("CC-BY-NC-ND-4.0", "non_commercial", "denied", None),
        ("BUSL-1.1", "source_available", "denied", None),
        ("Elastic-2.0", "source_available", "denied", None),
        ("JSON", "source_available", "denied", None),
        ("PolyForm-Noncommercial-1.0.0", "non_commercial", "denied", None),
        ("Apache-2.0 AND LicenseRef-scancode-commons-clause", "source_available", "denied", None),
        ("LicenseRef-scancode-bigcode-open-rail-m-v1", "source_available", "denied", None),
        ("MIT AND LicenseRef-scancode-generic-cla", "permissive", "granted", None),
        ("Apache-2.0+", "permissive", "granted", None),
        ("FooBar-9.9", "unknown", "unreadable", None),
        ("MIT AND FooBar-9.9", "unknown", "unreadable", None),
        ("FooBar-9.9 OR MIT", "permissive", "granted", "MIT"),
        ("FooBar-9.9 OR SSPL-1.0", "network_copyleft", "denied", "SSPL-1.0"),
        ("CC0-1.0", "public_domain", "granted", None),
    ],
)
def test_and_takes_the_strictest_or_the_best_granted(
    expression: str, license_class: str, state: str, elected: str | None
) -> None:
    wanted = (license_class, state, elected, True)
    assert assess(expression, POLICY) == wanted


def test_neutral_identifiers_alone_say_nothing() -> None:
    assert not assess("LicenseRef-scancode-generic-cla", POLICY).states_use


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


_NAMES = st.sampled_from(["MIT", "GPL-2.0-only", "Zlib", "SSPL-1.0", "CC-BY-NC-4.0", "Odd-1.0"])
_EXPRESSIONS = st.recursive(
    _NAMES,
    lambda inner: st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(
        lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
    ),
    max_leaves=6,
)


@given(_EXPRESSIONS)
def test_normalizing_changes_no_meaning(expression: str) -> None:
    normal = normalize(expression)
    assert normal is not None
    assert assess(normal, POLICY)[:2] == assess(expression, POLICY)[:2]
    assert identifiers(normal) == identifiers(expression)


@given(_EXPRESSIONS, _EXPRESSIONS)
def test_and_is_never_laxer_than_its_parts(one: str, other: str) -> None:
    both = assess(f"({one}) AND ({other})", POLICY)
    parts = [assess(one, POLICY), assess(other, POLICY)]
    assert rank(both.license_class) == max(rank(part.license_class) for part in parts)
    assert both.state == "granted" if all(p.state == "granted" for p in parts) else True


def test_every_class_has_a_rank() -> None:
    assert [rank(name) for name in CLASSES] == list(range(len(CLASSES)))
