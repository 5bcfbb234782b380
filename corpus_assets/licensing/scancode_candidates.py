"""Which license rules may stand in a run of tokens: ScanCode's ranking, exactly, over an index.

Belongs here: the rules worth aligning with a query run, the best first. Does not belong here: the
alignment (`scancode_fast.py`) and what becomes of a match.

ScanCode intersects the tokens of the query with those of each of its 30,000 rules in a Python
loop, twice, which takes 95 % of its time (reference/licensing.md, section 4). Here an inverted
index counts the shared tokens of all rules at once. The counts, divisions, thresholds and sort
keys are the same, so the list is the same.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

# ScanCode ranks ten times as many rules by sets as it keeps after ranking them by multisets.
_FIRST_RANKING = 10
_HIGH_RESEMBLANCE = 0.8
# Token ids are 16-bit integers and so are the positions in ScanCode's rules.
_MAX_LENGTH = 1 << 15
# Further than this from a tie, rounding in floating point equals Python's exact rounding.
_TIE = 1e-6


class _Bounds(NamedTuple):
    """What a rule demands of a match, one value per rule."""

    matched: Integers
    high_matched: Integers
    length: Integers


class _Scores(NamedTuple):
    """ScanCode's two score vectors, one value per rule; `packed` orders as its rounded one."""

    packed: Integers
    alike: NDArray[np.bool_]
    containment: Floats
    resemblance: Floats
    matched: Integers


_NO_SCORES = _Scores(
    np.empty(0, dtype=np.int64),
    np.empty(0, dtype=np.bool_),
    np.empty(0, dtype=np.float64),
    np.empty(0, dtype=np.float64),
    np.empty(0, dtype=np.int64),
)


class CandidateIndex:
    """ScanCode's approximately matchable rules as arrays; rules are numbered by ascending rid."""

    def __init__(self, index: Any) -> None:
        """Build the arrays from a loaded `licensedcode.index.LicenseIndex` (0.6 s, 30 MB)."""
        rids = sorted(index.approx_matchable_rids)
        rules = [index.rules_by_rid[rid] for rid in rids]
        # Not from ScanCode's own counts by rule: its candidate loop adds empty ones to them.
        texts = [np.frombuffer(index.tids_by_rid[rid], dtype=np.int16) for rid in rids]
        owner = np.repeat(np.arange(len(rids)), [len(text) for text in texts])
        keys, times = np.unique(owner << 16 | np.concatenate(texts), return_counts=True)
        owners, tokens = (keys >> 16).astype(np.int32), (keys & 0xFFFF).astype(np.int32)
        self._legalese = int(index.len_legalese)
        self._tokens_known = 1 + max(index.dictionary.values())
        self._rids = np.array(rids, dtype=np.int64)
        # Rule -> its distinct tokens and how often each occurs.
        self._starts = np.searchsorted(owners, np.arange(len(rids) + 1))
        self._tokens, self._times = tokens, times.astype(np.int32)
        # Legalese token -> the rules that hold it.
        high = tokens < self._legalese
        order = np.argsort(tokens[high], kind="stable")
        self._postings = owners[high][order]
        bounds = np.searchsorted(tokens[high][order], np.arange(self._legalese + 1))
        self._postings_starts = bounds
        self._unique = _bounds(rules, unique=True)
        self._all = _bounds(rules, unique=False)
        self._others = self._unique.length - np.bincount(owners[high], minlength=len(rids))
        # ScanCode keeps this threshold in a private field only.
        self._containment = np.array([rule._minimum_containment for rule in rules])
        self._expressions = _ranks([rule.license_expression for rule in rules])
        self._identifiers = _ranks([rule.identifier for rule in rules])

    def candidates(self, token_ids: list[int], *, top: int, high_resemblance: bool) -> list[int]:
        """The rids of the rules to align with a query run, best first.

        `token_ids` are the run's tokens that are still to be matched, -1 in place of others.
        Equals the ranking of ScanCode's `match_set.compute_candidates`.
        """
        ranked, _ = self._ranking(token_ids, top, high_resemblance)
        rids: list[int] = self._rids[ranked].tolist()
        return rids

    def scored_candidates(
        self, token_ids: list[int], *, top: int, high_resemblance: bool
    ) -> list[tuple[Any, ...]]:
        """The ranking as (rid, (alike, containment, matched words)), to compare with ScanCode's."""
        ranked, scores = self._ranking(token_ids, top, high_resemblance)
        return [
            (
                int(self._rids[rule]),
                (
                    bool(scores.alike[at]),
                    float(scores.containment[at]),
                    int(scores.matched[at]),
                ),
            )
            for at, rule in enumerate(ranked)
        ]

    def _ranking(
        self, token_ids: list[int], top: int, high_resemblance: bool
    ) -> tuple[Integers, _Scores]:
        tokens = np.array(token_ids, dtype=np.int64)
        times = np.bincount(tokens[tokens >= 0], minlength=self._tokens_known)
        present = (times > 0).astype(np.int64)
        likely = self._likely(present, high_resemblance)
        if not len(likely):
            return likely, _NO_SCORES
        rules, scores = self._score(likely, present, unique=True)
        rules, scores = _only_alike(rules, scores, high_resemblance)
        if not len(rules):
            return rules, scores
        rules = rules[_best_first(scores, self._rids[rules])[: top * _FIRST_RANKING]]
        rules, scores = self._score(rules, times, unique=False)
        rules, scores = _only_alike(rules, scores, high_resemblance)
        kept = self._without_duplicates(rules, scores)
        rules, scores = rules[kept], _take(scores, kept)
        order = _best_first(scores, self._rids[rules])[:top]
        return rules[order], _take(scores, order)

    def _likely(self, present: Integers, high_resemblance: bool) -> Integers:
        """The rules that may reach their thresholds, as far as legalese and lengths tell.

        A rule shares no more tokens than the shorter of rule and query has, and no more of
        those that are not legalese than either has.
        """
        legalese = np.flatnonzero(present[: self._legalese])
        length = int(present.sum())
        lengths = self._unique.length
        possible = self._unique.high_matched
        if high_resemblance:
            alike = np.minimum(lengths, length) / np.maximum(lengths, length)
            possible = np.where(alike >= _HIGH_RESEMBLANCE, possible, length + 1)
            if not length or possible.min() > length:
                return np.empty(0, dtype=np.int64)
        starts, ends = self._postings_starts[legalese], self._postings_starts[legalese + 1]
        parts = [self._postings[start:end] for start, end in zip(starts, ends, strict=True)]
        if not parts:
            return np.empty(0, dtype=np.int64)
        shared = np.bincount(np.concatenate(parts), minlength=len(self._rids))
        rules = np.flatnonzero(shared >= np.maximum(possible, 1))
        most = shared[rules] + np.minimum(length - len(legalese), self._others[rules])
        enough = (most >= self._unique.matched[rules]) & (
            most / lengths[rules] >= self._containment[rules]
        )
        likely: Integers = rules[enough]
        return likely

    def _score(self, rules: Integers, times: Integers, *, unique: bool) -> tuple[Integers, _Scores]:
        """The rules above their thresholds and their scores against the query's token counts."""
        bounds = self._unique if unique else self._all
        matched, high_matched = self._shared_counts(rules, times, unique=unique)
        contained = matched / bounds.length[rules]
        passed = (
            (high_matched >= np.maximum(bounds.high_matched[rules], 1))
            & (matched >= bounds.matched[rules])
            & (contained >= self._containment[rules])
        )
        rules, matched, contained = rules[passed], matched[passed], contained[passed]
        together = int(times.sum()) + bounds.length[rules] - matched
        resemblance = matched / together
        # Python's power may differ from this product in the last bit; no order and no rounding
        # depends on that, for fractions of numbers below 2**16 lie farther apart.
        squared = resemblance * resemblance
        packed = (
            ((_tenths(resemblance) >= 8).astype(np.int64) << 48)
            | (_tenths(contained) << 40)
            | (_tenths(squared) << 32)
            | _tenths_of_twentieths(matched)
        )
        alike = resemblance >= _HIGH_RESEMBLANCE
        return rules, _Scores(packed, alike, contained, squared, matched)

    def _shared_counts(
        self, rules: Integers, times: Integers, *, unique: bool
    ) -> tuple[Integers, Integers]:
        """How many tokens, and legalese tokens, each rule shares with the query."""
        if not len(rules):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        starts, sizes = self._starts[rules], self._starts[rules + 1] - self._starts[rules]
        ends = np.cumsum(sizes)
        begins = ends - sizes
        places = np.arange(ends[-1]) + np.repeat(starts - begins, sizes)
        tokens = self._tokens[places]
        shared = times[tokens]
        if not unique:
            shared = np.minimum(shared, self._times[places])
        high = np.where(tokens < self._legalese, shared, 0)
        return np.add.reduceat(shared, begins), np.add.reduceat(high, begins)

    def _without_duplicates(self, rules: Integers, scores: _Scores) -> Integers:
        """Of the rules with one expression, length and rounded score, the best of each."""
        lengths, expressions = self._all.length[rules], self._expressions[rules]
        order = np.lexsort(
            (
                self._identifiers[rules],
                scores.matched,
                scores.resemblance,
                scores.containment,
                scores.alike,
                lengths,
                scores.packed,
                expressions,
            )
        )
        groups = np.stack((expressions, scores.packed, lengths))[:, order]
        last = np.ones(len(order), dtype=bool)
        last[:-1] = (groups[:, 1:] != groups[:, :-1]).any(axis=0)
        return order[last]


def _bounds(rules: list[Any], *, unique: bool) -> _Bounds:
    return _Bounds(
        np.array([rule.get_min_matched_length(unique) for rule in rules], dtype=np.int64),
        np.array([rule.get_min_high_matched_length(unique) for rule in rules], dtype=np.int64),
        np.array([rule.get_length(unique) for rule in rules], dtype=np.int64),
    )


def _ranks(words: list[str]) -> Integers:
    """The place of each word among the sorted distinct words."""
    place = {word: rank for rank, word in enumerate(sorted(set(words)))}
    return np.array([place[word] for word in words], dtype=np.int64)


def _only_alike(rules: Integers, scores: _Scores, wanted: bool) -> tuple[Integers, _Scores]:
    if not wanted:
        return rules, scores
    kept = np.flatnonzero(scores.alike & (scores.packed >> 48 == 1))
    return rules[kept], _take(scores, kept)


def _take(scores: _Scores, kept: Integers) -> _Scores:
    return _Scores(
        scores.packed[kept],
        scores.alike[kept],
        scores.containment[kept],
        scores.resemblance[kept],
        scores.matched[kept],
    )


def _best_first(scores: _Scores, rids: Integers) -> Integers:
    return np.lexsort(
        (
            rids,
            scores.matched,
            scores.resemblance,
            scores.containment,
            scores.alike,
            scores.packed,
        )
    )[::-1]


def _tenths(values: Floats) -> Integers:
    """Python's round(value, 1) in tenths; near a tie it is asked itself."""
    tens = values * 10
    rounded = np.floor(tens + 0.5).astype(np.int64)
    for at in np.flatnonzero(np.abs(tens - np.floor(tens) - 0.5) < _TIE):
        rounded[at] = round(round(float(values[at]), 1) * 10)
    return rounded


_TWENTIETHS = np.array(
    [round(round(matched / 20, 1) * 10) for matched in range(_MAX_LENGTH + 1)], dtype=np.int64
)


def _tenths_of_twentieths(matched: Integers) -> Integers:
    return _TWENTIETHS[matched]
