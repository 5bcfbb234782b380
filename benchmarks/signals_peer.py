"""The usual quality filters of one peer on a list of texts: run in the peer's own environment.

Run as `python signals_peer.py PEER TEXTS.pickle OUT.json`; imports nothing of the project.
datatrove: the Gopher repetition and quality filters and C4's; dolma: the taggers for code of
StarCoder and RedPajama, and its repetitions.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

DOLMA = ("code_starcoder_taggers_v2", "code_redpajama_taggers_v1", "repetitions_v1")


def datatrove(texts: list[str]) -> Callable[[], int]:
    """Each document through all three filters, whatever one of them says."""
    from datatrove.data import Document
    from datatrove.pipeline.filters import (
        C4QualityFilter,
        GopherQualityFilter,
        GopherRepetitionFilter,
    )

    filters: list[Any] = [
        GopherRepetitionFilter(),
        GopherQualityFilter(),
        C4QualityFilter(split_paragraph=True),
    ]
    documents = [Document(text=text, id=str(i)) for i, text in enumerate(texts)]
    return lambda: sum(
        filter_.filter(document) is True for document in documents for filter_ in filters
    )


def dolma(texts: list[str]) -> Callable[[], int]:
    """Each document through the three taggers."""
    import dolma.taggers  # noqa: F401  registers them
    from dolma.core.data_types import DocumentWithMetadata
    from dolma.core.registry import TaggerRegistry

    taggers = [TaggerRegistry.get(name)() for name in DOLMA]
    documents = [
        DocumentWithMetadata(source="", id=str(i), text=text) for i, text in enumerate(texts)
    ]
    return lambda: sum(
        len(tagger.predict(document).spans) for document in documents for tagger in taggers
    )


def main() -> None:
    """Time the peer of the command line."""
    name, given, out = sys.argv[1:4]
    texts = pickle.loads(Path(given).read_bytes())  # written by the benchmark itself
    run = {"datatrove": datatrove, "dolma": dolma}[name](texts)
    start = time.process_time()
    run()
    Path(out).write_text(json.dumps({"cpu_seconds": time.process_time() - start}))


if __name__ == "__main__":
    main()
