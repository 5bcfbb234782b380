"""Rows of a scan as JSON Lines, on the screen or in a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus_assets.cli import output


def write(rows: Iterable[dict[str, Any]], out: Path | None, *, append: bool = False) -> int:
    """One JSON object a line, after what the file holds with `append`; returns how many."""
    target = out.open("a" if append else "w", encoding="utf-8") if out else sys.stdout
    n_rows = 0
    try:
        for row in rows:
            target.write(json.dumps(row, ensure_ascii=False) + "\n")
            n_rows += 1
    finally:
        if out:
            target.close()
    if out:
        output.err.print(f"{n_rows:,} lines written to {out}", markup=False)
    return n_rows
