"""Which identifiers have a standard text, and that it is the text alone."""

from __future__ import annotations

import pytest

from corpus_assets.policy.standard_texts import credit, standard_text


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("MIT", "Permission is hereby granted, free of charge"),
        ("mit", "Permission is hereby granted, free of charge"),
        ("Apache-2.0", "Apache License"),
        ("GPL-2.0-or-later", "either version 2 of the License, or (at your option)"),
        ("Apache-2.0+", "Apache License"),
        ("Classpath-exception-2.0", "Linking this library"),
        ("LicenseRef-scancode-openssl-exception-lgpl-2.0-plus", "OpenSSL"),
    ],
)
def test_known_identifiers_have_a_text(identifier: str, words: str) -> None:
    text = standard_text(identifier)
    assert text is not None
    assert words in " ".join(text.split())
    assert "spdx_license_key" not in text
    assert text.endswith("\n")


@pytest.mark.parametrize(
    "identifier",
    ["LicenseRef-nobody-knows", "", "../../etc/passwd", "LicenseRef-scancode-public-domain"],
)
def test_others_have_none(identifier: str) -> None:
    assert standard_text(identifier) is None


def test_the_data_is_credited_as_its_license_asks() -> None:
    assert {"nexB", "CC-BY-4.0"} <= set(credit().replace(",", " ").split())
