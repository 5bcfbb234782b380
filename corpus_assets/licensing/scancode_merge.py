"""Matches of one rule put together: ScanCode's `merge_matches`, with places compared as numbers.

Belongs here: merging, and what is known to be dropped afterwards. Does not belong here: finding
matches (`scancode_fast.py`).

ScanCode asks the sets of two matches' positions for every comparison. Most pairs lie apart, and
then their first and last positions say the same.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

# A block of equal words: first position in the query, first position in the rule, length.
Block: TypeAlias = tuple[int, int, int]


class Piece:
    """Blocks of one rule that ScanCode holds for one match; spans end inclusively."""

    __slots__ = ("begin", "blocks", "end", "rule_begin", "rule_end", "size")

    def __init__(self, block: Block) -> None:
        at, rule_at, size = block
        self.begin, self.end = at, at + size - 1
        self.rule_begin, self.rule_end = rule_at, rule_at + size - 1
        self.size = size
        self.blocks = [block]

    def take(self, other: Piece) -> None:
        """Become the union of both."""
        self.begin, self.end = min(self.begin, other.begin), max(self.end, other.end)
        self.rule_begin = min(self.rule_begin, other.rule_begin)
        self.rule_end = max(self.rule_end, other.rule_end)
        self.size += other.size
        self.blocks += other.blocks

    def places(self) -> list[int]:
        """The matched positions of the query."""
        return [at for begin, _, size in self.blocks for at in range(begin, begin + size)]

    def rule_places(self) -> list[int]:
        """The matched positions of the rule."""
        return [at for _, begin, size in self.blocks for at in range(begin, begin + size)]


def merge_pieces(pieces: list[Piece], distance: int) -> list[Piece]:
    """Merge the pieces of one rule, none of which shares a position of the query with another.

    Alignments give such pieces. Of ScanCode's conditions those on shared positions cannot hold
    for them; what is left is distance, inclusion and order. `distance` is how far apart pieces
    of the rule may lie.
    """
    pieces = sorted(pieces, key=lambda piece: piece.begin)
    at = 0
    while at < len(pieces) - 1:
        current, following = pieces[at], at + 1
        while following < len(pieces):
            other = pieces[following]
            if other.begin - current.end > distance or _gap(current, other) > distance:
                break
            within = current.end >= other.end and not _share(current, other)
            behind = other.begin > current.end and other.rule_begin > current.rule_end
            if within or behind:
                current.take(other)
                del pieces[following]
            else:
                following += 1
        at += 1
    return pieces


def _gap(current: Piece, other: Piece) -> int:
    """How far apart they lie in the rule; not positive if their ranges meet."""
    if current.rule_end < other.rule_begin:
        return other.rule_begin - current.rule_end
    return current.rule_begin - other.rule_end


def _share(current: Piece, other: Piece) -> bool:
    return not set(current.rule_places()).isdisjoint(other.rule_places())


def rule_distance(rule: Any, most: int) -> int:
    """How far apart two matches of the rule may lie; `most` is ScanCode's MAX_DIST."""
    return min((rule.length // 2) or 1, most)


class _Held(NamedTuple):
    """A match with its first and last positions."""

    match: Any
    begin: int
    end: int
    rule_begin: int
    rule_end: int


def _hold(match: Any) -> _Held:
    places, rule_places = match.qspan._set, match.ispan._set
    return _Held(match, places[0], places[-1], rule_places[0], rule_places[-1])


def merge_matches(matches: list[Any], most: int) -> list[Any]:
    """ScanCode's `merge_matches`: also sorts `matches` in place, and changes those it merges."""
    if len(matches) < 2:
        return matches
    matches.sort(
        key=lambda match: (
            match.rule.identifier,
            match.qspan._set[0],
            -len(match.hispan._set),
            -len(match.qspan._set),
            match.matcher_order,
        )
    )
    merged = []
    for _, of_rule in groupby(matches, key=lambda match: match.rule.identifier):
        group = list(of_rule)
        if len(group) > 1:
            group = _merge_rule(group, rule_distance(group[0].rule, most))
        merged += group
    return merged


def _merge_rule(matches: list[Any], distance: int) -> list[Any]:
    held = [_hold(match) for match in matches]
    at = 0
    while at < len(held) - 1:
        following = at + 1
        while following < len(held):
            current, other = held[at], held[following]
            if _apart(current, other, distance):
                break
            if other.begin > current.end:  # no position is shared: only their order counts
                if other.rule_begin > current.rule_end:
                    held[at] = _hold(current.match.update(other.match))
                    del held[following]
                else:
                    following += 1
                continue
            kept = _overlapping(current, other)
            if kept is None:
                following += 1
                continue
            if kept is other:
                # What is merged into the later one, or is worse than it, makes room for it.
                held[following] = _hold(other.match)
                del held[at]
                at -= 1
                break
            held[at] = _hold(current.match)
            del held[following]
        at += 1
    return [item.match for item in held]


def _apart(current: _Held, other: _Held, distance: int) -> bool:
    if other.begin - current.end > distance:
        return True
    if current.rule_end < other.rule_begin:
        return other.rule_begin - current.rule_end > distance
    return current.rule_begin - other.rule_end > distance


def _overlapping(current: _Held, other: _Held) -> _Held | None:
    """Which of two matches with meeting ranges takes over the other; None if neither does."""
    one, two = current.match, other.match
    shared = len(one.qspan._set & two.qspan._set)
    same_rule_places = one.ispan == two.ispan
    if same_rule_places and one.qspan == two.qspan:
        return current
    if same_rule_places and shared:
        return current if one.qspan.magnitude() <= two.qspan.magnitude() else other
    if shared == len(two.qspan):
        return current
    if shared == len(one.qspan):
        return other
    if current.begin <= other.begin and current.end >= other.end and _aligned(one, two):
        one.update(two)
        return current
    if other.begin <= current.begin and other.end >= current.end and _aligned(two, one):
        two.update(one)
        return other
    in_order = (
        current.begin <= other.begin
        and current.end <= other.end
        and current.rule_begin <= other.rule_begin
        and current.rule_end <= other.rule_end
    )
    if in_order and shared and shared == len(one.ispan._set & two.ispan._set):
        one.update(two)
        return current
    return None


def _aligned(one: Any, two: Any) -> bool:
    return len(one.qspan._set | two.qspan._set) == len(one.ispan._set | two.ispan._set)
