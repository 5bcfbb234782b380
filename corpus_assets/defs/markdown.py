"""Tables in Markdown for asset pages."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_assets.defs.plots import MAX_MARKDOWN_CHARS

_LONGEST = 60
Cells = tuple[str | int | None, ...]


def table(headings: tuple[str, ...], rows: Sequence[Cells], none: str) -> str:
    """A Markdown table of as many rows as the UI shows without a click; `none` without any."""
    if not rows:
        return none
    lines = [_line(headings), _line(("---",) * len(headings))]
    left = MAX_MARKDOWN_CHARS - sum(len(line) + 1 for line in lines)
    for row in rows:
        left -= len(_line(row)) + 1
        if left < 0:
            break
        lines.append(_line(row))
    return "\n".join(lines)


def _line(cells: Cells) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(value: str | int | None) -> str:
    text = f"{value:,}" if isinstance(value, int) else value or "-"
    kept = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return kept.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
