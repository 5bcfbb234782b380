"""Input that reaches what trusts it: commands, paths, queries, formats, sizes, divisors, pointers.

Belongs here: rules that need to know which names hold input. A name that a condition spoke of
before is taken for checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus_assets.security.c.finding import CFinding
from corpus_assets.security.c.program import Call, Function, Program, base, below, names, text

_COMMANDS = ("system", "popen", "execl", "execlp", "execle", "execv", "execvp", "execvpe")
_PATHS = {"fopen": 0, "open": 0, "freopen": 0, "unlink": 0, "remove": 0, "rename": 0, "opendir": 0,
          "stat": 0, "lstat": 0, "chmod": 0, "mkdir": 0, "rmdir": 0}  # fmt: skip
_QUERIES = {"sqlite3_exec": 1, "sqlite3_prepare": 1, "sqlite3_prepare_v2": 1, "mysql_query": 1,
            "mysql_real_query": 1, "PQexec": 1, "SQLExecDirect": 1,
            "sqlite3_prepare_v3": 1}  # fmt: skip
_FORMATS = {"printf": 0, "fprintf": 1, "sprintf": 1, "snprintf": 2, "syslog": 1, "vprintf": 0,
            "dprintf": 1, "vfprintf": 1, "err": 1, "warn": 0, "asprintf": 1}  # fmt: skip
_JOIN = ("sprintf", "snprintf", "strcat", "strncat", "strlcat", "asprintf")
_ALLOCATE = {"malloc": 0, "realloc": 1, "alloca": 0}
_READERS = {"fgets", "scanf", "fscanf", "getline", "read", "recv", "fread", "gets", "recvfrom"}
_PATH_CHECKS = ("strstr", "realpath", "strchr", "basename", "strpbrk", "canonicalize_file_name")


def input_findings(
    program: Program, function: Function, known: dict[str, int]
) -> Iterator[CFinding]:
    """The findings of one function; `known`: its names with input, and from where on."""
    yield from _strings(function, known)
    yield from _formats(function, known)
    yield from _queries(function, known)
    yield from _numbers(program, function, known)
    for call in function.calls_to("assert"):
        if _is_input(call, 0, known):
            yield CFinding("c-assert-on-input", 617, "high", call.node, "input ends the program")


def _strings(function: Function, known: dict[str, int]) -> Iterator[CFinding]:
    for call in function.calls_to(*_COMMANDS):
        used = [a for a in call.arguments if names(a) & _from(known, call)]
        if used:
            checked = all(function.is_checked(base(a), call.at) for a in used)
            checked = checked or _sources_checked(function, call, known)
            yield CFinding("c-command-from-input", 78, "low" if checked else "high", call.node,
                           "input becomes a command")  # fmt: skip
    tests_paths = any(call.name in _PATH_CHECKS for call in function.calls)
    for call in function.calls_to(*_PATHS):
        if not _is_input(call, _PATHS[call.name], known):
            continue
        name = base(call.arguments[_PATHS[call.name]])
        joined = any(
            other.arguments and base(other.arguments[0]) == name
            for other in function.calls_to(*_JOIN)
        )
        checked = tests_paths or _sources_checked(function, call, known)
        sure = joined and not checked
        yield CFinding("c-path-from-input", 22, "high" if sure else "low", call.node,
                       "input names a file")  # fmt: skip


def _sources_checked(function: Function, call: Call, known: dict[str, int]) -> bool:
    """Whether what was joined into an argument had been looked at."""
    joined = {
        name
        for other in function.calls_to(*_JOIN)
        if other.at <= call.at and other.arguments
        and base(other.arguments[0]) in {base(a) for a in call.arguments}
        for argument in other.arguments[1:]
        for name in (names(argument) & known.keys()) - {base(other.arguments[0])}
    }  # fmt: skip
    return bool(joined) and all(_is_validated(function, name, call.at) for name in joined)


def _is_validated(function: Function, name: str, place: int) -> bool:
    """Whether a condition before a place calls something of the file or of ctype on the name."""
    for condition in function.conditions:
        if condition.start_byte >= place:
            continue
        for call in below(condition, "call_expression"):
            called = text(call.child_by_field_name("function"))
            given = call.child_by_field_name("arguments")
            fills = called in _READERS or f"&{name}" in text(given)
            if not fills and name in names(given):
                return True
    return False


def _formats(function: Function, known: dict[str, int]) -> Iterator[CFinding]:
    for call in function.calls_to(*_FORMATS):
        place = _FORMATS[call.name]
        if place >= len(call.arguments):
            continue
        given = call.arguments[place]
        is_name = given.type in {"identifier", "subscript_expression", "field_expression"}
        if is_name and names(given) & _from(known, call):
            yield CFinding("c-format-from-input", 134, "high", call.node, "input is a format")


def _queries(function: Function, known: dict[str, int]) -> Iterator[CFinding]:
    for call in function.calls_to(*_QUERIES):
        if len(call.arguments) <= _QUERIES[call.name]:
            continue
        query = base(call.arguments[_QUERIES[call.name]])
        for other in function.calls_to(*_JOIN):
            if other.at > call.at or not other.arguments or base(other.arguments[0]) != query:
                continue
            words = set().union(*(names(a) for a in other.arguments[1:]), set())
            has_text = any(
                '"' not in text(a) and not text(a).isdigit() for a in other.arguments[1:]
            )
            inserts = "cat" in other.name or any("%s" in text(a) for a in other.arguments)
            if inserts and (
                words & known.keys() or (has_text and words & set(function.parameters))
            ):
                yield CFinding("c-query-joined", 89, "high", call.node,
                               "a statement is joined from values")  # fmt: skip
                break


def _numbers(program: Program, function: Function, known: dict[str, int]) -> Iterator[CFinding]:
    def unchecked(name: str, place: int) -> bool:
        seen = known.get(name)
        return seen is not None and seen <= place and not function.is_checked(name, place)

    for call in function.calls_to(*_ALLOCATE):
        if len(call.arguments) > _ALLOCATE[call.name]:
            size = call.arguments[_ALLOCATE[call.name]]
            loose = {name for name in names(size) if unchecked(name, call.at)}
            if loose and "strlen" not in text(size):
                product = size.type == "binary_expression"
                yield CFinding("c-size-from-input", 770, "high", call.node,
                               "input decides how much is allocated")  # fmt: skip
                if product:
                    yield CFinding("c-size-overflow", 190, "medium", call.node,
                                   "a size made of input may wrap around")  # fmt: skip
    for node in below(function.body, "binary_expression"):
        sign, right = text(node.child_by_field_name("operator")), node.child_by_field_name("right")
        left = node.child_by_field_name("left")
        if sign in "/%" and right is not None and right.type in {"identifier", "field_expression"}:
            name = base(right)
            if name and name not in program.constants and not name.isupper():
                if unchecked(name, node.start_byte):
                    yield CFinding("c-divide-by-input", 369, "high", node, "input is a divisor")
                elif _may_stay_zero(function, name, node.start_byte):
                    yield CFinding("c-divide-by-count", 369, "medium", node,
                                   "a count that starts at 0 is a divisor")  # fmt: skip
        elif sign in "*+" and left is not None and right is not None:
            both = [base(left), base(right)]
            whole = all(
                part.type == "field_expression" or _is_integer(function, base(part))
                for part in (left, right) if base(part)
            )  # fmt: skip
            if sign == "*" and whole and all(n and unchecked(n, node.start_byte) for n in both):
                yield CFinding("c-product-of-input", 190, "high", node,
                               "a product of input may overflow")  # fmt: skip
            elif whole and any(n and unchecked(n, node.start_byte) for n in both):
                yield CFinding("c-sum-of-input", 190, "low", node,
                               "arithmetic on input may overflow")  # fmt: skip
    for node in below(function.body, "cast_expression"):
        kind, value = text(node.child_by_field_name("type")), node.child_by_field_name("value")
        if "*" not in kind or value is None or value.type != "identifier":
            continue
        if unchecked(text(value), node.start_byte) and _is_integer(function, text(value)):
            yield CFinding("c-pointer-from-input", 822, "high", node,
                           "a number from outside becomes an address")  # fmt: skip


def _may_stay_zero(function: Function, name: str, place: int) -> bool:
    """A local that starts at 0, is only counted up, and is looked at by no condition before."""
    own = [a for a in function.assignments if a.name == name and a.node.start_byte < place]
    starts = [a for a in own if a.operator == "=" and text(a.value) == "0"]
    counts = [a for a in own if a.operator in {"++", "+="}]
    others = len(own) - len(starts) - len(counts)
    if not starts or not counts or others or function.is_checked(name, place):
        return False
    # Counted in an `if` only: otherwise the loop's own bound decides.
    return all(_inside(a.node.start_byte, function, "if_statement") for a in counts)


def _inside(place: int, function: Function, kind: str) -> bool:
    return any(n.start_byte < place < n.end_byte for n in below(function.body, kind))


def _is_integer(function: Function, name: str) -> bool:
    kind = function.types.get(name, "")
    return "*" not in kind and any(
        word in kind for word in ("int", "long", "short", "size_t", "unsigned")
    ) and name not in function.arrays  # fmt: skip


def _from(known: dict[str, int], call: Call) -> set[str]:
    return {name for name, place in known.items() if place <= call.at}


def _is_input(call: Call, position: int, known: dict[str, int]) -> bool:
    return len(call.arguments) > position and bool(
        names(call.arguments[position]) & _from(known, call)
    )
