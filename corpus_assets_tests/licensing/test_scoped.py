"""Statements limited to some paths: which of them holds for which path."""

from __future__ import annotations

import re
from fnmatch import translate

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.licensing.scoped import last_matches

_REVISION = {
    "source_category": "open_source", "source": "s", "origin": "o", "revision": "1",
}  # fmt: skip
_ROWS = pl.Schema(
    dict.fromkeys(_REVISION, pl.String)
    | {
        "evidence_path": pl.String,
        "scope": pl.String,
        "applies_to": pl.List(pl.String),
        "ordinal": pl.Int64,
        "license_expression": pl.String,
    }
)


def subjects(*paths: str, revision: str = "1") -> pl.DataFrame:
    rows = [
        _REVISION | {"revision": revision, "path": path, "n": at} for at, path in enumerate(paths)
    ]
    return pl.DataFrame(rows)


def statements(
    *patterns: list[str], scope: str = "", evidence: str = "debian/copyright"
) -> pl.DataFrame:
    rows = [
        _REVISION
        | {
            "evidence_path": evidence,
            "scope": scope,
            "applies_to": globs,
            "ordinal": at,
            "license_expression": f"L{at}",
        }
        for at, globs in enumerate(patterns)
    ]
    return pl.DataFrame(rows, schema=_ROWS)


def held(paths: pl.DataFrame, rows: pl.DataFrame) -> dict[str, str]:
    found = last_matches(paths, rows)
    return dict(found.select("path", "license_expression").iter_rows())


def test_the_last_match_holds() -> None:
    rows = statements(["*"], ["src/*"], ["src/a.c", "doc/?.txt"], ["*.h"])
    paths = subjects("README", "src/a.c", "src/b/c.c", "doc/x.txt", "doc/xy.txt", "src/z/a.h")
    assert held(paths, rows) == {
        "README": "L0", "src/a.c": "L2", "src/b/c.c": "L1", "doc/x.txt": "L2", "doc/xy.txt": "L0",
        "src/z/a.h": "L3",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*", "a/b/c", True),
        ("a", "a/b", False),
        ("a/*", "a/b/c", True),
        ("a/*", "ab/c", False),
        ("a*", "ab/c", True),
        ("*/Makefile", "Makefile", False),
        ("*/Makefile", "x/y/Makefile", True),
        ("a?c", "a/c", True),
        (r"a\*c", "a*c", True),
        (r"a\*c", "abc", False),
        (r"a\?", "a?", True),
        ("a[b].(c)+{d}|e^$", "a[b].(c)+{d}|e^$", True),
        ("a[b]*", "ab", False),
        ("a\\", "a\\", True),
        ("reuse:src/*", "src/a.c", True),
        ("reuse:src/*", "src/b/a.c", False),
        ("reuse:src/**", "src/b/a.c", True),
        ("reuse:**/a.c", "src/b/a.c", True),
        ("reuse:a?", "ab", False),
        ("reuse:a?", "a?", True),
        ("reuse:README.md", "README.md", True),
    ],
)
def test_patterns_of_both_formats(pattern: str, path: str, matches: bool) -> None:
    assert (path in held(subjects(path), statements([pattern]))) is matches


def test_no_pattern_means_everything_below_the_scope() -> None:
    rows = statements([], ["x/*"], scope="lib", evidence="lib/debian/copyright")
    assert held(subjects("a.c", "lib/a.c", "lib/x/a.c", "library/a.c"), rows) == {
        "lib/a.c": "L0",
        "lib/x/a.c": "L1",
    }


def test_each_evidence_file_has_its_own_last_match() -> None:
    rows = pl.concat([statements(["*"], ["a*"]), statements(["*.c"], evidence="REUSE.toml")])
    found = last_matches(subjects("ab.c", "b.c", "b.h"), rows)
    assert found.select("path", "evidence_path", "license_expression").rows() == [
        ("ab.c", "REUSE.toml", "L0"),
        ("ab.c", "debian/copyright", "L1"),
        ("b.c", "REUSE.toml", "L0"),
        ("b.c", "debian/copyright", "L0"),
        ("b.h", "debian/copyright", "L0"),
    ]


def test_other_revisions_are_not_touched() -> None:
    rows = statements(["*"], ["a?c"])
    assert last_matches(subjects("abc", revision="2"), rows).is_empty()
    assert last_matches(subjects("abc"), rows.clear()).is_empty()
    assert last_matches(subjects("abc").clear(), rows).is_empty()


def test_hostile_patterns_are_no_burden() -> None:
    rows = statements(["*a" * 200 + "b"], ["?" * 400], ["*" * 400 + "z"], ["(a+)+$", "*(.*)*"])
    paths = subjects("a" * 3000, "aaa/" * 700 + "z")
    assert held(paths, rows) == {"aaa/" * 700 + "z": "L2"}


_NAMES = st.text(alphabet="ab/.*?[", min_size=1, max_size=6)


@given(st.lists(_NAMES, min_size=1, max_size=4), _NAMES)
def test_dep5_patterns_agree_with_fnmatch(patterns: list[str], path: str) -> None:
    # fnmatch reads [ as a class, DEP-5 as itself.
    wanted = [
        at
        for at, pattern in enumerate(patterns)
        if re.match(translate(pattern.replace("[", "[[]")), path)
    ]
    found = last_matches(subjects(path), statements(*[[pattern] for pattern in patterns]))
    assert found["ordinal"].to_list() == wanted[-1:]
