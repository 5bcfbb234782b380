"""Blocks of words that a long run of a query shares with a rule: ScanCode's alignment, faster.

Belongs here: what `cyseq.match_blocks` computes, for long runs. Does not belong here: which rules
are aligned and what becomes of the blocks (`scancode_align.py`).

ScanCode looks for the longest block of legalese words that run and rule have in common, then left
and right of it, and passes over the whole run every time: in lists of licenses time grows with
the square of their length. Here the longest blocks on all diagonals (places in run and rule that
stay equally far apart) are found once, and each search only clips them to its window. In short
runs `cyseq`, which is compiled, is faster.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_assets.licensing.scancode_merge import Block

Integers = NDArray[np.int64]


class Window(NamedTuple):
    """A part of the run and a part of the rule; ends are exclusive."""

    low: int
    high: int
    rule_low: int
    rule_high: int


class LongRun:
    """A run of a query, prepared for alignment with any number of rules."""

    def __init__(self, tokens: list[int], legalese: int) -> None:
        """`tokens` has -1 where a word is matched already; ids below `legalese` start blocks."""
        self._tokens, self._legalese = tokens, legalese
        ids = np.array(tokens, dtype=np.int64)
        self._places = np.flatnonzero((ids >= 0) & (ids < legalese))
        self._ids = ids[self._places]

    def aligned(self, words: Sequence[int]) -> list[Block]:
        """The blocks from left to right, again behind the last one until there is none.

        `words` are the rule's token ids. Places in the run count from its beginning.
        """
        found = _longest_blocks(
            self._places, self._ids, np.array(words, dtype=np.int64), self._legalese
        )
        blocks: list[Block] = []
        start = 0
        while start < len(self._tokens):
            behind = self._pass(found, words, start)
            if not behind:
                break
            blocks += behind
            start = behind[-1][0] + behind[-1][2]
        return blocks

    def _pass(self, found: _Blocks, words: Sequence[int], start: int) -> list[Block]:
        windows = [Window(start, len(self._tokens), 0, len(words))]
        blocks: list[Block] = []
        while windows:
            low, high, rule_low, rule_high = window = windows.pop()
            longest = found.longest(window)
            if longest is None:
                continue
            at, rule_at, size = block = self._extended(longest, window, words)
            blocks.append(block)
            if low < at and rule_low < rule_at:
                windows.append(Window(low, at, rule_low, rule_at))
            if at + size < high and rule_at + size < rule_high:
                windows.append(Window(at + size, high, rule_at + size, rule_high))
        return _joined(sorted(blocks))

    def _extended(self, block: Block, window: Window, words: Sequence[int]) -> Block:
        """The block with the equal words on both sides of it, legalese or not."""
        at, rule_at, size = block
        low, high, rule_low, rule_high = window
        tokens = self._tokens
        while at > low and rule_at > rule_low and tokens[at - 1] == words[rule_at - 1]:
            at, rule_at, size = at - 1, rule_at - 1, size + 1
        end, rule_end = at + size, rule_at + size
        while end < high and rule_end < rule_high and tokens[end] == words[rule_end]:
            end, rule_end = end + 1, rule_end + 1
        return at, rule_at, end - at


class _Blocks:
    """The longest blocks of legalese on all diagonals, by their beginning in the run."""

    def __init__(self, at: Integers, rule_at: Integers, size: Integers) -> None:
        self._at, self._rule_at, self._size = at, rule_at, size
        self._longest = int(size.max()) if len(size) else 0

    def longest(self, window: Window) -> Block | None:
        """The longest in the window, of several the first in the run, then in the rule."""
        low, high, rule_low, rule_high = window
        first, end = np.searchsorted(self._at, (low - self._longest, high)).tolist()
        at, rule_at = self._at[first:end], self._rule_at[first:end]
        cut = np.maximum(np.maximum(low - at, rule_low - rule_at), 0)
        last = np.minimum(np.minimum(high - at, rule_high - rule_at), self._size[first:end])
        sizes = last - cut
        size = int(sizes.max()) if len(sizes) else 0
        if size < 1:
            return None
        best = np.flatnonzero(sizes == size)
        order = np.lexsort(((rule_at + cut)[best], (at + cut)[best]))
        place = best[order[0]]
        return int((at + cut)[place]), int((rule_at + cut)[place]), size


def _longest_blocks(places: Integers, ids: Integers, words: Integers, legalese: int) -> _Blocks:
    """From the places and ids of a run's legalese words, and all words of a rule."""
    rule_places = np.flatnonzero(words < legalese)
    order = np.argsort(words[rule_places], kind="stable")
    rule_ids, rule_places = words[rule_places][order], rule_places[order]
    first = np.searchsorted(rule_ids, ids, "left")
    counts = np.searchsorted(rule_ids, ids, "right") - first
    ends = np.cumsum(counts)
    at = np.repeat(places, counts)
    rule_at = rule_places[np.arange(len(at)) + np.repeat(first - (ends - counts), counts)]
    order = np.lexsort((at, at - rule_at))
    at, rule_at = at[order], rule_at[order]
    begins = np.ones(len(at), dtype=bool)
    begins[1:] = (np.diff(at) != 1) | (np.diff(rule_at) != 1)
    starts = np.flatnonzero(begins)
    sizes = np.diff(np.append(starts, len(at)))
    order = np.lexsort((rule_at[starts], at[starts]))
    return _Blocks(at[starts][order], rule_at[starts][order], sizes[order])


def _joined(blocks: list[Block]) -> list[Block]:
    """Blocks that continue one another as one."""
    joined: list[Block] = []
    for at, rule_at, size in blocks:
        if joined:
            before, rule_before, length = joined[-1]
            if before + length == at and rule_before + length == rule_at:
                joined[-1] = before, rule_before, length + size
                continue
        joined.append((at, rule_at, size))
    return joined
