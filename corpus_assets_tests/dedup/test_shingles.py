"""Shingle sets and signatures: the definition in words, and datasketch bit for bit."""

import random
import re
import subprocess
import sys

import numpy as np
import polars as pl
import pytest
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.dedup.compare import similar_pairs
from corpus_assets.dedup.sets import kept_sets
from corpus_assets.dedup.shingles import MIN_TOKENS, Measured, measure_texts, measure_tokens

TOKEN = re.compile(rb"[A-Za-z0-9_\x80-\xff]+")


def naive_shingles(text: str) -> set[tuple[bytes, ...]]:
    tokens = TOKEN.findall(text.encode())
    if len(tokens) < MIN_TOKENS:
        return set()
    return {tuple(tokens[i : i + 5]) for i in range(len(tokens) - 4)}


def rows(measured: Measured) -> list[list[int]]:
    bounds = zip(measured.offsets[:-1], measured.offsets[1:], strict=True)
    return [measured.values[a:b].tolist() for a, b in bounds]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(alphabet="ab_Z\0é1 .(@[`{/:\n", max_size=200), max_size=12))
def test_sets_are_those_of_the_definition(texts: list[str]) -> None:
    measured = measure_texts(pl.Series(texts, dtype=pl.String))
    assert measured.n_tokens.tolist() == [len(TOKEN.findall(text.encode())) for text in texts]
    assert measured.sizes.tolist() == [len(naive_shingles(text)) for text in texts]
    sets = [set(row) for row in rows(measured)]
    for i, left in enumerate(texts):
        for j, right in enumerate(texts):
            assert len(sets[i] & sets[j]) == len(naive_shingles(left) & naive_shingles(right))


def test_every_byte_and_every_length_of_token() -> None:
    rng = random.Random(5)
    texts = []
    for _ in range(300):
        tokens = ["".join(rng.choices("aZ_09é", k=rng.randrange(1, 150))) for _ in range(12)]
        texts.append(rng.choice(" \0.~{") * rng.randrange(1, 70) + ", ".join(tokens))
    texts.append("".join(map(chr, range(0x250))))
    measured = measure_texts(pl.Series(texts))
    assert measured.n_tokens.tolist() == [len(TOKEN.findall(text.encode())) for text in texts]
    alone = [rows(measure_texts(pl.Series([text])))[0] for text in texts]
    assert rows(measured) == alone  # where a text stands in the buffer does not matter


@pytest.mark.parametrize("k", [128, 256])
def test_signatures_are_those_of_datasketch(k: int) -> None:
    rng = random.Random(k)
    texts = [
        " ".join(f"w{rng.randrange(500)}" for _ in range(rng.choice([10, 11, 60, 300, 5000])))
        for _ in range(40)
    ]
    measured = measure_texts(pl.Series(texts), k=k)
    for row, values in enumerate(rows(measured)):
        theirs = MinHash(num_perm=k, seed=1, hashfunc=int, scheme="affine32")
        theirs.update_batch([value & 0xFFFFFFFF for value in values])
        assert measured.signatures[row].tolist() == theirs.hashvalues.tolist()


@pytest.mark.parametrize("dtype", [np.uint32, np.uint64])
def test_token_hashes_made_elsewhere(dtype: type[np.unsignedinteger]) -> None:
    rng = np.random.default_rng(3)
    lengths = [0, 9, 10, 400, 3, 400]
    documents = [rng.integers(0, 60, n) for n in lengths]
    documents[5] = np.concatenate([documents[3][:390], documents[1][:5]])
    offsets = np.concatenate([[0], np.cumsum([len(d) for d in documents])])
    measured = measure_tokens(np.concatenate(documents).astype(dtype), offsets)

    def naive(tokens: np.ndarray) -> set[tuple[int, ...]]:
        found = {tuple(tokens[i : i + 5].tolist()) for i in range(len(tokens) - 4)}
        return found if len(tokens) >= MIN_TOKENS else set()

    assert measured.sizes.tolist() == [len(naive(document)) for document in documents]
    similar = similar_pairs(kept_sets([measured]), np.array([[3, 5]]), 0.5)
    left, right = naive(documents[3]), naive(documents[5])
    assert similar.shared.tolist() == [len(left & right)]
    assert similar.similarity[0] == pytest.approx(len(left & right) / len(left | right))
    values = set(rows(measured)[3])
    theirs = MinHash(num_perm=128, seed=1, hashfunc=int, scheme="affine32")
    theirs.update_batch([value & 0xFFFFFFFF for value in values])
    assert measured.signatures[3].tolist() == theirs.hashvalues.tolist()
    assert not measured.signatures[0].any()


def test_sets_beyond_the_budget_lie_on_disk_and_compare_the_same() -> None:
    rng = random.Random(9)
    words = [f"w{rng.randrange(90)}" for _ in range(400)]
    texts = [" ".join(words[i:] + words[: i // 3]) for i in range(0, 300, 15)]
    batches = [measure_texts(pl.Series([text])) for text in texts]
    pairs = np.array([(a, b) for a in range(len(texts)) for b in range(a + 1, len(texts))])
    whole = similar_pairs(kept_sets(batches), pairs, 0.6)
    assert 0 < len(whole.pairs) < len(pairs)
    for budget in (0, 8 * int(batches[0].sizes[0]) * 7):
        sets = kept_sets(batches, budget)
        assert len(sets.spilled)
        parts = similar_pairs(sets, pairs, 0.6)
        for one, other in zip(whole, parts, strict=True):
            assert np.array_equal(one, other)


def test_loading_the_definitions_loads_no_compiler() -> None:
    code = "import sys, corpus_assets.dedup.near; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
