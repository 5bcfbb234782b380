"""The comments of a text, and the code that each of them introduces.

Belongs here: finding the comment at a place by syntax tree, or by its marks where there is none,
and the lines for which it speaks. Does not belong here: what the comment says.

A comment speaks for
- the code on its own line, if it stands behind code;
- the function, class or other block in whose head it stands (a docstring, or first in the body);
- the whole file, if it is the first thing in it and a blank line sets it apart, or its docstring;
- else what follows it directly: a statement of several lines, or statements up to a blank line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from corpus_assets.languages import OTHER
from corpus_assets.parse.syntax import syntax_tree

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_BLOCK_LINES = 400
"""Lines of statements without a blank line that one comment may introduce."""

MAX_RUN = 200
"""Comments line by line, above and below one, that are read with it."""

_BLOCK = re.compile(
    r"^(?!.*(?:body|block|list)$).*(?:function|method|lambda|closure|constructor|subroutine|"
    r"procedure|class|struct|impl|interface|trait|definition|^func|_item$)"
)
_BODY_DEPTH = 3  # nodes between a comment and the function in whose body it stands
_STATEMENTS = ("module", "block", "expression_statement")
_DEFINITION = re.compile(_BLOCK.pattern + r"|macro|decorated|type_alias")
_HEADED = re.compile(
    r"function|method|class|struct|definition|declaration|type|impl|_item$|pair|assignment|"
    r"decorated|export|macro|preproc|rule_set|lexical"
)
# Nodes whose text is another language: marks of comments are looked for instead.
_FOREIGN = re.compile(r"raw_text|^text$|^content$|script|template|injection")
# Marks with which a comment may begin: on its own line, and behind code.
_LEADING = re.compile(r"\s*(?:#|//|/\*|\*(?:\s|$)|--|;|%|<!--|dnl\b|rem\b|\(\*|\{-)", re.IGNORECASE)
_TRAILING = re.compile(r"(?:^|\s)(?:#|//|--|;|%|/\*|<!--)")
_MAX_LINE = 2_000  # a longer line is data or packed code, in which marks mean nothing
_TAG = re.compile(r"</?[a-z][\w-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MARKS = re.compile(r"^[\s#*/;%!<>'\"{}\[\]|.-]*(?:dnl\b|rem\b)?\s?", re.IGNORECASE)


class Comment(NamedTuple):
    """A comment: its lines, those for which it speaks (all from 1, both included), the character
    of the whole text at which it begins, and its text.

    `is_head` tells that it introduces a definition or statement of several lines, or the block in
    whose head it stands; `is_behind` that it stands behind code on its line; `is_above` that it
    stands right above a definition.
    """

    first: int
    last: int
    span_first: int
    span_last: int
    is_head: bool
    is_behind: bool
    is_above: bool
    start: int
    text: str

    @property
    def has_code(self) -> bool:
        """Whether it speaks for any code."""
        around = (self.span_first, self.span_last) != (self.first, self.last)
        return around or self.is_behind

    def behind(self, column: int) -> Comment:
        """The comment as one that begins at a column, behind code."""
        return self._replace(is_behind=True, start=self.start + column, text=self.text[column:])


class Source:
    """A text of a language whose comments can be asked for by place.

    A class because lines, tree and the children of nodes are found once and serve every address.
    """

    def __init__(self, text: str, language: str) -> None:
        self._language = language
        self._lines = text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._tree = syntax_tree(language, text.encode())
        self._families: dict[int, _Family] = {}

    def comment_at(self, place: int) -> Comment | None:
        """The comment in which a character stands, None if it is in none."""
        row = bisect_right(self._starts, place) - 1
        if self._tree is None:
            return self._by_marks(row, place)
        column = len(self._lines[row][: place - self._starts[row]].encode())
        node = self._tree.root_node.descendant_for_point_range((row, column), (row, column + 1))
        foreign = False
        while node is not None:
            if _is_comment(node):
                outer = node.parent
                return self._comment(outer if outer is not None and _is_comment(outer) else node)
            if _is_docstring(node):
                return self._docstring(node)
            foreign |= node.is_error or _FOREIGN.search(node.type) is not None
            node = node.parent
        return self._by_marks(row, place) if foreign else None

    def _comment(self, node: Node) -> Comment:
        family = self._family(node)
        at = bisect_right(family.starts, node.start_byte) - 1
        if self._is_behind_code(family, at, node):
            return self._trailing(family, at, node)
        start, end = self._run(family, at)
        first, last = _rows(family.children[start])[0], _rows(family.children[end])[1]
        following = family.code_from(end + 1)
        block = _block(node)
        leads = start <= family.first_code or _is_before_body(node, following)
        if leads and block is not None:
            rows = _rows(block)
            return self._made(first, last, min(first, rows[0]), max(last, rows[1]), is_head=True)
        gap = _rows(following[0])[0] - last if following else MAX_BLOCK_LINES
        if gap > 1 and leads and node.parent is not None and node.parent.parent is None:
            return self._made(first, last, 0, len(self._lines) - 1, is_head=False)
        if gap > 2:
            return self._made(first, last, first, last, is_head=False)
        span_last, is_head, is_above = _introduced(following)
        return self._made(first, last, first, max(last, span_last), is_head, is_above)

    def _run(self, family: _Family, at: int) -> tuple[int, int]:
        """The first and last of the comments that stand line by line with the one at `at`."""
        start = end = at
        nodes = family.children
        while start > max(0, at - MAX_RUN) and self._joins(nodes[start - 1], nodes[start]):
            start -= 1
        while end + 1 < min(len(nodes), at + MAX_RUN) and self._joins(nodes[end], nodes[end + 1]):
            end += 1
        return start, end

    def _joins(self, upper: Node, lower: Node) -> bool:
        if not (_is_comment(upper) and _is_comment(lower)):
            return False
        alone = not any(self._before(node) for node in (upper, lower))
        return alone and _rows(lower)[0] - _rows(upper)[1] <= 1

    def _before(self, node: Node) -> str:
        """What stands before a node on its line."""
        line = self._lines[node.start_point.row].encode()
        return line[: node.start_point.column].decode(errors="replace").strip()

    def _is_behind_code(self, family: _Family, at: int, node: Node) -> bool:
        upper = family.children[at - 1] if at else node
        after_comment = at and _is_comment(upper) and _rows(upper)[1] == _rows(node)[0]
        return bool(self._before(node)) and not after_comment

    def _trailing(self, family: _Family, at: int, node: Node) -> Comment:
        row, last = _rows(node)
        line = self._lines[row].encode()[: node.start_point.column]
        first = row
        while at > 0 and _rows(family.children[at - 1])[1] == row:
            at -= 1
            first = min(first, _rows(family.children[at])[0])
        column = len(line.decode(errors="replace"))
        return self._made(row, last, first, last, is_head=False).behind(column)

    def _docstring(self, node: Node) -> Comment:
        first, last = _rows(node)
        block = _block(node)
        rows = (0, len(self._lines) - 1) if block is None else _rows(block)
        return self._made(first, last, min(first, rows[0]), max(last, rows[1]), block is not None)

    def _by_marks(self, row: int, place: int) -> Comment | None:
        """A comment by its marks: whole lines, or the end of a line behind code."""
        if not self._may_hold_comments(row):
            return None
        if not self._is_marked(row):
            head = self._lines[row][: place - self._starts[row]]
            marks = [match.start() for match in _TRAILING.finditer(head)]
            quoted = bool(marks) and any(head[: marks[-1]].count(mark) % 2 for mark in "'\"`")
            if not marks or quoted:
                return None
            return self._made(row, row, row, row, is_head=False).behind(marks[-1])
        first = last = row
        while first > max(0, row - MAX_RUN) and self._is_marked(first - 1):
            first -= 1
        while last < row + MAX_RUN and self._is_marked(last + 1):
            last += 1
        end = last
        while end - last < MAX_BLOCK_LINES and "".join(self._lines[end + 1 : end + 2]).strip():
            end += 1
        return self._made(first, last, first, end, is_head=False)

    def _is_marked(self, row: int) -> bool:
        line = "".join(self._lines[row : row + 1])
        if self._language == "jupyter":  # lines of cells are strings
            line = line.lstrip().removeprefix('"')
        return _LEADING.match(line) is not None

    def _may_hold_comments(self, row: int) -> bool:
        """Whether marks mean comments: not as bullets in an unknown language."""
        line = self._lines[row]
        is_bullet = self._language == OTHER and line.lstrip().startswith(("*", "-", "."))
        return len(line) <= _MAX_LINE and not is_bullet

    def _family(self, node: Node) -> _Family:
        parent = node.parent
        if parent is None:
            return _Family([node])
        if parent.id not in self._families:
            self._families[parent.id] = _Family(list(parent.children))
        return self._families[parent.id]

    def _made(
        self, first: int, last: int, start: int, end: int, is_head: bool, is_above: bool = False
    ) -> Comment:
        text = "\n".join(self._lines[first : last + 1])
        place = self._starts[first]
        return Comment(
            first + 1, last + 1, start + 1, end + 1, is_head, False, is_above, place, text
        )


class _Family:
    """The children of a node, with where they start and which is the first that is code."""

    def __init__(self, children: list[Node]) -> None:
        self.children = children
        self.starts = [child.start_byte for child in children]
        code = (at for at, child in enumerate(children) if _is_code(child))
        self.first_code = next(code, len(children))

    def code_from(self, at: int) -> list[Node]:
        """The code that follows a position, as far as a comment may speak for it."""
        return [child for child in self.children[at : at + MAX_BLOCK_LINES] if _is_code(child)]


def plain(text: str) -> str:
    """The words of a comment's lines, without their marks and the tags of HTML."""
    return "\n".join(_MARKS.sub("", _TAG.sub(" ", line)) for line in text.split("\n"))


def _introduced(following: Sequence[Node]) -> tuple[int, bool, bool]:
    """Last row of the code a comment introduces, whether it is more than a line, a definition."""
    lead = following[0]
    first, last = _rows(lead)
    is_head = last > first or _HEADED.search(lead.type) is not None
    n_rows = last - first + 1
    if n_rows <= 2:
        for node in following[1:]:
            if _rows(node)[0] > last + 1 or _rows(node)[0] - first > MAX_BLOCK_LINES:
                break
            last = max(last, _rows(node)[1])
    is_definition = _DEFINITION.search(lead.type) is not None
    return last, is_head, is_definition or (n_rows > 1 and _HEADED.search(lead.type) is not None)


def _is_comment(node: Node) -> bool:
    kind = node.type.lower()
    return "comment" in kind or kind == "pod"


def _is_code(node: Node) -> bool:
    return node.is_named and not _is_comment(node)


def _is_docstring(node: Node) -> bool:
    """A string that stands alone as a statement, as docstrings of Python do."""
    parent = node.parent
    return node.type == "string" and parent is not None and parent.type in _STATEMENTS


def _rows(node: Node) -> tuple[int, int]:
    """First and last row; a node that ends with its line break ends on that line."""
    first, end = node.start_point.row, node.end_point
    return first, max(first, end.row - 1 if end.column == 0 else end.row)


def _is_before_body(node: Node, following: Sequence[Node]) -> bool:
    """Whether a comment stands between the head of a definition and its body, as Python has it."""
    if node.parent is None or not following:
        return False
    return node.parent.child_by_field_name("body") == following[0]


def _block(node: Node) -> Node | None:
    """The function, class or the like in which a node stands, if it is directly in its body."""
    outer = node.parent
    for _ in range(_BODY_DEPTH):
        if outer is None or outer.parent is None:
            return None
        if _BLOCK.search(outer.type):
            return outer
        outer = outer.parent
    return None
