"""Manifests: what they declare, and that hostile ones are an error and nothing worse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.licensing.manifests import ManifestError, declared

_META = "Metadata-Version: 2.1\n"

CASES: list[tuple[str, str, list[str | None]]] = [
    ("package.json", '{"license": "MIT"}', ["MIT"]),
    ("package.json", '{"license": {"type": "BSD", "url": "x"}}', ["BSD-3-Clause"]),
    ("package.json", '{"licenses": [{"type": "MIT"}, {"type": "GPL-2.0"}]}',
     ["MIT OR GPL-2.0-only"]),
    ("package.json", '{"license": "(MIT OR GPL-3.0-or-later)"}', ["MIT OR GPL-3.0-or-later"]),
    ("package.json", '{"license": "SEE LICENSE IN LICENSE.txt"}', [None]),
    ("package.json", '{"license": "UNLICENSED"}', ["LicenseRef-all-rights-reserved"]),
    ("package.json", '{"license": "LicenseRef-acme"}', ["LicenseRef-acme"]),
    ("package.json", '{"license": "whatever you like"}', [None]),
    ("package.json", '{"name": "x"}', []),
    ("package.json", "[]", []),
    ("composer.json", '{"license": ["LGPL-2.1-only", "GPL-3.0-or-later"]}',
     ["LGPL-2.1-only OR GPL-3.0-or-later"]),
    ("pyproject.toml", '[project]\nlicense = "MIT AND (Apache-2.0 OR BSD-2-Clause)"\n',
     ["MIT AND (Apache-2.0 OR BSD-2-Clause)"]),
    ("pyproject.toml", '[project]\nlicense = {file = "LICENSE"}\n'
     'classifiers = ["License :: OSI Approved :: MIT License"]\n', ["MIT"]),
    ("pyproject.toml", '[tool.poetry]\nlicense = "Apache-2.0"\n', ["Apache-2.0"]),
    ("Cargo.toml", '[package]\nlicense = "MIT/Apache-2.0"\n', ["MIT OR Apache-2.0"]),
    ("Cargo.toml", "[package]\nlicense.workspace = true\n", []),
    ("METADATA", _META + "License: MIT\nClassifier: License :: OSI Approved :: MIT License\n",
     ["MIT"]),
    ("METADATA", _META + "License-Expression: BSD-3-Clause\nLicense: GPL\n", ["BSD-3-Clause"]),
    ("METADATA", _META + "License: UNKNOWN\n", []),
    ("METADATA", _META + "License: Own words\n", [None]),
    ("METADATA", _META + "License: Dual\nClassifier: License :: OSI Approved :: BSD License\n"
     "Classifier: License :: OSI Approved :: Apache Software License\n",
     ["BSD-3-Clause", "Apache-2.0"]),
    ("PKG-INFO", _META + "License: GPLv3+\n", ["GPL-3.0-or-later"]),
    ("setup.cfg", "[metadata]\nlicense = Apache License 2.0\n", ["Apache-2.0"]),
    ("setup.cfg", "[flake8]\nmax-line-length = 99\n", []),
    ("pom.xml", '<project xmlns="urn:m"><licenses><license><name>Apache License, Version 2.0</name>'
     "</license></licenses></project>", ["Apache-2.0"]),
    ("pom.xml", "<project><licenses><license><name>GPL2 w/ CPE</name></license></licenses>"
     "</project>",
     ["GPL-2.0-only WITH Classpath-exception-2.0"]),
    ("acme.nuspec", '<package><metadata><license type="expression">MIT</license></metadata>'
     "</package>",
     ["MIT"]),
    ("acme.gemspec", "Gem::Specification.new do |s|\n  s.licenses = ['MIT', 'Ruby']\nend\n",
     ["MIT OR Ruby"]),
    ("acme.gemspec", "  spec.license = 'MIT'\n", ["MIT"]),
    ("DESCRIPTION", "Package: x\nLicense: GPL (>= 2)\n", ["GPL-2.0-or-later"]),
    ("DESCRIPTION", "Package: x\nLicense: MIT + file LICENSE\n", ["MIT"]),
    ("DESCRIPTION", "Package: x\nLicense: GPL-2 | GPL-3\n", ["GPL-2.0-only OR GPL-3.0-only"]),
    ("DESCRIPTION", "A folder of examples.\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "wanted"), CASES)
def test_manifests_declare(name: str, text: str, wanted: list[str | None]) -> None:
    assert [item.expression for item in declared(name, text)] == wanted


_BOMB = "<!DOCTYPE a [" + "".join(
    f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "ha"}">' for i in range(9)
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("package.json", '{"a":' * 100_000),
        ("package.json", "[" * 100_000),
        ("package.json", '{"a": ' + "9" * 5_000 + "}"),
        ("package.json", "{"),
        ("pyproject.toml", "x = " + "[" * 50_000),
        ("pyproject.toml", "x = ["),
        ("Cargo.toml", "[package]\nlicense = 'a'\nlicense = 'b'\n"),
        ("pom.xml", _BOMB + "]><p>&e8;</p>"),
        ("pom.xml", "<project>"),
        ("x.nuspec", '<!doctype x SYSTEM "file:///etc/hostname"><x/>'),
        ("setup.cfg", "no section"),
        ("METADATA", "Name: x\n"),
        ("package.json", " " * 2_000_001),
    ],
)
def test_hostile_manifests_are_errors(name: str, text: str) -> None:
    with pytest.raises(ManifestError):
        declared(name, text)


@given(st.sampled_from(sorted({name for name, _, _ in CASES})), st.text(max_size=200))
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    try:
        found = declared(name, text)
    except ManifestError:
        return
    assert all(item.words for item in found)
