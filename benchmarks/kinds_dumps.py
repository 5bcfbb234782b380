"""Data written out as programs: what exporters leave in repositories.

Belongs here: how rows and records are printed in a few languages. Larger data only; a table of a
few lines may be part of a program.
"""

from __future__ import annotations

import csv
import io
import json
import pprint
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.kinds_corpus import Sample

_LEAST, _MOST = 4_000, 400_000  # characters of a source


def dumps(given: Iterable[Sample]) -> Iterator[tuple[str, str, str]]:
    """(name of the exporter, path, text) for every JSON and CSV sample of a fitting size."""
    for sample in given:
        if not _LEAST <= len(sample.text) <= _MOST:
            continue
        stem = sample.path.rsplit("/", 1)[-1].split(".")[0]
        if sample.path.endswith(".json"):
            value = json.loads(sample.text)
            yield "dump-python", f"{stem}.py", f"DATA = {pprint.pformat(value, width=100)}\n"
            yield "dump-js", f"{stem}.js", f"export default {json.dumps(value, indent=2)};\n"
            yield "dump-js-lines", f"{stem}.js", _javascript(value)
        elif sample.path.endswith(".csv"):
            rows = [row for row in csv.reader(io.StringIO(sample.text)) if row]
            yield "dump-sql", f"{stem}.sql", _sql(stem, rows)
            yield "dump-c", f"{stem}.h", _c(stem, rows)
            yield "dump-python-rows", f"{stem}.py", _python(rows)


def _javascript(value: object) -> str:
    items = (
        value
        if isinstance(value, list)
        else list(value.items())
        if isinstance(value, dict)
        else [value]
    )
    lines = ",\n".join(f"  {json.dumps(item)}" for item in items)
    return f"module.exports = [\n{lines}\n];\n"


def _sql(stem: str, rows: list[list[str]]) -> str:
    names = ", ".join(f"c{number}" for number in range(len(rows[0])))
    head = f"CREATE TABLE {stem} ({names});\n"
    values = (", ".join("'" + cell.replace("'", "''") + "'" for cell in row) for row in rows[1:])
    return head + "".join(f"INSERT INTO {stem} VALUES ({row});\n" for row in values)


def _c(stem: str, rows: list[list[str]]) -> str:
    cells = (", ".join(_number(cell) for cell in row) for row in rows[1:])
    body = "".join(f"  {{{row}}},\n" for row in cells)
    return f"static const double {stem}[][{len(rows[0])}] = {{\n{body}}};\n"


def _python(rows: list[list[str]]) -> str:
    return "ROWS = [\n" + "".join(f"    {tuple(row)!r},\n" for row in rows) + "]\n"


def _number(cell: str) -> str:
    try:
        return repr(float(cell))
    except ValueError:
        return json.dumps(cell)
