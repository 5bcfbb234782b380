"""Reading benchmarks: shapes in which they are published, and files that cannot be read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import zstandard

from corpus_assets.dedup.benchmark_shapes import PROMPT, SOLUTION, TEST, pieces
from corpus_assets.dedup.benchmarks import ITEMS, load_benchmark, load_benchmark_file
from corpus_assets.policy.project import Benchmark
from corpus_assets.policy.strict import ConfigError

CODE = "def double(x):\n    return x + x\n"


def parts(row: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for piece in pieces(row, "fallback"):
        found.setdefault(piece.part, []).append(piece.text)
    return found


def test_the_shape_of_human_eval() -> None:
    row = {
        "task_id": "T/1",
        "prompt": 'def double(x):\n    """Twice."""\n',
        "canonical_solution": "    return x + x\n",
        "test": "def check(candidate):\n    assert candidate(1) == 2\n",
        "entry_point": "double",
    }
    found = parts(row)
    assert found[PROMPT] == [row["prompt"]]
    whole = 'def double(x):\n    """Twice."""\n    return x + x\n'
    assert found[SOLUTION] == [whole, "    return x + x\n"]
    assert found[TEST] == [row["test"], row["test"].replace("candidate", "double")]
    assert {piece.item_id for piece in pieces(row, "")} == {"T/1"}
    assert {piece.language for piece in pieces(row, "")} == {"python"}


def test_the_shape_of_mbpp() -> None:
    found = parts(
        {"task_id": 7, "text": "Write it.", "code": CODE, "test_list": ["assert a", "assert b"]}
    )
    assert found == {PROMPT: ["Write it."], SOLUTION: [CODE], TEST: ["assert a\nassert b"]}


def test_the_shape_of_apps() -> None:
    row = {"problem_id": 3, "question": "Read n.", "solutions": json.dumps([CODE, "print(1)\n"])}
    assert parts(row)[SOLUTION] == [CODE, "print(1)\n"]
    assert pieces(row, "")[0].item_id == "3"


def test_the_shape_of_ds_1000() -> None:
    row = {"metadata": {"problem_id": 12}, "prompt": "Do it.", "reference_code": "y = x\n"}
    assert {piece.item_id for piece in pieces(row, "")} == {"12"}
    assert parts(row)[SOLUTION] == ["y = x\n"]


def test_the_shape_of_swe_bench() -> None:
    patch = (
        "diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n x = 1\n-old\n+new\n"
    )
    row = {"instance_id": "o__r-1", "problem_statement": "It fails.", "patch": patch}
    assert parts(row) == {PROMPT: ["It fails."], SOLUTION: ["new"]}


def test_the_shape_of_livecodebench() -> None:
    cases = json.dumps([{"input": "1 2", "output": "3"}])
    row = {"question_id": "abc", "question_content": "Add.", "public_test_cases": cases}
    assert parts(row) == {PROMPT: ["Add."], TEST: [cases]}


def test_the_shape_of_multipl_e() -> None:
    prompt = "/// Twice.\nfn double(x: i64) -> i64 {\n"
    found = pieces({"name": "T_1", "language": "rs", "prompt": prompt, "tests": "}\n"}, "")
    assert {piece.language for piece in found} == {"rust"}
    assert [piece.part for piece in found] == [PROMPT, SOLUTION, TEST]


@pytest.mark.parametrize(
    ("code", "language"),
    [
        (CODE, "python"),
        ("int f(int a) {\n    return a;\n}\n", "java"),
        ("fn f<'a>(a: &'a str) -> u8 {\n    1\n}\n", "rust"),
        ("# sum\ndef add(a, b)\n  a + b\nend\n", "shell"),
        ("-- sum\nlocal x = 1\n", "lua"),
        ("Read two numbers and add them.", ""),
    ],
)
def test_the_language_follows_from_the_looks(code: str, language: str) -> None:
    assert pieces({"id": 1, "solution": code}, "")[0].language == language


@pytest.mark.parametrize(
    "row", [{}, {"id": 1}, {"id": 1, "prompt": None}, {"id": 1, "prompt": "  "}, {"x": "y"}]
)
def test_rows_without_texts(row: dict[str, Any]) -> None:
    assert pieces(row, "f") == []


@pytest.mark.parametrize("value", ["[1, 2", '["a", 1]', "[" * 5_000, 5, True, {"a": ["b"]}, [None]])
def test_odd_values(value: object) -> None:
    for piece in pieces({"solutions": value, "prompt": value}, "f"):
        assert piece.item_id == "f"
        assert piece.text.strip()


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    if path.suffix == ".gz":
        data = gzip.compress(data)
    elif path.suffix == ".zst":
        data = zstandard.ZstdCompressor().compress(data)
    path.write_bytes(data)


def own(path: str, id_field: str | None = None, *text_fields: str) -> Benchmark:
    return Benchmark(name="own", path=path, id_field=id_field, text_fields=list(text_fields))


def test_files(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"id": 2, "prompt": "What?"}, {"prompt": "Why?"}]
    for name in ("a.jsonl", "a.jsonl.gz", "a.jsonl.zst"):
        write(tmp_path / name, rows)
        found = load_benchmark_file(tmp_path / name)
        assert found.schema == ITEMS
        expected = [("a", "2", PROMPT, "What?", ""), ("a", f"{name}:2", PROMPT, "Why?", "")]
        assert found.rows() == expected
    (tmp_path / "b.json").write_text("\ufeff" + json.dumps(rows), encoding="utf-8")
    assert load_benchmark_file(tmp_path / "b.json")["text"].to_list() == ["What?", "Why?"]
    pl.DataFrame({"task_id": ["x"], "prompt": ["Who?"]}).write_parquet(tmp_path / "c.parquet")
    assert load_benchmark_file(tmp_path / "c.parquet")["item_id"].to_list() == ["x"]
    assert load_benchmark_file(tmp_path)["text"].to_list().count("What?") == 1
    assert load_benchmark_file(tmp_path)["item_id"].n_unique() == 6


def test_fields_named_by_the_project(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", [{"key": 2, "q": "What?", "code": CODE, "z": [1]}])
    found = load_benchmark(own("*.jsonl", "key", "q", "code"), tmp_path)
    assert found.select("item_id", "part").rows() == [("2", PROMPT), ("2", SOLUTION)]


def test_benchmarks_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path / "twice.jsonl", [{"id": 1, "prompt": "a"}, {"id": 1, "prompt": "c"}])
    write(tmp_path / "null.jsonl", [{"id": None, "prompt": "a"}])
    write(tmp_path / "other.jsonl", [{"foo": 1, "bar": "text"}])
    (tmp_path / "broken.jsonl").write_text('{"id": 1,\n', encoding="utf-8")
    (tmp_path / "list.jsonl").write_text("3\n", encoding="utf-8")
    (tmp_path / "array.json").write_text("[1,\n", encoding="utf-8")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 not a table")
    (tmp_path / "broken.jsonl.gz").write_bytes(b"no gzip")
    (tmp_path / "broken.jsonl.zst").write_bytes(b"no zstd")
    (tmp_path / "latin.jsonl").write_bytes(b'{"prompt": "\xe9"}\n')
    (tmp_path / "empty.jsonl").write_text("\n\n", encoding="utf-8")
    cases = [
        (own("none*.jsonl"), "no file matches"),
        (own("other.jsonl", "task", "bar"), "no field task"),
        (own("other.jsonl", "foo", "prompt"), "no field prompt"),
        (own("twice.jsonl", "id", "prompt"), "null or repeated"),
        (own("null.jsonl", "id", "prompt"), "null or repeated"),
        (Benchmark(name="own", installed="no_such_package"), "no items known"),
    ]
    for spec, message in cases:
        with pytest.raises(ConfigError, match=message) as error:
            load_benchmark(spec, tmp_path)
        assert "benchmark own" in str(error.value)
    files = {
        "other.jsonl": "Fields that are there: bar, foo. Accepted: task id: task_id",
        "broken.jsonl": "line 1 cannot be read as JSON",
        "list.jsonl": "line 1: a benchmark has one JSON object a line, this is a number",
        "array.json": "cannot be read as a JSON array",
        "broken.parquet": "cannot be read as Parquet",
        "broken.jsonl.gz": "cannot be read",
        "broken.jsonl.zst": "cannot be read",
        "latin.jsonl": "not UTF-8",
        "empty.jsonl": "has no rows",
    }
    for name, message in files.items():
        with pytest.raises(ConfigError, match=message) as error:
            load_benchmark_file(tmp_path / name)
        assert name in str(error.value) or "other" in str(error.value)
    (tmp_path / "nothing").mkdir()
    with pytest.raises(ConfigError, match="no file that ends in"):
        load_benchmark_file(tmp_path / "nothing")
