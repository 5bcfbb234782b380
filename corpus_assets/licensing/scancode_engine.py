"""Starting ScanCode: its index, loaded once per process, and which matcher answers.

Belongs here: safe loading, and the decision between our exact replacements (`scancode_fast.py`)
and ScanCode's own code. Does not belong here: what is asked and what an answer means
(`scancode.py`).

The index takes about 4 s and 1.1 GB per process, so nothing loads it before the first text.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from copy import copy
from functools import lru_cache
from typing import Any, NamedTuple

from corpus_assets.licensing.scancode_fast import FastMatcher
from corpus_assets.licensing.scancode_files import Reader
from corpus_assets.licensing.scancode_query import Lines, QueryBuilder

# The one version whose code the replacements were written for and compared with.
PINNED_VERSION = "32.5.0"
# Stands after the version of ScanCode in every detector_version: a change recomputes evidence.
FAST, STOCK = "fast1", "stock"
_SELF_TESTS = 12
_QUERY_PARTS = (
    "tokens", "line_by_pos", "unknowns_by_pos", "unknowns_span", "stopwords_by_pos",
    "shorts_and_digits_pos", "spdx_lines", "high_matchables", "low_matchables", "has_long_lines",
)  # fmt: skip
_PART = 12


class EngineError(RuntimeError):
    """ScanCode cannot be loaded; the message says what to install."""


class Fast(NamedTuple):
    """Our exact replacements of ScanCode's reading, splitting and matching of a text."""

    reader: Reader
    builder: QueryBuilder
    matcher: FastMatcher


class Engine(NamedTuple):
    """ScanCode's parts, and `fast`, the exact replacements, where they may be used.

    `folder` takes temporary files.
    """

    index: Any
    licensing: Any
    cache: Any
    query: Any
    detection: Any
    new_detection: Any
    folder: str
    fast: Fast | None

    def match(self, query: Any, deadline: float) -> list[Any]:
        """The license matches of a query; partial ones if the deadline has passed."""
        if self.fast is not None:
            return self.fast.matcher.match(query, deadline)
        matches: list[Any] = self.index.match_query(query, deadline=deadline)
        return matches


@lru_cache(maxsize=1)
def version() -> str:
    """The version of ScanCode, without loading it."""
    from importlib.metadata import version as installed

    return installed("scancode-toolkit")


@lru_cache(maxsize=1)
def engine() -> Engine:
    """ScanCode, loaded. Raises EngineError if it cannot be."""
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libgomp.so.1")
        except OSError:
            raise EngineError(
                "ScanCode needs the OpenMP runtime: install libgomp1 (apt-get install libgomp1)"
            ) from None
    folder = tempfile.mkdtemp(prefix="corpus-scancode-")
    atexit.register(_remove, folder, os.getpid())
    os.environ.setdefault("SCANCODE_CACHE", folder)
    os.environ.setdefault("SCANCODE_TEMP", folder)
    try:
        from licensedcode import cache, detection, query

        index, licensing = cache.get_index(), cache.get_licensing()
    # ScanCode puts the whole process environment, secrets included, into the text of a plain
    # Exception when a library fails to load: nothing of it may reach a log.
    except Exception as error:  # noqa: BLE001
        raise EngineError(
            f"ScanCode {version()} does not load ({type(error).__name__}); check that pluggy is "
            "older than 1.7 and that scancode-toolkit is installed completely"
        ) from None
    fast = _verified(index) if version() == PINNED_VERSION else None
    return Engine(
        index, licensing, cache, query, detection, _detection_class(detection), folder, fast
    )


def answers_by() -> str:
    """Version and matcher, e.g. `32.5.0+fast1`; loads the engine, whose self-test decides."""
    return f"{version()}+{STOCK if engine().fast is None else FAST}"


def _detection_class(detection: Any) -> Any:
    """ScanCode's detection without an identifier: for it, it splits the file into words again."""

    class Detection(detection.LicenseDetection):  # type: ignore[misc]
        __slots__ = ()
        identifier_with_expression = None

    return Detection


def _remove(folder: str, owner: int) -> None:
    if os.getpid() == owner:  # a forked child must not take its parent's folder away
        shutil.rmtree(folder, ignore_errors=True)


def _verified(index: Any) -> Fast | None:
    """The replacements if they read, rank and match a dozen made-up texts as ScanCode does.

    Most are compared over a twelfth of the rules: over all of them ScanCode needs 7 s.
    """
    texts = list(_self_test_texts(index))
    part = copy(index)
    part.approx_matchable_rids = set(sorted(index.approx_matchable_rids)[::_PART])
    builder = QueryBuilder(index)
    few = Fast(Reader(), builder, FastMatcher(part))
    fast = Fast(few.reader, builder, FastMatcher(index))
    same = all(same_answers(part, few, text) for text in texts)
    return fast if same and same_answers(index, fast, texts[0]) else None


def same_answers(index: Any, fast: Fast, text: str) -> bool:
    """Whether both see the same query in `text`, rank the same rules, find the same matches."""
    from licensedcode import match_set
    from licensedcode.query import Query

    def scancodes() -> Any:
        return Query(query_string=text, idx=index, line_threshold=15)

    def ours() -> Any:
        return fast.builder.build(Lines(text.splitlines(), None, False))

    if any(getattr(scancodes(), name) != getattr(ours(), name) for name in _QUERY_PARTS):
        return False
    if _runs(scancodes()) != _runs(ours()):
        return False
    whole = scancodes().whole_query_run()
    ranked = fast.matcher.candidates.scored_candidates(
        list(whole.matchable_tokens()), top=70, high_resemblance=False
    )
    theirs = match_set.compute_candidates(whole, index, index.approx_matchable_rids, top=70)
    if ranked != [
        (rid, (exact.is_highly_resemblant, exact.containment, exact.matched_length))
        for (_, exact), rid, *_ in theirs
    ]:
        return False
    return _found(fast.matcher.match(ours(), sys.maxsize)) == _found(index.match_query(scancodes()))


def _runs(query: Any) -> list[tuple[int, int]]:
    return [(run.start, run.end) for run in query.query_runs]


def _found(matches: list[Any]) -> list[tuple[Any, ...]]:
    return [
        (match.rule.identifier, match.matcher, list(match.qspan), list(match.ispan),
         list(match.hispan), match.start_line, match.end_line, match.score())
        for match in matches
    ]  # fmt: skip


def _self_test_texts(index: Any) -> Iterator[str]:
    """Texts made of the index's own rules: cut, mixed, interrupted by code and by other words."""
    words = index.tokens_by_tid
    texts = index.tids_by_rid
    rids = sorted(index.approx_matchable_rids)[::_PART]
    rids = [rid for rid in rids if 40 < len(texts[rid]) < 400]
    step = len(rids) // (2 * _SELF_TESTS)
    for number in range(_SELF_TESTS):
        first, second = (
            [words[token] for token in texts[rids[(2 * number + part) * step]]] for part in (0, 1)
        )
        kept = [word for place, word in enumerate(first) if place % (number + 7)]
        lines = [" ".join(kept[at : at + 12]) for at in range(0, len(kept), 12)]
        code = [f"int x{number} = {place};" for place in range(number * 2)]
        yield "\n".join(["/*", *lines, "*/", *code, "//", " ".join(second[: 10 * number])])
