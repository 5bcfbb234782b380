"""Habits that weaken a program: wrong checks, weak ciphers, secrets in the text, races, no end.

Belongs here: rules that look at calls, names and loops, not at where values come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_assets.security.c.finding import CFinding
from corpus_assets.security.c.program import Function, Program, base, below, callee, names, text

if TYPE_CHECKING:
    from tree_sitter import Node

_WEAK = re.compile(
    r"^(?:MD[245](?:_\w+)?|SHA1(?:_\w+)?|DES_\w+|RC[24](?:_\w+)?|EVP_(?:md[245]|sha1|des_\w+|rc[24]\w*)"
    r"|EVP_\w+_ecb|AES_ecb_encrypt|BF_ecb_encrypt|crypt)$"
)
_SECRET_NAME = re.compile(
    r"(?i)pass(?:w(?:or)?d|phrase|code)|(?:^|_)(?:pwd|pass|pin)(?:$|_)|secret|api_?key"
)
_PLACEHOLDER = re.compile(r"(?i)^\"?(?:%|\s*$|enter|your|x+\"?$|\*+\"?$|pass\w*\s*[:=]|user)")
# Functions that answer with a pointer or with what was read, and never with a negative number.
_POINTERS = {
    "fgets",
    "malloc",
    "calloc",
    "realloc",
    "fopen",
    "strdup",
    "getenv",
    "strchr",
    "strstr",
}
_COUNTS = {"fread", "fwrite"}
_MUST_CHECK = {
    "setuid",
    "seteuid",
    "setgid",
    "setegid",
    "setgroups",
    "chroot",
    "chdir",
    "setresuid",
}
_OFTEN_CHECK = {"scanf", "fscanf", "fgets", "fread", "sscanf", "remove", "rename",
                "pthread_mutex_lock", "fclose", "fwrite"}  # fmt: skip
_OUT = {"fprintf", "fputs", "fwrite", "send", "write", "sendto", "dprintf", "syslog"}
_LOCKS = ("pthread_mutex_lock", "mtx_lock", "EnterCriticalSection", "pthread_spin_lock", "sem_wait",
          "pthread_rwlock_wrlock", "atomic_fetch_add")  # fmt: skip
_CHECKS, _USES = (
    ("access", "stat", "lstat"),
    ("fopen", "open", "remove", "unlink", "chmod", "rename"),
)
_EXITS = {"exit", "_exit", "abort", "longjmp", "pthread_exit", "execl", "execv", "execvp", "_Exit",
          "err", "errx", "quick_exit"}  # fmt: skip


def practice_findings(program: Program, function: Function) -> Iterator[CFinding]:
    """The findings of one function."""
    yield from _results(function)
    yield from _ciphers(function)
    yield from _secrets(function)
    yield from _arguments(program, function)
    yield from _recursion(function)
    yield from _loops(program, function)
    yield from _files_checked_first(function)


def program_findings(program: Program) -> Iterator[CFinding]:
    """The findings that concern several functions: globals that threads change, and constants."""
    started = {
        base(call.arguments[2])
        for function in program.functions.values()
        for call in function.calls_to("pthread_create", "thrd_create")
        if len(call.arguments) > 2
    }
    for name in sorted(started & program.functions.keys()):
        function = program.functions[name]
        if any(True for _ in function.calls_to(*_LOCKS)):
            continue
        for change in function.assignments:
            kind = program.globals.get(change.name, "")
            own = change.name in function.types or change.name in function.parameters
            if kind and not own and "atomic" not in kind.lower() and "volatile" not in kind:
                yield CFinding("c-shared-unlocked", 362, "high", change.node,
                               f"threads change {change.name} without a lock")  # fmt: skip
                break
    for node in below(program.root, "preproc_def"):
        name, value = (
            text(node.child_by_field_name("name")),
            text(node.child_by_field_name("value")),
        )
        if _SECRET_NAME.search(name) and _is_secret(value.strip()):
            yield CFinding("c-secret-constant", 798, "high", node, "a secret stands in the text")


def _results(function: Function) -> Iterator[CFinding]:
    results = {a.name: callee(a.value) for a in function.assignments if a.value is not None}
    for condition in function.conditions:
        for test in below(condition, "binary_expression"):
            left, right = test.child_by_field_name("left"), test.child_by_field_name("right")
            sign = text(test.child_by_field_name("operator"))
            called = callee(left) or results.get(text(left), "")
            value = text(right)
            wrong = (sign in {"<", "<="} and value == "0") or (
                sign in {"==", "!="} and value in {"-1", "EOF", "(-1)"}
            )
            if called in _POINTERS | _COUNTS and wrong and not (called in _COUNTS and sign == "<="):
                yield CFinding("c-wrong-result-check", 253, "high", test,
                               f"{called} never answers so")  # fmt: skip
    for call in function.calls:
        parent = call.node.parent
        if parent is not None and parent.type == "expression_statement":
            if call.name in _MUST_CHECK:
                yield CFinding("c-unchecked-privilege", 252, "high", call.node,
                               f"{call.name} may fail")  # fmt: skip
            elif call.name in _OFTEN_CHECK:
                yield CFinding("c-unchecked-result", 252, "low", call.node, f"{call.name} may fail")


def _ciphers(function: Function) -> Iterator[CFinding]:
    for call in function.calls:
        if _WEAK.match(call.name):
            yield CFinding("c-weak-cipher", 327, "high", call.node, f"{call.name} is broken")
    if re.search(r"(?i)crypt|cipher|encode_key|obfuscate", function.name):
        for change in function.assignments:
            mixes = change.operator == "^=" or (
                change.value is not None and "^" in text(change.value)
            )
            if mixes and change.target.type in {"subscript_expression", "pointer_expression"}:
                yield CFinding("c-own-cipher", 327, "medium", change.node, "a cipher of one's own")
                break


def _secrets(function: Function) -> Iterator[CFinding]:
    for call in function.calls_to("strcmp", "strncmp", "memcmp", "strcasecmp"):
        pair = call.arguments[:2]
        literal = next((a for a in pair if a.type == "string_literal"), None)
        other = next((a for a in pair if a.type != "string_literal"), None)
        named = other is not None and _SECRET_NAME.search(text(other))
        if literal is not None and named and _is_secret(text(literal)):
            yield CFinding("c-secret-compared", 798, "high", call.node,
                           "a secret stands in the text")  # fmt: skip
    for change in function.assignments:
        literal = change.value if change.value is not None else change.target
        is_named = bool(_SECRET_NAME.search(text(change.target)))
        if is_named and literal.type == "string_literal" and _is_secret(text(literal)):
            yield CFinding("c-secret-assigned", 798, "high", change.node,
                           "a secret stands in the text")  # fmt: skip
    for call in function.calls:
        if call.name in _OUT:
            told = [a for a in call.arguments if a.type != "string_literal"]
            secret = [
                a for a in told if _SECRET_NAME.search(text(a)) and "hash" not in text(a).lower()
            ]
            if secret and text(call.arguments[0]) != "stderr":
                yield CFinding("c-plain-credentials", 522, "medium", call.node,
                               "a secret is written or sent as it is")  # fmt: skip


def _is_secret(literal: str) -> bool:
    return (
        literal.startswith('"') and len(literal) >= 6 and not _PLACEHOLDER.match(literal[1:])
        and " " not in literal.strip('"')
    )  # fmt: skip


def _arguments(program: Program, function: Function) -> Iterator[CFinding]:
    for call in function.calls:
        given = [text(a) for a in call.arguments]
        if call.name == "memset" and len(given) == 3 and given[2] == "0" != given[1]:
            yield CFinding("c-memset-swapped", 628, "high", call.node, "nothing is set")
        called = program.functions.get(call.name)
        if called is None or "..." in text(called.node.child_by_field_name("declarator")):
            continue
        wanted = called.parameters
        if wanted and len(given) != len(wanted) and called.is_plain:
            yield CFinding("c-argument-count", 628, "high", call.node,
                           f"{len(given)} arguments for {len(wanted)}")  # fmt: skip
        elif len(given) == len(wanted) and any(
            given[i] == wanted[j] and given[j] == wanted[i]
            for i in range(len(wanted)) for j in range(i + 1, len(wanted))
        ) and call.name != function.name:  # fmt: skip
            yield CFinding("c-arguments-swapped", 628, "high", call.node, "arguments are swapped")


def _recursion(function: Function) -> Iterator[CFinding]:
    # A wrapper that hands on what it got calls what its name is defined to.
    own = [
        call
        for call in function.calls_to(function.name)
        if [text(a) for a in call.arguments] != function.parameters
    ]
    if not own:
        return
    first = min(call.node.start_byte for call in own)
    guards = [
        n for n in below(function.body, "if_statement", "conditional_expression",
                         "switch_statement", "while_statement", "for_statement")
        if n.start_byte < first
    ]  # fmt: skip
    if not guards:
        yield CFinding(
            "c-endless-recursion", 674, "high", own[0].node, "nothing ends the recursion"
        )
        return
    numeric = [p for p in function.parameters if "*" not in function.types[p]]
    tests = [c for c in function.conditions if names(c) & set(numeric)]
    exact = tests and all(
        text(t.child_by_field_name("operator")) in {"==", "!="}
        for c in tests for t in below(c, "binary_expression")
    )  # fmt: skip
    if numeric and exact and not any("unsigned" in function.types[p] for p in numeric):
        yield CFinding("c-exact-recursion", 674, "medium", own[0].node,
                       "one value alone ends the recursion")  # fmt: skip
    elif not tests:
        yield CFinding("c-deep-recursion", 674, "low", own[0].node, "no depth ends the recursion")


def _loops(program: Program, function: Function) -> Iterator[CFinding]:
    for loop in below(function.body, "while_statement", "for_statement", "do_statement"):
        condition, body = loop.child_by_field_name("condition"), loop.child_by_field_name("body")
        if body is None or _leaves(body):
            continue
        word = text(condition).strip("() ;")
        if word in {"1", "true", "TRUE"} or (condition is None and loop.type == "for_statement"):
            yield CFinding("c-endless-loop", 835, "medium", loop, "nothing ends the loop")
            continue
        if condition is None:
            continue
        used = names(condition)
        if any(True for _ in below(condition, "call_expression", "update_expression",
                                   "assignment_expression")):  # fmt: skip
            continue
        if any((f"{name} >= 0" in text(condition) and "unsigned" in function.types.get(name, ""))
               or (f"{name} >= 0" in text(condition) and "size_t" in function.types.get(name, ""))
               for name in used):  # fmt: skip
            yield CFinding("c-endless-loop", 835, "high", loop, "an unsigned is never below 0")
            continue
        local = {n for n in used if n in function.types or n in function.parameters}
        fixed = used - local - program.globals.keys()
        pointed = any(sign in text(condition) for sign in ("->", "*", "[", "."))
        changed = {a.name for a in function.assignments
                   if loop.start_byte < a.node.start_byte < loop.end_byte}  # fmt: skip
        passed = {n for c in function.calls if loop.start_byte < c.node.start_byte < loop.end_byte
                  for a in c.arguments if "&" in text(a) for n in names(a)}  # fmt: skip
        is_number = all(_is_plain(program, function, n) for n in local)
        fixed -= program.constants.keys()
        settled = bool(local) and not pointed and is_number and not fixed
        if settled and not used & program.globals.keys() and not (changed | passed) & local:
            yield CFinding("c-endless-loop", 835, "high", loop, "the condition never changes")


def _is_plain(program: Program, function: Function, name: str) -> bool:
    """Whether a name is a plain number here: not volatile, which others may change."""
    kind = function.types.get(name, "")
    return "volatile" not in kind and "*" not in kind and name not in program.globals


def _leaves(body: Node) -> bool:
    for node in below(body, "break_statement", "return_statement", "goto_statement",
                      "call_expression", "throw_statement"):  # fmt: skip
        if node.type == "break_statement" and _belongs_inside(node, body):
            continue
        called = text(node.child_by_field_name("function"))
        if node.type != "call_expression" or called in _EXITS or "return" in called:
            return True
    return False


def _belongs_inside(node: Node, body: Node) -> bool:
    """Whether a break leaves a switch or loop within the body."""
    above = node.parent
    while above is not None and above != body:
        if above.type in {"switch_statement", "while_statement", "for_statement", "do_statement"}:
            return True
        above = above.parent
    return False


def _files_checked_first(function: Function) -> Iterator[CFinding]:
    for check in function.calls_to(*_CHECKS):
        if not check.arguments:
            continue
        path = text(check.arguments[0])
        for use in function.calls_to(*_USES):
            if use.at > check.at and use.arguments and text(use.arguments[0]) == path:
                sure = check.name == "access"
                yield CFinding("c-check-then-use", 367, "high" if sure else "low", use.node,
                               f"{path} may change after {check.name}")  # fmt: skip
                return
