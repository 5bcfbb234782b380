"""The filter before ScanCode: what passes it, and that ScanCode's own rules do."""

import polars as pl
import pytest

from corpus_assets.licensing.clues import has_clue
from corpus_assets.licensing.scancode_engine import engine


def _clues(*texts: str | None) -> list[bool]:
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return frame.lazy().select(has_clue(pl.col("text"))).collect()["text"].to_list()


@pytest.mark.parametrize(
    "text",
    [
        "# SPDX-License-Identifier: 0BSD",
        "For conditions of distribution and use, see notice in x.h",
        "/* THE\n * FREE\n * WORLD */",
        "x_gpl_y = 1",
        "LICENCE",
        "unMITigated mit_style",
        "(CC)",
        "released into the public\n# domain",
        "本项目采用 许可证",
        "the autoconf exception 2.0",
    ],
)
def test_words_of_licenses_pass(text: str) -> None:
    assert _clues(text) == [True]


def test_code_without_such_words_does_not_pass() -> None:
    text = "def limit(items):\n    smitten = permitsx1 = [silence(item) for item in items]\n"
    assert _clues(text, "", None) == [False, False, False]


def test_nearly_all_rules_of_scancode_hold_a_clue() -> None:
    index = engine().index
    passed = _clues(*(index.rules_by_rid[rid].text for rid in sorted(index.regular_rids)))
    assert sum(passed) / len(passed) > 0.985
