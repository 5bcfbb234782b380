"""Languages settled by the files around a file."""

from __future__ import annotations

import random

import polars as pl
import pytest

from corpus_assets.parse.language import identify
from corpus_assets.parse.neighbors import settled

PLAIN_C = b"int f(void);\n"


def tree(*files: tuple[str, bytes], origin: str = "o") -> pl.DataFrame:
    rows = []
    for path, data in files:
        found = identify(path, data)
        rows.append((origin, path, found.language, found.name, found.basis, found.candidates))
    names = ("origin", "path", "language", "language_name", "language_basis", "language_candidates")
    schema = dict.fromkeys(names[:5], pl.String) | {names[5]: pl.List(pl.String)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def languages(frame: pl.DataFrame) -> dict[str, tuple[str, str]]:
    return {
        path: (name, basis)
        for path, name, basis in frame.select("path", "language_name", "language_basis").iter_rows()
    }


@pytest.mark.parametrize(
    ("source", "name"), [("a.cpp", "C++"), ("a.c", "C"), ("a.mm", "Objective-C")]
)
def test_a_plain_header_takes_the_language_of_the_sources(source: str, name: str) -> None:
    found = languages(settled(tree(("src/" + source, b"\n"), ("include/x/a.h", PLAIN_C))))
    wanted = ("C", "guess") if source == "a.mm" else (name, "neighbors")
    assert found["include/x/a.h"] == wanted


def test_the_nearest_folder_decides_before_the_whole_tree() -> None:
    files = [(f"core/{n}.c", b"\n") for n in range(9)]
    found = languages(settled(tree(*files, ("gui/a.cpp", b"\n"), ("gui/a.h", PLAIN_C))))
    assert found["gui/a.h"] == ("C++", "neighbors")


def test_headers_count_only_where_there_is_no_source() -> None:
    clear = ("include/b.h", b"namespace b { class Box; }\n")
    alone = languages(settled(tree(("include/a.h", PLAIN_C), clear)))
    assert alone["include/a.h"] == ("C++", "neighbors")
    beside = languages(settled(tree(("include/a.h", PLAIN_C), clear, ("src/a.c", b"\n"))))
    assert beside["include/a.h"] == ("C", "neighbors")


def test_other_origins_and_other_languages_do_not_count() -> None:
    own = tree(("a.h", PLAIN_C), ("a.py", b"\n"))
    other = tree(("a.cpp", b"\n"), origin="p")
    assert languages(settled(pl.concat([own, other])))["a.h"] == ("C", "guess")


def test_the_order_of_rows_does_not_matter() -> None:
    files = [(f"d{n % 3}/{n}.{'cpp' if n % 2 else 'c'}", b"\n") for n in range(20)]
    files += [(f"d{n % 4}/{n}.h", PLAIN_C) for n in range(12)]
    wanted = languages(settled(tree(*files)))
    for seed in range(5):
        random.Random(seed).shuffle(files)
        assert languages(settled(tree(*files))) == wanted
