"""Where shingle sets are kept: in memory, or on disk beyond a budget.

Belongs here: putting the sets of batches one behind the other. Their comparison is in `compare`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from corpus_assets.dedup.shingles import Hashes, Measured, Positions

MEMORY_BYTES = 512 << 20
"""Sets beyond this lie in a file without a name in the folder for temporary files."""


class Sets(NamedTuple):
    """Sets of n rows: `sizes[row]` hashes from `starts[row]` on in `memory`, then `spilled`."""

    memory: Hashes
    spilled: Hashes
    starts: Positions
    sizes: Positions

    def taken(self, rows: Positions) -> Sets:
        """The sets of these rows only, in their order."""
        return self._replace(starts=self.starts[rows], sizes=self.sizes[rows])


def kept_sets(measured: Iterable[Measured], budget: int = MEMORY_BYTES) -> Sets:
    """The sets of all batches, in their order, of which about `budget` bytes stay in memory."""
    memory = np.empty(budget // 8, np.uint64)  # untouched parts take no memory
    n_held = n_spilled = 0
    sizes: list[Positions] = [np.empty(0, np.int64)]
    with tempfile.TemporaryFile() as file:
        for batch in measured:
            sizes.append(batch.sizes)
            if not n_spilled and n_held + len(batch.values) <= len(memory):
                memory[n_held : n_held + len(batch.values)] = batch.values
                n_held += len(batch.values)
            else:
                file.write(batch.values.tobytes())
                n_spilled += len(batch.values)
        file.flush()
        spilled = np.empty(0, np.uint64)
        if n_spilled:  # the mapping keeps the file
            spilled = np.memmap(file, np.uint64, "r+", shape=(n_spilled,)).view(np.ndarray)
    every = np.concatenate(sizes)
    starts = np.zeros(len(every), np.int64)
    np.cumsum(every[:-1], out=starts[1:])
    return Sets(memory[:n_held], spilled, starts, every)


def picked(sets: Sets, rows: Positions) -> Sets:
    """The sets of these rows, in their order."""
    return sets._replace(starts=sets.starts[rows], sizes=sets.sizes[rows])
