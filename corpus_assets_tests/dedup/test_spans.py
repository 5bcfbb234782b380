"""Spans: the lines of the longest common run of tokens."""

import random
import re

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.dedup.near import near_duplicates
from corpus_assets.dedup.spans import SPAN, with_spans
from corpus_assets.tables import empty


def spans(a: str, b: str) -> tuple[int, ...]:
    """The lines of the longest run of a pair, similar or not."""
    texts = {"a": a, "b": b}
    pair = empty("near_duplicates").select("content_id_a", "content_id_b", *SPAN)
    pair = pl.concat([pair, pl.DataFrame({"content_id_a": ["a"], "content_id_b": ["b"]})],
                     how="diagonal")  # fmt: skip
    found = with_spans(pair, lambda ids: [pl.Series([texts[i]]) for i in ids])
    return found.select(SPAN).row(0)


def tokens_and_lines(text: str) -> tuple[list[str], list[int]]:
    found = [(m.group(), 1 + text.count("\n", 0, m.start())) for m in re.finditer(r"\w+", text)]
    return [token for token, _ in found], [line for _, line in found]


def test_lines_of_the_longest_shared_run() -> None:
    shared = "\n".join(f"s{i} = t{i}" for i in range(20))
    a = "import a\nimport b\n\n" + shared + "\nprint(end)\n"
    b = "\n\n# other\n" + shared.replace("s12", "changed") + "\nx1 y1 z1\n"
    assert spans(a, b) == (4, 15, 4, 15)


def test_equal_tokens_span_the_whole() -> None:
    a = "\n".join(f"v{i}" for i in range(12))
    assert spans(a, a.replace("\n", " ; ")) == (1, 12, 1, 1)


def test_repeated_shingles_alone_give_a_span() -> None:
    text = "x\n" * 40
    assert spans(text, text + ",") == (1, 40, 1, 40)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6))
def test_longest_run_against_brute_force(seed: int) -> None:
    rng = random.Random(seed)
    words = [f"w{i}" for i in range(rng.randrange(20, 60))]
    other = list(words)
    for _ in range(rng.randrange(4)):
        other[rng.randrange(len(other))] = f"new{rng.random()}"
    cut = rng.randrange(len(other))
    other = other[cut:] + other[:cut]
    a, b = ("".join(word + rng.choice(" \n;") for word in part) for part in (words, other))
    (left, left_lines), (right, right_lines) = tokens_and_lines(a), tokens_and_lines(b)
    runs = [
        (-n, j, (left_lines[i], left_lines[i + n - 1], right_lines[j], right_lines[j + n - 1]))
        for i in range(len(left))
        for j in range(len(right))
        for n in range(5, 1 + min(len(left) - i, len(right) - j))
        if left[i : i + n] == right[j : j + n]
    ]
    assert spans(a, b) == (min(runs)[2] if runs else (0, 0, 0, 0))


def test_spans_that_stand_are_kept() -> None:
    text = " ".join(f"v{i}" for i in range(12))
    documents = pl.DataFrame({"content_id": ["a", "b"], "language": "go", "text": [text, text]})
    pairs = near_duplicates(documents, 0.7).with_columns(**dict.fromkeys(SPAN, pl.lit(7)))
    assert with_spans(pairs, lambda _: []).equals(pairs)
