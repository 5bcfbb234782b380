"""One peer of near-duplicate detection, run by the Python of its own environment.

Usage: python near_peer.py PEER TEXTS RESULT THRESHOLD. TEXTS are JSON Lines of [id, text]; RESULT
gets {"cpu_seconds", "peak_mb", "clusters"}. Loading is not measured. Only the standard library and
the peer are imported.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections import defaultdict
from itertools import pairwise

TOKEN = re.compile(r"[A-Za-z0-9_\u0080-\U0010ffff]+")
K, WIDTH, MIN_TOKENS, SEED = 128, 5, 10, 1
BANDS = {0.7: (14, 9), 0.85: (8, 16)}  # datasketch's own choice at k = 128


def shingles(text: str) -> set[str]:
    tokens = TOKEN.findall(text)
    if len(tokens) < MIN_TOKENS:
        return set()
    return {" ".join(tokens[i : i + WIDTH]) for i in range(len(tokens) - WIDTH + 1)}


def peak_mb() -> float:
    """Most memory so far; what getrusage says begins with that of the parent process."""
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def clusters(n: int, pairs) -> list[int]:  # type: ignore[no-untyped-def]
    parent = list(range(n))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in pairs:
        parent[root(a)] = root(b)
    return [root(i) for i in range(n)]


def by_bands(signatures: dict, threshold: float):  # type: ignore[no-untyped-def, type-arg]
    n_bands, width = BANDS[threshold]
    for band in range(n_bands):
        groups = defaultdict(list)
        for i, signature in signatures.items():
            groups[tuple(signature[band * width : (band + 1) * width])].append(i)
        for members in groups.values():
            yield from pairwise(members)


def datasketch(texts, threshold, hashfunc=None):  # type: ignore[no-untyped-def]
    from datasketch import MinHash, MinHashLSH

    more = {} if hashfunc is None else {"hashfunc": hashfunc}
    index = MinHashLSH(threshold=threshold, num_perm=K)
    for i, text in enumerate(texts):
        found = [s.encode() for s in shingles(text)]
        if not found:
            continue
        minhash = MinHash(num_perm=K, seed=SEED, **more)
        minhash.update_batch(found)
        for other in index.query(minhash):
            yield i, other
        index.insert(i, minhash)


def datasketch_xxhash(texts, threshold):  # type: ignore[no-untyped-def]
    import xxhash

    yield from datasketch(texts, threshold, xxhash.xxh32_intdigest)


def rensa(texts, threshold):  # type: ignore[no-untyped-def]
    from rensa import RMinHash

    signatures = {}
    for i, text in enumerate(texts):
        found = list(shingles(text))
        if found:
            minhash = RMinHash(num_perm=K, seed=SEED)
            minhash.update(found)
            signatures[i] = minhash.digest()
    yield from by_bands(signatures, threshold)


def daft(texts, threshold):  # type: ignore[no-untyped-def]
    import daft as df
    from daft.functions import minhash

    normal = [" ".join(TOKEN.findall(text)) for text in texts]
    frame = df.from_pydict({"i": list(range(len(texts))), "t": normal})
    signed = frame.with_column("s", minhash(df.col("t"), num_hashes=K, ngram_size=WIDTH, seed=SEED))
    columns = signed.select("i", "s").to_pydict()
    long_enough = {i for i, text in enumerate(normal) if text.count(" ") >= MIN_TOKENS - 1}
    signatures = {i: s for i, s in zip(columns["i"], columns["s"], strict=True) if i in long_enough}
    yield from by_bands(signatures, threshold)


def main() -> None:
    peer, path, result, threshold = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)[1] for line in lines]
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    function = globals()[peer]
    list(function(["warm up the import " * 9] * 2, threshold))
    started = time.process_time()
    found = clusters(len(texts), function(texts, threshold))
    spent = time.process_time() - started
    peak = peak_mb()
    with open(result, "w", encoding="utf-8") as file:
        json.dump({"cpu_seconds": spent, "peak_mb": peak, "clusters": found}, file)


if __name__ == "__main__":
    main()
