"""Markdown tables from rows."""

from collections.abc import Mapping, Sequence


def markdown_table(rows: Sequence[Mapping[str, object]]) -> str:
    """One column per key in order of first appearance; numbers stand right, bars are escaped."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    if not columns:
        return ""
    cells = [[str(row.get(key, "")).replace("|", "\\|") for key in columns] for row in rows]
    numeric = [
        all(isinstance(row[key], (int, float)) for row in rows if key in row) for key in columns
    ]
    widths = [max(3, *(len(line[at]) for line in [columns, *cells])) for at in range(len(columns))]

    def line(values: Sequence[str]) -> str:
        padded = (
            value.rjust(width) if right else value.ljust(width)
            for value, width, right in zip(values, widths, numeric, strict=True)
        )
        return "| " + " | ".join(padded) + " |"

    rule = ["-" * (width - 1) + (":" if right else "-") for width, right in zip(widths, numeric)]
    return "\n".join([line(columns), line(rule), *map(line, cells)])
