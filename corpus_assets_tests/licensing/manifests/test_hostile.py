"""Hostile and broken manifests are an error and nothing worse, whatever the format."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus_assets.licensing.manifests import ManifestError, declared, package, read
from corpus_assets_tests.licensing.manifests.test_declared import CASES

NAMES = sorted({name for name, _, _ in CASES})

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
        ("package.json", '{"license": [' + '"MIT", ' * 200 + '"ISC"]}'),
        ("package.json", " " * 2_000_001),
        ("pyproject.toml", "x = " + "[" * 50_000),
        ("pyproject.toml", "x = ["),
        ("pyproject.toml", "x" + ".y" * 200 + " = 1"),
        ("pyproject.toml", "#" * 400_001),
        ("Cargo.toml", "[package]\nlicense = 'a'\nlicense = 'b'\n"),
        ("pom.xml", _BOMB + "]><p>&e8;</p>"),
        ("pom.xml", "<project>"),
        ("pom.xml", "<a>" * 1_000 + "</a>" * 1_000),
        ("pom.xml", "<p>" + "<a/>" * 100_001 + "</p>"),
        ("pom.xml", "<p>\x00</p>"),
        ("x.nuspec", '<!doctype x SYSTEM "file:///etc/hostname"><x/>'),
        ("setup.cfg", "no section"),
        ("setup.py", "setup(" + "(" * 500),
        ("setup.py", "x = " + "-" * 100_000 + "1"),
        ("setup.py", "print 'Python 2'"),
        ("setup.py", "\x00"),
        ("METADATA", "Name: x\n"),
        ("META.yml", "a: &a [1]\nb: [*a, *a]\n"),
        ("META.yml", "[" * 10_000),
        ("META.yml", "a: b: c"),
        ("CITATION.cff", "\t- x: ["),
        ("go.mod", "package main\n"),
        ("debian/control", "Package: x\n"),
    ],
)
def test_hostile_manifests_are_errors(name: str, text: str) -> None:
    with pytest.raises(ManifestError):
        read(name, text)


# What broke or slowed down a reader once, or could: for every reader.
_PIECES = [
    "(" * 3_000, "[" * 3_000, "{" * 3_000, '{"a":' * 3_000, " " * 150_000, "\n" * 150_000,
    "\t \n" * 50_000, "<a>" * 3_000, "license = [" + "'MIT'," * 3_000, "license: " * 3_000,
    "- " * 3_000, "setup(license=" + "+".join(["'a'"] * 3_000) + ")", "lambda: " * 3_000,
    "project('x', license: [" + "'MIT'," * 3_000 + "])", ".license = " * 3_000, '{:a, "1"' * 3_000,
    "(license " * 3_000, "name: x\nbuild-depends: " + "a," * 3_000, 'depends: [' + '"a" {' * 3_000,
    "%{" * 3_000, "\u2028" * 50_000, "\ud800", "\ufeff", "\x00", "License: GPL and " * 3_000,
    "Package: x\nLicense: " + "file a | " * 3_000, "[metadata]\nlicense=" + " " * 150_000 + "x",
    "about:\n  license: " + " " * 150_000 + "x", "package = " * 3_000, "'" * 50_000, "\\" * 50_000,
    "Metadata-Version: 1\nLicense: " + " \n" * 50_000, "licenses: [" * 3_000, "é" * 50_000,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_reader_survives_what_broke_one(name: str) -> None:
    for piece in _PIECES:
        try:
            found = declared(name, piece)
        except ManifestError:
            continue
        assert all(item.words for item in found)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """A manifest of ours with pieces cut out, doubled or strange characters put in."""
    name, text, _ = draw(st.sampled_from(CASES))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        end = draw(st.integers(at, min(len(text), at + 20)))
        piece = draw(
            st.one_of(
                st.just(""),
                st.just(text[at:end] * 2),
                st.text(max_size=5),
                st.text(alphabet="\"'[]{}()<>&*|=:,;#\n\t \\%$", max_size=8),
            )
        )
        text = text[:at] + piece + text[end:]
    return name, text


@given(mutated())
@example(("x.opam", ""))
def test_any_mutation_is_read_or_refused(case: tuple[str, str]) -> None:
    name, text = case
    try:
        found = declared(name, text)
        described = package(name, text)
    except ManifestError:
        return
    for item in found:
        assert item.words
        assert item.expression is not None or item.rule.endswith(("-unknown", "-see-file"))
    if described is not None:
        assert described.name
        assert all(
            need.scope in ("runtime", "dev", "optional", "build") for need in described.dependencies
        )


@given(st.sampled_from(NAMES), st.text(max_size=200))
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    try:
        found = declared(name, text)
    except ManifestError:
        return
    assert all(item.words for item in found)
