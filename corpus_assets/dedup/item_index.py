"""Benchmark items as tokens in an index: what documents are looked up in.

Belongs here: the two views of items, as code and as words, their weights and the table of their
windows. Finding runs and judging them is in `contamination`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.dedup.benchmark_shapes import PROMPT
from corpus_assets.dedup.token_weights import (
    code_weights,
    keyword_table,
    stop_word_table,
    style_of,
    word_weights,
)
from corpus_assets.parse.buffers import flat

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


_CLOSING = re.compile(r"[\s)\]};,\"'`*/]*\Z")


class View(NamedTuple):
    """How texts are compared: as code or as words, in windows of `width` tokens.

    Windows and runs of less weight than `least_window` and `least_run` say nothing. Runs of one
    document and item belong together when at most `gap` tokens lie between them.
    """

    is_code: bool
    width: int
    least_window: float
    least_run: float
    gap: int


CODE = View(True, 8, 0.9, 1.5, 25)
WORDS = View(False, 6, 1.6, 2.0, 12)
AGAIN_WEIGHT = 0.3
"""A name that is renamed the same way as before: structure agrees, though no word does. Less where
the item repeats that structure."""
MAX_ITEMS, MAX_PER_ITEM = 24, 8
"""A window in more items begins no run: it is the benchmark's boilerplate, or an idiom. Of one item
so many places are looked at: its solutions may be alike."""
FEW_ITEMS = 20
"""What stands in so many items is not discounted: benchmarks ask the same in several languages."""


_HEADER_END = re.compile(r"[{:]\s*((//|#).*)?\Z")
_HEADER_LINES = 12
"""So far a definition's first line of code may reach: names of parameters, bounds of types."""


class Index(NamedTuple):
    """The parts of items in one view, their tokens one behind the other, and the windows."""

    view: View
    words: NDArray[np.uint64]
    parts: pl.DataFrame
    n_items: int
    hashes: NDArray[np.uint64]
    kinds: NDArray[np.uint8]
    previous: NDArray[np.int32]
    uses: Integers
    weights: Floats
    again: Floats
    idf: Floats
    starts: Integers
    ends: Integers
    part_of: Integers
    headers: NDArray[np.bool_]
    keys: NDArray[np.uint64]
    first: Integers
    bitmap: NDArray[np.uint8]
    postings: Integers

    def totals(self, idf: Floats) -> Floats:
        """Weight of every part under the given rarities of tokens."""
        sums = np.bincount(self.part_of, self.weights * idf / self.uses, len(self.starts))
        return sums.astype(np.float64)


def item_index(items: pl.DataFrame, view: View) -> Index:
    """Index of `items` (schema ITEMS): solutions and tests as code, prompts as words."""
    from corpus_assets.dedup.kernels import alignments

    is_prompt = pl.col("part") == PROMPT
    parts = items.filter(~is_prompt if view.is_code else is_prompt)
    words = keyword_table() if view.is_code else stop_word_table()
    data, offsets = flat(parts["text"])
    room = len(data) + 1
    hashes, kinds = np.empty(room, np.uint64), np.empty(room, np.uint8)
    lines, previous = np.empty(room, np.int32), np.empty(room, np.int32)
    lengths, bounds = np.empty(room, np.int32), np.zeros(len(offsets), np.int64)
    styles = style_of(parts["language"])
    alignments.lex_texts(
        data, offsets, styles, view.is_code, words, hashes, kinds, lines, lengths, previous, bounds
    )
    n = int(bounds[-1])
    part_of = np.repeat(np.arange(parts.height), np.diff(bounds))
    tokens = pl.DataFrame(
        {"kind": kinds[:n], "n_bytes": lengths[:n], "hash": hashes[:n], "part": part_of}
    )
    weights = code_weights(tokens) if view.is_code else word_weights(tokens)
    use = pl.int_range(1, pl.len() + 1).over("part", "hash")
    uses = tokens.select(pl.when(pl.col("kind") >= 2).then(use).otherwise(1))
    grams, usable = np.zeros(n, np.uint64), np.zeros(n, np.bool_)
    alignments.item_windows(
        hashes[:n], kinds[:n], previous[:n], weights, bounds, view.width, view.is_code,
        view.least_window, grams, usable,
    )  # fmt: skip
    item_of = parts.select(pl.struct("benchmark", "item_id").rank("dense"))["benchmark"].to_numpy()
    places = pl.DataFrame({"gram": grams, "place": np.arange(n), "item": item_of[part_of]}).filter(
        pl.Series(usable)
    )
    n_items = int(parts.select(pl.struct("benchmark", "item_id").n_unique()).item())
    idf = _item_idf(places, bounds, view.width, n_items)
    repeats = pl.DataFrame({"gram": grams, "part": part_of}).select(
        pl.len().over("part", "gram").cast(pl.Float64)
    )
    once = 1 / _around(repeats.to_series().to_numpy(), view.width)
    weights = np.where(kinds[:n] <= 1, weights * once, weights) if view.is_code else weights
    listed = (
        places.filter(pl.int_range(pl.len()).over("gram", "item") < MAX_PER_ITEM)
        .group_by("gram", maintain_order=True)
        .agg("place", n_items=pl.col("item").n_unique())
        .filter(pl.col("n_items") <= MAX_ITEMS)
        .sort("gram")
    )
    keys, first, bitmap, postings = _table(listed)
    headers = lines[:n] <= np.repeat([_header(text) for text in parts["text"]], np.diff(bounds))
    after = _closing_lines(parts["text"], lines[:n], bounds)
    return Index(
        view, words, parts.drop("text").with_columns(after=pl.Series(after, dtype=pl.Int64)),
        n_items,
        hashes[:n].copy(), kinds[:n].copy(), previous[:n].copy(), uses.to_series().to_numpy(),
        weights, AGAIN_WEIGHT * once, idf, bounds[:-1].copy(), bounds[1:].copy(), part_of, headers,
        keys, first, bitmap, postings,
    )  # fmt: skip


def _header(text: str) -> int:
    """The line on which the signature of the first definition ends; 0 if the text begins with none.

    Many write the same signatures, by the rules of a language or the interface of a library.
    """
    rows = text.split("\n")
    first = next((number for number, row in enumerate(rows) if row.strip()), 0)
    if not rows[first].strip() or rows[first][0] in " \t":
        return 0
    parameters = False
    for number, row in enumerate(rows):
        parameters = parameters or "(" in row
        if parameters and number >= first + _HEADER_LINES:
            return 0
        if parameters and _HEADER_END.search(row.rstrip()):
            return number + 1
    return 0


def _closing_lines(texts: pl.Series, lines: NDArray[np.int32], bounds: Integers) -> list[int]:
    """How many lines with nothing but brackets and quotes follow the last token of each text."""
    found = []
    for text, first, last in zip(texts, bounds[:-1], bounds[1:], strict=True):
        rest = text.rstrip().split("\n")[int(lines[last - 1]) if last > first else 0 :]
        found.append(len(rest) if last > first and all(map(_CLOSING.match, rest)) else 0)
    return found


def _table(
    listed: pl.DataFrame,
) -> tuple[NDArray[np.uint64], Integers, NDArray[np.uint8], Integers]:
    """Open-addressed table of the grams; the last posting of each is stored as its complement."""
    from corpus_assets.dedup.kernels.alignments import fill_table

    sizes = listed["place"].list.len().cast(pl.Int64).to_numpy()
    postings = listed["place"].explode(empty_as_null=False, keep_nulls=False).to_numpy().copy()
    ends = np.cumsum(sizes)
    if len(ends):
        postings[ends - 1] = ~postings[ends - 1]
    slots = 1 << int(2 * len(ends) + 16).bit_length()
    keys, first = np.zeros(slots, np.uint64), np.full(slots, -1, np.int64)
    bitmap = np.zeros(4 * slots, np.uint8)
    fill_table(listed["gram"].to_numpy(), ends - sizes, keys, first, bitmap)
    return keys, first, bitmap, postings


def _item_idf(places: pl.DataFrame, bounds: Integers, width: int, n_items: int) -> Floats:
    """How rare a token's surroundings are among the items: 1 for those of few, 0 for those of all.

    A token counts as common only if every window around it is.
    """
    in_items = places.select("place", n=pl.col("item").n_unique().over("gram"))
    of_window = np.ones(int(bounds[-1]))
    of_window[in_items["place"].to_numpy()] = in_items["n"].to_numpy()
    around = _around(of_window, width)
    rare = around <= FEW_ITEMS
    scale = np.log(max(n_items, 2) + 1)
    return np.where(rare, 1.0, np.maximum(np.log((n_items + 1) / (around + 1)) / scale, 0.0))


def _around(of_window: Floats, width: int) -> Floats:
    """For every token the least value of the windows that hold it."""
    n = len(of_window)
    around = np.full(n, np.inf)
    for back in range(min(width, n)):
        around[back:] = np.minimum(around[back:], of_window[: n - back])
    return around
