"""`corpus duplicates query` against a lake: exact, near, unverified and unknown files."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from corpus_assets.cli.duplicates import query_rows
from corpus_assets.collect.identity import content_id
from corpus_assets_tests.defs.test_near_steps import built, workspace
from corpus_assets_tests.sample_project import write_project


def words(name: str, *changed: int) -> str:
    return "\n".join("changed" if k in changed else f"{name}{k}" for k in range(60))


def test_what_is_known_and_how(tmp_path: Path) -> None:
    space = workspace(write_project(tmp_path), "space")
    known = {content_id(words(name).encode()): words(name) for name in ("one", "two", "gone")}
    built(space, known)
    lot = tmp_path / "lot"
    (lot / "sub").mkdir(parents=True)
    files = {
        "same.py": words("one"),
        "sub/near.py": words("two", 7),
        "of_gone.py": words("gone", 50),
        "other.py": words("other"),
        "short.py": "one",
    }
    for path, text in files.items():
        (lot / path).write_text(text)
    gone = content_id(words("gone").encode())
    stored = space.lake.read("documents", "python")
    origin = space.lake.versions("documents")["python"].provenance
    without = pl.when(pl.col("content_id") == gone).then(None).otherwise("text").alias("text")
    space.lake.replace("documents", stored.with_columns(without), origin, "python")

    rows = {row["path"].removeprefix(f"{lot}/"): row for row in query_rows(space, [lot])}
    assert {path: row["match"] for path, row in rows.items()} == {
        "same.py": "exact", "sub/near.py": "near", "of_gone.py": "near", "other.py": "none",
        "short.py": "none",
    }  # fmt: skip
    assert rows["sub/near.py"]["found_content_id"] == content_id(words("two").encode())
    assert rows["sub/near.py"]["verified"] is True
    assert rows["sub/near.py"]["similarity"] == 51 / 61
    assert rows["of_gone.py"]["verified"] is False
    assert rows["of_gone.py"]["found_path"] == f"{gone}.py"
    assert rows["same.py"]["similarity"] == 1.0

    single = query_rows(space, [lot / "same.py", lot / "sub"])
    assert [Path(row["path"]).name for row in single] == ["same.py", "near.py"]

    (index,) = (space.state / "duplicates").iterdir()
    before = index.stat().st_mtime_ns
    assert list(rows.values()) == query_rows(space, [lot])
    assert index.stat().st_mtime_ns == before
    built(space, {**known, content_id(words("other").encode()): words("other")})
    again = {row["path"].removeprefix(f"{lot}/"): row for row in query_rows(space, [lot])}
    assert again["other.py"]["match"] == "exact"
    assert [path.name for path in (space.state / "duplicates").iterdir()] != [index.name]
