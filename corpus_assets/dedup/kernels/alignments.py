"""Runs of tokens that documents share with benchmark items.

Belongs here: windows of items and of documents, and the extension of equal windows along a
diagonal. What runs cover of an item is counted in `coverage`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined
from corpus_assets.dedup.kernels.code_tokens import (
    KEYWORD,
    NAME,
    fill_previous,
    gram_hash,
    gram_hash_exact,
    lex_all_code,
    lex_code,
    lex_words,
)

EXACT, AGAIN, OTHER = 1, 2, 3
"""A token equal as written; a name that was renamed like its earlier uses; a name's first use or a
literal that differs."""
RUN = ("document", "first_token", "last_token", "first_line", "last_line", "item_token", "flags_at")
_DIAGONALS = 1 << 12
_MOST_STRINGS = 1 << 12
_NO = np.uint64(0)


@inlined
def _room(n: Any, array: Any) -> Any:
    return array if n <= len(array) else np.empty(max(n, 2 * len(array)), array.dtype)


@compiled
def lex_texts(
    data: Any, offsets: Any, styles: Any, is_code: Any, keywords: Any, hashes: Any, kinds: Any,
    lines: Any, lengths: Any, previous: Any, bounds: Any,
) -> None:  # fmt: skip
    """Tokens of all texts one behind the other; text i has those from bounds[i] to bounds[i + 1].

    The outputs need room for one token per byte.
    """
    bounds[0] = 0
    at = 0
    for i in range(len(offsets) - 1):
        if is_code:
            n, _ = lex_code(
                data, offsets[i], offsets[i + 1], styles[i], keywords, hashes[at:], kinds[at:],
                lines[at:], lengths[at:], 0, 1, np.empty((0, 3), np.int64),
            )  # fmt: skip
        else:
            n = lex_words(
                data, offsets[i], offsets[i + 1], styles[i], keywords, hashes[at:], kinds[at:],
                lines[at:], lengths[at:],
            )  # fmt: skip
        size = 16
        while size < 2 * n:
            size *= 2
        fill_previous(
            hashes[at:], kinds[at:], n, np.empty(size, np.uint64), np.empty(size, np.int32),
            previous[at:],
        )  # fmt: skip
        at += n
        bounds[i + 1] = at


@compiled
def item_windows(
    hashes: Any, kinds: Any, previous: Any, weights: Any, bounds: Any, width: Any, is_code: Any,
    least: Any, grams: Any, usable: Any,
) -> None:  # fmt: skip
    """Hash of the window at every token of the items, and whether it can begin a run.

    It cannot where half of it or more are numbers (in code: or strings), where it has fewer than
    four distinct tokens, or where its weights sum up to less than `least`.
    """
    for i in range(len(bounds) - 1):
        for at in range(bounds[i], bounds[i + 1] - width + 1):
            literals, distinct, weight = 0, 0, 0.0
            for j in range(width):
                kind = kinds[at + j]
                literals += kind == 3 or (is_code and kind == 4)
                weight += weights[at + j]
                new = True
                for earlier in range(j):
                    if hashes[at + earlier] == hashes[at + j]:
                        new = False
                        break
                distinct += new
            grams[at] = (
                gram_hash(hashes, kinds, previous, at, width)
                if is_code
                else gram_hash_exact(hashes, at, width)
            )
            usable[at] = 2 * literals < width and distinct >= 4 and weight >= least


@compiled
def fill_table(grams: Any, starts: Any, keys: Any, first: Any, bitmap: Any) -> None:
    """Put distinct gram hashes and the place of their first posting into a table of a power of two
    of slots; `bitmap` (uint8, eight bits a slot) answers most questions for absent grams."""
    mask = len(keys) - 1
    bits = 8 * len(bitmap) - 1
    for i in range(len(grams)):
        slot = np.int64(grams[i] >> np.uint64(20)) & mask
        while first[slot] >= 0:
            slot = (slot + 1) & mask
        keys[slot], first[slot] = grams[i], starts[i]
        bit = np.int64(grams[i] >> np.uint64(7)) & bits
        bitmap[bit >> 3] |= np.uint8(1 << (bit & 7))


@compiled
def shared_runs(
    data: Any, offsets: Any, styles: Any, document: Any, is_code: Any, keywords: Any, width: Any,
    keys: Any, first: Any, bitmap: Any, postings: Any, part_ends: Any, part_of: Any,
    part_starts: Any, item_hashes: Any, item_kinds: Any, item_previous: Any, weights: Any,
    least: Any, again: Any, runs: Any, flags: Any,
) -> Any:  # fmt: skip
    """Runs of the texts from number `document` on: one row of `runs` (int64, columns RUN) each.

    `postings[first[slot]:]` are the item tokens at which the gram of the slot begins, the last one
    as its complement. A run begins with an equal window, goes back over tokens equal as written
    and on as long as tokens are equal, or names are renamed one to one within the run. `flags`
    tells for every token of a run how it agrees. Runs of less weight than `least` (`again` for
    names renamed consistently) are left out. Returns the number of runs, of flags, and the first
    text that no longer fitted; that of a text is all or nothing.
    """
    hashes, kinds = np.empty(1 << 14, np.uint64), np.empty(1 << 14, np.uint8)
    lines, previous = np.empty(1 << 14, np.int32), np.empty(1 << 14, np.int32)
    lengths, inner = np.empty(1 << 14, np.int32), np.empty((_MOST_STRINGS, 3), np.int64)
    slots, places = np.empty(1 << 15, np.uint64), np.empty(1 << 15, np.int32)
    diagonals, reached = np.empty(_DIAGONALS, np.int64), np.zeros(_DIAGONALS, np.int64)
    mask, bits = len(keys) - 1, 8 * len(bitmap) - 1
    n_runs, n_flags = 0, 0
    while document < len(offsets) - 1:
        start, end = offsets[document], offsets[document + 1]
        room = 2 * (end - start) + 1
        hashes, kinds = _room(room, hashes), _room(room, kinds)
        lines, previous = _room(room, lines), _room(room, previous)
        lengths = _room(room, lengths)
        if is_code:
            n = lex_all_code(
                data, start, end, styles[document], keywords, hashes, kinds, lines, lengths, inner
            )
            size = 16
            while size < 2 * n:
                size *= 2
            slots, places = _room(size, slots), _room(size, places)
            fill_previous(hashes, kinds, n, slots, places, previous)
        else:
            n = lex_words(
                data, start, end, styles[document], keywords, hashes, kinds, lines, lengths
            )
        diagonals[:] = np.int64(1) << 62
        kept_runs, kept_flags = n_runs, n_flags
        full = False
        for p in range(n - width + 1):
            gram = (
                gram_hash(hashes, kinds, previous, p, width)
                if is_code
                else gram_hash_exact(hashes, p, width)
            )
            bit = np.int64(gram >> np.uint64(7)) & bits
            if not bitmap[bit >> 3] & (1 << (bit & 7)):
                continue
            slot = np.int64(gram >> np.uint64(20)) & mask
            while first[slot] >= 0 and keys[slot] != gram:
                slot = (slot + 1) & mask
            if first[slot] < 0:
                continue
            place = first[slot]
            more = True
            while more and not full:
                q = postings[place]
                place += 1
                if q < 0:
                    q = ~q
                    more = False
                diagonal = q - p
                cell = diagonal & (_DIAGONALS - 1)
                if diagonals[cell] == diagonal and p + width <= reached[cell]:
                    continue
                part = part_of[q]
                back = 0
                while (
                    back < p and q - back > part_starts[part]
                    and hashes[p - back - 1] == item_hashes[q - back - 1]
                ):  # fmt: skip
                    back += 1
                low_p, low_q = p - back, q - back
                limit = min(n - low_p, part_ends[part] - low_q)
                if n_flags + limit > len(flags) or n_runs >= len(runs):
                    full = True
                    break
                weight = 0.0
                length = 0
                last = 0
                for j in range(limit):
                    a, b = low_p + j, low_q + j
                    if hashes[a] == item_hashes[b]:
                        flags[n_flags + j] = EXACT
                        weight += weights[b]
                        last = j + 1
                    else:
                        kind = item_kinds[b]
                        if not is_code or kinds[a] != kind or kind <= KEYWORD:
                            break
                        flags[n_flags + j] = OTHER
                        if kind == NAME:
                            here, there = previous[a], item_previous[b]
                            here = here if here <= j else 0
                            there = there if there <= j else 0
                            if here != there:
                                break
                            if here > 0:
                                flags[n_flags + j] = AGAIN
                                weight += again[b]
                                last = j + 1
                    length = j + 1
                diagonals[cell], reached[cell] = diagonal, low_p + length
                length = last
                if weight >= least and length >= width:
                    runs[n_runs, 0], runs[n_runs, 1] = document, low_p
                    runs[n_runs, 2] = low_p + length - 1
                    runs[n_runs, 3] = lines[low_p]
                    runs[n_runs, 4] = lines[low_p + length - 1]
                    runs[n_runs, 5], runs[n_runs, 6] = low_q, n_flags
                    n_runs += 1
                    n_flags += length
            if full:
                break
        if full:
            return kept_runs, kept_flags, document
        document += 1
    return n_runs, n_flags, document
