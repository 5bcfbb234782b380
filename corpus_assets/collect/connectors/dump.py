"""The `dump` connector: published code datasets as Parquet or JSON Lines, row by row.

A revision is one file of the dump (a shard); its occurrences carry the repository a row names as
origin, and as revision the row's commit and the shard, since shards of one dump share repositories.
"""

from __future__ import annotations

import glob
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from corpus_assets.collect.connectors.archive import DIGEST_CHARS
from corpus_assets.collect.dump_schemas import DumpColumns, schema_of
from corpus_assets.collect.fingerprints import remembered_digests
from corpus_assets.collect.items import (
    CollectError,
    Fact,
    File,
    Item,
    Rejected,
    Stated,
    name_checker,
    printable,
    read_file,
)
from corpus_assets.collect.row_files import ROW_ENDINGS, Row, rows_of
from corpus_assets.collect.targets import Context, Reading, Target, settings_digest
from corpus_assets.policy.project import DumpSource, Limits

_NO_COMMIT = "dump"

_MAX_WORDS = 50  # licenses that one field names
_MAX_WORD_CHARS = 200

RecordReader: TypeAlias = Callable[[DumpColumns, Row, str, Any, Any], Item]


def targets(source: DumpSource, context: Context) -> Iterator[Target]:
    """One revision per file. Raises CollectError when none matches or a file cannot be read so."""
    pattern = str(context.project.path(source.path))
    paths = sorted(Path(found) for found in glob.glob(pattern, recursive=True))
    paths = [path for path in paths if path.is_file()]
    if not paths:
        raise CollectError(f"{pattern}: matches no file; correct `path` of source {source.name}")
    strange = [path for path in paths if not path.name.endswith(ROW_ENDINGS)]
    if strange:
        raise CollectError(f"{strange[0]}: not one of {', '.join(ROW_ENDINGS)}; narrow `path`")
    digest, save = remembered_digests(context.state / "fingerprints" / f"{source.name}.json")
    for path in paths:
        yield _target(source, context, path, digest(path)[:DIGEST_CHARS])
    save()


def _target(source: DumpSource, context: Context, path: Path, shard: str) -> Target:
    def read(_reading: Reading) -> Iterator[Item]:
        schema: DumpColumns | None = None
        record = _record_reader(shard, context.limits)
        for number, row in rows_of(path):
            if isinstance(row, Rejected):
                yield row
                continue
            if schema is None:
                schema = schema_of(row.keys(), source.columns, path.name)
            yield from _items(schema, row, f"{path.name}#{number}", record)

    settings = settings_digest(source, context.limits, schema=source.columns, facts=True)
    return Target(f"dump:{source.name}/{path.name}", shard, settings, read)


def _items(schema: DumpColumns, row: Row, label: str, record: RecordReader) -> Iterator[Item]:
    origin, commit = _first(row, schema.origin), _first(row, schema.revision)
    if schema.files is None:
        stated = (*_stated(row, schema.repository_licenses, True),
                  *_stated(row, schema.file_licenses, False))  # fmt: skip
        yield _with(record(schema, row, label, origin, commit), stated, _facts(row, schema))
        return
    files = row.get(schema.files)
    if not isinstance(files, list):
        yield Rejected(label, "bad_record", f"{schema.files} is no list")
        return
    whole = tuple(_stated(row, schema.repository_licenses + schema.file_licenses, True))
    facts = _facts(row, schema)
    for number, file in enumerate(files):
        if isinstance(file, dict):
            stated = (*whole, *_stated(file, schema.file_licenses, False))
            yield _with(record(schema, file, f"{label}.{number}", origin, commit), stated, facts)
        else:
            yield Rejected(f"{label}.{number}", "bad_record", "the entry is no record")


def _record_reader(shard: str, limits: Limits) -> RecordReader:
    """Makes a file of a record; names are checked within each repository of the shard."""
    checkers: defaultdict[tuple[str, str], Any] = defaultdict(name_checker)

    def record(schema: DumpColumns, row: Row, label: str, origin: Any, commit: Any) -> Item:
        path, text = _first(row, schema.path), _first(row, schema.text)
        if not isinstance(origin, str) or not isinstance(path, str) or not origin:
            return Rejected(label, "bad_record", "the row names no repository or no path")
        if not isinstance(text, str | bytes):
            return Rejected(label, "no_text", f"the row has no text for {printable(path)}")
        place = (printable(origin), f"{printable(str(commit or _NO_COMMIT))}+{shard}")
        # The Stack v2 writes paths with the repository as root: /src/a.py.
        clean = checkers[place](path.removeprefix("/"))
        if isinstance(clean, Rejected):
            return Rejected(label, clean.reason, f"{clean.detail}: {clean.path}")
        # Lone surrogates in JSON have no UTF-8 form; they are kept as the bytes they stand for.
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        return read_file(clean, BytesIO(data), len(data), limits)._replace(place=place)

    return record


def _with(item: Item, stated: tuple[Stated, ...], facts: tuple[Fact, ...]) -> Item:
    return item._replace(stated=stated, facts=facts) if isinstance(item, File) else item


def _facts(row: Row, schema: DumpColumns) -> tuple[Fact, ...]:
    """Counts, flags and dates that a row states of its repository."""
    found = ((name, _first(row, columns)) for name, columns in schema.facts)
    return tuple(
        Fact(name, printable(str(value).strip()[:_MAX_WORD_CHARS]))
        for name, value in found
        if isinstance(value, str | int | float | date)
    )


def _stated(row: Row, fields: tuple[str, ...], of_revision: bool) -> Iterator[Stated]:
    """What a row says of licenses: words or lists of words; anything else says nothing."""
    for field in fields:
        value = row.get(field)
        for words in value[:_MAX_WORDS] if isinstance(value, list) else [value]:
            if isinstance(words, str) and words.strip():
                yield Stated(field, printable(words.strip()[:_MAX_WORD_CHARS]), of_revision)


def _first(row: Row, names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) is not None), None)
