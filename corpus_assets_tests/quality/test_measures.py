"""Kernels against their definitions in plain Python."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.parse.buffers import flat
from corpus_assets.quality.characters import character_measures
from corpus_assets.quality.repetition import repetition_measures

TEXTS = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.lists(st.sampled_from(["a b", "ab ", "x\n", "\n", "é名 ", "\u2028", "١", "�", "\u202e"]))
        .map("".join),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


def lines_of(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def by_definition(text: str) -> dict[str, Any]:
    spaces = sum(c.isspace() and c not in "\x1c\x1d\x1e\x1f" for c in text)
    letters = sum(unicodedata.category(c) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl") for c in text)
    digits = sum(unicodedata.category(c) == "Nd" for c in text)
    lines, total = lines_of(text), max(len(text), 1)
    return {
        "n_bytes": len(text.encode()),
        "n_chars": len(text),
        "n_lines": len(lines),
        "max_line_chars": max(map(len, lines), default=0),
        "mean_line_chars": sum(map(len, lines)) / len(lines) if lines else 0.0,
        "whitespace_fraction": spaces / total,
        "digit_fraction": digits / total,
        "alpha_letters": letters / total,
        "replacement_fraction": text.count("\ufffd") / total,
        "direction_controls": sum(c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
                                  for c in text),
    }  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_characters(texts: list[str]) -> None:
    measured = character_measures(flat(pl.Series(texts, dtype=pl.String))).to_dicts()
    for text, row in zip(texts, measured, strict=True):
        assigned = all(unicodedata.category(c) not in ("Cn", "Co", "Mn", "Mc", "So") for c in text)
        for name, value in by_definition(text).items():
            if name != "alpha_letters":
                assert row[name] == pytest.approx(value), (name, text)
            elif assigned:  # marks and enclosed letters are Alphabetic, too
                assert row["alpha_fraction"] == pytest.approx(value), text


def repeated(text: str) -> dict[str, float]:
    words = text.split(" ")
    chars = sum(map(len, words))
    found: dict[str, float] = {"n_distinct_words": len(set(words))}
    for n in range(2, 5):
        grams = Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))
        most = max(grams.values(), default=0)
        longest = max((sum(map(len, g)) for g, c in grams.items() if c == most), default=0)
        found[f"top_{n}gram_fraction"] = min(most * longest / chars, 1.0) if most > 1 else 0.0
    for n in range(5, 11):
        seen, covered = set(), set()
        for i in range(len(words) - n + 1):
            gram = tuple(words[i : i + n])
            if gram in seen:
                covered |= set(range(i, i + n))
            seen.add(gram)
        found[f"duplicate_{n}gram_fraction"] = sum(len(words[i]) for i in covered) / chars
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "cc", "ddd"]), min_size=1, max_size=60))
def test_repeated_words(words: list[str]) -> None:
    text = " ".join(words)
    (row,) = repetition_measures(flat(pl.Series([text]))).to_dicts()
    for name, value in repeated(text).items():
        assert row[name] == pytest.approx(value), name


def test_repeated_lines() -> None:
    text = "import os\n\n}\n}\n  import os\nimport sys\nimport os\n"
    (row,) = repetition_measures(flat(pl.Series([text]))).to_dicts()
    lines = [line.strip() for line in text.split("\n") if len(line.strip()) >= 3]
    assert row["duplicate_line_fraction"] == (len(lines) - len(set(lines))) / len(lines)
