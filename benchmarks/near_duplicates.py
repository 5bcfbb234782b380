"""Near-duplicate detection: ours, with proof, against datasketch's usual recipe without it.

The recipe: Python regular expression for tokens, `MinHash.update_batch`, `MinHashLSH` with the
library's own bands, connected components. Both get the same tokens, shingles and 128
permutations. Time is CPU time of one process.
"""

from __future__ import annotations

import re
import time
from typing import Any

import polars as pl

from benchmarks.corpus import installed_python
from corpus_assets.dedup.near import near_duplicates

THRESHOLD = 0.85
_TOKEN = re.compile(rb"[A-Za-z0-9_\x80-\xff]+")


def measure(max_bytes: int = 30_000_000) -> dict[str, Any]:
    """CPU seconds of both, their ratio, and pairs proposed by the recipe that are not similar."""
    documents = installed_python(max_bytes)
    near_duplicates(documents.head(50), THRESHOLD)  # imports and compilation are not measured
    started = time.process_time()
    ours = near_duplicates(documents, THRESHOLD)
    ours_seconds = time.process_time() - started
    started = time.process_time()
    proposed = _recipe(documents)
    recipe_seconds = time.process_time() - started
    found = ours.select("content_id_a", "content_id_b")
    megabytes = int(documents["size_bytes"].sum()) / 1e6
    return {
        "documents": documents.height,
        "megabytes": round(megabytes, 1),
        "ours_cpu_seconds": round(ours_seconds, 2),
        "ours_megabytes_per_second": round(megabytes / ours_seconds, 1),
        "datasketch_cpu_seconds": round(recipe_seconds, 2),
        "datasketch_megabytes_per_second": round(megabytes / recipe_seconds, 1),
        "times_faster": round(recipe_seconds / ours_seconds, 1),
        "verified_pairs": ours.height,
        "pairs_the_recipe_misses": found.join(proposed, on=found.columns, how="anti").height,
        "pairs_the_recipe_proposes_wrongly": proposed.join(
            found, on=found.columns, how="anti"
        ).height,
    }


def _recipe(documents: pl.DataFrame) -> pl.DataFrame:
    from datasketch import MinHash, MinHashLSH

    lsh, pairs = MinHashLSH(threshold=THRESHOLD, num_perm=128), []
    for identifier, text in documents.select("content_id", "text").iter_rows():
        tokens = _TOKEN.findall(text.encode())
        shingles = {b" ".join(tokens[i : i + 5]) for i in range(len(tokens) - 4)}
        if len(tokens) < 10:
            continue
        signature = MinHash(num_perm=128)
        signature.update_batch(shingles)
        pairs += [tuple(sorted((identifier, other))) for other in lsh.query(signature)]
        lsh.insert(identifier, signature)
    schema = {"content_id_a": pl.String, "content_id_b": pl.String}
    return pl.DataFrame(pairs, schema=schema, orient="row").unique()
