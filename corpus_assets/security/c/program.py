"""A translation unit as the rules see it: functions with their calls, assignments and conditions.

Belongs here: reading a tree-sitter tree. A name stands for all below it: `r` for `r->host`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

_CONDITIONS = {"if_statement", "while_statement", "do_statement", "for_statement"}
ALLOCATE = {"malloc", "calloc", "realloc", "strdup", "strndup", "aligned_alloc"}


def text(node: Node | None) -> str:
    """The source of a node; empty for none."""
    return "" if node is None or node.text is None else node.text.decode(errors="replace")


def below(node: Node, *types: str) -> Iterator[Node]:
    """Nodes of these types in and below a node, in the order of the text."""
    stack = [node]
    while stack:
        found = stack.pop()
        if found.type in types:
            yield found
        stack.extend(reversed(found.children))


def names(node: Node | None) -> set[str]:
    """Identifiers in an expression; fields are none."""
    return set() if node is None else {text(found) for found in below(node, "identifier")}


def compared(node: Node) -> set[str]:
    """Identifiers in a condition that stand neither in a call nor in a sizeof."""
    found, stack = set(), [node]
    while stack:
        part = stack.pop()
        if part.type == "identifier":
            found.add(text(part))
        elif part.type not in {"call_expression", "sizeof_expression"}:
            stack.extend(part.children)
    return found


def base(node: Node | None) -> str:
    """The name an expression hangs on: `r` of `&r->host[3]`; empty if it hangs on none."""
    while node is not None and node.type != "identifier":
        node = (
            node.child_by_field_name("argument")
            or node.child_by_field_name("declarator")
            or node.child_by_field_name("value")
            or (node.named_children[0] if node.type == "parenthesized_expression" else None)
        )
    return text(node)


@dataclass(frozen=True)
class Call:
    """A call: the function's name and its arguments."""

    name: str
    arguments: list[Node]
    node: Node

    @property
    def at(self) -> int:
        """Where it ends: what stands later comes later."""
        return self.node.end_byte


@dataclass(frozen=True)
class Assignment:
    """A name that gets a value: by `=`, by a compound operator, or where it is declared."""

    name: str
    target: Node
    operator: str
    value: Node | None
    node: Node


@dataclass
class Function:
    """A function definition; `arrays`: names of local arrays with their size in elements, 0 if it
    is not a number; `conditions`: every condition with the place where it stands."""

    name: str
    node: Node
    body: Node
    parameters: list[str] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    conditions: list[Node] = field(default_factory=list)
    arrays: dict[str, int] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether its parameters are declared in its head, one name each, none by a macro."""
        head = next(below(self.node, "function_declarator"), None)
        declared = text(head.child_by_field_name("parameters")) if head is not None else ""
        own = declared.strip("() \t\n")
        n_commas = re.sub(r"\([^()]*\)", "", own).count(",")
        is_old = bool(self.node.children_by_field_name("parameters")) or " " not in own
        return not is_old and n_commas + 1 == len(self.parameters)

    def calls_to(self, *wanted: str) -> Iterator[Call]:
        """Its calls to functions of these names."""
        return (call for call in self.calls if call.name in wanted)

    def is_checked(self, name: str, place: int) -> bool:
        """Whether a condition before a place compares a name; that a call fills it is no check."""
        return any(c.start_byte < place and name in compared(c) for c in self.conditions)


@dataclass(frozen=True)
class Program:
    """All functions of a file, its global variables, its numeric macros and constants, and the
    sizes of arrays that are global or fields; `allocators`: functions that return a heap block."""

    functions: dict[str, Function]
    globals: dict[str, str]
    constants: dict[str, int]
    arrays: dict[str, int]
    root: Node

    @cached_property
    def allocators(self) -> set[str]:
        """Functions of the file whose result was allocated in them, and those of the library."""
        own = {
            name
            for name, function in self.functions.items()
            for assignment in function.assignments
            if callee(assignment.value) in ALLOCATE
            for node in below(function.body, "return_statement")
            if text(node).removeprefix("return").strip(" ;()") == assignment.name
        }
        return own | ALLOCATE


def read_program(tree: Tree) -> Program:
    """The program in a tree of C or C++."""
    constants = dict(_constants(tree.root_node))
    functions: dict[str, Function] = {}
    for node in below(tree.root_node, "function_definition"):
        function = _function(node, constants)
        if function is not None:
            functions.setdefault(function.name, function)
    known = dict(_globals(tree.root_node))
    arrays = dict(_outer_arrays(tree.root_node, constants))
    return Program(functions, known, constants, arrays, tree.root_node)


def number(node: Node | None, constants: dict[str, int]) -> int | None:
    """The value of a literal, a constant, or their sum, difference or product."""
    if node is None:
        return None
    if node.type == "parenthesized_expression" and node.named_children:
        return number(node.named_children[0], constants)
    if node.type == "binary_expression":
        left = number(node.child_by_field_name("left"), constants)
        right = number(node.child_by_field_name("right"), constants)
        sign = text(node.child_by_field_name("operator"))
        if left is None or right is None or sign not in "+-*":
            return None
        return {"+": left + right, "-": left - right, "*": left * right}[sign]
    word = text(node)
    if word in constants:
        return constants[word]
    try:
        return int(word.rstrip("uUlL"), 0)
    except ValueError:
        return None


def callee(node: Node | None) -> str:
    """The function whose result a value is, through casts and assignments; empty for none."""
    while node is not None and node.type in {"cast_expression", "parenthesized_expression",
                                             "assignment_expression"}:  # fmt: skip
        node = (
            node.child_by_field_name("right")
            or node.child_by_field_name("value")
            or next(iter(node.named_children), None)
        )
    if node is None or node.type != "call_expression":
        return ""
    return text(node.child_by_field_name("function"))


def _outer_arrays(root: Node, constants: dict[str, int]) -> Iterator[tuple[str, int]]:
    for node in below(root, "field_declaration"):
        for part in below(node, "array_declarator"):
            name = part.child_by_field_name("declarator")
            if name is not None and name.type == "field_identifier":
                yield text(name), number(part.child_by_field_name("size"), constants) or 0
    for node in root.children:
        if node.type != "declaration":
            continue
        for part in below(node, "array_declarator"):
            size = number(part.child_by_field_name("size"), constants)
            above = part.parent
            while above is not None and above.type not in {"init_declarator", "declaration"}:
                above = above.parent
            value = above.child_by_field_name("value") if above is not None else None
            if size is None and value is not None and value.type == "initializer_list":
                size = len([n for n in value.named_children if n.type != "comment"])
            yield base(part), size or 0


def _constants(root: Node) -> Iterator[tuple[str, int]]:
    for node in below(root, "preproc_def", "enumerator"):
        word = text(node.child_by_field_name("value")).strip("() \t")
        try:
            yield text(node.child_by_field_name("name")), int(word.rstrip("uUlL"), 0)
        except ValueError:
            continue


def _globals(root: Node) -> Iterator[tuple[str, str]]:
    for node in root.children:
        if node.type == "declaration":
            kind = text(node.child_by_field_name("type"))
            for part in node.children_by_field_name("declarator"):
                if part.type != "function_declarator" and base(part):
                    yield base(part), kind


def _function(node: Node, constants: dict[str, int]) -> Function | None:
    body = node.child_by_field_name("body")
    head = next(below(node, "function_declarator"), None)
    if body is None or head is None:
        return None
    function = Function(base(head.child_by_field_name("declarator")), node, body)
    for part in below(head, "parameter_declaration"):
        declarator = part.child_by_field_name("declarator")
        if base(declarator):
            function.parameters.append(base(declarator))
            function.types[base(declarator)] = f"{text(part.child_by_field_name('type'))} " + (
                "*" * text(declarator).count("*")
            )
    _read_body(function, constants)
    return function


def _read_body(function: Function, constants: dict[str, int]) -> None:
    kinds = ("call_expression", "assignment_expression", "init_declarator", "declaration",
             "array_declarator", "update_expression", "conditional_expression",
             *_CONDITIONS)  # fmt: skip
    for node in below(function.body, *kinds):
        part = node.child_by_field_name
        if node.type == "call_expression":
            arguments = part("arguments")
            children = [] if arguments is None else arguments.named_children
            given = [child for child in children if child.type != "comment"]
            function.calls.append(Call(text(part("function")), given, node))
        elif node.type == "assignment_expression":
            left, sign = part("left"), text(part("operator"))
            if left is not None:
                function.assignments.append(Assignment(base(left), left, sign, part("right"), node))
        elif node.type == "init_declarator":
            left = part("declarator")
            if left is not None:
                function.assignments.append(Assignment(base(left), left, "=", part("value"), node))
        elif node.type == "update_expression":
            left = part("argument")
            if left is not None:
                function.assignments.append(Assignment(base(left), left, "++", None, node))
        elif node.type == "declaration":
            for left in node.children_by_field_name("declarator"):
                function.types.setdefault(
                    base(left), f"{text(part('type'))} " + "*" * text(left).count("*")
                )
        elif node.type == "array_declarator":
            size = number(part("size"), constants)
            function.arrays[base(node)] = size or 0
        else:
            condition = part("condition")
            if condition is not None:
                function.conditions.append(condition)
