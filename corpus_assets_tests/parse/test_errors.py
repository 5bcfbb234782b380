"""Errors in syntax trees, and sources that are kept from the parser."""

import pytest

from corpus_assets.parse.errors import MAX_OPEN_BRACKETS, is_too_deep, syntax_errors
from corpus_assets.parse.syntax import syntax_tree


def errors_of(language: str, source: bytes) -> tuple[int, bool]:
    tree = syntax_tree(language, source)
    assert tree is not None
    found = syntax_errors(tree)
    return found.n_bytes, found.allow_queries


def test_bytes_in_error() -> None:
    assert errors_of("python", b"x = 1\n") == (0, True)
    assert errors_of("c", b"int f(void) { return 1 }\n") == (1, True)  # a missing semicolon
    assert errors_of("python", b"x = 1\n)))\n")[0] >= 3


def test_too_many_errors_for_queries() -> None:
    assert errors_of("javascript", b"(" * 1_000)[1]
    assert not errors_of("javascript", b") ] } " * 9_000)[1]


def test_what_is_too_deep_has_no_tree() -> None:
    assert syntax_tree("javascript", b"(" * 9_000) is None


@pytest.mark.parametrize("sign", [b"(", b"[", b"{", b"if (a) {\n"])
def test_nesting(sign: bytes) -> None:
    assert not is_too_deep(sign * (MAX_OPEN_BRACKETS // 2))
    assert is_too_deep(b"x\n" + sign * (MAX_OPEN_BRACKETS + 1))


def test_many_brackets_side_by_side_are_not_deep() -> None:
    assert not is_too_deep(b"f(a[0]);\n" * 50_000)
    assert not is_too_deep(b"")
