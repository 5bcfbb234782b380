"""Token counts: known values, nulls, and texts that make tokenizers slow."""

import time

import polars as pl
import pytest
from bpe_openai import get_encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.parse.tokens import count_tokens


def test_counts_and_nulls() -> None:
    texts = pl.Series(
        "text", ["", "hello world", None, "def f(x):\n    return x\n", "größe 名前 😀"]
    )
    counts = count_tokens(texts)
    o200k = get_encoding("o200k_base")
    expected = [None if text is None else len(o200k.encode_ordinary(text)) for text in texts]
    assert counts.to_list() == expected
    assert (counts.name, counts.dtype) == ("text", pl.Int64)


def test_special_tokens_are_ordinary_text() -> None:
    assert count_tokens(pl.Series(["<|endoftext|>"])).item() > 1


def test_no_texts() -> None:
    assert count_tokens(pl.Series("text", [], dtype=pl.String)).dtype == pl.Int64


@pytest.mark.parametrize("text", ["a", " ", "\n", " \n", "0123456789", "é", "\x00", "(", "名"])
def test_one_huge_line(text: str) -> None:
    started = time.process_time()
    assert count_tokens(pl.Series([text * (2_000_000 // len(text))])).item() > 0
    assert time.process_time() - started < 5


PIECES = st.sampled_from(
    ["def ", "x", " = ", "\n    ", "\t", "  ", "HTMLParser", "don't", "'S", "12345", "//", "\r\n",
     "é", "名前", "😀", "\u0301", "\u00a0", "_", "İ", "\x00", "...", "}\n\n", "ǅ", "<|endoftext|>"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=30), st.lists(PIECES).map("".join)), max_size=6))
def test_counts_are_those_of_the_tokenizer(texts: list[str]) -> None:
    o200k = get_encoding("o200k_base")
    expected = [len(o200k.encode_ordinary(text)) for text in texts]
    assert count_tokens(pl.Series(texts, dtype=pl.String)).to_list() == expected
