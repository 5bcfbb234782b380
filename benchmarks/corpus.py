"""Real code for benchmarks: the Python files of the running environment, once per content."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import polars as pl

from corpus_assets.collect.identity import content_id
from corpus_assets.tables import TABLES


def installed_python(max_bytes: int) -> pl.DataFrame:
    """Documents of installed Python files in path order, up to `max_bytes` of text."""
    root, rows, total = Path(sysconfig.get_paths()["purelib"]), {}, 0
    for path in sorted(root.rglob("*.py")):
        data = path.read_bytes()
        try:
            text = data.decode()
        except UnicodeDecodeError:
            continue
        name = path.relative_to(root).as_posix()
        row = {"content_id": content_id(data), "path": name, "text": text, "size_bytes": len(data)}
        if row["content_id"] not in rows:
            rows[row["content_id"]] = row
            total += len(data)
        if total >= max_bytes:
            break
    frame = pl.DataFrame(list(rows.values()))
    fixed = {"language": "python", "language_name": "Python", "decode_state": "ok"}
    schema = TABLES["documents"].schema
    return (
        frame.with_columns(**{name: pl.lit(value) for name, value in fixed.items()})
        .with_columns(
            **{
                name: pl.lit(None, dtype=dtype)
                for name, dtype in schema.items()
                if name not in frame.columns and name not in fixed
            }
        )
        .select(schema.names())
        .sort("content_id")
    )
