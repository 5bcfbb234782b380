"""Which names hold input from outside, function by function.

Belongs here: where input enters, how it spreads by assignments, copies and calls within the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_assets.security.c.program import Call, Function, Program, base, below, names, text

if TYPE_CHECKING:
    from tree_sitter import Node

# Functions whose value is from outside.
_GIVE = {"getenv", "gets", "fgets", "getc", "getchar", "fgetc", "readline", "secure_getenv"}
# Functions that fill arguments: from which position on.
_FILL = {
    "scanf": 1, "fscanf": 2, "fgets": 0, "gets": 0, "read": 1, "recv": 1, "recvfrom": 1,
    "fread": 0, "getline": 0, "getdelim": 0, "pread": 1,
}  # fmt: skip
# Functions that pass on what stands in their arguments: the argument that gets it.
_COPY = {
    "strcpy": 0, "strncpy": 0, "strcat": 0, "strncat": 0, "sprintf": 0, "snprintf": 0, "memcpy": 0,
    "memmove": 0, "sscanf": 1, "strlcpy": 0, "strlcat": 0, "stpcpy": 0, "vsnprintf": 0,
}  # fmt: skip
_ROUNDS = 4

Tainted = dict[str, dict[str, int]]


def tainted(program: Program) -> Tainted:
    """For each function the names that hold input from outside, and from which byte on.

    Arguments of main are input. A parameter is, if a call in the file passes input there; a name
    is, if a function of the file fills it with input.
    """
    found: Tainted = {name: {} for name in program.functions}
    fills: dict[str, set[int]] = {name: set() for name in program.functions}
    if "main" in program.functions:
        main = program.functions["main"]
        for parameter in main.parameters[1:2]:
            found["main"][parameter] = main.body.start_byte
    for _ in range(_ROUNDS):
        before = str(found)
        for function in program.functions.values():
            _spread(program, function, found, fills)
        if str(found) == before:
            break
    return found


def _spread(
    program: Program, function: Function, found: Tainted, fills: dict[str, set[int]]
) -> None:
    known = found[function.name]

    def mark(name: str, place: int) -> None:
        if name and name not in known:
            known[name] = place
            if name in function.parameters:
                fills[function.name].add(function.parameters.index(name))

    for call in function.calls:
        if call.name in _FILL:
            for argument in call.arguments[_FILL[call.name] :][: _most(call)]:
                mark(base(argument), call.at)
        elif call.name in _COPY and len(call.arguments) > 1:
            target = _COPY[call.name]
            others = set().union(*(names(a) for a in call.arguments[1:]), set())
            if call.name == "sscanf":
                others = names(call.arguments[0])
            if others & known.keys():
                filled = call.arguments[target:] if call.name == "sscanf" else call.arguments[:1]
                for argument in filled:
                    mark(base(argument), call.at)
        elif call.name in program.functions:
            callee = program.functions[call.name]
            for position, argument in enumerate(call.arguments[: len(callee.parameters)]):
                if names(argument) & known.keys():
                    found[callee.name].setdefault(
                        callee.parameters[position], callee.body.start_byte
                    )
                if position in fills[callee.name]:
                    mark(base(argument), call.at)
    for assignment in function.assignments:
        if assignment.value is None:
            continue
        called = set(_called(assignment.value))
        if names(assignment.value) & known.keys() or called & _GIVE:
            mark(assignment.name, assignment.node.end_byte)


def _called(node: Node) -> list[str]:
    return [text(call.child_by_field_name("function")) for call in below(node, "call_expression")]


def _most(call: Call) -> int:
    """How many arguments a filling function fills."""
    return len(call.arguments) if call.name in {"scanf", "fscanf"} else 1
