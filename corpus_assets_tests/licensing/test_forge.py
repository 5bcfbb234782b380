"""Forge claims: words of hosts and data sets, of whole revisions and of single files."""

from __future__ import annotations

import hashlib

import polars as pl
import pytest

from corpus_assets.licensing.forge import forge_claims
from corpus_assets.tables import TABLES
from corpus_assets_tests.licensing.frames import occurrences

_REVISION = {"source_category": "open_source", "source": "s", "origin": "o", "revision": "1"}


def stated(*rows: tuple[str, str, str], **more: str) -> pl.DataFrame:
    """Table forge_licenses of (path, field, words)."""
    found = [_REVISION | more | {"path": path, "field": field, "words": words}
             for path, field, words in rows]  # fmt: skip
    return pl.DataFrame(found, schema=TABLES["forge_licenses"].schema)


def test_words_without_a_path_are_about_every_file_of_the_revision() -> None:
    rows = forge_claims(occurrences("a.py", "lib/b.py"), stated(("", "license", "mit")))
    assert rows.sort("path").select("path", "license_expression", "rule_id").rows() == [
        ("a.py", "MIT", "forge-license"), ("lib/b.py", "MIT", "forge-license"),
    ]  # fmt: skip
    first = rows.row(0, named=True)
    assert (first["statement_kind"], first["detector"]) == ("declared", "forge")
    assert first["matched_text_sha256"] == hashlib.sha256(b"mit").hexdigest()
    assert first["distance"] is None


def test_words_of_a_file_are_about_it_alone() -> None:
    words = stated(("a.py", "detected_licenses", "ISC"), ("b", "detected_licenses", "MIT"))
    rows = forge_claims(occurrences("a.py", "lib/b.py"), words)
    assert rows.select("path", "license_expression").rows() == [("a.py", "ISC")]


def test_other_revisions_are_not_meant() -> None:
    for more in ({"revision": "2"}, {"origin": "p"}, {"source": "t"}):
        found = forge_claims(occurrences("a.py"), stated(("", "license", "mit"), **more))
        assert found.is_empty()


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("apache-2.0", "Apache-2.0"), ("gpl-3.0", "GPL-3.0-only"), ("GPL-2.0+", "GPL-2.0-or-later"),
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("proprietary", "LicenseRef-all-rights-reserved"),
        ("no_license", None), ("NOASSERTION", None), ("permissive", None), ("other", None),
        ("frobnicate-1.0", None), ("<script>", None), ("\\x1b[2J", None), ("((((" * 40, None),
        ("MIT AND " * 2000 + "MIT", None),
    ],
)  # fmt: skip
def test_words_become_expressions_only_when_they_are_known(
    words: str, expression: str | None
) -> None:
    (row,) = forge_claims(occurrences("a.py"), stated(("", "license", words))).to_dicts()
    assert row["license_expression"] == expression


def test_nothing_stated_gives_the_same_columns() -> None:
    some = forge_claims(occurrences("a.py"), stated(("", "license", "mit")))
    none = forge_claims(occurrences("a.py"), stated())
    assert none.is_empty()
    assert none.schema == some.schema
    wanted = set(TABLES["license_claims"].names) - {
        "kind", "ordinal", "agreed_class", "valid_from", "valid_to", "stages_allowed",
    }  # fmt: skip
    assert wanted <= set(none.columns)
