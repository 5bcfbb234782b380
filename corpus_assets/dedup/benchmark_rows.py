"""Rows of benchmark files: JSON Lines (also .gz, .zst), JSON arrays and Parquet.

Belongs here: from a file to dictionaries. Which fields mean what is known to `benchmark_shapes`.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import zstandard

from corpus_assets.policy.strict import ConfigError

MAX_BYTES = 4 << 30
"""Unpacked size up to which a file is read: a bomb ends there."""


def benchmark_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of a file with the place it stands at, in words ("line 3").

    Raises ConfigError, with the place, for what cannot be read or is no object.
    """
    if path.suffix == ".parquet":
        try:
            rows = pl.read_parquet(path)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise ConfigError(f"{path} cannot be read as Parquet: {error}") from error
        for number, row in enumerate(rows.iter_rows(named=True), 1):
            yield f"row {number}", row
        return
    for place, value in _json_values(path):
        if not isinstance(value, dict):
            raise ConfigError(
                f"{path}, {place}: a benchmark has one JSON object a line, this is "
                f"{_name_of(value)}"
            )
        yield place, value


def _json_values(path: Path) -> Iterator[tuple[str, Any]]:
    text = _text(path)
    if text.lstrip()[:1] == "[":
        try:
            values = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            raise ConfigError(f"{path} cannot be read as a JSON array: {error}") from error
        yield from ((f"element {number}", value) for number, value in enumerate(values, 1))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield f"line {number}", json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise ConfigError(
                f"{path}, line {number} cannot be read as JSON: {error}. A benchmark is JSON "
                "Lines (.jsonl, also .gz or .zst), a JSON array or Parquet (.parquet)"
            ) from error


def _text(path: Path) -> str:
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as stream:
                data = stream.read(MAX_BYTES + 1)
        elif path.suffix == ".zst":
            with (
                path.open("rb") as packed,
                zstandard.ZstdDecompressor().stream_reader(
                    packed, read_across_frames=True
                ) as stream,
            ):
                data = stream.read(MAX_BYTES + 1)
        else:
            with path.open("rb") as plain:
                data = plain.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    if len(data) > MAX_BYTES:
        raise ConfigError(f"{path} has more than {MAX_BYTES:,} bytes; split it into several files")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} cannot be read: it is not UTF-8 text ({error})") from error


def _name_of(value: object) -> str:
    names = {list: "an array", str: "a string", int: "a number", float: "a number"}
    return names.get(type(value), "no object")
