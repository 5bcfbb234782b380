"""Small SVG charts for asset pages, as the one-line Markdown that the UI renders inline."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

_BAR_HEIGHT = 20
_LABEL_WIDTH = 220
_BAR_WIDTH = 380


def bars(title: str, items: Sequence[tuple[str, float]], most: int = 20) -> str:
    """Horizontal bars, one per (label, value), largest `most` in the order given, as SVG."""
    shown = list(items)[:most]
    largest = max((value for _, value in shown), default=0) or 1
    height = 30 + _BAR_HEIGHT * max(len(shown), 1)
    width = _LABEL_WIDTH + _BAR_WIDTH + 110
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="8" y="18" font-size="14" font-weight="bold">{escape(title)}</text>',
    ]
    for row, (label, value) in enumerate(shown):
        top = 28 + row * _BAR_HEIGHT
        length = _BAR_WIDTH * value / largest
        number = f"{value:,.3g}" if value < 1 else f"{value:,.0f}"
        parts.append(
            f'<text x="{_LABEL_WIDTH - 6}" y="{top + 13}" text-anchor="end">'
            f"{escape(label[:34])}</text>"
            f'<rect x="{_LABEL_WIDTH}" y="{top + 2}" width="{length:.1f}" '
            f'height="{_BAR_HEIGHT - 5}" fill="#4f6df5"/>'
            f'<text x="{_LABEL_WIDTH + length + 6:.1f}" y="{top + 13}">{number}</text>'
        )
    return "".join(parts) + "</svg>"


def markdown(svg: str) -> str:
    """The SVG as one line of Markdown; several lines would be folded away by the UI."""
    encoded = base64.b64encode(svg.encode()).decode()
    return f"![plot](data:image/svg+xml;base64,{encoded})"
