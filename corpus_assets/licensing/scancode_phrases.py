"""Required phrases of rules: ScanCode's `filter_matches_missing_required_phrases`, faster.

Belongs here: which matches hold all phrases that their rule requires, unbroken. Does not belong
here: ScanCode's other tests of matches (`scancode_fast.py`).

ScanCode asks a set for every position of every match, once per phrase; here the positions of a
phrase are a slice of the match's sorted positions.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any


def with_required_phrases(matches: list[Any]) -> list[Any]:
    """The matches whose rule requires no phrase, or whose phrases are all there without a gap.

    A gap is an unmatched word, an unknown word, or a stopword that the rule does not have there.
    """
    return [match for match in matches if _has_phrases(match)]


def _has_phrases(match: Any) -> bool:
    rule = match.rule
    whole = rule.is_continuous or rule.is_required_phrase
    if not (whole or rule.required_phrase_spans):
        return True
    if whole:
        if not match.is_continuous():
            return False
        return _unbroken(match, list(match.qspan._set), list(match.ispan._set))
    if any(phrase not in match.ispan for phrase in rule.required_phrase_spans):
        return False
    places, rule_places = list(match.qspan._set), list(match.ispan._set)
    for phrase in rule.required_phrase_spans:
        begin = bisect_left(rule_places, phrase.start)
        end = begin + len(phrase)
        part = places[begin:end]
        if part[-1] - part[0] + 1 != len(part):
            return False
        if not _unbroken(match, part, rule_places[begin:end]):
            return False
    return True


def _unbroken(match: Any, places: list[int], rule_places: list[int]) -> bool:
    """Whether no word that counts stands between these places of query and rule."""
    query = match.query
    unknown, stopwords = query.unknowns_by_pos, query.stopwords_by_pos
    rule_stopwords = match.rule.stopwords_by_pos
    return not any(
        place in unknown or stopwords.get(place) != rule_stopwords.get(rule_place)
        for place, rule_place in zip(places[:-1], rule_places[:-1], strict=True)
    )
