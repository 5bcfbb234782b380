"""Units per language: kinds, names, spans, token hashes."""

import polars as pl
import pytest

from corpus_assets.languages import BY_SLUG
from corpus_assets.parse.units import MIN_TOKENS, PATTERNS, units

PAD = "\n\n\n"  # lines that make a short unit long enough

SNIPPETS: dict[str, tuple[str, list[tuple[str, str | None]]]] = {
    "python": (
        f"class A(B):\n    @deco\n    def f(self):{PAD}\n        return 1\n\n"
        f"def g():\n    def h():{PAD}\n        return 1\n    return h\n",
        [("class", "A"), ("method", "f"), ("function", "g"), ("function", "h")],
    ),
    "javascript": (
        f"const f = (a) => {{{PAD}\n}};\nclass A {{\n  m(x) {{{PAD}\n}}\n"
        f"  static n = function () {{{PAD}\n}};\n}}\nfunction* g() {{{PAD}\n}}\n"
        f"exports.q = function () {{{PAD}\n}};\n[1].map(function () {{{PAD}\n}});\n",
        [
            ("function", "f"),
            ("class", "A"),
            ("method", "m"),
            ("method", "n"),
            ("function", "g"),
            ("function", "exports.q"),
            ("function", None),
        ],
    ),
    "typescript": (
        f"abstract class A<T> {{\n  constructor(private x: T) {{{PAD}\n}}\n}}\n"
        f"interface I {{ a: string;{PAD}\n}}\nconst v = () => {{{PAD}\nreturn <b/>; }};\n",
        [("class", "A"), ("method", "constructor"), ("class", "I"), ("function", "v")],
    ),
    "java": (
        f"class A {{\n  A() {{{PAD}\n}}\n  int f(int a) {{{PAD}\nreturn a; }}\n}}\n"
        f"record R(int a) {{{PAD}\n}}\nenum E {{{PAD}\nX }}\n",
        [("class", "A"), ("method", "A"), ("method", "f"), ("class", "R"), ("class", "E")],
    ),
    "c": (
        f"struct s {{\n int a;{PAD}\n}};\nstruct s *x;\nstatic int *f(int a)\n{{{PAD}\n}}\n",
        [("class", "s"), ("function", "f")],
    ),
    "cpp": (
        f"namespace n {{\ntemplate <class T> class A {{\n  A() : x(1) {{{PAD}\n}}\n}};\n"
        f"int A<int>::h() {{{PAD}\n return 1;\n}}\n}}\n",
        [("class", "A"), ("method", "A"), ("function", "A<int>::h")],
    ),
    "go": (
        f"package p\ntype S struct {{\n A int{PAD}\n}}\n"
        f"func (s *S) M() int {{{PAD}\n return 1\n}}\n"
        f"func F() {{\n x := func() int {{{PAD}\n return 1\n }}\n x()\n}}\n",
        [("class", "S"), ("method", "M"), ("function", "F"), ("function", None)],
    ),
    "rust": (
        f"struct P {{\n a: u8,{PAD}\n}}\nimpl P {{\n  fn new() -> u8 {{{PAD}\n 1 }}\n}}\n"
        f"fn f() {{{PAD}\n}}\n",
        [("class", "P"), ("class", "P"), ("method", "new"), ("function", "f")],
    ),
    "csharp": (
        f"class A {{\n  public A() {{{PAD}\n}}\n int G() {{\n int L() {{{PAD}\n return 1; }}\n"
        f" return L(); }}\n}}\ninterface I {{{PAD}\n}}\n",
        [("class", "A"), ("method", "A"), ("method", "G"), ("function", "L"), ("class", "I")],
    ),
    "ruby": (
        f"module M\n  class A\n    def f(a){PAD}\n    end\n  end\nend\ndef g{PAD}\nend\n",
        [("class", "M"), ("class", "A"), ("method", "f"), ("function", "g")],
    ),
    "php": (
        f"<?php\nfunction f($a) {{{PAD}\n}}\nclass A {{\n  public function g() {{{PAD}\n}}\n}}\n"
        f"$h = function($a) {{{PAD}\n}};\n",
        [("function", "f"), ("class", "A"), ("method", "g"), ("function", "$h")],
    ),
}


def documents(*texts: str | None, language: str = "python") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "content_id": [f"id{i}" for i in range(len(texts))],
            "language": [language] * len(texts),
            "text": texts,
        },
        schema={"content_id": pl.String, "language": pl.String, "text": pl.String},
    )


def test_every_pattern_language_has_a_snippet_and_a_grammar() -> None:
    assert {BY_SLUG[language].grammar for language in SNIPPETS} == set(PATTERNS)


@pytest.mark.parametrize("language", SNIPPETS)
def test_kinds_names_and_spans(language: str) -> None:
    text, expected = SNIPPETS[language]
    found = units(documents(text, language=language)).sort("start_byte")
    assert found.select("kind", "name").rows() == expected
    source = text.encode()
    for row in found.iter_rows(named=True):
        before, span = source[: row["start_byte"]], source[row["start_byte"] : row["end_byte"]]
        assert row["start_line"] == before.count(b"\n") + 1
        assert row["end_line"] == row["start_line"] + span.count(b"\n")
        assert row["unit_id"] == f"id0:{row['start_byte']}-{row['end_byte']}"


def hashes(*texts: str, language: str = "python") -> list[str]:
    return units(documents(*texts, language=language)).get_column("token_sha256").to_list()


BODY = "def f(a):\n    if a:\n        b = a\n        c = 'x  y'\n    return a\n"


def test_comments_and_layout_do_not_change_the_hash() -> None:
    spaced = BODY.replace("b = a", "b   =   a  # why\n        # more").replace("\n", "\n\n")
    assert len({*hashes(BODY, spaced)}) == 1


@pytest.mark.parametrize(
    "changed",
    [
        BODY.replace("        c =", "    c ="),  # another block: other code, same leaves
        BODY.replace("x  y", "x y"),  # white space inside a literal
        BODY.replace("b = a", "b = d"),
    ],
)
def test_other_code_changes_the_hash(changed: str) -> None:
    assert len({*hashes(BODY, changed)}) == 2


def test_literal_text_outside_leaves_counts() -> None:
    first = "function f() {\n\n\n\n return `a ${b} c`;\n}"
    assert len({*hashes(first, first.replace(" c`", " d`"), language="javascript")}) == 2


def test_short_units_are_left_out_unless_they_are_dense() -> None:
    short = "def f(a):\n    return a\n"
    dense = f"def f(a):\n    return [{', '.join(str(i) for i in range(MIN_TOKENS))}]\n"
    found = units(documents(short, dense))
    assert found.get_column("content_id").to_list() == ["id1"]
    assert found.get_column("n_tokens").min() >= MIN_TOKENS


def test_broken_missing_and_foreign_documents_are_no_error() -> None:
    broken = BODY + "\ndef g(:\n    x = ))\n"
    frame = pl.concat([documents(broken, None, ""), documents("x", language="cobol")])
    assert "f" in units(frame).get_column("name").to_list()
    assert units(documents(None)).height == 0
