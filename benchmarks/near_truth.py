"""What is right: exact Jaccard similarity of all pairs, and how far a clustering is from it.

Belongs here: an exhaustive comparison that shares no code with ours: tokens by a regular
expression, shingles as Python tuples, common ones counted in bit sets.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.near_peer import MIN_TOKENS, TOKEN, WIDTH, Clusters


def exact_pairs(texts: list[str], threshold: float) -> list[tuple[int, int]]:
    """All pairs i < j of texts whose shingle sets have a similarity of at least the threshold."""
    bits, sizes = _bit_sets(texts)
    order = np.argsort(sizes, kind="stable")
    found = []
    for place, i in enumerate(order.tolist()):
        if sizes[i] == 0:
            continue
        # Only sets up to size / threshold can be similar; they follow in the order of sizes.
        end = int(np.searchsorted(sizes[order], sizes[i] / threshold + 1e-9, side="right"))
        others = order[place + 1 : end]
        shared = np.bitwise_count(bits[others] & bits[i]).sum(axis=1, dtype=np.int64)
        similar = shared / (sizes[others] + sizes[i] - shared) >= threshold
        found += [(min(i, j), max(i, j)) for j in others[similar].tolist()]
    return sorted(found)


def _bit_sets(texts: list[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """A row of bits per text, one for each shingle that several texts have, and the set sizes."""
    sets = []
    for text in texts:
        tokens = TOKEN.findall(text) if text else []
        windows = zip(*(tokens[k:] for k in range(WIDTH)), strict=False)
        sets.append(set(windows) if len(tokens) >= MIN_TOKENS else set())
    seen: set[tuple[str, ...]] = set()
    repeated: dict[tuple[str, ...], int] = {}
    for shingles in sets:
        for shingle in shingles & seen:
            repeated.setdefault(shingle, len(repeated))
        seen |= shingles
    width = (len(repeated) + 63) // 64 * 64
    rows = np.zeros((len(texts), width // 64), np.uint64)
    for row, shingles in enumerate(sets):
        line = np.zeros(width, np.bool_)
        line[[repeated[shingle] for shingle in shingles if shingle in repeated]] = True
        rows[row] = np.packbits(line).view(np.uint64)
    return rows, np.array([len(shingles) for shingles in sets], np.int64)


def errors(labels: list[int], pairs: list[tuple[int, int]]) -> dict[str, int]:
    """Merges that the exact pairs do not have (wrong), and theirs that are not made (missed)."""
    truth = Clusters(len(labels))
    for pair in pairs:
        truth.join(pair)
    both = Clusters(len(labels))
    for i, label in enumerate(labels):
        both.join((i, label))
    n_found = len(set(labels))
    n_truth = len(set(truth.labels()))
    for pair in pairs:
        both.join(pair)
    n_both = len(set(both.labels()))
    return {"wrong": n_truth - n_both, "missed": n_found - n_both}
