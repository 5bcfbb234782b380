"""An incremental run ends with the table of a run from nothing, and compares only what is new."""

import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.dedup import candidates
from corpus_assets.dedup.near import near_duplicates, updated_pairs
from corpus_assets.dedup.sets import Sets, kept_sets, picked
from corpus_assets.dedup.shingles import Positions, measure_texts
from corpus_assets.dedup.signatures import document_signatures
from corpus_assets.tables import empty


def corpus(seed: int) -> pl.DataFrame:
    """Families of similar documents, some with equal shingle sets, in no order of families."""
    rng = random.Random(seed)
    texts = []
    for _ in range(4):
        words = [f"w{rng.randrange(70)}" for _ in range(rng.choice([12, 40, 90]))]
        for _ in range(rng.randrange(1, 12)):
            copy = list(words)
            for _ in range(rng.choice([0, 0, 1, 3])):
                copy[rng.randrange(len(copy))] = f"edit{rng.randrange(9)}"
            texts.append(" ".join(copy))
    texts.append("too short")
    rng.shuffle(texts)
    return pl.DataFrame(
        {
            "content_id": [f"d{i:03}" for i in range(len(texts))],
            "language": "python",
            "text": texts,
        }
    )


class Asked:
    """Serves sets of documents and notes of how many."""

    def __init__(self, documents: pl.DataFrame) -> None:
        self.sets = kept_sets([measure_texts(documents["text"])])
        self.n = 0

    def __call__(self, rows: Positions) -> Sets:
        self.n += len(rows)
        return picked(self.sets, rows)


def run(
    documents: pl.DataFrame, earlier: pl.DataFrame, stored: pl.DataFrame, threshold: float = 0.6
) -> tuple[pl.DataFrame, int]:
    asked = Asked(documents)
    signatures = document_signatures(documents)
    return updated_pairs(signatures, earlier, stored, asked, threshold), asked.n


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, 10**6),
    st.sets(st.integers(0, 45), max_size=20),
    st.sets(st.integers(0, 45), max_size=20),
    st.booleans(),
)
def test_incremental_equals_full(
    seed: int, added: set[int], removed: set[int], limits_bite: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if limits_bite:
            patch.setattr(candidates, "CORE", 3)
            patch.setattr(candidates, "GROUP_PAIRS", 9)
            patch.setattr(candidates, "WINDOW", 1)
            patch.setattr(candidates, "REPRESENTATIVES", 1)
        documents = corpus(seed).with_row_index("row")
        then = documents.filter(~pl.col("row").is_in(list(added))).drop("row")
        now = documents.filter(~pl.col("row").is_in(list(removed - added))).drop("row")
        stored, _ = run(then, empty("document_signatures"), empty("near_duplicates"))
        full, _ = run(now, empty("document_signatures"), empty("near_duplicates"))
        update, _ = run(now, document_signatures(then), stored)
        assert update.equals(full)
        again, asked = run(now, document_signatures(now), full)
        assert again.equals(full)
        assert asked == 0


def test_only_sets_of_pairs_with_new_documents_are_asked_for() -> None:
    documents = corpus(4)
    then = documents.head(documents.height - 1)
    stored, before = run(then, empty("document_signatures"), empty("near_duplicates"))
    added = documents.tail(1).with_columns(text=pl.lit(documents["text"][0] + " more words"))
    now = pl.concat([then, added])
    update, asked = run(now, document_signatures(then), stored)
    assert update.height > stored.height
    assert 0 < asked < before


def test_documents_measured_otherwise_then_are_all_compared_again() -> None:
    documents = corpus(5)
    signatures = document_signatures(documents)
    full, n = run(documents, empty("document_signatures"), empty("near_duplicates"))
    other = signatures.with_columns(method_version=pl.lit("another"))
    wrong = full.with_columns(similarity=pl.lit(0.0))
    update, asked = run(documents, other, wrong)
    assert update.equals(full)
    assert asked == n


def test_full_run_from_documents_is_the_run_from_signatures() -> None:
    documents = corpus(6)
    full, _ = run(documents, empty("document_signatures"), empty("near_duplicates"))
    assert full.height
    assert near_duplicates(documents, 0.6).equals(full)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 40))
def test_single_pairs_are_asked_for_as_all_are(seed: int, n_signatures: int) -> None:
    rng = np.random.default_rng(seed)
    kinds = rng.integers(0, 3, (n_signatures, candidates.N_BANDS * 4)).astype(np.uint32)
    kinds[:, 8:] += rng.integers(0, 2**30, (n_signatures, 1)).astype(np.uint32)
    rows = kinds[rng.integers(0, n_signatures, 60)]
    sizes = rng.integers(0, 2, 60) * 100
    now = rng.integers(0, 4, 60) > 0
    limits = {"CORE": 6, "GROUP_PAIRS": 60, "WINDOW": 2, "REPRESENTATIVES": 2}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in limits.items():
            patch.setattr(candidates, name, value)
        everything = np.ones(60, np.bool_)
        found = candidates.proposed(rows, sizes, 1e-9, now, ~everything, everything)
        pairs = np.array([(a, b) for a in range(60) for b in range(a + 1, 60)])
        again = candidates.still_proposed(rows, sizes, now, pairs)
    assert pairs[again].tolist() == found.pairs[found.now].tolist()
