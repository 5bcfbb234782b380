"""The algebra of license expressions: classes, states, elected branches and obligations."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.licensing.expressions import (
    Assessment,
    assess,
    identifiers,
    normalize,
    rank,
)
from corpus_assets.policy.licenses import CLASSES, OBLIGATIONS, load_license_policy

POLICY = load_license_policy()
RESEARCH = load_license_policy(profile="research")


@pytest.mark.parametrize(
    ("expression", "license_class", "state", "elected"),
    [
        ("MIT", "permissive", "granted", None),
        ("MIT AND GPL-2.0-only", "strong_copyleft", "granted", None),
        ("MIT OR GPL-2.0-only", "permissive", "granted", "MIT"),
        ("MIT AND (GPL-2.0-only OR Zlib)", "permissive", "granted", "MIT AND Zlib"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "weak_copyleft", "granted", None),
        ("GPL-3.0-only WITH GCC-exception-3.1", "weak_copyleft", "granted", None),
        ("GPL-2.0-or-later WITH Autoconf-exception-generic", "weak_copyleft", "granted", None),
        ("GPL-2.0-only WITH cryptsetup-OpenSSL-exception", "strong_copyleft", "granted", None),
        ("GPL-2.0-only WITH Universal-FOSS-exception-1.0", "strong_copyleft", "granted", None),
        (
            "AGPL-3.0-only WITH PS-or-PDF-font-exception-20170817",
            "network_copyleft",
            "granted",
            None,
        ),
        ("GPL-2.0-only WITH MIT", "strong_copyleft", "granted", None),
        ("MIT WITH Made-up-exception", "unknown", "unreadable", None),
        ("Apache-2.0 WITH LLVM-exception", "permissive", "granted", None),
        ("Apache-2.0 WITH LicenseRef-scancode-commons-clause", "source_available", "denied", None),
        ("GPL-2.0-only WITH LicenseRef-scancode-npsl-exception-0.95", "source_available", "denied",
         None),
        ("AGPL-3.0-only", "network_copyleft", "granted", None),
        ("SSPL-1.0", "network_copyleft", "denied", None),
        ("SSPL-1.0 OR AGPL-3.0-only", "network_copyleft", "granted", "AGPL-3.0-only"),
        ("EUPL-1.2", "network_copyleft", "granted", None),
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
        ("MIT OR LicenseRef-scancode-warranty-disclaimer", "permissive", "granted", "MIT"),
        ("Apache-2.0+", "permissive", "granted", None),
        ("FooBar-9.9", "unknown", "unreadable", None),
        ("MIT AND FooBar-9.9", "unknown", "unreadable", None),
        ("FooBar-9.9 OR MIT", "permissive", "granted", "MIT"),
        ("FooBar-9.9 OR SSPL-1.0", "network_copyleft", "denied", "SSPL-1.0"),
        ("(MIT AND FooBar-9.9) OR GPL-3.0-only", "strong_copyleft", "granted", "GPL-3.0-only"),
        (
            "GPL-2.0-or-later OR LicenseRef-scancode-commercial-license",
            "strong_copyleft",
            "granted",
            "GPL-2.0-or-later",
        ),
        ("CC0-1.0", "public_domain", "granted", None),
    ],
)  # fmt: skip
def test_and_takes_the_strictest_or_the_best_granted(
    expression: str, license_class: str, state: str, elected: str | None
) -> None:
    found = assess(expression, POLICY)
    assert found[:4] == (license_class, state, elected, True)


def test_neutral_identifiers_alone_say_nothing() -> None:
    alone = assess("LicenseRef-scancode-generic-cla", POLICY)
    assert alone == Assessment("unknown", "unreadable", None, False, ())


@pytest.mark.parametrize(
    ("expression", "asked"),
    [
        ("MIT", {"attribution"}),
        ("0BSD", set()),
        ("Apache-2.0", {"attribution", "notice_file", "patent_retaliation"}),
        ("CC-BY-SA-4.0", {"attribution", "share_alike"}),
        ("MPL-2.0", {"attribution", "source_disclosure", "patent_retaliation"}),
        ("CC-BY-NC-ND-4.0", {"attribution", "non_commercial", "no_derivatives"}),
        ("CC-BY-NC-4.0 AND CC-BY-ND-4.0", {"attribution", "non_commercial", "no_derivatives"}),
        ("Apache-2.0 OR MIT", {"attribution"}),
        ("0BSD OR GPL-3.0-only", set()),
        ("BUSL-1.1", {"attribution", "field_of_use", "expiry"}),
        (
            "LicenseRef-scancode-llama-3.1-license-2024",
            {"attribution", "field_of_use", "use_restrictions", "no_ai_training"},
        ),
        ("FooBar-9.9", set()),
        ("not an expression", set()),
    ],
)
def test_obligations_are_those_of_the_elected_branches(expression: str, asked: set[str]) -> None:
    found = assess(expression, POLICY).obligations
    assert set(found) == asked
    assert list(found) == [name for name in OBLIGATIONS if name in asked]


def test_a_profile_decides_which_branch_is_elected() -> None:
    choice = "CC-BY-NC-4.0 OR BUSL-1.1"
    assert assess(choice, POLICY)[:3] == ("non_commercial", "denied", "CC-BY-NC-4.0")
    assert assess(choice, RESEARCH)[:3] == ("non_commercial", "granted", "CC-BY-NC-4.0")
    assert assess("CC-BY-ND-4.0 OR CC-BY-NC-4.0", RESEARCH).elected == "CC-BY-NC-4.0"


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 5_000 + "MIT" + ")" * 5_000,
        "MIT OR " * 5_000 + "MIT",
        "MIT AND",
        "",
        "GPL-2.0-only WITH",
        "MIT ) OR ( MIT",
        "\x00",
    ],
)
def test_hostile_expressions_are_unreadable(expression: str) -> None:
    assert assess(expression, POLICY) == Assessment("unknown", "unreadable", None, True, ())


def test_long_expressions_are_read() -> None:
    groups = [f"({one} OR {other})" for one, other in itertools.permutations(_IDS, 2)]
    assert assess(" AND ".join(groups), POLICY)[:2] == ("source_available", "denied")
    assert assess(" AND ".join(["MIT", "GPL-2.0-only", "(MIT OR Zlib)"] * 80), POLICY)[:2] == (
        "strong_copyleft",
        "granted",
    )


def test_every_class_has_a_rank() -> None:
    assert [rank(name) for name in CLASSES] == list(range(len(CLASSES)))


_IDS = [
    "MIT", "0BSD", "CC0-1.0", "Apache-2.0", "MPL-2.0", "LGPL-2.1-or-later", "GPL-2.0-only",
    "AGPL-3.0-only", "SSPL-1.0", "CC-BY-SA-4.0", "CC-BY-ND-4.0", "CC-BY-NC-4.0", "JSON",
    "BUSL-1.1", "Odd-1.0", "GPL-2.0-only WITH Classpath-exception-2.0",
    "MIT WITH LicenseRef-scancode-commons-clause",
]  # fmt: skip
_NEUTRAL = "LicenseRef-scancode-generic-cla"
_LEAVES = st.sampled_from([*_IDS, _NEUTRAL])
_EXPRESSIONS = st.recursive(
    _LEAVES,
    lambda inner: st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(
        lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
    ),
    max_leaves=7,
)
_POLICIES = st.sampled_from([POLICY, RESEARCH])
_STATES = ("granted", "unreadable", "denied")


def _order(found: Assessment, policy: Any) -> tuple[bool, int, int, int]:
    """What makes one branch preferable to another, the best first."""
    state = ("granted", "denied", "unreadable").index(found.state)
    severity = policy.chosen.severity(found.license_class, found.obligations)
    return found.license_class == "unknown", state, severity, rank(found.license_class)


@given(_EXPRESSIONS, _POLICIES)
def test_normalizing_changes_no_meaning(expression: str, policy: Any) -> None:
    normal = normalize(expression)
    assert normal is not None
    one, other = assess(normal, policy), assess(expression, policy)
    assert (one.license_class, one.state, one.obligations) == (
        other.license_class,
        other.state,
        other.obligations,
    )
    assert identifiers(normal) == identifiers(expression)


@given(_EXPRESSIONS, _EXPRESSIONS, _POLICIES)
def test_and_is_never_milder_than_its_parts(one: str, other: str, policy: Any) -> None:
    both = assess(f"({one}) AND ({other})", policy)
    parts = [part for part in (assess(one, policy), assess(other, policy)) if part.states_use]
    assert both.states_use == bool(parts)
    if parts:
        assert rank(both.license_class) == max(rank(part.license_class) for part in parts)
        assert both.state == max((part.state for part in parts), key=_STATES.index)
        assert set(both.obligations) == {name for part in parts for name in part.obligations}


@given(_EXPRESSIONS, _EXPRESSIONS, _POLICIES)
def test_or_is_never_worse_than_its_best_part(one: str, other: str, policy: Any) -> None:
    either = assess(f"({one}) OR ({other})", policy)
    parts = [part for part in (assess(one, policy), assess(other, policy)) if part.states_use]
    assert either.states_use == bool(parts)
    if parts:
        best = min(_order(part, policy) for part in parts)
        assert _order(either, policy) == best


@given(st.lists(_EXPRESSIONS, min_size=2, max_size=5), st.randoms(use_true_random=False), _POLICIES)
def test_order_does_not_matter(parts: list[str], random: Any, policy: Any) -> None:
    shuffled = parts.copy()
    random.shuffle(shuffled)
    for word in ("AND", "OR"):
        one, other = (
            assess(f" {word} ".join(f"({part})" for part in row), policy)
            for row in (parts, shuffled)
        )
        assert one._replace(elected=None) == other._replace(elected=None)


@given(_EXPRESSIONS, _POLICIES)
def test_the_elected_branch_amounts_to_the_same(expression: str, policy: Any) -> None:
    found = assess(expression, policy)
    if found.elected is not None:
        assert " OR " not in found.elected
        assert assess(found.elected, policy) == found._replace(elected=None)


@given(st.text(max_size=200))
def test_any_text_is_assessed(text: str) -> None:
    found = assess(text, POLICY)
    assert found.license_class in CLASSES
    assert found.state in _STATES
