"""One peer on a list of texts, from strings to clusters: run in the peer's own environment.

Belongs here: the usual recipe of each peer with its own bands, 128 permutations and the tokens and
shingles that ours has; connected components of what it proposes, unverified, as the field does.
Run as `python near_peer.py PEER TEXTS.pickle OUT.json THRESHOLD`; imports nothing of the project.
"""

from __future__ import annotations

import array
import json
import os
import pickle
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

PERMUTATIONS, WIDTH, MIN_TOKENS = 128, 5, 10
BANDS = {0.7: (14, 9), 0.85: (8, 16)}  # datasketch's own choice for 128 permutations
TOKEN = re.compile(r"[A-Za-z0-9_\x80-\U0010ffff]+")


class Clusters:
    """Union-find over the numbers of the texts."""

    def __init__(self, n: int) -> None:
        self.parent = list(range(n))

    def find(self, i: int) -> int:
        """The representative of i."""
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, members: Iterable[int]) -> None:
        """Put all members into one cluster."""
        roots = sorted({self.find(i) for i in members})
        for root in roots:
            self.parent[root] = roots[0]

    def labels(self) -> list[int]:
        """The representative of every text."""
        return [self.find(i) for i in range(len(self.parent))]


def shingled(texts: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Number and distinct shingles of every text that has enough tokens."""
    for i, text in enumerate(texts):
        tokens = TOKEN.findall(text)
        if len(tokens) >= MIN_TOKENS:
            windows = zip(*(tokens[k:] for k in range(WIDTH)), strict=False)
            yield i, list({" ".join(window) for window in windows})


def datasketch(texts: list[str], threshold: float) -> list[int]:
    """MinHash with xxh32 and MinHashLSH."""
    import xxhash
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, params=BANDS[threshold])
    clusters = Clusters(len(texts))
    for i, shingles in shingled(texts):
        signature = MinHash(num_perm=PERMUTATIONS, hashfunc=xxhash.xxh32_intdigest)
        signature.update_batch([shingle.encode() for shingle in shingles])
        clusters.join([i, *lsh.query(signature)])
        lsh.insert(i, signature, check_duplication=False)
    return clusters.labels()


def rensa(texts: list[str], threshold: float) -> list[int]:
    """RMinHash, banded by hand as its own index does."""
    from rensa import RMinHash

    def signatures() -> Iterator[tuple[int, Any]]:
        for i, shingles in shingled(texts):
            signature = RMinHash(num_perm=PERMUTATIONS, seed=1)
            signature.update(shingles)
            yield i, signature.digest()

    return banded(signatures(), len(texts), threshold)


def daft(texts: list[str], threshold: float) -> list[int]:
    """The minhash expression on texts whose tokens are joined by single spaces."""
    import daft as library

    numbers, lines = [], []
    for i, text in enumerate(texts):
        tokens = TOKEN.findall(text)
        if len(tokens) >= MIN_TOKENS:
            numbers.append(i)
            lines.append(" ".join(tokens))
    frame = library.from_pydict({"text": lines})
    column = library.col("text").minhash(
        num_hashes=PERMUTATIONS, ngram_size=WIDTH, seed=1, hash_function="xxhash32"
    )
    found = frame.select(column.alias("signature")).to_arrow()["signature"].combine_chunks()
    values = found.flatten().to_numpy(zero_copy_only=False).reshape(len(lines), PERMUTATIONS)
    return banded(zip(numbers, values, strict=True), len(texts), threshold)


def banded(signatures: Iterable[tuple[int, Any]], n: int, threshold: float) -> list[int]:
    """Clusters of texts that agree on a whole band."""
    n_bands, width = BANDS[threshold]
    buckets: list[dict[bytes, list[int]]] = [defaultdict(list) for _ in range(n_bands)]
    for i, values in signatures:
        data = values.tobytes() if hasattr(values, "tobytes") else array.array("Q", values)
        data = bytes(data)
        item = len(data) // PERMUTATIONS
        for band, bucket in enumerate(buckets):
            bucket[data[band * width * item : (band + 1) * width * item]].append(i)
    clusters = Clusters(n)
    for bucket in buckets:
        for members in bucket.values():
            clusters.join(members)
    return clusters.labels()


def datatrove(texts: list[str], threshold: float) -> list[int]:
    """Its signature, bucket and cluster steps over files, with our tokens for its words."""
    from datatrove.data import Document
    from datatrove.pipeline.dedup import (
        MinhashDedupBuckets,
        MinhashDedupCluster,
        MinhashDedupSignature,
        minhash,
    )
    from datatrove.utils.text import TextNormConfig

    class Words:
        """Our tokens; its own come from spaCy, which takes ten times as long."""

        word_tokenize = staticmethod(TOKEN.findall)

    minhash.load_word_tokenizer = lambda _language: Words()
    n_bands, width = BANDS[threshold]
    config = minhash.MinhashConfig(
        n_grams=WIDTH,
        num_buckets=n_bands,
        hashes_per_bucket=width,
        norm_config=TextNormConfig(**{item.name: False for item in fields(TextNormConfig)}),
    )
    numbers = [i for i, text in enumerate(texts) if len(TOKEN.findall(text)) >= MIN_TOKENS]
    with tempfile.TemporaryDirectory() as folder:
        step = MinhashDedupSignature(f"{folder}/signatures", config=config)
        documents = (Document(text=texts[i], id=str(i)) for i in numbers)
        step.run(documents, rank=0, world_size=1)
        for bucket in range(n_bands):
            MinhashDedupBuckets(f"{folder}/signatures", f"{folder}/buckets", config=config).run(
                None, rank=bucket, world_size=n_bands
            )
        cluster = MinhashDedupCluster(
            f"{folder}/buckets", f"{folder}/out", config=config, save_cluster_id=True
        )
        cluster.run(None, 0, 1)
        return _datatrove_clusters(Path(folder) / "out", numbers, len(texts))


def _datatrove_clusters(out: Path, numbers: list[int], n: int) -> list[int]:
    """Clusters from its binary file of (document, cluster) numbers."""
    import struct

    members = defaultdict(list)
    for file in out.rglob("*.clusters"):
        for document, cluster in struct.iter_unpack("<II", file.read_bytes()):
            members[cluster].append(numbers[document])
    clusters = Clusters(n)
    for group in members.values():
        clusters.join(group)
    return clusters.labels()


PEERS: dict[str, Callable[[list[str], float], list[int]]] = {
    "datasketch": datasketch,
    "rensa": rensa,
    "daft": daft,
    "datatrove": datatrove,
}


def peak_megabytes() -> float:
    """Most memory this program held; getrusage would count what its parent held before it."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1000


def main(peer: str, given: str, out: str, threshold: str) -> None:
    """Run the peer once on little to load what it needs, then measured on all texts."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    texts = pickle.loads(Path(given).read_bytes())
    PEERS[peer](texts[:20], float(threshold))
    started = time.process_time()
    labels = PEERS[peer](texts, float(threshold))
    seconds = time.process_time() - started
    answer = {"cpu_seconds": seconds, "peak_megabytes": peak_megabytes(), "labels": labels}
    Path(out).write_text(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
