"""Pairs that commits yield, what they are withheld for, and what edits look like inside."""

from __future__ import annotations

import hashlib
from typing import Any

import polars as pl

from corpus_assets.pairs.commits.edits import EDITS, look
from corpus_assets.pairs.commits.judge import first_look, judged
from corpus_assets.pairs.commits.shape import shapes

BUGGY = """\
import os


def first(items):
    return items[0]


def total(items):
    result = 0
    for item in items:
        result += item.price * item.count
    return result


def names(items):
    return [item.name for item in items if item.name is not None and item.name != ""]
"""
FIXED = BUGGY.replace(
    "    return items[0]\n", "    if not items:\n        return None\n    return items[0]\n"
)


def blob(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def rows_of(
    message: str,
    edits: dict[str, tuple[bytes, bytes]],
    added: tuple[str, ...] = (),
    missing: tuple[bytes, ...] = (),
    author: str = "Ann",
) -> dict[str, Any]:
    """The row of one commit that makes the edits."""
    commits = pl.DataFrame(
        {
            "commit": ["c"], "parents": [["p"]], "author_name": [author],
            "author_email": ["a@example.org"], "message": [message], "faults": [[]],
        },
        schema_overrides={"faults": pl.List(pl.String)},
    )  # fmt: skip
    changed = [("c", path, "M", "100644", blob(before), blob(after))
               for path, (before, after) in edits.items()]  # fmt: skip
    new = [("c", path, "A", "100644", None, "3" * 40) for path in added]
    changes = pl.DataFrame(
        [*changed, *new],
        schema=["commit", "path", "status", "mode", "before_blob", "after_blob"],
        orient="row",
    )
    counts = pl.DataFrame({"commit": ["c"], "n_files": [changes.height]})
    first = first_look(commits, changes, counts, with_pairs=True)
    data = {blob(side): side for sides in edits.values() for side in sides}

    def read(names: list[str]) -> pl.DataFrame:
        return pl.DataFrame(
            [
                (name, None, "missing") if data[name] in missing else (name, data[name], "ok")
                for name in names
            ],
            schema={"blob": pl.String, "data": pl.Binary, "state": pl.String},
            orient="row",
        )

    (row,) = judged(first, read)
    return row


def test_a_fix_yields_the_buggy_and_the_fixed_function_with_its_tests() -> None:
    before, after = BUGGY.encode(), FIXED.encode()
    row = rows_of(
        "Fix crash of first on empty lists", {"shop/cart.py": (before, after)},
        added=("tests/test_cart.py",),
    )  # fmt: skip
    assert row["label"] == "bugfix"
    assert "a guard is new" in row["evidence"] or row["confidence"] > 0.9
    (pair,) = row["pairs"]
    assert (pair["kind"], pair["name"], pair["language"]) == ("bug_fix", "first", "python")
    assert pair["tests"] == ["tests/test_cart.py"]
    sides = {"before": before, "after": after}
    texts = {
        side: data[pair[side]["start_byte"] : pair[side]["end_byte"]]
        for side, data in sides.items()
    }
    assert texts["before"] == b"def first(items):\n    return items[0]"
    assert texts["after"].startswith(b"def first(items):\n    if not items:")
    assert pair["after"]["content_id"] == f"swh:1:cnt:{blob(after)}"


def test_a_commit_of_one_file_with_a_good_message_is_a_pair_of_its_own() -> None:
    longer = FIXED.replace("result = 0", "result = 0  # cents")
    edits = {"shop/cart.py": (BUGGY.encode(), longer.encode())}
    row = rows_of("Handle empty lists of articles\n\nMore words.\n", edits)
    pair = next(pair for pair in row["pairs"] if pair["kind"] == "commit")
    assert pair["message"] == "Handle empty lists of articles"
    assert pair["before"]["start_byte"] is None
    for message in (
        "Handle empty lists, see https://example.org/x",
        "handled empty lists of articles",
        "Fix it",
        "Handle empty lists in cart",
        "Handle empty lists of articles, I hope",
        "Handle empty lists for issue 12 of shop",
    ):
        kinds = [pair["kind"] for pair in rows_of(message, edits)["pairs"]]
        assert "commit" not in kinds, message


def test_refactorings_yield_bad_and_good() -> None:
    after = BUGGY.replace("result", "cents")
    row = rows_of("Rename result of total", {"shop/cart.py": (BUGGY.encode(), after.encode())})
    assert row["label"] == "refactor"
    pair = row["pairs"][0]
    assert (pair["kind"], pair["name"]) == ("refactoring", "total")


def test_reverts_name_what_they_take_back() -> None:
    message = f'Revert "Add a cache"\n\nThis reverts commit {"a" * 40}.\n'
    row = rows_of(message, {"a.py": (b"a = 1\n", b"a = 2\n")})
    assert row["label"] == "revert"
    assert row["pairs"] == [{"kind": "reverted", "commit": "a" * 40}]


def test_what_cannot_be_read_is_withheld_with_the_reason() -> None:
    before, after = BUGGY.encode(), FIXED.encode()
    message = "Fix crash of first on empty lists"
    row = rows_of(message, {"shop/cart.py": (before, after)}, missing=(before,))
    assert row["pairs"] == []
    assert row["withheld"] == ["missing"]
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 9\n"
    row = rows_of(message, {"shop/cart.py": (pointer, pointer.replace(b"9", b"8"))})
    assert row["withheld"] == ["lfs_pointer"]
    row = rows_of(message, {"shop/cart.py": (b"\0\1", after)})
    assert row["withheld"] == ["no_text"]


def test_bots_and_sweeps_yield_nothing() -> None:
    edit = (BUGGY.encode(), FIXED.encode())
    assert rows_of("Fix crash", {"a.py": edit}, author="renovate[bot]")["pairs"] == []
    many = {f"a{n}.py": (f"# {n}\n{BUGGY}".encode(), f"# {n}\n{FIXED}".encode()) for n in range(9)}
    row = rows_of("Fix crash of first on empty lists", many)
    assert (row["pairs"], row["withheld"]) == ([], ["too_many_files"])


def shape_of(before: str, after: str, language: str = "python") -> set[str]:
    sides = [before.encode(), after.encode()]
    chosen = pl.DataFrame(
        [("c", "a", "code", language, blob(sides[0]), blob(sides[1]))], schema=EDITS, orient="row"
    )
    blobs = pl.DataFrame(
        [(blob(side), side, "ok") for side in sides],
        schema={"blob": pl.String, "data": pl.Binary, "state": pl.String}, orient="row",
    )  # fmt: skip
    found = shapes(look(chosen, blobs))
    return set(found["shape"][0].split()) if found.height else set()


def test_shapes() -> None:
    assert "guard" in shape_of(BUGGY, FIXED)
    assert "one_function" in shape_of(BUGGY, FIXED)
    assert "condition" in shape_of(BUGGY, BUGGY.replace('item.name != ""', 'item.name == ""'))
    assert shape_of(BUGGY, BUGGY.replace("\n\n\n", "\n\n")) == {"same_comments"}
    assert shape_of(BUGGY, "# Prices\n" + BUGGY) == {"same_tokens"}
    assert "adds_functions" in shape_of(
        BUGGY, BUGGY + "\n\ndef last(items):\n    return items[-1]\n"
    )
    # In Python indentation is syntax, so a line that moves is no matter of layout.
    moved = BUGGY.replace("    return result", "        return result")
    assert "same_comments" not in shape_of(BUGGY, moved)
    code = "int f(int a)\n{\n  return *a;\n}\n"
    assert shape_of(code, code.replace("  return", "\treturn"), "c") == {"same_comments"}
    assert "same_tokens" not in shape_of("*p = 1;\n", "*p = 2;\n", "c")
