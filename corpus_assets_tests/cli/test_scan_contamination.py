"""`corpus scan contamination`: one row a hit, and what is said of wrong benchmarks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import corpus_assets
from corpus_assets_tests.dedup.test_contamination import BODY, IDIOMS, PROMPT_TEXT, RUST


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("contamination")
    code = root / "code"
    code.mkdir()
    (code / "whole.py").write_text("import os\n\n" + PROMPT_TEXT + BODY)
    (code / "idioms.py").write_text(IDIOMS)
    (code / "gap.rs").write_text("use std::io;\n\n" + RUST)
    (code / "logo.bin").write_bytes(bytes(range(256)))
    first = {"task_id": "own/1", "prompt": PROMPT_TEXT, "canonical_solution": BODY}
    (root / "own.jsonl").write_text(json.dumps(first) + "\n")
    second = {"id": "gap", "solution": RUST, "language": "rust"}
    (root / "rust.jsonl").write_text(json.dumps(second) + "\n")
    (root / "wrong.jsonl").write_text('{"foo": "bar"}\n')
    return root


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "corpus_assets.cli.main", "scan", *options]
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "COLUMNS": "300",
        "PYTHONPATH": str(Path(corpus_assets.__file__).parents[1]),  # this checkout
    }  # fmt: skip
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=folder)


def test_rows(folder: Path) -> None:
    options = ("--benchmarks", "own.jsonl", "--benchmarks", "rust.jsonl")
    done = run(folder, "contamination", "code", *options)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [
        (row["path"], row["line_start"], row["line_end"], row["task_id"], row["kind"])
        for row in rows
    ] == [
        ("gap.rs", 3, 12, "gap", "verbatim"),
        ("whole.py", 3, 7, "own/1", "docstring"),
        ("whole.py", 3, 15, "own/1", "verbatim"),
    ]
    assert all(row["score"] == 1 and row["evidence"] > 3 for row in rows)
    assert "benchmark: 2 tasks (1 with prompt, 2 with solution)" in done.stderr
    assert "canaries found: verbatim 2 of 2" in done.stderr


def test_a_file_alone(folder: Path) -> None:
    done = run(folder, "contamination", "code/idioms.py", "--benchmarks", "own.jsonl")
    assert (done.returncode, done.stdout) == (0, "")


def test_wrong_benchmarks(folder: Path) -> None:
    done = run(folder, "contamination", "code", "--benchmarks", "wrong.jsonl")
    assert done.returncode == 2
    assert "Fields that are there: foo. Accepted: task id" in done.stderr
    assert run(folder, "contamination", "code").returncode == 2
    assert "--benchmarks" in run(folder, "contamination", "code").stderr
    refused = run(folder, "units", "code", "--benchmarks", "own.jsonl")
    assert refused.returncode == 2
