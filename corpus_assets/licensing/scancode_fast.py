"""ScanCode's matching with its slow parts replaced by exact ones.

Belongs here: from a query to its license matches, equal to `LicenseIndex.match_query`. Does not
belong here: reading files (`scancode_files.py`, `scancode_query.py`), ranking and aligning rules
(`scancode_candidates.py`, `scancode_align.py`), and the decision whether these replacements may
stand in for ScanCode's code (`scancode_engine.py`).

What changes against ScanCode 32.5.0, and why the answer does not (reference/licensing.md, 4):

- candidates come from an inverted index (`scancode_candidates.py`);
- they are not computed for a run without legalese left to match: ScanCode drops them there;
- a rule is not aligned again behind its last match: ScanCode's second round starts where its
  first one found no further legalese of the rule, so it never finds any;
- alignments that no test on single matches lets pass are dropped before they are made matches
  (`scancode_align.py`); ScanCode's tests on several matches come after those;
- merging compares numbers where sets are not needed (`scancode_merge.py`), and so do the tests
  for required phrases (`scancode_phrases.py`);
- false positives: conditions on the rules come before the search for copyright words, for which
  ScanCode splits the whole file into words once more.
"""

from __future__ import annotations

import time
from typing import Any

from corpus_assets.licensing.scancode_align import Aligner
from corpus_assets.licensing.scancode_merge import merge_matches
from corpus_assets.licensing.scancode_phrases import with_required_phrases

# A license text matched nearly whole is taken out of the query before further matching.
_LONG_TEXT, _WHOLE = 120, 98
# The names of rules that consist of one bare word.
_BARE_RULES = ("gpl_bare", "freeware_bare", "public-domain_bare")


class FastMatcher:
    """Finds the matches of a query in a loaded index; `deadline` is in seconds of the epoch."""

    def __init__(self, index: Any) -> None:
        """Prepare a loaded `licensedcode.index.LicenseIndex`."""
        from licensedcode import MAX_DIST, match, match_hash

        self._index, self._most = index, MAX_DIST
        self._stock, self._hash_match = match, match_hash.hash_match
        self._aligner = Aligner(index, MAX_DIST)
        self.candidates = self._aligner.candidates

    def match(self, query: Any, deadline: float) -> list[Any]:
        """The matches of a `licensedcode.query.Query`, sorted; partial after the deadline."""
        whole = query.whole_query_run()
        if not whole or not whole.matchables:
            return []
        found: list[Any] = self._hash_match(self._index, whole)
        if found:
            self._stock.set_matched_lines(found, query.line_by_pos)
            return found
        covered: list[Any] = []
        found = self._exact(query, covered, deadline)
        sequences: list[Any] = []
        more = whole.is_matchable(include_low=False, qspans=covered)
        if more and time.time() <= deadline:
            exact_rules = {match.rule.rid for match in found}
            pieces = self._aligner.pieces(query, covered, deadline)
            for rid, of_rule in pieces.items():
                if rid in exact_rules:
                    found += self._aligner.matches(query, rid, of_rule)
                else:
                    sequences += self._aligner.settled(query, rid, of_rule)
        found = merge_matches(found, self._most) + sequences
        found.sort(key=lambda match: match.rule.identifier)
        for false_positives in (False, True):
            found = self._refined(found, query, false_positives)
        found.sort()
        return found

    def _exact(self, query: Any, covered: list[Any], deadline: float) -> list[Any]:
        """Matches of SPDX identifiers and of whole rules; `covered` gets the complete ones."""
        found: list[Any] = []
        for step in (self._index.get_spdx_id_matches, self._index.get_exact_matches):
            if time.time() > deadline:
                break
            matches = step(query, matched_qspans=covered, deadline=deadline)
            matches = merge_matches(matches, self._most)
            found += matches
            for match in matches:
                rule = match.rule
                if rule.is_license_text and rule.length > _LONG_TEXT and match.coverage() > _WHOLE:
                    query.subtract(match.qspan)
            covered += [match.qspan for match in matches if match.coverage() == 100]
        return found

    def _refined(self, matches: list[Any], query: Any, false_positives: bool) -> list[Any]:
        """What ScanCode's tests leave of merged matches, in its order of tests."""
        if not matches:
            return []
        tests = self._stock
        if false_positives:
            matches = merge_matches(matches, self._most)
        tests.set_matched_lines(matches, query.line_by_pos)
        matches = with_required_phrases(matches)
        matches, _ = tests.filter_spurious_matches(matches)
        matches, _ = tests.filter_below_rule_minimum_coverage(matches)
        matches, _ = tests.filter_matches_to_spurious_single_token(matches, query)
        matches, _ = tests.filter_too_short_matches(matches)
        matches, _ = tests.filter_short_matches_scattered_on_too_many_lines(matches)
        matches, _ = tests.filter_invalid_matches_to_single_word_gibberish(matches)
        matches = merge_matches(matches, self._most)
        matches, contained = tests.filter_contained_matches(matches)
        matches, overlapping = tests.filter_overlapping_matches(matches)
        for dropped in (contained, overlapping):
            if dropped:
                restored, _ = tests.restore_non_overlapping(matches, dropped)
                matches.extend(restored)
        matches, _ = tests.filter_contained_matches(matches)
        if false_positives:
            matches, _ = tests.filter_false_positive_matches(matches)
            matches, _ = tests.filter_false_positive_license_lists_matches(matches)
        return merge_matches(matches, self._most)


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
