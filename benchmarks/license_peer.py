"""ScanCode's own answers on the benchmark's files, one process, one core, kept on disk.

Belongs here: asking `scancode.api.get_licenses` and timing it. Does not belong here: comparing.
Run as `python -m benchmarks.license_peer ANSWERS [patched]` with one JSON array [key, location] per
line on standard input; what ANSWERS holds already is not asked again. `patched` replaces the one
slow loop of ScanCode by ours, for comparisons over more files than ScanCode manages in a day.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any


def known(answers: Path) -> dict[str, dict[str, Any]]:
    """The answers on disk by key; a line cut off by an interruption is left out."""
    found = {}
    for line in answers.read_text().splitlines() if answers.exists() else []:
        try:
            answer = json.loads(line)
        except ValueError:
            continue
        found[answer["key"]] = answer
    return found


def plain(found: dict[str, Any]) -> dict[str, Any]:
    """What is compared of an answer of `get_licenses`: expressions, rules, lines, measures."""
    return {
        "expression": found["detected_license_expression_spdx"],
        "detections": sorted(
            [item["license_expression_spdx"], [_match(match) for match in item["matches"]]]
            for item in found["license_detections"]
        ),
        "clues": [_match(match) for match in found["license_clues"]],
    }


def _match(match: dict[str, Any]) -> list[Any]:
    names = ("rule_identifier", "matcher", "score", "match_coverage", "start_line", "end_line")
    return [match[name] for name in names]


def main(answers: Path, patched: bool) -> None:
    """Answer every file named on standard input that has no answer yet."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    from licensedcode.cache import get_index
    from scancode.api import get_licenses

    if patched:
        _patch(get_index())
    get_licenses(__file__)  # imports and loading are not measured
    done = known(answers)
    with answers.open("a") as out:
        for line in sys.stdin:
            key, location = json.loads(line)
            if key in done:
                continue
            started = time.process_time()
            try:
                answer = plain(get_licenses(location))
            except Exception as error:  # noqa: BLE001 - whatever it raises is its answer
                answer = {"failed": type(error).__name__}
            seconds = time.process_time() - started
            out.write(json.dumps({"key": key, "seconds": seconds, **answer}) + "\n")
            out.flush()


def _patch(index: Any) -> None:
    from intbitset import intbitset
    from licensedcode import match_set

    from corpus_assets.licensing.scancode_candidates import CandidateIndex

    candidates = CandidateIndex(index)

    def compute(
        query_run: Any, idx: Any, matchable_rids: Any, top: int = 50,
        high_resemblance: bool = False, **_: Any,
    ) -> list[Any]:  # fmt: skip
        assert idx is index
        assert matchable_rids is index.approx_matchable_rids
        tokens = list(query_run.matchable_tokens())
        found = candidates.candidates(tokens, top=top, high_resemblance=high_resemblance)
        query = intbitset([token for token in tokens if 0 <= token < index.len_legalese])
        sets = index.sets_by_rid
        return [(None, rid, index.rules_by_rid[rid], query & sets[rid]) for rid in found]

    match_set.compute_candidates = compute


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] == ["patched"])
