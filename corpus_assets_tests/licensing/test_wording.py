"""License wordings: what they mean, and that what is not understood is not guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.licensing.expressions import identifiers
from corpus_assets.licensing.license_names import CLASSIFIERS, CPAN, EXCEPTIONS, NAMES, NO_RIGHTS
from corpus_assets.licensing.single_names import plain
from corpus_assets.licensing.wording import understand, understand_fully
from corpus_assets.policy.licenses import catalog


@pytest.mark.parametrize(
    ("phrase", "expression"),
    [
        ("GPLv2+", "GPL-2.0-or-later"),
        ("GPL (>= 2)", "GPL-2.0-or-later"),
        ("GNU General Public License v3 (GPLv3)", "GPL-3.0-only"),
        ("GPL v2 or (at your option) any later version", "GPL-2.0-or-later"),
        ("GNU Lesser General Public License v2.1 or later (LGPLv2.1+)", "LGPL-2.1-or-later"),
        ("GPL", "GPL-1.0-or-later"),
        ("The Apache Software License, Version 2.0", "Apache-2.0"),
        ("Apache License Version 2.0, January 2004", "Apache-2.0"),
        ("BSD (3-clause)", "BSD-3-Clause"),
        ("2-Clause BSD License", "BSD-2-Clause"),
        ("MIT/X11", "MIT"),
        ("MIT (see LICENSE)", "MIT"),
        ("Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"),
        ("Eclipse Public License - v 1.0", "EPL-1.0"),
        ("Creative Commons Attribution-ShareAlike 3.0 Unported", "CC-BY-SA-3.0"),
        ("CC BY-NC 4.0", "CC-BY-NC-4.0"),
        ("CC0 1.0 Universal", "CC0-1.0"),
        ("Proprietary", NO_RIGHTS),
        ("http://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("https://opensource.org/licenses/bsd-license.php", "BSD-2-Clause"),
        ("https://creativecommons.org/licenses/by-sa/4.0/legalcode", "CC-BY-SA-4.0"),
        ("https://www.gnu.org/licenses/old-licenses/gpl-2.0.html", "GPL-2.0-only"),
        ("GPLv2 with classpath exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("Apache-2.0 with LLVM exception", "Apache-2.0 WITH LLVM-exception"),
        ("GPL-3+ with GCC Runtime Library exception", "GPL-3.0-or-later WITH GCC-exception-3.1"),
        ("MIT or Apache 2.0", "MIT OR Apache-2.0"),
        ("MIT and/or ISC", "MIT AND ISC"),
        ("MIT, ISC", "MIT AND ISC"),
        ("Dual MIT/GPL", "MIT OR GPL-1.0-or-later"),
        ("Dual licensed under the MIT and ISC", "MIT OR ISC"),
        ("GPL-2+ and LGPL-2+, or MIT", "(GPL-2.0-or-later AND LGPL-2.0-or-later) OR MIT"),
        ("ASL 2.0 and (MIT or BSD)", "Apache-2.0 AND (MIT OR BSD-3-Clause)"),
        ("GPL-2+ or FooBar-9", "GPL-2.0-or-later OR FooBar-9"),
    ],
)
def test_wordings_mean(phrase: str, expression: str) -> None:
    assert understand(phrase) == expression


@pytest.mark.parametrize(
    "phrase",
    [
        "", "free", "Do whatever you want", "MIT style with changes", "BSD-like", "GPL-9",
        "MIT with restrictions", "Apache-2.0 with military exception", "custom", "FooBar-9.9",
        "https://acme.example/LICENSE", "MIT or whatever you like", "MIT OR", "not MIT",
        "GPL-2+ and, or MIT", "MIT " * 200,
    ],
)  # fmt: skip
def test_what_is_not_understood_is_not_guessed(phrase: str) -> None:
    assert understand(phrase) is None


def test_unknown_names_are_not_fully_understood() -> None:
    assert understand_fully("GPL-2+ or FooBar-9") is None
    assert understand_fully("GPL-2+ or MIT") == "GPL-2.0-or-later OR MIT"


@given(st.lists(st.sampled_from(["MIT", "and", "or", ",", "(", ")", "with", "GPL-2+", "x", "/"])))
def test_any_phrase_is_read_or_not(words: list[str]) -> None:
    expression = understand(" ".join(words))
    if expression is not None:
        assert identifiers(expression)


def test_the_tables_name_identifiers_that_exist() -> None:
    for names in (NAMES, CLASSIFIERS, CPAN):
        for expression in names.values():
            if expression and expression != NO_RIGHTS:
                assert identifiers(expression) <= set(catalog()), expression
    for by_family in EXCEPTIONS.values():
        assert all(catalog()[name].is_exception for name in by_family.values())


def test_names_are_looked_up_in_the_form_they_are_kept() -> None:
    assert [name for name in NAMES if plain(name) != name] == []
