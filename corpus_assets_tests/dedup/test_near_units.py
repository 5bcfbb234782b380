"""Near units: planted edits are found, other functions and clones are not."""

from __future__ import annotations

import random

import polars as pl
import pytest

from corpus_assets.dedup.near_units import near_units
from corpus_assets.parse.units import units

THRESHOLD = 0.6
SIGNS = ("+", "-", "*", "//", "%", "|", "&")


def function(seed: int, n_lines: int) -> list[str]:
    generator = random.Random(seed)

    def word() -> str:
        return "".join(generator.choices("abcdefghijklmnopqrstuvwxyz", k=6))

    def line() -> str:
        call = f"{word()}.{word()}({word()}, {word()})"
        return f"    {word()} = {call} {generator.choice(SIGNS)} {generator.randrange(1000)}"

    return [f"def {word()}({word()}, {word()}):", *(line() for _ in range(n_lines - 2)),
            f"    return {word()}"]  # fmt: skip


def documents(texts: dict[str, list[str]], language: str = "python") -> pl.DataFrame:
    rows = [(key, language, "\n".join(lines) + "\n") for key, lines in texts.items()]
    return pl.DataFrame(rows, schema=["content_id", "language", "text"], orient="row")


def edited(lines: list[str], edit: str) -> list[str]:
    place = len(lines) // 2
    if edit == "changed":
        return [*lines[:place], "    other = value.name(1)", *lines[place + 1 :]]
    if edit == "added":
        return [*lines[:place], "    other = value.name(1)", *lines[place:]]
    return [*lines[:place], *lines[place + 1 :]]


@pytest.mark.parametrize("edit", ["changed", "added", "removed"])
def test_one_edited_statement_is_found_and_other_functions_are_not(edit: str) -> None:
    originals = {f"o{i:02}": function(i, 8 + i) for i in range(53)}
    copies = {f"c{key[1:]}": edited(lines, edit) for key, lines in originals.items()}
    found = near_units(units(documents(originals | copies)), THRESHOLD)
    pairs = found.select("content_id_a", "content_id_b").rows()
    assert pairs == [(f"c{key[1:]}", key) for key in originals]
    assert found["similarity"].is_between(THRESHOLD, 1, closed="left").all()


def test_similarity_is_the_jaccard_similarity_of_runs_of_five_tokens() -> None:
    lines = function(1, 20)
    table = units(documents({"a": lines, "b": edited(lines, "changed")}))
    runs = []
    for packed in table["token_hashes"]:
        tokens = [packed[i : i + 4] for i in range(0, len(packed), 4)]
        runs.append({tuple(tokens[i : i + 5]) for i in range(len(tokens) - 4)})
    expected = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    assert near_units(table, THRESHOLD)["similarity"].to_list() == [pytest.approx(expected)]
    assert near_units(table, expected + 0.001).height == 0


def test_equal_renamed_and_nested_functions_are_no_near_units() -> None:
    lines = function(1, 20)
    word = lines[0].split()[1].split("(")[0]
    renamed = [line.replace(word, "other") for line in lines]
    nested = [lines[0], "    def inner(a, b):", *(f"    {line}" for line in lines[1:-1]), lines[-1]]
    table = units(documents({"a": lines, "b": ["# note", *lines], "c": renamed}))
    assert near_units(table, THRESHOLD).height == 0
    assert near_units(units(documents({"a": nested})), 0.1).height == 0


def test_languages_are_not_compared_with_one_another() -> None:
    lines = function(1, 20)
    table = units(documents({"a": lines, "b": edited(lines, "added")}))
    mixed = table.with_columns(language=pl.Series(["python", "ruby"]))
    assert near_units(table, THRESHOLD).height == 1
    assert near_units(mixed, THRESHOLD).height == 0


def test_order_of_units_does_not_matter_and_nothing_is_an_answer() -> None:
    originals = {f"o{i}": function(i, 15) for i in range(20)}
    copies = {f"c{key[1:]}": edited(lines, "added") for key, lines in originals.items()}
    table = units(documents(originals | copies))
    found = near_units(table, THRESHOLD)
    assert found.height == 20
    assert near_units(table.sample(fraction=1, shuffle=True, seed=3), THRESHOLD).equals(found)
    assert near_units(table.head(0), THRESHOLD).height == 0


@pytest.mark.parametrize("threshold", [0, 1.01, float("nan")])
def test_a_threshold_must_be_a_similarity(threshold: float) -> None:
    with pytest.raises(ValueError, match="outside"):
        near_units(units(documents({})), threshold)
