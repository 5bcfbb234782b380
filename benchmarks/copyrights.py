"""Our reader of copyright statements against ScanCode's detector, on the same files, on one core.

Belongs here: counting and timing. Does not belong here: either reader.
Run: `python -m benchmarks.copyrights [--out FILE] FOLDER ...` on unpacked packages; folders that
nobody looked at while tuning are the ones that count.

Statements are compared without their signs, accents and "all rights reserved": ScanCode writes
"(c)" for every sign and ASCII for every letter. What only one of them finds, and what both find on
the same lines in other words, is written to FILE, one JSON object a line: each is a case to look
at, for neither is the truth.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from corpus_assets.licensing.copyrights import copyrights
from corpus_assets.parse.decoding import decode

_MAX_BYTES = 150_000  # ScanCode needs a minute for some larger files
_WORDS = re.compile(rb"(?i)copyright|\(c\)|\xa9|copyleft")
_SIGNS = re.compile(r"copyrighted|copyright|copr\.?|\(c\)|all rights? (?:are )?reserved")

Found = tuple[str, int, int]
"""A statement, its first and its last line."""


def measure(folders: list[Path], out: Path) -> dict[str, Any]:
    """Counts over all files, and the seconds of either reader."""
    counted: Counter[str] = Counter()
    seconds: dict[str, float] = {"ours": 0.0, "scancode": 0.0}
    _scancode("Copyright 2020 A\n")  # loads its grammar
    with out.open("w", encoding="utf-8") as differences:
        for path, text in _texts(folders):
            theirs = _timed(_scancode, text, seconds, "scancode")
            ours = _timed(_ours, text, seconds, "ours")
            counted["files"] += 1
            counted["characters"] += len(text)
            for outcome, words in _compared(theirs, ours):
                counted[outcome] += 1
                if outcome != "equal":
                    line = {"path": str(path), "outcome": outcome, "words": words}
                    differences.write(json.dumps(line, ensure_ascii=False) + "\n")
    return {
        **counted,
        **{f"seconds_{name}": round(value, 2) for name, value in seconds.items()},
        "files_per_second_ours": round(counted["files"] / max(seconds["ours"], 1e-9)),
        "files_per_second_scancode": round(counted["files"] / max(seconds["scancode"], 1e-9), 1),
    }


def _texts(folders: list[Path]) -> Iterator[tuple[Path, str]]:
    """Different texts that may hold a statement, in the order of their paths."""
    seen = set()
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or not 0 < path.stat().st_size <= _MAX_BYTES:
            continue
        data = path.read_bytes()
        if data in seen or not _WORDS.search(data):
            continue
        seen.add(data)
        text = decode(data).text
        if text is not None:
            yield path, text


def _ours(text: str) -> list[Found]:
    return [tuple(found) for found in copyrights(text)]


def _scancode(text: str) -> list[Found]:
    from cluecode.copyrights import CopyrightDetection, detect_copyrights_from_lines

    lines = list(enumerate(text.split("\n"), 1))
    return [
        (found.copyright, found.start_line, found.end_line)
        for found in detect_copyrights_from_lines(
            lines, include_holders=False, include_authors=False
        )
        if isinstance(found, CopyrightDetection)
    ]


def _timed(
    read: Callable[[str], list[Found]], text: str, seconds: dict[str, float], name: str
) -> list[Found]:
    begin = time.process_time()
    found = read(text)
    seconds[name] += time.process_time() - begin
    return found


def _compared(theirs: list[Found], ours: list[Found]) -> Iterator[tuple[str, list[str]]]:
    """(outcome, statements) for each different statement of ScanCode, then for what it missed."""
    named = {_plain(found[0]): found for found in reversed(ours)}
    known = {_plain(found[0]): found for found in reversed(theirs)}
    for words, found in known.items():
        beside = [other[0] for other in ours if _overlap(found, other)]
        if words in named:
            yield "equal", [found[0]]
        elif beside:
            yield "same_lines", [found[0], *beside]
        else:
            yield "only_scancode", [found[0]]
    for words, found in named.items():
        if words not in known and not any(_overlap(found, other) for other in theirs):
            yield "only_ours", [found[0]]


def _overlap(one: Found, other: Found) -> bool:
    return one[1] <= other[2] and other[1] <= one[2]


def _plain(statement: str) -> str:
    letters = unicodedata.normalize("NFKD", statement.lower().replace("©", "(c)"))
    return re.sub(r"[^a-z0-9]+", "", _SIGNS.sub("", letters))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=Path("copyright-differences.jsonl"))
    chosen = parser.parse_args()
    print(json.dumps(measure(chosen.folders, chosen.out), indent=1))
