"""Memory: freed twice or used after, not freed, not looked at, and arrays left behind.

Belongs here: rules about pointers and arrays. Of two statements the second counts as following the
first when its block lies around or below the first one's and nothing between leaves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_assets.security.c.finding import CFinding
from corpus_assets.security.c.program import (
    ALLOCATE,
    Function,
    Program,
    base,
    below,
    callee,
    names,
    number,
    text,
)
from corpus_assets.security.found import Confidence

if TYPE_CHECKING:
    from tree_sitter import Node

_MAY_BE_NULL = ("getenv", "strchr", "strrchr", "strstr", "strtok", "fopen", "localtime", "bsearch",
                "strpbrk", "getpwnam", "fdopen", "popen", "gethostbyname")  # fmt: skip
_JUMPS = {"return_statement", "break_statement", "continue_statement", "goto_statement"}
_BORROW = {"printf", "fprintf", "sprintf", "snprintf", "strlen", "strcpy", "strncpy", "strcat",
           "strncat", "memcpy", "memset", "memmove", "strcmp", "strncmp", "fgets", "fread",
           "fwrite", "puts", "fputs", "read", "write", "recv", "send", "scanf", "sscanf", "atoi",
           "strtol",
           "strchr", "strstr", "toupper", "tolower", "qsort", "memcmp", "strtok"}  # fmt: skip


def memory_findings(
    program: Program, function: Function, known: dict[str, int]
) -> Iterator[CFinding]:
    """The findings of one function; `known`: its names with input."""
    yield from _freed(program, function)
    yield from _leaks(program, function)
    yield from _nulls(function)
    yield from _arrays(program, function, known)
    yield from _copies(program, function, known)


def _freed_by(program: Program, name: str) -> set[tuple[int, str]]:
    """Which parameters a function of the file frees, as position and what follows the name:
    (0, "->user"). Only what it frees whatever it finds."""
    function = program.functions.get(name)
    if function is None:
        return set()
    found = set()
    for call in function.calls_to("free"):
        path = text(call.arguments[0]) if call.arguments else ""
        inside = any(
            n.start_byte < call.node.start_byte < n.end_byte
            for n in below(function.body, "if_statement", "for_statement", "while_statement")
        )
        if (
            not inside
            and base(call.arguments[0] if call.arguments else None) in function.parameters
        ):
            owner = base(call.arguments[0])
            found.add((function.parameters.index(owner), path.removeprefix(owner)))
    return found


def _is_freed(program: Program, node: Node, path: str) -> bool:
    """Whether a call below the node frees a path, itself or by a function of the file."""
    for call in below(node, "call_expression"):
        called, given = (
            text(call.child_by_field_name("function")),
            call.child_by_field_name("arguments"),
        )
        arguments = [] if given is None else [text(a) for a in given.named_children]
        if called == "free" and arguments == [path]:
            return True
        for position, rest in _freed_by(program, called):
            if position < len(arguments) and arguments[position] + rest == path:
                return True
    return False


def _freed(program: Program, function: Function) -> Iterator[CFinding]:
    for call in function.calls_to("free"):
        if not call.arguments:
            continue
        given = call.arguments[0]
        path, name = text(given), base(given)
        if given.type == "pointer_expression" and text(given).startswith("&"):
            yield CFinding("c-free-not-heap", 590, "high", call.node, "no heap block is freed")
            continue
        if given.type == "identifier" and name in function.arrays:
            yield CFinding("c-free-not-heap", 590, "high", call.node, "an array is freed")
            continue
        moved = [
            a for a in function.assignments
            if text(a.target) == path and a.operator in {"++", "+="} and a.node.start_byte < call.at
        ]  # fmt: skip
        if given.type == "binary_expression" or (
            moved and not _reset(function, path, moved[-1].node, call.node)
        ):
            yield CFinding("c-free-inside", 761, "high", call.node,
                           "the pointer was moved since it was allocated")  # fmt: skip
        for later in _after(function, call.node):
            if re.search(rf"&\s*{re.escape(path)}\b", text(later)) or _leaves_by_name(later):
                break
            value = text(later).split("=", 1)[-1]
            if later.type == "expression_statement" and f"{path}->" in value:
                yield CFinding("c-use-after-free", 416, "high", later, f"{path} was freed before")
                break
            if _assigns(later, path):
                break
            if _is_freed(program, later, path):
                yield CFinding("c-double-free", 415, "high", later, f"{path} is freed again")
                break
            if _uses(later, path):
                yield CFinding("c-use-after-free", 416, "high", later, f"{path} was freed before")
                break


def _leaks(program: Program, function: Function) -> Iterator[CFinding]:
    for found in function.assignments:
        if found.value is None or found.target.type not in {"identifier", "pointer_declarator"}:
            continue
        if callee(found.value) not in program.allocators or "realloc" in text(found.value):
            continue
        name, place = found.name, found.node.end_byte
        if name not in function.types or name in function.parameters:
            continue  # a global outlives the function
        frees = [
            c for c in function.calls_to("free") if c.arguments and base(c.arguments[0]) == name
        ]
        escapes = any(
            c.name not in _BORROW
            and c.name != "free"
            and any(name in names(a) for a in c.arguments)
            for c in function.calls
        ) or any(
            re.fullmatch(rf"(?:\([^()]*\)\s*)?\(?{re.escape(name)}\b[^\[>]*", text(a.value))
            and a.name != name
            for a in function.assignments
        )
        returns = [n for n in below(function.body, "return_statement") if n.start_byte > place]
        if any(name in names(node) for node in returns) or escapes:
            continue
        if not frees:
            yield CFinding("c-leak", 401, "medium", found.node, f"{name} is never freed")
            continue
        first = min(c.node.start_byte for c in frees)
        early = [
            node for node in returns
            if node.end_byte < first and not _in_check_of(function, node, name)
        ]  # fmt: skip
        if early:
            yield CFinding("c-leak-on-return", 401, "medium", early[0], f"{name} is not freed here")


def _nulls(function: Function) -> Iterator[CFinding]:
    for found in function.assignments:
        if found.target.type not in {"identifier", "pointer_declarator"}:
            continue  # a field of it
        called = callee(found.value)
        null = found.value is not None and text(found.value) in {"NULL", "0", "nullptr"}
        is_pointer = "*" in function.types.get(found.name, "")
        if called not in {*_MAY_BE_NULL, *ALLOCATE} and not (null and is_pointer):
            continue
        for later in _after(function, found.node):
            if any(found.name in names(c) for c in function.conditions
                   if found.node.end_byte <= c.start_byte < later.end_byte):  # fmt: skip
                break
            if asks_for_null(text(later), found.name):
                break
            is_simple = later.type in {"expression_statement", "return_statement", "declaration"}
            if not is_simple and (_assigns(later, found.name) or f"&{found.name}" in text(later)):
                break
            if _dereferences(later, found.name):
                sure: Confidence = "medium" if called in _MAY_BE_NULL else "low"
                yield CFinding(
                    "c-null" if null else "c-unchecked-null", 476, "high" if null else sure, later,
                    f"{found.name} may be null",
                )  # fmt: skip
                break
            if _assigns(later, found.name) or f"&{found.name}" in text(later):
                break


def _arrays(program: Program, function: Function, known: dict[str, int]) -> Iterator[CFinding]:
    for node in below(function.body, "subscript_expression"):
        name = text(node.child_by_field_name("argument"))
        field = name.replace("->", ".").rsplit(".", 1)[-1]
        known_here = function.arrays.get(name)
        size = program.arrays.get(field, 0) if known_here is None else known_here
        if known_here is None and name in function.types:
            size = 0
        index = node.child_by_field_name("index")
        if index is None:  # newer grammars have a list of them
            index = next(iter(node.children_by_field_name("indices")), None)
            index = index.named_children[0] if index is not None and index.named_children else None
        if not size or index is None:
            continue
        rule, cwe = ("c-write-outside", 787) if _is_target(node) else ("c-read-outside", 125)
        place = number(index, program.constants)
        if place is not None and place >= size:
            yield CFinding(rule, cwe, "high", node, f"index {place} of {size} elements")
        elif index.type == "identifier":
            counter = text(index)
            if _runs_to(program, function, node, counter, size):
                yield CFinding(rule, cwe, "high", node, f"the loop goes on to {size}")
            elif _passes(program, function, node, counter, size):
                yield CFinding(rule, cwe, "high", node, f"{size} itself passes the check")
            elif known.get(counter, node.end_byte) < node.start_byte and not function.is_checked(
                counter, node.start_byte
            ):
                yield CFinding(rule, cwe, "high", node, "input is an index")


def _copies(program: Program, function: Function, known: dict[str, int]) -> Iterator[CFinding]:
    for call in function.calls:
        size = function.arrays.get(base(call.arguments[0]), 0) if call.arguments else 0
        if call.name == "gets":
            yield CFinding("c-gets", 787, "high", call.node, "gets knows no limit")
        elif call.name in {"scanf", "fscanf", "sscanf"}:
            formats = [text(a) for a in call.arguments if a.type == "string_literal"]
            if any("%s" in word or "%[" in word for word in formats[:1]):
                yield CFinding("c-scanf-unlimited", 787, "high", call.node, "%s knows no limit")
        elif call.name in {"strcpy", "strcat"} and size and len(call.arguments) == 2:
            source = call.arguments[1]
            if source.type == "string_literal":
                if call.name == "strcpy" and len(text(source)) - 1 > size:
                    yield CFinding("c-copy-too-long", 787, "high", call.node, "too long a literal")
            elif not function.is_checked(base(source), call.at):
                sure = base(source) in known
                unknown = base(source) in function.parameters
                if sure or unknown:
                    yield CFinding("c-copy-unlimited", 787, "high" if sure else "medium", call.node,
                                   "a text of any length is copied")  # fmt: skip
        elif call.name == "sprintf" and size and any("%s" in text(a) for a in call.arguments[1:2]):
            loose = set().union(*(names(a) for a in call.arguments[2:]), set()) & known.keys()
            if loose:
                yield CFinding("c-sprintf-unlimited", 787, "medium", call.node,
                               "a text of any length is printed into an array")  # fmt: skip
        elif call.name in {"memcpy", "memmove", "strncpy", "memset"} and len(call.arguments) == 3:
            length = call.arguments[2]
            amount = number(length, program.constants)
            if size and amount is not None and amount > size:
                yield CFinding("c-copy-too-long", 787, "high", call.node, f"{amount} into {size}")
            elif size and any(
                n in known and not function.is_checked(n, call.at) for n in names(length)
            ) and "sizeof" not in text(length):  # fmt: skip
                yield CFinding("c-length-from-input", 787, "high", call.node, "input is a length")


def _runs_to(program: Program, function: Function, node: Node, counter: str, size: int) -> bool:
    """Whether a loop around the node counts to the size itself: `i <= size`."""
    for loop in below(function.body, "for_statement", "while_statement"):
        if not loop.start_byte < node.start_byte < loop.end_byte:
            continue
        condition = loop.child_by_field_name("condition")
        if condition is None or condition.start_byte > node.start_byte:
            continue
        for test in below(condition, "binary_expression"):
            left, right = test.child_by_field_name("left"), test.child_by_field_name("right")
            if text(left) == counter and text(test.child_by_field_name("operator")) == "<=":
                end = number(right, program.constants)
                if end is not None and end >= size:
                    return True
    return False


def _passes(program: Program, function: Function, node: Node, counter: str, size: int) -> bool:
    """Whether the checks before refuse what is over the size, and nothing what is equal to it."""
    tests = [
        (text(test.child_by_field_name("operator")), number(right, program.constants))
        for condition in function.conditions
        if condition.start_byte < node.start_byte
        for test in below(condition, "binary_expression")
        if text(test.child_by_field_name("left")) == counter
        and (right := test.child_by_field_name("right")) is not None
    ]
    return (">", size) in tests and not any(
        sign in {">=", "<", "=="} and end is not None and end > 0 for sign, end in tests
    )


def _statement(node: Node) -> Node:
    while node.parent is not None and node.parent.type not in {
        "compound_statement", "if_statement", "while_statement", "for_statement", "else_clause",
        "case_statement",
    }:  # fmt: skip
        node = node.parent
    return node


def _after(function: Function, node: Node) -> Iterator[Node]:
    """Statements that follow: in the same block, then in those around it, out of no loop."""
    at = _statement(node)
    while at.start_byte > function.body.start_byte:
        above = at.parent
        if above is None or above.type in {"for_statement", "while_statement", "do_statement"}:
            return
        branches = above.type in {"if_statement", "else_clause"} or at.type == "case_statement"
        follower = None if branches else at.next_named_sibling
        while follower is not None and not follower.type.startswith("preproc"):
            yield follower
            if _leaves_by_name(follower) or follower.type in _JUMPS:
                return
            follower = follower.next_named_sibling
        if above == function.body:
            return
        at = above


def _leaves_by_name(node: Node) -> bool:
    """Whether a statement calls something that does not come back, or a macro that says so."""
    return node.type == "expression_statement" and bool(
        re.match(r"(?i)\w*(?:return|exit|abort|fatal|die|goto|throw)\w*\b", text(node))
    )


def _assigns(node: Node, path: str) -> bool:
    kinds = ("assignment_expression", "init_declarator")
    return any(
        text(found.child_by_field_name("left") or found.child_by_field_name("declarator")).lstrip(
            "*"
        )
        == path
        for found in below(node, *kinds)
    )


def _uses(node: Node, path: str) -> bool:
    """Whether a statement reads what a path points to."""
    if node.type in {"return_statement", "expression_statement", "declaration"}:
        return any(text(n) == path for n in below(node, "identifier", "field_expression"))
    return False


def _dereferences(node: Node, name: str) -> bool:
    for found in below(node, "field_expression", "pointer_expression", "subscript_expression",
                       "call_expression"):  # fmt: skip
        if found.type == "call_expression":
            called = text(found.child_by_field_name("function"))
            given = found.child_by_field_name("arguments")
            first = [] if given is None else [text(a) for a in given.named_children[:2]]
            if called in _BORROW - {"printf", "fprintf"} and name in first:
                return True
        elif _in_sizeof(found):
            continue
        elif text(found.child_by_field_name("argument")) == name and (
            found.type != "pointer_expression" or text(found).startswith("*")
        ):
            return True
    return False


def _in_sizeof(node: Node) -> bool:
    above = node.parent
    while above is not None and above.type == "parenthesized_expression":
        above = above.parent
    return above is not None and above.type == "sizeof_expression"


def _reset(function: Function, path: str, first: Node, last: Node) -> bool:
    return any(
        text(a.target) == path and a.operator == "="
        and first.end_byte < a.node.start_byte < last.start_byte
        for a in function.assignments
    )  # fmt: skip


def _in_check_of(function: Function, node: Node, name: str) -> bool:
    """Whether a return stands in an `if` that asks for the name."""
    for test in below(function.body, "if_statement"):
        around = test.start_byte < node.start_byte < test.end_byte
        if around and asks_for_null(text(test.child_by_field_name("condition")), name):
            return True
    return False


def asks_for_null(condition: str, name: str) -> bool:
    """Whether a condition compares a name with null, or takes it for a truth value."""
    word = rf"\b{re.escape(name)}\b"
    null = r"(?:NULL|0|nullptr)\b"
    asked = (
        rf"!\s*{word}(?!\s*(?:->|\[|\())",
        rf"{word}\s*[!=]=\s*{null}",
        rf"\b{null}\s*[!=]=\s*{word}",
        rf"(?:^|[(&|=])\s*{word}\s*(?:&&|\|\||\?)",
        rf"^\(\s*{word}\s*\)$",
        rf"&&\s*{word}\s*\)$",
    )
    return any(re.search(pattern, condition) for pattern in asked)


def _is_target(node: Node) -> bool:
    above = node.parent
    return (
        above is not None
        and above.type in {"assignment_expression", "update_expression"}
        and (above.child_by_field_name("left") or above.child_by_field_name("argument")) == node
    )
