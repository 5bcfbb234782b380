"""What the verbs print: tables and bars for people on a terminal, JSON for programs.

Results go to standard output; progress, warnings and errors to standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

# Files and pipes have no width of their own; 80 columns would break ids in two.
_PIPE_WIDTH = 200
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _PIPE_WIDTH)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def as_json(value: Any) -> None:
    """Print a value as JSON."""
    sys.stdout.write(json_text(value))


def json_text(value: Any) -> str:
    """A value as JSON to be read."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n"


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows as a table; integers get thousands separators and stand on the right."""
    shown = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for index, name in enumerate(columns):
        numeric = all(isinstance(row[index], int | float) for row in rows) and bool(rows)
        shown.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(_cell(value) for value in row))
    out.print(shown)
    out.print()


def fail(message: str, code: int = 1) -> NoReturn:
    """Print an error and end the command with an exit code."""
    err.print(f"error: {message}", style="red", markup=False)
    raise SystemExit(code)


@contextmanager
def bars() -> Iterator[Progress]:
    """Progress bars with count, elapsed time and time left, on standard error."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[label]}", style="dim"),
    )
    with Progress(*columns, console=err, refresh_per_second=4) as progress:
        yield progress


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.3f}"
    return str(value)
