"""ScanCode's matching with its slow parts replaced by exact ones.

Belongs here: from a query to its license matches, equal to `LicenseIndex.match_query`. Does not
belong here: ranking rules (`scancode_candidates.py`), loading ScanCode and the decision whether
these replacements may stand in for it (`scancode_engine.py`).

What changes against ScanCode 32.5.0, and why the answer does not (reference/licensing.md, 4):

- candidates come from an inverted index (`scancode_candidates.py`);
- they are not computed for a run without legalese left to match: ScanCode drops them there;
- what is constant while a run is aligned (its matchable positions) is evaluated once, not per
  token and rule;
- a rule is not aligned again behind its last match: ScanCode's second round starts where its
  first one found no further legalese of the rule, so it never finds any;
- false positives: conditions on the rules come before the search for copyright words, for which
  ScanCode splits the whole file into words once more.
"""

from __future__ import annotations

import time
from typing import Any

from corpus_assets.licensing.scancode_candidates import CandidateIndex

# ScanCode's own figures for near duplicates of a rule and for parts of a text.
_NEAR_DUPLICATES = 10
_CANDIDATES = 70
_MATCHER, _MATCHER_ORDER = "3-seq", 3
# A license text matched nearly whole is taken out of the query before further matching.
_LONG_TEXT, _WHOLE = 120, 98
# The names of rules that consist of one bare word.
_BARE_RULES = ("gpl_bare", "freeware_bare", "public-domain_bare")


class FastMatcher:
    """Finds the matches of a query in a loaded index; `deadline` is in seconds of the epoch."""

    def __init__(self, index: Any) -> None:
        """Build the candidate index of a loaded `licensedcode.index.LicenseIndex`."""
        from licensedcode import match, match_hash
        from licensedcode.spans import Span

        try:
            from cyseq import match_blocks
        except ImportError:
            from licensedcode.seq import match_blocks
        self._index = index
        self.candidates = CandidateIndex(index)
        self._merge, self._refine = match.merge_matches, match.refine_matches
        self._set_lines, self._new_match = match.set_matched_lines, match.LicenseMatch
        self._hash_match, self._span, self._blocks = match_hash.hash_match, Span, match_blocks

    def match(self, query: Any, deadline: float) -> list[Any]:
        """The matches of a `licensedcode.query.Query`, sorted; partial after the deadline."""
        whole = query.whole_query_run()
        if not whole.matchables:
            return []
        found: list[Any] = self._hash_match(self._index, whole)
        if found:
            self._set_lines(found, query.line_by_pos)
            return found
        covered: list[Any] = []
        steps = (self._tags, self._exact, self._approximate)
        for step in steps:
            matches = self._merge(step(query, covered, deadline))
            found.extend(matches)
            for match in matches:
                rule = match.rule
                if rule.is_license_text and rule.length > _LONG_TEXT and match.coverage() > _WHOLE:
                    query.subtract(match.qspan)
            covered.extend(match.qspan for match in matches if match.coverage() == 100)
            if step == self._exact and not whole.is_matchable(include_low=False, qspans=covered):
                break
            if time.time() > deadline:
                break
        if not found:
            return []
        found, _ = self._refine(found, query=query, filter_false_positive=False, merge=True)
        found, _ = self._refine(found, query=query, filter_false_positive=True, merge=True)
        found.sort()
        return found

    def _tags(self, query: Any, covered: list[Any], deadline: float) -> list[Any]:
        """Matches of SPDX license identifiers."""
        matches: list[Any] = self._index.get_spdx_id_matches(
            query, matched_qspans=covered, deadline=deadline
        )
        return matches

    def _exact(self, query: Any, covered: list[Any], deadline: float) -> list[Any]:
        """Matches of whole rules, by Aho-Corasick."""
        matches: list[Any] = self._index.get_exact_matches(
            query, matched_qspans=covered, deadline=deadline
        )
        return matches

    def _approximate(self, query: Any, covered: list[Any], deadline: float) -> list[Any]:
        """Alignments with the likeliest rules: of the whole query first, then of its runs."""
        matches: list[Any] = []
        whole = query.whole_query_run()
        near = self._candidates(whole, covered, _NEAR_DUPLICATES, high_resemblance=True)
        if near:
            for match in (aligned := self._align(whole, near, deadline)):
                query.subtract(match.qspan)
            matches.extend(aligned)
        for run in query.query_runs:
            if time.time() > deadline:
                break
            rules = self._candidates(run, covered, _CANDIDATES, high_resemblance=False)
            matches.extend(self._align(run, rules, deadline))
        return matches

    def _candidates(
        self, run: Any, covered: list[Any], top: int, *, high_resemblance: bool
    ) -> list[tuple[int, Any, list[int]]]:
        if not run.is_matchable(include_low=False, qspans=covered):
            return []
        matchable = run.matchables
        tokens = [token if at in matchable else -1 for at, token in run.tokens_with_pos()]
        return self.candidates.candidates(tokens, top=top, high_resemblance=high_resemblance)

    def _align(
        self, run: Any, rules: list[tuple[int, Any, list[int]]], deadline: float
    ) -> list[Any]:
        """The blocks of tokens that the run shares with each rule, in order, merged."""
        if not rules:
            return []
        matches: list[Any] = []
        matchable = run.matchables
        for rid, rule, shared in rules:
            postings = self._index.high_postings_by_rid[rid]
            wanted = {token: postings[token] for token in shared}
            start = run.start
            while start <= run.end:
                blocks = self._blocks(
                    a=run.query.tokens,
                    b=self._index.tids_by_rid[rid],
                    a_start=start,
                    a_end=run.end + 1,
                    b2j=wanted,
                    len_good=self._index.len_legalese,
                    matchables=matchable,
                )
                if not blocks:
                    break
                for at, rule_at, size in blocks:
                    start = max(start, at + size)
                    match = self._match(run, rule, at, rule_at, size)
                    if match is not None:
                        matches.append(match)
            if time.time() > deadline:
                break
        merged: list[Any] = self._merge(matches)
        return merged

    def _match(self, run: Any, rule: Any, at: int, rule_at: int, size: int) -> Any:
        """The match of one block; a single word counts only if it is legalese."""
        legalese, words = self._index.len_legalese, self._index.tids_by_rid[rule.rid]
        if size == 1 and run.query.tokens[at] >= legalese:
            return None
        places = range(rule_at, rule_at + size)
        return self._new_match(
            rule=rule,
            qspan=self._span(range(at, at + size)),
            ispan=self._span(places),
            hispan=self._span([place for place in places if words[place] < legalese]),
            query_run_start=run.start,
            matcher=_MATCHER,
            matcher_order=_MATCHER_ORDER,
            query=run.query,
        )


def may_be_false_positive(tests: Any, group: list[Any]) -> bool:
    """Whether ScanCode could call these matches a false positive (`tests` is its module).

    False only if its `is_false_positive` is false whether or not they name a copyright.
    """
    rules = [match.rule for match in group]
    if all(rule.relevance == 100 for rule in rules):
        return False
    one_word = all(rule.length == 1 for rule in rules)
    if one_word and all("gpl" in rule.identifier for rule in rules):
        return True
    if one_word and all(rule.is_license_tag for rule in rules):
        return True
    if not all(rule.relevance < 60 for rule in rules):
        return False
    late = min(match.start_line for match in group) > tests.FALSE_POSITIVE_START_LINE_THRESHOLD
    short = any(rule.length <= tests.FALSE_POSITIVE_RULE_LENGTH_THRESHOLD for rule in rules)
    bare = any(name in rules[0].identifier for name in _BARE_RULES)
    return (late and short) or (len(rules) == 1 and bare)
