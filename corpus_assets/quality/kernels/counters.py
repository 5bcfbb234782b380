"""Counting hashes of one document after the other without clearing the table between them.

Belongs here: an open-addressing table whose entries carry the number of the round they are of.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import inlined

_MIX = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


@inlined
def mixed(value: Any) -> Any:
    """The bits of a number spread over all 64."""
    value = (value ^ (value >> _HALF)) * _MIX
    return value ^ (value >> _HALF)


@inlined
def table_size(n: Any) -> Any:
    """A power of two of at least twice n."""
    size = 16
    while size < 2 * n:
        size *= 2
    return size


@inlined
def slot_of(value: Any, size: Any, turn: Any, keys: Any, turns: Any) -> Any:
    """The place of `value` in this round; a new one is entered with `turns[slot] == turn` unset.

    Only the first `size` places are used. The caller sets `turns[slot] = turn` for a new value.
    """
    mask = np.uint64(size - 1)
    slot = mixed(value) & mask
    while turns[slot] == turn and keys[slot] != value:
        slot = (slot + np.uint64(1)) & mask
    return slot
