"""Small SVG charts for asset pages, as the one line of Markdown that the UI renders inline.

The UI shows Markdown of 1,000 characters or more only after a click, so a chart has as many bars
as fit: usually ten.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

MAX_MARKDOWN_CHARS = 999
_ROW = 16
_LEFT, _LONGEST = 270, 250
_LABEL = 26


def bars(items: Sequence[tuple[str, float]]) -> str:
    """Horizontal bars, one per (label, value), as Markdown: the first items that fit."""
    for n_shown in range(len(items), 0, -1):
        shown = _markdown(_svg(items[:n_shown]))
        if len(shown) <= MAX_MARKDOWN_CHARS:
            return shown
    return "nothing to show"


def _svg(items: Sequence[tuple[str, float]]) -> str:
    largest = max(value for _, value in items) or 1
    texts, paths = [], []
    for row, (label, value) in enumerate(items):
        number = f"{value:,.2f}" if 0 < value < 10 and value != int(value) else f"{value:,.0f}"
        top = row * _ROW
        texts.append(f'<text y="{top + 12}">{escape(label[:_LABEL])} {number}</text>')
        paths.append(f"M{_LEFT} {top + 3}h{_LONGEST * value / largest:.0f}v10H{_LEFT}z")
    size = f'width="{_LEFT + _LONGEST}" height="{len(items) * _ROW}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-size="12" style="background:#fff">'
        f'{"".join(texts)}<path fill="#46f" d="{"".join(paths)}"/></svg>'
    )


def _markdown(svg: str) -> str:
    return f"![](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"
