"""A removed document held against the one that is kept for it: places, licenses, difference.

Belongs here: the evidence for one removal, bounded in time and size. Does not belong here: the
choice (`curate`) or the sentences about it (`explain`).
"""

from __future__ import annotations

import difflib
from itertools import islice
from typing import Any

import polars as pl

from corpus_assets.lake import Lake

MAX_DIFF_LINES = 60
# difflib takes quadratic time where much differs: a few thousand lines are a second at worst.
_MAX_COMPARED = 1_000
_MAX_CHARS = 200
_SHARED = ("shared_start_line", "shared_end_line", "kept_start_line", "kept_end_line")


def compared(lake: Lake, resolution: dict[str, Any]) -> dict[str, Any]:
    """What a removed document (a row of duplicate_resolution) has in common with the kept one.

    Keys: content_id, kept_content_id, path, kept_path (origin and path of the first place),
    license, kept_license (what is concluded for each place), similarity, containment, the four
    shared line numbers, diff (unified, from the kept to the removed one), equal_lines_before
    (common first lines left out, that the numbers in diff start after), diff_is_cut (more was
    left out than is shown).

    Lines longer than 200 characters are cut, control characters shown as escapes, and at most
    1,000 lines of either text are compared, so no file can hang or color a terminal. A text that
    the lake does not have gives an empty diff.
    """
    own, kept = resolution["content_id"], resolution["kept_content_id"]
    texts = dict(
        lake.scan("documents", resolution["language"])
        .filter(pl.col("content_id").is_in([own, kept]))
        .select("content_id", "text")
        .collect()
        .iter_rows()
    )
    return {
        "content_id": own,
        "kept_content_id": kept,
        "path": place(lake, own),
        "kept_path": place(lake, kept),
        "license": _license(lake, own),
        "kept_license": _license(lake, kept),
        "similarity": resolution["similarity_to_kept"],
        "containment": resolution["containment"],
        **{name: resolution[name] for name in _SHARED},
        **_difference(texts.get(kept), texts.get(own)),
    }


def place(lake: Lake, content_id: str) -> str:
    """Origin and path of the first place of a content, by category, origin, revision and path."""
    places = (
        lake.scan("occurrences")
        .filter(pl.col("content_id") == content_id)
        .select("source_category", "origin", "revision", "path")
        .collect()
        .sort("source_category", "origin", "revision", "path")
    )
    return f"{places.item(0, 'origin')} {places.item(0, 'path')}" if places.height else "nowhere"


def _license(lake: Lake, content_id: str) -> list[str]:
    found = (
        lake.scan("license_conclusions")
        .filter(pl.col("content_id") == content_id)
        .select("license_concluded", "license_state")
        .unique()
        .collect()
        .with_columns(pl.col("license_concluded").fill_null("no license"))
        .sort(pl.all())
    )
    return [f"{name} ({state})" for name, state in found.iter_rows()]


def _difference(kept: str | None, removed: str | None) -> dict[str, Any]:
    if kept is None or removed is None:
        return {"diff": [], "equal_lines_before": 0, "diff_is_cut": False}
    before, after = kept.split("\n"), removed.split("\n")
    pairs = enumerate(zip(before, after, strict=False))
    first = next((i for i, (a, b) in pairs if a != b), min(len(before), len(after)))
    start = max(0, first - 3)  # the lines of context before the first change
    end = start + _MAX_COMPARED
    lines = difflib.unified_diff(
        before[start:end], after[start:end], "kept", "removed", lineterm=""
    )
    shown = [_printable(line) for line in islice(lines, MAX_DIFF_LINES + 1)]
    cut = len(shown) > MAX_DIFF_LINES or max(len(before), len(after)) > end
    return {"diff": shown[:MAX_DIFF_LINES], "equal_lines_before": start, "diff_is_cut": cut}


def _printable(line: str) -> str:
    """The line with control and other unprintable characters as escapes, not too long."""
    cut = line if len(line) <= _MAX_CHARS else f"{line[:_MAX_CHARS]}…"
    return "".join(
        c if c.isprintable() or c == "\t" else c.encode("unicode_escape").decode() for c in cut
    )
