"""Units per language: kinds, names, spans; which tokens their hashes see."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from corpus_assets.languages import BY_SLUG
from corpus_assets.parse.unit_patterns import PATTERNS
from corpus_assets.parse.units import MIN_TOKENS, UNPARSED, units

SNIPPETS: dict[str, tuple[str, list[tuple[str, str | None, int, int]]]] = {
    "python": (
        "class A(B):\n    @deco\n    def f(self):\n        return 1\n\n"
        "async def g():\n    def h():\n        return 1\n    return h\n",
        [("class", "A", 1, 4), ("method", "f", 3, 4), ("function", "g", 6, 9),
         ("function", "h", 7, 8)],
    ),
    "javascript": (
        "const f = (a) => {\n};\nclass A {\n  m(x) {\n}\n  static n = function () {\n};\n}\n"
        "function* g() {\n}\nexports.q = function () {\n};\n[1].map(function () {\n\n\n\n});\n",
        [("function", "f", 1, 2), ("class", "A", 3, 8), ("method", "m", 4, 5),
         ("method", "n", 6, 7), ("function", "g", 9, 10), ("function", "q", 11, 12),
         ("function", None, 13, 17)],
    ),
    "typescript": (
        "abstract class A<T> {\n  constructor(private x: T) {\n}\n}\n"
        "interface I { a: string;\n}\nconst v = () => {\nreturn <b/>; };\n",
        [("class", "A", 1, 4), ("method", "constructor", 2, 3), ("class", "I", 5, 6),
         ("function", "v", 7, 8)],
    ),
    "java": (
        "class A {\n  A() {\n}\n  @Override int f(int a) {\nreturn a; }\n}\n"
        "record R(int a) {\n}\nenum E {\nX }\n",
        [("class", "A", 1, 6), ("method", "A", 2, 3), ("method", "f", 4, 5),
         ("class", "R", 7, 8), ("class", "E", 9, 10)],
    ),
    "c": (
        "struct s {\n int a;\n};\nstruct s *x;\nstatic int *f(int a)\n{\n}\n"
        "typedef struct {\n int b;\n} t;\n",
        [("class", "s", 1, 3), ("function", "f", 5, 7), ("class", "t", 8, 10)],
    ),
    "cpp": (
        "namespace n {\ntemplate <class T> class A {\n  A() : x(1) {\n}\n  ~A() {\n}\n};\n"
        "int A<int>::h() {\n return 1;\n}\nbool operator==(A a, A b) {\n return 1;\n}\n}\n",
        [("class", "A", 2, 7), ("method", "A", 3, 4), ("method", "~A", 5, 6),
         ("method", "h", 8, 10), ("function", "operator==", 11, 13)],
    ),
    "csharp": (
        "class A {\n  public A() {\n}\n int G() {\n int L() {\n return 1; }\n"
        " return L(); }\n}\ninterface I {\n}\n",
        [("class", "A", 1, 8), ("method", "A", 2, 3), ("method", "G", 4, 7),
         ("function", "L", 5, 6), ("class", "I", 9, 10)],
    ),
    "go": (
        "package p\ntype S struct {\n A int\n}\nfunc (s *S) M() int {\n return 1\n}\n"
        "func F() {\n x := func() int {\n return 1\n }\n x()\n}\n",
        [("class", "S", 2, 4), ("method", "M", 5, 7), ("function", "F", 8, 13),
         ("function", "x", 9, 11)],
    ),
    "rust": (
        "struct P {\n a: u8,\n}\nimpl P {\n  fn new() -> u8 {\n 1 }\n}\nfn f() {\n}\n",
        [("class", "P", 1, 3), ("class", "P", 4, 7), ("method", "new", 5, 6),
         ("function", "f", 8, 9)],
    ),
    "ruby": (
        "module M\n  class A\n    def self.f(a)\n    end\n  end\nend\ndef g\nend\n",
        [("class", "M", 1, 6), ("class", "A", 2, 5), ("method", "f", 3, 4),
         ("function", "g", 7, 8)],
    ),
    "php": (
        "<?php\nfunction f($a) {\n}\nclass A {\n  public function g() {\n}\n}\n"
        "$h = function($a) {\n};\n",
        [("function", "f", 2, 3), ("class", "A", 4, 7), ("method", "g", 5, 6),
         ("function", "$h", 8, 9)],
    ),
    "shell": (
        "f() {\n  echo 1\n}\nfunction g {\n  echo 'x'\n}\n",
        [("function", "f", 1, 3), ("function", "g", 4, 6)],
    ),
    "kotlin": (
        "class A(val x: Int) {\n  constructor(a: String) : this(1) {\n    print(a)\n  }\n"
        "  fun g(): Int {\n    return x\n  }\n}\nobject O {\n  val y = 1\n}\n"
        "val f = fun(x: Int): Int {\n  return x\n}\n",
        [("class", "A", 1, 8), ("method", "constructor", 2, 4), ("method", "g", 5, 7),
         ("class", "O", 9, 11), ("function", "f", 12, 14)],
    ),
    "scala": (
        "class A(x: Int) {\n  def g: Int = {\n    x\n  }\n}\nobject O {\n  def k() = 1\n}\n",
        [("class", "A", 1, 5), ("method", "g", 2, 4), ("class", "O", 6, 8),
         ("method", "k", 7, 7)],
    ),
    "swift": (
        "class A {\n  init(x: Int) {\n    self.x = x\n  }\n  func g() -> Int {\n    return 1\n  }\n"
        "}\nfunc f() {\n}\n",
        [("class", "A", 1, 8), ("method", "init", 2, 4), ("method", "g", 5, 7),
         ("function", "f", 9, 10)],
    ),
    "objective_c": (
        "@implementation A\n- (int)foo:(int)a bar:(int)b {\n  return a;\n}\n@end\n"
        "int f(int a) {\n  return a;\n}\n",
        [("class", "A", 1, 5), ("method", "foo", 2, 4), ("function", "f", 6, 8)],
    ),
    "lua": (
        "local function f(a)\n  return a\nend\nfunction M.g(a)\n  return a\nend\n"
        "local x = function()\n  return 1\nend\n",
        [("function", "f", 1, 3), ("function", "g", 4, 6), ("function", "x", 7, 9)],
    ),
    "perl": (
        "sub f {\n  return 1;\n}\nmy $g = sub {\n  1\n};\n",
        [("function", "f", 1, 3), ("function", "$g", 4, 6)],
    ),
    "r": (
        "f <- function(a) {\n  a\n}\ng = function(x) x\n",
        [("function", "f", 1, 3), ("function", "g", 4, 4)],
    ),
    "julia": (
        "function f(a)\n  a\nend\nstruct S\n  a::Int\nend\n",
        [("function", "f", 1, 3), ("class", "S", 4, 6)],
    ),
}  # fmt: skip


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
    assert found.select("kind", "name", "start_line", "end_line").rows() == expected
    assert found["parser_version"].n_unique() == 1
    for row in found.iter_rows(named=True):
        assert row["unit_id"] == f"id0:{row['start_byte']}-{row['end_byte']}"
        assert text.encode()[: row["start_byte"]].count(b"\n") == row["start_line"] - 1
        assert len(row["token_hashes"]) == 4 * row["n_tokens"] > 0


def hashes(column: str, *texts: str, language: str = "python") -> list[str]:
    return units(documents(*texts, language=language)).get_column(column).to_list()


BODY = "def f(a):\n    if a:\n        b = a\n        c = 'x  y'\n    return a\n"


def test_comments_and_layout_do_not_change_a_hash() -> None:
    spaced = BODY.replace("b = a", "b   =   a  # why\n        # more").replace("\n", "\n\n")
    for column in ("type1_sha256", "type2_sha256", "token_hashes", "n_tokens"):
        assert len({*hashes(column, BODY, spaced)}) == 1


@pytest.mark.parametrize(
    ("changed", "same_shape"),
    [
        (BODY.replace("        c =", "    c ="), False),  # another block: other code
        (BODY.replace("b = a", "b += a"), False),
        (BODY.replace("if a", "while a"), False),
        (BODY.replace("x  y", "x y"), True),  # white space inside a literal
        (BODY.replace("b = a", "b = d"), True),
        (BODY.replace("f(", "other_name("), True),
    ],
)
def test_type1_sees_every_token_and_type2_neither_names_nor_literals(
    changed: str, same_shape: bool
) -> None:
    assert len({*hashes("type1_sha256", BODY, changed)}) == 2
    assert (len({*hashes("type2_sha256", BODY, changed)}) == 1) is same_shape


RENAMED = [
    ("c", "int f(int a) {\n return a + 10;\n}\n", "int g(int b) {\n return b + 0x1f;\n}\n"),
    ("java", 'class A { String f() { return "x"; } }\n', 'class B { Text g() { return ""; } }\n'),
    ("go", "package p\nfunc f(s string) { print(s) }\n", "package q\nfunc g(t rune) { show(t) }\n"),
    ("rust", "fn f(a: u8) -> u8 {\n a\n}\n", "fn g(b: i64) -> i64 {\n b\n}\n"),
    ("ruby", "def f(a)\n a + 'x'\nend\n", "def g(b)\n b + \"yy\"\nend\n"),
    ("shell", "f() {\n echo 'x'\n}\n", "g() {\n print 'y z'\n}\n"),
    ("typescript", "function f(type: A) { return type; }\n", "function f(b: C) { return b; }\n"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "one", "other"), RENAMED)
def test_renamed_copies_have_one_type2_hash(language: str, one: str, other: str) -> None:
    found = units(documents(one, other, language=language))
    found = found.filter(pl.col("kind") == found["kind"][0])
    assert found["type1_sha256"].n_unique() == 2
    assert found["type2_sha256"].n_unique() == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("kotlin", "fun f() {\n val a = 1\n}\n", "fun f() {\n var a = 1\n}\n"),
        ("java", "class A { static int f() {} }", "class A { final int f() {} }"),
        ("python", "def f(a):\n  return a is b\n", "def f(a):\n  return a in b\n"),
    ],
)  # fmt: skip
def test_other_keywords_are_another_type2_hash(language: str, one: str, other: str) -> None:
    found = hashes("type2_sha256", one, other, language=language)
    assert len({*found}) == len(found) >= 2


def test_token_hashes_are_equal_for_equal_tokens_wherever_they_stand() -> None:
    one, other = (
        np.frombuffer(packed, "<u4").tolist()
        for packed in hashes("token_hashes", "def f(a, b, a):\n    pass\n", "def g(a):\n    pass\n")
    )
    assert one[3] == one[7] == other[3]  # a
    assert one[3] != one[5]
    assert one[1] != other[1]
    assert one[-3:] == other[-3:]


def test_text_of_templates_counts() -> None:
    first = "function f() {\n return `a ${b} c`;\n}"
    changed = hashes("type1_sha256", first, first.replace(" c`", " d`"), language="javascript")
    assert len({*changed}) == 2


def test_nameless_functions_are_units_only_from_a_minimum_on() -> None:
    short = "x(function (a) { return a; });\n"
    dense = f"x(function (a) {{ return [{', '.join(str(i) for i in range(MIN_TOKENS))}]; }});\n"
    found = units(documents(short, dense, language="javascript"))
    assert found.select("content_id", "name").rows() == [("id1", None)]


def test_broken_missing_and_foreign_documents_are_no_error() -> None:
    broken = BODY + "\ndef g(:\n    x = ))\n"
    frame = pl.concat([documents(broken, None, ""), documents("x", language="cobol")])
    assert "f" in units(frame).get_column("name").to_list()
    assert units(documents(None)).height == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = 1\n" * 400_000, "too_large"),
        ("(" * 30_000, "too_deep"),
    ],
)
def test_what_cannot_be_parsed_is_a_row_with_its_reason(text: str, reason: str) -> None:
    found = units(documents(text, BODY))
    assert found.select("content_id", "kind", "name").rows() == [
        ("id0", UNPARSED, reason),
        ("id1", "function", "f"),
    ]
    assert found["type1_sha256"].null_count() == 1


def test_hostile_texts_have_units_all_the_same() -> None:
    texts = [
        BODY.replace("'x  y'", "'x\0y'"),
        BODY.replace("'x  y'", f"'{'y' * 300_000}'"),
        BODY.replace("'x  y'", "(" * 1_500 + "1" + ")" * 1_500),
        BODY.replace("b = a", "é = 'ß\u2028\U0001f600'").replace("\n", "\r\n"),
        "\ufeff" + BODY,
    ]
    found = units(documents(*texts))
    assert found["content_id"].to_list() == [f"id{i}" for i in range(len(texts))]
    assert found["kind"].unique().to_list() == ["function"]
    assert found["name"].unique().to_list() == ["f"]


def test_order_and_company_of_documents_do_not_matter() -> None:
    texts = [text for text, _ in SNIPPETS.values()]
    frame = pl.concat(
        documents(text, language=language).with_columns(content_id=pl.lit(language))
        for language, text in zip(SNIPPETS, texts, strict=True)
    )
    whole = units(frame)
    assert units(frame.reverse()).equals(whole)
    alone = pl.concat([units(frame[i]) for i in range(frame.height)]).sort("unit_id")
    assert alone.equals(whole)
