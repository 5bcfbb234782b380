"""Files inside larger files: planted ones are found, boilerplate is not, nothing is wrong."""

from __future__ import annotations

import random

import polars as pl
import pytest

from corpus_assets.dedup import sets
from corpus_assets.dedup.containment import MAX_HOLDERS, contained_documents


def documents(texts: dict[str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        {"content_id": list(texts), "language": "python", "text": list(texts.values())},
        schema=dict.fromkeys(("content_id", "language", "text"), pl.String),
    )


def prose(seed: int, words: int) -> list[str]:
    rng = random.Random(seed)
    return [f"{rng.choice('abcdefgh')}{rng.randrange(10_000)}" for _ in range(words)]


def shingles(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def planted(seed: int) -> dict[str, str]:
    """Documents of which some hold others, whole or with a few words changed."""
    rng = random.Random(seed)
    texts = {f"small{i:02}": prose(seed * 100 + i, rng.randrange(40, 200)) for i in range(20)}
    for i in range(20):
        inside = [w if rng.random() > 0.01 else "changed" for w in texts[f"small{i:02}"]]
        around = prose(seed * 100 + 50 + i, 300)
        texts[f"big{i:02}"] = [*around[:150], *inside, *around[150:]]
    return {name: " ".join(words) for name, words in texts.items()}


@pytest.mark.parametrize("seed", range(3))
def test_equals_a_comparison_of_all_pairs(seed: int) -> None:
    texts = planted(seed)
    wanted = {}
    for inner, a in ((name, shingles(text)) for name, text in texts.items()):
        for outer, b in ((name, shingles(text)) for name, text in texts.items()):
            shared = len(a & b)
            jaccard = shared / len(a | b)
            if inner != outer and shared / len(a) >= 0.9 and jaccard < 0.7:
                wanted[inner, outer] = (shared / len(a), jaccard, shared, len(a), len(b))
    found = contained_documents(documents(texts), 0.9, 0.7)
    assert len(wanted) >= 10
    assert {
        (row[0], row[1]): (row[3], row[4], row[5], row[6], row[7]) for row in found.iter_rows()
    } == wanted


def test_order_and_memory_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = documents(planted(7))
    whole = contained_documents(frame, 0.9, 0.7)
    assert whole.height
    kept = sets.kept_sets
    monkeypatch.setattr(
        "corpus_assets.dedup.signatures.kept_sets", lambda batches: kept(batches, 4_000)
    )
    monkeypatch.setattr("corpus_assets.dedup.signatures.BATCH_BYTES", 5_000)
    shuffled = frame.sample(fraction=1, shuffle=True, seed=2)
    assert contained_documents(shuffled, 0.9, 0.7).equals(whole)


def test_a_header_that_all_files_have_is_inside_none() -> None:
    header = " ".join(prose(1, 60))
    texts = {f"d{i:03}": f"{header} {' '.join(prose(i + 2, 200))}" for i in range(2 * MAX_HOLDERS)}
    assert contained_documents(documents(texts | {"header": header}), 0.9, 0.7).height == 0


def test_near_duplicates_small_and_empty_documents_are_left_out() -> None:
    words = prose(3, 120)
    texts = {
        "whole": " ".join(words),
        "nearly": " ".join(words[:110]),
        "idiom": " ".join(words[:15]),
        "empty": "",
        "signs": "{}();" * 50,
    }
    assert contained_documents(documents(texts), 0.9, 0.7).height == 0


@pytest.mark.parametrize(("containment", "similarity"), [(0.0, 0.7), (1.1, 0.7), (0.9, 0.0)])
def test_impossible_shares_are_errors(containment: float, similarity: float) -> None:
    with pytest.raises(ValueError, match="outside"):
        contained_documents(documents({}), containment, similarity)


def test_no_documents_give_the_empty_table() -> None:
    assert contained_documents(documents({}), 0.9, 0.7).height == 0
