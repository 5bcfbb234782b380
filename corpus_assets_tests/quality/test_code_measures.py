"""What the lexer counts, by hand: strings, comments and names that look like one another."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from corpus_assets.parse.buffers import flat
from corpus_assets.quality.code import code_measures

PYTHON = '''"""Doc of the module."""
import os
from sys import path

TODO = "not a comment"  # TODO: mend
password = "pass"


def main(argument_one, b):
    """Takes two."""
    assert argument_one and b
    if argument_one > 0x1F or b:
        print("a // b # c")
        pass
    return None
'''
C = r"""#include <stdio.h>
/* int main() { */
#define MAX(a, b) ((a) > (b) ? (a) : (b))
static int someValue = 0x10, otherValue;
int main(void) {
    char *s = "/* no comment */ //";
    for (int i = 0; i < 10 && s; i++) { if (i == 3 || !s) return 1; }
    return 0;
}
"""
JAVASCRIPT = r"""import x from "y";
const re = /[/"]+/g, other_name = `template ${x} // not`;
class PascalName { methodName() { console.log(1); } }
// your code here, as the exercise asks
"""


def measured(text: str, language: str) -> dict[str, Any]:
    return code_measures(flat(pl.Series([text])), language).to_dicts()[0]


def test_python() -> None:
    found = measured(PYTHON, "python")
    assert found["n_code_lines"] == 12
    lines = {"import": 2, "print": 1, "assert": 1, "pass": 1, "definition": 1, "assignment": 2}
    for kind, n in lines.items():
        assert found[f"{kind}_line_fraction"] == pytest.approx(n / 12), kind
    assert found["todo_line_fraction"] == pytest.approx(1 / 12)
    assert found["n_mains"] == 1
    assert found["n_decisions"] == 3  # and, if, or
    assert found["naming_style"] == "snake"
    assert found["comment_bytes"] == len("# TODO: mend")
    assert found["statement_string_bytes"] == len('"""Doc of the module.""""""Takes two."""')


def test_c() -> None:
    found = measured(C, "c")
    assert found["n_code_lines"] == 8
    assert found["preprocessor_line_fraction"] == 2 / 8
    assert found["import_line_fraction"] == 1 / 8
    assert found["n_mains"] == 1  # the one in the comment is none
    assert found["n_decisions"] == 5  # ?, for, &&, if, ||
    assert found["max_depth"] == 3
    assert found["naming_style"] == "camel"
    assert found["comment_bytes"] == len("/* int main() { */")


def test_javascript() -> None:
    found = measured(JAVASCRIPT, "javascript")
    assert found["n_code_lines"] == 3  # the quote in the regular expression opens no string
    assert found["todo_line_fraction"] == pytest.approx(1 / 3)
    assert found["comment_bytes"] == len("// your code here, as the exercise asks")
    assert found["teaching_words"] == 1
    assert found["n_decisions"] == 0


def test_longest_line_without_what_stands_in_quotes() -> None:
    long = "x = '" + "y" * 500 + "'\n"
    assert measured(long, "python")["max_code_line_chars"] == len("x = ''")
    assert measured("# " + "z" * 300 + "\n", "python")["max_code_line_chars"] == 302


def test_data_is_not_read_as_code() -> None:
    found = measured('{"import": 1}\n', "json")
    assert found.pop("max_code_line_chars") > 0
    counted = {name for name, value in found.items() if value is not None}
    assert not counted
