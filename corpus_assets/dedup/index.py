"""The index of stored signatures, asked whether documents are in the corpus already.

Belongs here: datasketch's MinHashLSH over table document_signatures, kept on disk, and its exact
verification. Not for building the corpus: `near` compares all documents at once.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from corpus_assets.dedup.candidates import N_BANDS
from corpus_assets.dedup.compare import similar_pairs
from corpus_assets.dedup.shingles import N_PERMUTATIONS
from corpus_assets.dedup.signatures import document_signatures, shingle_sets, unpacked

if TYPE_CHECKING:
    from datasketch import LeanMinHash, MinHashLSH

HITS = pl.Schema(
    {
        "content_id": pl.String,
        "found_content_id": pl.String,
        "similarity": pl.Float64,
        "verified": pl.Boolean,
    }
)

TextsOf = Callable[[list[str]], pl.DataFrame]
"""Gives content_id and text of stored documents; those whose text is gone are left out."""


def stored_index(signatures: Callable[[], pl.DataFrame], folder: Path, version: str) -> MinHashLSH:
    """The index of `signatures` (table document_signatures), from `folder` if it holds it.

    `version` names the data: an index of other data is never used, and replaced.
    """
    path = folder / f"{version}.pickle"
    if path.exists():
        with path.open("rb") as file:  # written by ourselves, into the project's own state
            return pickle.load(file)
    from datasketch import MinHashLSH

    width = N_PERMUTATIONS // N_BANDS
    index = MinHashLSH(num_perm=N_PERMUTATIONS, params=(N_BANDS, width))
    for identifier, minhash in _minhashes(signatures()):
        index.insert(identifier, minhash, check_duplication=False)
    folder.mkdir(parents=True, exist_ok=True)
    for other in folder.glob("*.pickle"):
        other.unlink()
    handle, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        pickle.dump(index, file, protocol=5)
    Path(name).replace(path)
    return index


def hits(
    documents: pl.DataFrame,
    index: MinHashLSH,
    stored: Callable[[list[str]], pl.DataFrame],
    texts_of: TextsOf,
    threshold: float,
) -> pl.DataFrame:
    """Stored documents (HITS) that are similar to `documents` (content_id, language, text).

    `stored` gives rows of document_signatures by content id. A hit whose text is at hand is
    verified: `similarity` is exact and at or above the threshold. Of others it is the share of
    equal MinHash values, an estimate, and `verified` is false. Languages do not matter.
    """
    asked = document_signatures(documents)
    proposed = [
        (identifier, found)
        for identifier, minhash in _minhashes(asked)
        for found in sorted(index.query(minhash))
        if found != identifier
    ]
    if not proposed:
        return pl.DataFrame(schema=HITS)
    pairs = pl.DataFrame(proposed, schema=["content_id", "found_content_id"], orient="row")
    wanted = pairs["found_content_id"].unique().sort().to_list()
    texts = texts_of(wanted)
    held = pl.col("found_content_id").is_in(texts["content_id"].implode())
    exact = _verified(pairs.filter(held), documents, texts, threshold)
    guessed = _estimated(pairs.filter(~held), asked, stored(wanted), threshold)
    order = ["content_id", "similarity", "found_content_id"]
    return pl.concat([exact, guessed]).sort(order, descending=[False, True, False])


def _minhashes(signatures: pl.DataFrame) -> list[tuple[str, LeanMinHash]]:
    from datasketch import LeanMinHash

    rows = signatures.filter(pl.col("n_shingles") > 0)
    values, _ = unpacked(rows)
    return [
        (identifier, LeanMinHash(seed=1, hashvalues=row, scheme="affine32"))
        for identifier, row in zip(rows["content_id"], values, strict=True)
    ]


def _verified(
    pairs: pl.DataFrame, documents: pl.DataFrame, texts: pl.DataFrame, threshold: float
) -> pl.DataFrame:
    asked = documents.filter(pl.col("content_id").is_in(pairs["content_id"].implode()))
    columns = ["content_id", "text"]
    both = pl.concat([asked.select(columns), texts.select(columns)])
    left = asked.select("content_id", left=pl.int_range(pl.len(), dtype=pl.Int64))
    right = texts.select(
        found_content_id="content_id",
        right=asked.height + pl.int_range(pl.len(), dtype=pl.Int64),
    )
    rows = pairs.join(left, on="content_id").join(right, on="found_content_id")
    rows = rows.sort("left", "right")
    numbers = rows.select("left", "right").to_numpy()
    similar = similar_pairs(shingle_sets([both["text"]]), numbers, threshold)
    found = pl.DataFrame(
        {
            "left": similar.pairs[:, 0],
            "right": similar.pairs[:, 1],
            "similarity": similar.similarity,
        }
    )
    return rows.join(found, on=["left", "right"]).select(
        "content_id", "found_content_id", "similarity", verified=pl.lit(True)
    )


def _estimated(
    pairs: pl.DataFrame, asked: pl.DataFrame, stored: pl.DataFrame, threshold: float
) -> pl.DataFrame:
    values = {
        identifier: np.frombuffer(row, "<u4")
        for frame in (asked, stored)
        for identifier, row in frame.select("content_id", "signature").iter_rows()
    }
    shares = [float((values[a] == values[b]).mean()) for a, b in pairs.iter_rows()]
    frame = pairs.with_columns(
        similarity=pl.Series(shares, dtype=pl.Float64), verified=pl.lit(False)
    )
    return frame.filter(pl.col("similarity") >= threshold)
