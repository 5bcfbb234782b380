"""The lines of the longest shared run, against a search of all runs."""

from __future__ import annotations

import random
import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.dedup import spans
from corpus_assets.dedup.near import near_duplicates
from corpus_assets.dedup.spans import SPAN, with_spans

TOKEN = re.compile(rb"[A-Za-z0-9_\x80-\xff]+")


def documents(*texts: str) -> pl.DataFrame:
    ids = [f"d{i:03}" for i in range(len(texts))]
    return pl.DataFrame({"content_id": ids, "language": "python", "text": list(texts)})


def found(frame: pl.DataFrame, threshold: float) -> pl.DataFrame:
    return with_spans(
        near_duplicates(frame, threshold),
        lambda ids: frame.filter(pl.col("content_id").is_in(ids.implode())),
    )


def tokens(text: str) -> list[tuple[bytes, int]]:
    data = text.encode()
    return [(m[0], data.count(b"\n", 0, m.start()) + 1) for m in TOKEN.finditer(data)]


def longest(a: str, b: str) -> int:
    """Tokens of the longest common run of tokens."""
    left, right = tokens(a), tokens(b)
    best = 0
    for i in range(len(left)):
        for j in range(len(right)):
            n = 0
            while i + n < len(left) and j + n < len(right) and left[i + n][0] == right[j + n][0]:
                n += 1
            best = max(best, n)
    return best


def test_a_block_moved_down_is_found_in_both() -> None:
    block = "\n".join(f"value_{i} = call_{i}(other_{i})" for i in range(20))
    one, two = block + "\n# end a b", "# head line\n\n" + block
    row = found(documents(one, two), 0.7).row(0, named=True)
    assert [row[name] for name in SPAN] == [1, 20, 3, 22]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_a_span_holds_the_longest_run_of_distinct_words(seed: int) -> None:
    rng = random.Random(seed)
    words = [f"w{i}" for i in range(60)]
    edited = list(words)
    for _ in range(rng.randrange(1, 3)):
        edited[rng.randrange(60)] = f"x{rng.randrange(9)}"
    one, two = ("".join(w + rng.choice(" \n.(") for w in part) for part in (words, edited))
    for row in found(documents(one, two), 0.3).iter_rows(named=True):
        inside = [
            [word for word, line in tokens(text) if row[first] <= line <= row[last]]
            for text, first, last in ((one, *SPAN[:2]), (two, *SPAN[2:]))
        ]
        joined = [b" ".join(part) for part in inside]
        run = longest(one, two)
        assert any(
            b" ".join(inside[0][i : i + run]) in joined[1] for i in range(len(inside[0]) - run + 1)
        )


def test_rows_that_have_spans_keep_them(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(5)
    base = [f"name{i}" for i in range(80)]
    texts = [" ".join(base[: 70 + rng.randrange(10)]) + f"\nend{i}" for i in range(12)]
    frame = documents(*texts)
    whole = found(frame, 0.7)
    assert whole.height > 20
    monkeypatch.setattr(spans, "_PAIRS_AT_ONCE", 3)
    assert found(frame, 0.7).equals(whole)

    def asked(ids: pl.Series) -> pl.DataFrame:
        raise AssertionError(f"asked again for {ids.to_list()}")

    assert with_spans(whole, asked).equals(whole)
