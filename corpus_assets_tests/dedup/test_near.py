"""Near duplicates against brute force, and what must not change the result."""

import random
import re

import polars as pl
import pytest

from corpus_assets.dedup import candidates, compare, parallel, shingles, signatures
from corpus_assets.dedup.near import near_duplicates

TOKEN = re.compile(rb"[A-Za-z0-9_\x80-\xff]+")
WORDS = ("alpha", "beta", "total", "index", "count", "value", "größe", "名前", "x1", "y_2", "Z3")
SIGNS = (" ", "\n", "(", ")", ", ", " = ", " + ", ";\n", "[", "]", "{ ", " }")


def documents(texts: dict[str, str | None], language: str = "python") -> pl.DataFrame:
    return pl.DataFrame(
        {"content_id": list(texts), "language": [language] * len(texts), "text": texts.values()},
        schema={"content_id": pl.String, "language": pl.String, "text": pl.String},
    )


def naive_shingles(text: str) -> set[tuple[bytes, ...]]:
    tokens = TOKEN.findall(text.encode())
    if len(tokens) < shingles.MIN_TOKENS:
        return set()
    return {tuple(tokens[i : i + 5]) for i in range(len(tokens) - 4)}


def naive_pairs(texts: dict[str, str | None], threshold: float) -> dict[tuple[str, str], float]:
    sets = {key: naive_shingles(text) for key, text in texts.items() if text is not None}
    found = {}
    for a in sets:
        for b in sets:
            union = sets[a] | sets[b]
            if a < b and union and len(sets[a] & sets[b]) / len(union) >= threshold:
                found[a, b] = len(sets[a] & sets[b]) / len(union)
    return found


def family(rng: random.Random, n_originals: int, n_edits: int) -> dict[str, str | None]:
    """Random documents and edited copies with a few to many words changed."""
    texts: dict[str, str | None] = {}
    for i in range(n_originals):
        words = [
            rng.choice(WORDS) + str(rng.randrange(40)) + rng.choice(SIGNS[:2])
            for _ in range(rng.randrange(20, 400))
        ]
        for j in range(n_edits):
            copy = list(words)
            for _ in range(rng.randrange(0, 1 + len(copy) // 60)):
                copy[rng.randrange(len(copy))] = rng.choice(SIGNS) + f"edit{rng.random()} "
            texts[f"doc{i:03}-{j}"] = "".join(rng.choice(SIGNS) + word for word in copy)
    return texts


def as_dict(frame: pl.DataFrame) -> dict[tuple[str, str], float]:
    return {
        (a, b): s
        for a, b, s in frame.select("content_id_a", "content_id_b", "similarity").iter_rows()
    }


def test_equals_all_pairs_comparison() -> None:
    texts = family(random.Random(7), n_originals=60, n_edits=5)
    expected = naive_pairs(texts, 0.85)
    assert len(expected) > 50
    assert as_dict(near_duplicates(documents(texts), 0.85)) == pytest.approx(expected)
    expected = naive_pairs(texts, 0.70)
    assert as_dict(near_duplicates(documents(texts), 0.70)) == pytest.approx(expected)


def test_order_batches_and_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = documents(family(random.Random(3), n_originals=12, n_edits=4))
    first = near_duplicates(frame, 0.7)
    assert first.height
    monkeypatch.setattr(signatures, "BATCH_BYTES", 700)
    monkeypatch.setattr(compare, "_CHUNK_HASHES", 900)
    for threads in (1, 3):
        monkeypatch.setattr(parallel, "n_threads", lambda threads=threads: threads)
        assert near_duplicates(frame.sample(fraction=1, shuffle=True, seed=1), 0.7).equals(first)


def test_short_documents_and_missing_text_are_in_no_pair() -> None:
    nine = "a b c d e f g h i"
    texts = {"1": nine, "2": nine, "3": None, "4": "", "5": nine + " j", "6": nine + " j;"}
    found = as_dict(near_duplicates(documents(texts), 0.7))
    assert found == {("5", "6"): 1.0}


def test_punctuation_makes_no_tokens() -> None:
    # Punctuation-dense files of different content looked alike to a peer that splits on every
    # sign and so shingles mostly empty tokens.
    rng = random.Random(11)
    texts = {
        f"d{i}": "".join(
            rng.choice("{}()[];,.<>=+-*/&|!\n") * 9 + f"n{rng.random()}" for _ in range(80)
        )
        for i in range(20)
    }
    assert near_duplicates(documents(texts), 0.3).height == 0


def test_languages_are_compared_apart_and_case_matters() -> None:
    text = " ".join(f"Name{i}" for i in range(30))
    frame = pl.concat(
        [documents({"a": text}, "python"), documents({"b": text, "c": text.lower()}, "ruby")]
    )
    assert near_duplicates(frame, 0.5).height == 0


def test_counts_and_containment_of_a_file_inside_another() -> None:
    head = [f"t{i}" for i in range(54)]
    whole = " ".join(head + [f"u{i}" for i in range(6)])
    frame = near_duplicates(documents({"part": " ".join(head), "whole": whole}), 0.7)
    row = frame.row(0, named=True)
    assert (row["n_shared"], row["n_shingles_a"], row["n_shingles_b"]) == (50, 50, 56)
    assert row["containment"] == 1.0
    assert row["similarity"] == pytest.approx(50 / 56)


def test_a_giant_bucket_stays_bounded_and_reaches_its_first_members() -> None:
    n = 3 * candidates.CORE
    frame = documents({f"d{i:04}": "one two three four five " * 4 + "," * i for i in range(n)})
    found = near_duplicates(frame, 0.85)
    others = n - candidates.CORE
    within = candidates.CORE * (candidates.CORE - 1) // 2
    assert found.height == within + others * candidates.REPRESENTATIVES
    with_first = found.filter(pl.col("content_id_a") == "d0000")
    assert with_first.height == n - 1
    assert found.get_column("similarity").unique().to_list() == [1.0]


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.01])
def test_impossible_threshold_is_an_error(threshold: float) -> None:
    with pytest.raises(ValueError, match="outside"):
        near_duplicates(documents({}), threshold)


def test_no_documents_give_the_empty_table() -> None:
    assert near_duplicates(documents({}), 0.7).height == 0


@pytest.mark.parametrize(
    ("texts", "n_pairs"),
    [
        (["a b c d e f g h i j\0" * 50] * 3, 3),  # NUL bytes are no tokens
        (["x=1;" * 2_000_000, "y = 1" * 2], 0),  # one long line
        ([" ".join(f"t{i}" for i in range(n)) for n in (10**6, 10**6 - 9)], 1),
        (["{}();" * 1000] * 5, 0),  # punctuation only
        (["", " ", "\n\n"], 0),
        (["\ufffd\U0010ffff " * 12] * 2, 1),
    ],
    ids=["nul", "long_line", "million_tokens", "punctuation", "empty", "far_planes"],
)
def test_hostile_texts(texts: list[str], n_pairs: int) -> None:
    frame = documents({f"d{i}": text for i, text in enumerate(texts)})
    assert near_duplicates(frame, 0.85).height == n_pairs


def test_very_many_equal_texts_cost_a_few_pairs_each() -> None:
    n = 100_000
    text = "def f(a, b): return a + b if a else g(b) or c"
    found = near_duplicates(documents({f"d{i:06}": text for i in range(n)}), 0.85)
    with_first = found.filter(pl.col("content_id_a") == "d000000")
    assert with_first.height == n - 1
    assert found.height < 5 * n
