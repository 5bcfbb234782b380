"""Containment: documents found inside larger, otherwise different ones.

Belongs here: candidates by rare shingles, their exact comparison, and the table. MinHash bands do
not find such pairs, for their Jaccard similarity is low.

Every document is asked for by its PROBES smallest shingle hashes, a random sample of its set. A
shingle that more than MAX_HOLDERS documents have is boilerplate and asks for nothing. A document
that holds MIN_SHARE of another's rare probes is a candidate. A container of 90 % is missed by
chance in under 0.1 % of cases with all probes rare, and in 2 % with the fewest, MIN_PROBES
(binomial distribution); files whose shingles are mostly boilerplate are not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpus_assets.dedup.candidates import Pairs
from corpus_assets.dedup.compare import shared_members
from corpus_assets.dedup.sets import Sets
from corpus_assets.dedup.shingles import METHOD_VERSION as SHINGLES
from corpus_assets.dedup.shingles import Positions
from corpus_assets.dedup.signatures import Texts, shingle_sets
from corpus_assets.tables import conform, empty

PROBES = 24
MIN_PROBES = 6
MIN_SHARE = 0.6
MAX_HOLDERS = 32
MIN_SHINGLES = 20
"""Smaller documents are idioms that stand everywhere."""

METHOD_VERSION = f"containment-1: {SHINGLES}; {PROBES} probes in up to {MAX_HOLDERS} documents"


def contained_documents(
    documents: pl.DataFrame, containment: float, similarity: float
) -> pl.DataFrame:
    """Table contained_documents for documents of any languages, compared within each of them.

    Documents without text are inside none. Raises ValueError as `contained_pairs` does.
    """
    _check(containment, similarity)
    readable = documents.filter(pl.col("text").is_not_null()).sort("language", "content_id")
    parts = [
        contained_pairs(part.drop("text"), [part["text"]], containment, similarity)
        for part in readable.partition_by("language", maintain_order=True)
    ]
    frame = pl.concat([empty("contained_documents"), *parts])
    return frame.sort("content_id", "container_content_id")


def contained_pairs(
    documents: pl.DataFrame, texts: Texts, containment: float, similarity: float
) -> pl.DataFrame:
    """Table contained_documents: pairs with at least that containment and less than that
    similarity, which near_duplicates has from there on.

    `documents` (content_id, language): those of one language in the order of `texts`, which may be
    read in parts. Documents with fewer than MIN_SHINGLES shingles are inside none. Raises
    ValueError for a share outside (0, 1].
    """
    _check(containment, similarity)
    sets = shingle_sets(texts)
    pairs = _candidates(sets, _least_ratio(containment, similarity))
    inner, outer = sets.sizes[pairs[:, 0]], sets.sizes[pairs[:, 1]]
    shared = shared_members(sets, pairs, np.ceil(containment * inner - 1e-6))
    jaccard = shared / (inner + outer - shared)
    found = (shared >= 0) & (shared / inner >= containment) & (jaccard < similarity)
    inside, container = pairs[found, 0], pairs[found, 1]
    frame = (
        documents[inside]
        .select("content_id", "language")
        .with_columns(
            documents["content_id"].gather(container).alias("container_content_id"),
            pl.Series("containment", shared[found] / inner[found]),
            pl.Series("similarity", jaccard[found]),
            pl.Series("n_shared", shared[found]),
            pl.Series("n_shingles", inner[found]),
            pl.Series("n_shingles_container", outer[found]),
            method_version=pl.lit(METHOD_VERSION),
        )
    )
    return conform(frame, "contained_documents").sort("content_id", "container_content_id")


def _check(containment: float, similarity: float) -> None:
    for name, share in (("containment", containment), ("similarity", similarity)):
        if not 0 < share <= 1:
            raise ValueError(f"{name} {share} is outside (0, 1]")


def _least_ratio(containment: float, similarity: float) -> float:
    """How many times larger a container must be for so low a similarity: of sizes a and b, s
    shared members mean s >= containment * a and s < similarity * (a + b) / (1 + similarity)."""
    return max(containment * (1 + similarity) / similarity - 1, 1.0)


def _candidates(sets: Sets, ratio: float) -> Pairs:
    """Pairs of rows (inside, container), in order."""
    probes = _probes(sets)
    owners = (
        pl.DataFrame({"row": np.repeat(np.arange(len(probes)), PROBES), "probe": probes.ravel()})
        .filter((pl.col("probe") > 0) & pl.Series(np.repeat(sets.sizes >= MIN_SHINGLES, PROBES)))
        .join(_hits(sets, probes), on="probe")
    )
    rare = owners.group_by("row").agg(n_rare=pl.col("probe").n_unique())
    sizes = pl.Series(sets.sizes)
    pairs = (
        owners.filter(sizes.gather(owners["holder"]) >= ratio * sizes.gather(owners["row"]))
        .group_by("row", "holder")
        .agg(n=pl.len())
        .join(rare, on="row")
        .filter((pl.col("n_rare") >= MIN_PROBES) & (pl.col("n") >= MIN_SHARE * pl.col("n_rare")))
        .filter(pl.col("row") != pl.col("holder"))
        .sort("row", "holder")
    )
    return pairs.select("row", "holder").to_numpy().astype(np.int64).reshape(-1, 2)


def _batches(sets: Sets) -> Iterator[tuple[int, NDArray[np.uint64], Positions]]:
    """First row, hashes and offsets of the rows in memory, then of those on disk, in pieces."""
    in_memory = sets.starts + sets.sizes <= len(sets.memory)
    split = int(in_memory.sum())
    for first, last, values, base in (
        (0, split, sets.memory, 0),
        (split, len(sets.sizes), sets.spilled, len(sets.memory)),
    ):
        if first < last:
            offsets = np.append(
                sets.starts[first:last], sets.starts[last - 1] + sets.sizes[last - 1]
            )
            yield first, values, offsets - base


def _probes(sets: Sets) -> NDArray[np.uint64]:
    from corpus_assets.dedup.kernels.probes import smallest

    probes = np.zeros((len(sets.sizes), PROBES), np.uint64)
    for first, values, offsets in _batches(sets):
        smallest(values, offsets, probes[first : first + len(offsets) - 1])
    return probes


def _hits(sets: Sets, probes: NDArray[np.uint64]) -> pl.DataFrame:
    """probe and holder: which rows have which of the rare probes."""
    from corpus_assets.dedup.kernels.probes import probe_hits, probe_table

    distinct = np.unique(probes[probes > 0])
    slots = 1 << int(2 * len(distinct) + 16).bit_length()
    table, numbers = np.zeros(slots, np.uint64), np.zeros(slots, np.int64)
    bitmap = np.zeros(8 * slots, np.uint8)
    probe_table(distinct, table, numbers, bitmap)
    counts = np.zeros(len(distinct), np.int64)
    rows, found = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for first, values, offsets in _batches(sets):
        size = MAX_HOLDERS * len(distinct)
        holders, hits = np.empty(size, np.int64), np.empty(size, np.int64)
        n = probe_hits(values, offsets, table, numbers, bitmap, counts, MAX_HOLDERS, holders, hits)
        rows.append(holders[:n] + first)
        found.append(hits[:n].copy())
    number = np.concatenate(found)
    rare = counts[number] <= MAX_HOLDERS
    return pl.DataFrame(
        {"probe": distinct[number[rare]], "holder": np.concatenate(rows)[rare]},
        schema={"probe": pl.UInt64, "holder": pl.Int64},
    )
