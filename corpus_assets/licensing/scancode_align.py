"""Where the words of likely rules stand in a query: ScanCode's sequence matches, exactly.

Belongs here: aligning runs with candidate rules, and which alignments can become matches. Does
not belong here: which rules are candidates (`scancode_candidates.py`) and what follows from
matches of several rules (`scancode_fast.py`).

Of a file with one license header ScanCode makes hundreds of matches and drops nearly all of them
for being short, sparse or incomplete. Here blocks stay numbers until they have passed those
tests that look at one match alone.
"""

from __future__ import annotations

import time
from typing import Any

from corpus_assets.licensing.scancode_blocks import LongRun
from corpus_assets.licensing.scancode_candidates import CandidateIndex
from corpus_assets.licensing.scancode_merge import Block, Piece, merge_pieces, rule_distance

# ScanCode's own figures for near duplicates of a rule and for parts of a text.
_NEAR_DUPLICATES, _CANDIDATES = 10, 70
_MATCHER, _MATCHER_ORDER = "3-seq", 3
# Of matches less dense than this, and of small rules less covered than that, nothing is kept.
_DENSITY, _SMALL_COVERAGE = 0.4, 80
# Runs of so many words are aligned on arrays: cyseq needs more time than them from there on.
_LONG_RUN = 1_600


class Aligner:
    """Finds sequence matches in one loaded index."""

    def __init__(self, index: Any, most: int) -> None:
        """`most` is ScanCode's MAX_DIST between parts of one match."""
        from intbitset import intbitset
        from licensedcode.match import LicenseMatch
        from licensedcode.spans import Span

        try:
            from cyseq import match_blocks
        except ImportError:
            from licensedcode.seq import match_blocks
        self.candidates = CandidateIndex(index)
        self._index, self._most = index, most
        self._blocks, self._new_match = match_blocks, LicenseMatch
        self._span, self._set = Span, intbitset

    def pieces(self, query: Any, covered: list[Any], deadline: float) -> dict[int, list[Piece]]:
        """What each rule, by rid, shares with the query: first as a whole, then with its runs.

        `covered` are the spans of exact matches. The positions of near duplicates of rules are
        taken out of the query.
        """
        found: dict[int, list[Piece]] = {}
        whole = query.whole_query_run()
        near = self._align(whole, covered, _NEAR_DUPLICATES, deadline, high_resemblance=True)
        for rid, pieces in near:
            found.setdefault(rid, []).extend(pieces)
        if near:
            places = [at for _, pieces in near for piece in pieces for at in piece.places()]
            query.subtract(self._set(places))
        for run in query.query_runs:
            if time.time() > deadline:
                break
            for rid, pieces in self._align(
                run, covered, _CANDIDATES, deadline, high_resemblance=False
            ):
                found.setdefault(rid, []).extend(pieces)
        return {rid: self._merged(rid, pieces) for rid, pieces in found.items()}

    def settled(self, query: Any, rid: int, pieces: list[Piece]) -> list[Any]:
        """The matches of a rule without exact matches that pass all tests on single matches."""
        rule, words = self._index.rules_by_rid[rid], self._index.tids_by_rid[rid]
        kept = [piece for piece in self._merged(rid, pieces) if self._lasts(rule, words, piece)]
        return self.matches(query, rid, kept)

    def matches(self, query: Any, rid: int, pieces: list[Piece]) -> list[Any]:
        """The pieces as ScanCode's matches."""
        rule, words = self._index.rules_by_rid[rid], self._index.tids_by_rid[rid]
        legalese = self._index.len_legalese
        found = []
        for piece in pieces:
            places = piece.rule_places()
            found.append(
                self._new_match(
                    rule=rule,
                    qspan=self._span(piece.places()),
                    ispan=self._span(places),
                    hispan=self._span([place for place in places if words[place] < legalese]),
                    query_run_start=piece.begin,
                    matcher=_MATCHER,
                    matcher_order=_MATCHER_ORDER,
                    query=query,
                )
            )
        return found

    def _align(
        self, run: Any, covered: list[Any], top: int, deadline: float, *, high_resemblance: bool
    ) -> list[tuple[int, list[Piece]]]:
        if not run.is_matchable(include_low=False, qspans=covered):
            return []
        matchable = run.matchables
        tokens = [token if at in matchable else -1 for at, token in run.tokens_with_pos()]
        rids = self.candidates.candidates(tokens, top=top, high_resemblance=high_resemblance)
        if not rids:
            return []
        legalese = self._index.len_legalese
        long_run = LongRun(tokens, legalese) if len(tokens) >= _LONG_RUN else None
        found = []
        for rid in rids:
            words = self._index.tids_by_rid[rid]
            if long_run is not None:
                blocks = [(run.start + at, *rest) for at, *rest in long_run.aligned(words)]
            else:
                blocks = self._aligned(run, matchable, rid)
            found.append((rid, self._merged(rid, [Piece(block) for block in blocks])))
            if time.time() > deadline:
                break
        return found

    def _aligned(self, run: Any, matchable: Any, rid: int) -> list[Block]:
        """The blocks of equal words, from left to right, again behind the last until none is."""
        found: list[Block] = []
        start, end = run.start, run.end + 1
        while start < end:
            blocks = self._blocks(
                a=run.query.tokens,
                b=self._index.tids_by_rid[rid],
                a_start=start,
                a_end=end,
                b2j=self._index.high_postings_by_rid[rid],
                len_good=self._index.len_legalese,
                matchables=matchable,
            )
            if not blocks:
                break
            found += blocks
            start = max(at + size for at, _, size in blocks)
        return found

    def _merged(self, rid: int, pieces: list[Piece]) -> list[Piece]:
        if len(pieces) < 2:
            return pieces
        return merge_pieces(pieces, rule_distance(self._index.rules_by_rid[rid], self._most))

    def _lasts(self, rule: Any, words: Any, piece: Piece) -> bool:
        """Whether a match would pass ScanCode's tests for length, coverage, density and phrases.

        Only what is certain without the words between: what this keeps may still be dropped.
        """
        if piece.size < rule.min_matched_length:
            return False
        coverage = round(piece.size / rule.length * 100, 2)
        if coverage < rule.minimum_coverage or (rule.is_small and coverage < _SMALL_COVERAGE):
            return False
        extent = piece.end - piece.begin + 1
        rule_extent = piece.rule_end - piece.rule_begin + 1
        if piece.size / extent < _DENSITY or piece.size / rule_extent < _DENSITY:
            return False
        if rule.is_continuous or rule.is_required_phrase:
            if piece.size != extent:
                return False
        elif any(
            phrase.start < piece.rule_begin or phrase.end > piece.rule_end
            for phrase in rule.required_phrase_spans
        ):
            return False
        legalese = self._index.len_legalese
        high = sum(1 for place in piece.rule_places() if words[place] < legalese)
        return bool(high >= rule.min_high_matched_length)
