"""Our answers on the benchmark's files, one process, one core, timed as ScanCode's are.

Belongs here: what a first scan and a second one cost, and the answers in the peer's form. Does not
belong here: comparing. Run as `python -m benchmarks.license_ours ANSWERS`, with one JSON array
[key, path, location] per line on standard input; prints its seconds as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.collect.identity import content_id
from corpus_assets.licensing.clues import has_clue
from corpus_assets.licensing.scancode import Detection, RuleMatch, detect
from corpus_assets.parse.decoding import decode


def plain(found: Detection) -> dict[str, Any]:
    """The answer in the form of `license_peer.plain`."""
    return {
        "detections": sorted(
            [item.expression, [_match(match) for match in item.matches]]
            for item in found.statements
        ),
        "clues": [_match(match) for match in found.clues],
    }


def _match(match: RuleMatch) -> list[Any]:
    return [
        match.rule_id, match.matcher, match.score, match.coverage, match.start_line, match.end_line
    ]  # fmt: skip


def main(answers: Path) -> None:
    """Scan the files named on standard input, then find on a second run that nothing is new."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    files = [json.loads(line) for line in sys.stdin]
    data = [Path(location).read_bytes() for _, _, location in files]
    detect(Path(__file__).read_text(), __file__)  # imports and loading are not measured
    pl.DataFrame({"text": ["x"]}).filter(has_clue(pl.col("text")))
    started = time.process_time()
    table = _texts(files, data)
    likely = table.filter(has_clue(pl.col("text")))
    found = {
        key: plain(detect(text, path))
        for key, path, text in likely.select("key", "path", "text").iter_rows()
    }
    first = time.process_time() - started
    known = table.select("content_id").unique()
    started = time.process_time()
    again = _texts(files, data).join(known, on="content_id", how="anti")
    second = time.process_time() - started
    nothing = plain(Detection((), "complete", ""))
    answers.write_text(
        "".join(json.dumps({"key": key, **found.get(key, nothing)}) + "\n" for key, *_ in files)
    )
    report = {"first": first, "second": second, "scanned": len(found), "again": again.height}
    print(json.dumps(report))


def _texts(files: list[list[str]], data: list[bytes]) -> pl.DataFrame:
    """The files with their content ids and decoded texts."""
    return pl.DataFrame(
        {
            "key": [key for key, _, _ in files],
            "path": [path for _, path, _ in files],
            "content_id": [content_id(item) for item in data],
            "text": [decode(item).text for item in data],
        }
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
