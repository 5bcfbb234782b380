"""`corpus scan units`: one row a unit, one row a matching pair, on good and on hostile files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import corpus_assets
from corpus_assets.cli.scan.units import MAX_PARTNERS

FUNCTION = """def add(items, start):
    total = start
    for item in items:
        if item.is_valid(total):
            total += item.value * 2
    for other in items.others(total):
        total -= other.cost(items, "name")
        print(other, total)
    result = items.finish(total, 7)
    return result
"""
CLASS = "class A:\n    def get(self):\n        return self.x\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("units") / "code"
    root.mkdir()
    files = {
        "a.py": FUNCTION,
        "b.py": "x = 1\n\n" + FUNCTION.replace("total = start", "total  =  start  # note"),
        "c.py": FUNCTION.replace("total", "amount").replace("7", "8"),
        "d.py": FUNCTION.replace("    result =", "    log(start)\n    result ="),
        "e.py": CLASS,
        "f.rs": "fn f(a: u8) -> u8 {\n    a\n}\n",
        "notes.txt": "no code\n",
    }
    for name, text in files.items():
        (root / name).write_text(text)
    return root


def scanned(folder: Path, *options: str) -> tuple[list[dict[str, Any]], str]:
    out = folder.parent / "units.jsonl"
    command = [sys.executable, "-m", "corpus_assets.cli.main", "scan", "units", str(folder)]
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder.parent), "COLUMNS": "300",
        "PYTHONPATH": str(Path(corpus_assets.__file__).parents[1]),  # this checkout
    }  # fmt: skip
    done = subprocess.run(
        [*command, "--out", str(out), *options], env=environment, capture_output=True, text=True,
        cwd=folder.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in out.read_text().splitlines()], done.stderr


def test_one_row_a_unit(folder: Path) -> None:
    rows, said = scanned(folder)
    columns = ["path", "start_line", "end_line", "kind", "name", "type1", "type2"]
    assert all(list(row) == columns for row in rows)
    assert [tuple(row.values())[:5] for row in rows] == [
        ("a.py", 1, 10, "function", "add"),
        ("b.py", 3, 12, "function", "add"),
        ("c.py", 1, 10, "function", "add"),
        ("d.py", 1, 11, "function", "add"),
        ("e.py", 1, 3, "class", "A"),
        ("e.py", 2, 3, "method", "get"),
        ("f.rs", 1, 3, "function", "f"),
    ]
    assert rows[0]["type1"] == rows[1]["type1"] != rows[2]["type1"]
    assert rows[0]["type2"] == rows[2]["type2"] != rows[3]["type2"]
    assert "1 files are in languages without units" in said


def test_one_row_a_matching_pair(folder: Path) -> None:
    rows, _ = scanned(folder, "--matches")
    columns = ["path", "start_line", "other_path", "other_start_line", "clone_type", "similarity"]
    assert all(list(row) == columns for row in rows)
    assert [tuple(row.values())[:5] for row in rows] == [
        ("a.py", 1, "b.py", 3, "type1"),
        ("a.py", 1, "c.py", 1, "type2"),
        ("a.py", 1, "d.py", 1, "near"),
        ("b.py", 3, "c.py", 1, "type2"),
        ("b.py", 3, "d.py", 1, "near"),
    ]
    assert {row["similarity"] for row in rows if row["clone_type"] != "near"} == {1.0}
    assert all(0.6 <= row["similarity"] < 1 for row in rows if row["clone_type"] == "near")
    strict, _ = scanned(folder, "--matches", "--threshold", "0.99")
    assert [row["clone_type"] for row in strict] == ["type1", "type2", "type2"]


def test_pairs_of_large_clusters_are_bounded_and_said_so(tmp_path: Path) -> None:
    root = tmp_path / "large"
    root.mkdir()
    n = MAX_PARTNERS + 10
    for i in range(n):
        (root / f"{i:03}.py").write_text(f"# {i}\n{FUNCTION}")
    rows, said = scanned(root, "--matches")
    paired = {path for row in rows for path in (row["path"], row["other_path"])}
    assert len(paired) == n
    first = {f"{i:03}.py" for i in range(MAX_PARTNERS)}
    assert {row["path"] for row in rows} == first
    assert len(rows) == n * (n - 1) // 2 - 10 * 9 // 2
    assert f"is paired with the first {MAX_PARTNERS} only" in said


def test_hostile_files_are_rows_or_reasons(tmp_path: Path) -> None:
    root = tmp_path / "hostile"
    root.mkdir()
    files = {
        "bad.py": b"def f():\n    return '\xff\xfe\x80 \xc3('\n",
        "deep.py": b"x = " + b"[" * 50_000,
        "empty.py": b"",
        "long.js": b"function f() { return [" + b"1," * 200_000 + b"0]; }\n",
        "nul.py": b"def f():\n    return 'a\0b'\n",
        "unclosed.py": b"def f(:\n    '''\n",
        "with space é.py": b"def f():\n    return 1\n",
    }
    for name, data in files.items():
        (root / name).write_bytes(data)
    (root / "link.py").symlink_to("bad.py")
    rows, said = scanned(root)
    kinds = {row["path"]: (row["kind"], row["name"]) for row in rows}
    assert kinds["long.js"] == ("function", "f")
    assert kinds["deep.py"] == ("unparsed", "too_deep")
    assert kinds["with space é.py"] == ("function", "f")
    assert kinds["bad.py"] == ("function", "f")
    assert "nul.py" not in kinds  # binary
    assert "1 files are in languages without units: other" in said
    assert "empty.py" not in kinds
    assert "link.py" not in kinds
    assert all(row["type1"] is None for row in rows if row["kind"] == "unparsed")
    again, _ = scanned(root)
    assert again == rows
