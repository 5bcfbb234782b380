"""Copied snippets: addresses in comments, the words around them, their license by date."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.licensing.snippets import MAX_STATEMENTS, SCHEMA, snippet_statements
from corpus_assets.tables import TABLES

SO = "https://stackoverflow.com"


def found(
    text: str | None, language: str = "python", path: str = "src/a.py"
) -> list[dict[str, Any]]:
    documents = pl.DataFrame(
        {"content_id": ["c"], "language": [language], "path": [path], "text": [text]},
        schema_overrides={"text": pl.String},
    )
    return snippet_statements(documents).to_dicts()


def one(text: str, language: str = "python") -> dict[str, Any]:
    (row,) = found(text, language)
    return row


def said(comment: str) -> str:
    """copied, reference or nothing for a comment above a function."""
    rows = found(f"x = 1\n\n# {comment}\ndef f(a):\n    b = a\n    return b\n")
    return rows[0]["rule_id"].split("-")[1] if rows else "nothing"


def test_the_columns_are_those_of_license_evidence() -> None:
    wanted = {name: dtype for name, dtype in TABLES["license_evidence"].schema.items()
              if name not in ("ordinal", "language")}  # fmt: skip
    assert pl.Schema(wanted) == SCHEMA
    assert snippet_statements(pl.DataFrame(schema=TABLES["documents"].schema)).schema == SCHEMA


@pytest.mark.parametrize(
    "comment",
    [
        f"Taken from {SO}/a/1234567",
        f"taken from:\n#   {SO}/questions/1234567/how-to-do-it/2345678#2345678",
        "Adapted from http://stackoverflow.com/a/1234567/890, with changes",
        f"from {SO}/q/1234567",
        f"From `Stack Overflow <{SO}/a/1234567/438386>`__.",
        f"Source: {SO}/a/1234567.",
        f"Thanks to {SO}/a/1234567",
        f"Credit to the author of {SO}/a/1234567",
        f"Solution found in {SO}/a/1234567",
        f"based on this answer: {SO}/a/1234567",
        f"{SO}/a/1234567 (slightly modified)",
        f"The next line is CC BY-SA 3 by someone {SO}/a/23522755",
        "Stolen from superuser.com/a/1234",
        "copied shamelessly from https://unix.stackexchange.com/a/1234",
        "found at https://gist.github.com/someone/0123456789abcdef",
        "(C) Gist: https://gist.github.com/someone/0123456789abcdef",
        "Borrowed from http://pastebin.com/AbCdEf12",
        "Code from https://rosettacode.org/wiki/Jaro_similarity",
        "Adapted from https://www.codeproject.com/Articles/592/Gradient",
        "copied from https://blog.example.dev/2012/05/fast-parse",
        "Ported from https://github.com/someone/else/blob/main/a.c",
        "This function is based on\n# https://www.someone.name/code/rotate.html",
        "Implementation based on code found here:\n# https://en.wikipedia.org/wiki/Slerp",
        "copied from Stack Overflow",
    ],
)
def test_words_of_copying(comment: str) -> None:
    assert said(comment) == "copied"


@pytest.mark.parametrize(
    ("comment", "outcome"),
    [
        (f"see {SO}/q/123 for why", "reference"),
        (f"See: {SO}/a/1234567", "reference"),
        (f"c.f., {SO}/q/36281103", "reference"),
        (f"Explained by someone at {SO}/a/44856925/11028828", "reference"),
        (f"Idea taken from {SO}/a/32205884/438386", "reference"),
        (f"Inspired by:\n#  - {SO}/a/43253004\n#  - {SO}/a/27274233", "reference"),
        (f"Workaround for a bug, as discussed in {SO}/questions/123456", "reference"),
        (f"GH34431\n# {SO}/a/67358288/6067848", "reference"),
        ("see https://gist.github.com/XVilka/8346728 for more information", "reference"),
        ("see https://blog.example.dev/2012/05/fast-parse for the theory", "nothing"),
        ("Algorithm taken from https://en.wikipedia.org/wiki/Slerp", "nothing"),
        ("values taken from https://www.w3.org/TR/css-color", "nothing"),
        ("You may obtain a copy of the License at https://www.somewhere.org/MPL/2.0/", "nothing"),
        ("Download from https://somewhere.dev/tool", "nothing"),
        ("prevents a stack overflow on large input", "nothing"),
        (f"docs for {SO}/questions/tagged/python", "nothing"),
    ],
)
def test_words_that_only_refer(comment: str, outcome: str) -> None:
    assert said(comment) == outcome


def test_scores_and_columns() -> None:
    copied = one(f"# Taken from {SO}/a/1234567\ndef f():\n    return 1\n")
    assert copied["license_expression"] == "CC-BY-SA-2.5"
    assert copied["rule_id"] == "snippet-copied-stackoverflow-by-id"
    assert (copied["score"], copied["coverage"]) == (90.0, 100.0)
    assert copied["statement_kind"] == "snippet"
    assert copied["referenced_files"] == [f"{SO}/a/1234567"]
    assert (copied["start_line"], copied["end_line"]) == (1, 3)
    referred = one(f"# See {SO}/a/1234567\ndef f():\n    return 1\n")
    assert (referred["score"], referred["rule_id"]) == (
        40.0,
        "snippet-reference-stackoverflow-by-id",
    )
    assert (referred["start_line"], referred["end_line"]) == (1, 1)
    gist = one("# from https://gist.github.com/someone/0123456789abcdef\nx = 1\n")
    assert (gist["license_expression"], gist["rule_id"]) == (None, "snippet-copied-gist")


@pytest.mark.parametrize(
    ("address", "comment", "expression", "dating"),
    [
        ("a/5499999", "", "CC-BY-SA-2.5", "by-id"),
        ("a/5600000", "", "CC-BY-SA-3.0", "by-id-near-change"),
        ("a/5700000", "", "CC-BY-SA-3.0", "by-id"),
        ("a/49899999", "", "CC-BY-SA-3.0", "by-id"),
        ("a/50200000", "", "CC-BY-SA-4.0", "by-id-near-change"),
        ("a/50400000", "", "CC-BY-SA-4.0", "by-id"),
        ("q/123456", "", "CC-BY-SA-2.5", "by-question-id"),
        ("questions/123456/some-words", "", "CC-BY-SA-2.5", "by-question-id"),
        ("questions/123456/some-words/60000000", "", "CC-BY-SA-4.0", "by-id"),
        ("questions/123456/some-words#60000000", "", "CC-BY-SA-4.0", "by-id"),
        ("questions/123456/some-words#answer-7000000", "", "CC-BY-SA-3.0", "by-id"),
        ("questions/123456/some-words?noredirect=1#comment99_7000000", "", "CC-BY-SA-3.0", "by-id"),
        ("a/9999999999", "", "CC-BY-SA-4.0", "undated"),
        ("users/81330/somebody", "", "CC-BY-SA-4.0", "undated"),
        ("users/81330/somebody", " (answered Apr 7 '11 at 10:20)", "CC-BY-SA-2.5", "by-comment"),
        ("users/81330/somebody", " on 2011-04-08", "CC-BY-SA-3.0", "by-comment"),
        ("users/81330/somebody", " on 1 May 2018", "CC-BY-SA-3.0", "by-comment"),
        ("users/81330/somebody", " on May 2, 2018", "CC-BY-SA-4.0", "by-comment"),
        ("users/81330/somebody", " on 1999-01-01, 2012-30-01", "CC-BY-SA-4.0", "undated"),
    ],
)
def test_the_license_follows_the_date(
    address: str, comment: str, expression: str, dating: str
) -> None:
    row = one(f"# copied from {SO}/{address}{comment}\nx = 1\n")
    assert row["license_expression"] == expression
    assert row["rule_id"] == f"snippet-copied-stackoverflow-{dating}"


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("https://serverfault.com/a/60000000", "stackexchange"),
        ("https://codegolf.stackexchange.com/questions/60000000", "stackexchange"),
        ("https://ru.stackoverflow.com/a/1234567", "stackexchange"),
    ],
)
def test_ids_of_other_sites_say_nothing_about_the_date(site: str, name: str) -> None:
    row = one(f"# copied from {site}\nx = 1\n")
    assert row["license_expression"] == "CC-BY-SA-4.0"
    assert row["rule_id"] == f"snippet-copied-{name}-undated"


def test_without_words_the_place_decides() -> None:
    def rule(text: str) -> str:
        return one(text)["rule_id"]

    answer, question = f"# {SO}/a/1234567\n", f"# {SO}/q/1234567\n"
    body = "def f(a):\n    b = a\n    return b\n"
    assert rule("x = 1\n\n" + answer + body) == "snippet-copied-stackoverflow-by-id-unworded"
    assert rule("x = 1\n\n" + question + body).endswith("by-question-id-unworded")
    assert rule("x = 1\n\n" + question + "y = 2\n").startswith("snippet-reference")
    assert rule(f"x = 1\n\n# {SO}/a/1234567\n").startswith("snippet-reference")
    assert rule(f"x = 1  # {SO}/a/1234567\n").endswith("unworded")


SPANS: list[tuple[str, str, tuple[int, int]]] = [
    # A docstring speaks for its function.
    (
        "python",
        'import a\n\ndef f():\n    """Copied from {}."""\n    x = 1\n\n    return x\n',
        (3, 7),
    ),
    # First in the body: the function.
    ("python", "import a\n\ndef f():\n    # from {}\n    x = 1\n\n    return x\n", (3, 7)),
    # Statements up to a blank line.
    ("python", "import a\n\n# from {}\nx = 1\ny = 2\n\nz = 3\n", (3, 5)),
    # Within a body: what follows.
    (
        "python",
        "def f():\n    x = 1\n\n    # from {}\n    for i in x:\n        i\n\n    return\n",
        (4, 6),
    ),
    # Behind code: that line.
    ("python", "x = 1\ny = 2  # from {}\nz = 3\n", (2, 2)),
    # A module's docstring, or a comment that stands apart at its top: the file.
    ("python", '"""Copied from {}."""\n\nx = 1\n', (1, 4)),
    ("python", "# Copied from {}\n\nimport a\nx = 1\n", (1, 5)),
    ("c", "#include <a.h>\n\n/* Taken from\n * {}\n */\nint f(void)\n{\n  return 1;\n}\n", (3, 9)),
    ("c", "int f(void)\n{\n  // from {}\n  int x = 1;\n\n  return x;\n}\n", (1, 7)),
    ("javascript", "let a;\n\n// Adapted from {}\nconst f = (x) => {\n  return x;\n};\n", (3, 6)),
    ("rust", "use a;\n\n/// Ported from {}\nfn f() {\n    g();\n}\n", (3, 6)),
    ("shell", "set -e\n\n# Taken from {}\nf() {\n  echo 1\n}\n", (3, 6)),
    # No grammar: lines that follow.
    (
        "cobol",
        "       MOVE A TO B.\n\n* from {}\n       MOVE B TO C.\n\n       STOP RUN.\n",
        (3, 4),
    ),
]


@pytest.mark.parametrize(("language", "text", "lines"), SPANS)
def test_what_a_comment_introduces(language: str, text: str, lines: tuple[int, int]) -> None:
    row = one(text.replace("{}", f"{SO}/a/1234567"), language)
    assert row["rule_id"].startswith("snippet-copied")
    assert (row["start_line"], row["end_line"]) == lines


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", 'x = "copied from {}"\n'),
        ("python", 'DATA = """\n# copied from {}\n"""\n'),
        ("python", 'f("""\ncopied from {}\n""")\n'),
        ("javascript", "const x = `// copied from {}`;\n"),
        ("c", 'char *x = "/* copied from {} */";\n'),
        ("json", '{"x": "copied from {}"}\n'),
        ("markdown", "# copied from {}\n"),
        ("shell", "cat <<END\n# copied from {}\nEND\n"),
    ],
)
def test_strings_data_and_prose_are_no_comments(language: str, text: str) -> None:
    assert found(text.replace("{}", f"{SO}/a/1234567"), language) == []


def test_license_files_say_nothing_about_snippets() -> None:
    text = f"# copied from {SO}/a/1234567\nx = 1\n"
    assert len(found(text, "other", "tools/run")) == 1
    assert found(text, "other", "debian/copyright") == []


def test_scripts_in_html_and_comments_around_it() -> None:
    text = f"<p>x</p>\n<script>\n// from {SO}/a/1234567\nlet a = 1;\n</script>\n"
    assert one(text, "html")["rule_id"].startswith("snippet-copied")
    text = f"<p>x</p>\n<!-- from {SO}/a/1234567 -->\n<div>\n</div>\n"
    assert one(text, "html")["rule_id"].startswith("snippet-copied")
    assert found(f'<p>x</p>\n<a href="{SO}/a/1234567">copied from here</a>\n', "html") == []


def test_notebooks_and_dialects_that_the_grammar_does_not_know() -> None:
    cell = f'  "source": [\n    "# from {SO}/a/1234567\\n",\n    "x = 1\\n"\n   ]\n'
    assert one(cell, "jupyter")["rule_id"].startswith("snippet-copied")
    scss = f"$a: 1;\n\n// from {SO}/a/1234567\n@mixin b {{ color: $a; }}\n"
    assert one(scss, "css")["rule_id"].startswith("snippet-copied")


def test_one_address_in_one_comment_is_one_statement() -> None:
    link = f'<a href="{SO}/a/1234567">{SO}/a/1234567</a>'
    comment = f"/**\n * Adapted from {link}.\n * See {SO}/q/7654321\n */\n"
    text = f"class A {{\n{comment}  int f() {{ return 1; }}\n}}\n"
    rules = [row["rule_id"] for row in found(text, "java")]
    assert rules == [
        "snippet-copied-stackoverflow-by-id",
        "snippet-reference-stackoverflow-by-question-id",
    ]


def test_rows_are_sorted_and_the_same_every_time() -> None:
    texts = [f"# copied from {SO}/a/{n}\nx = {n}\n" for n in range(1, 30)]
    documents = pl.DataFrame({
        "content_id": [f"c{n:02}" for n in range(29)], "language": "python", "path": "a.py",
        "text": texts,
    })  # fmt: skip
    rows = snippet_statements(documents)
    assert rows["content_id"].to_list() == sorted(documents["content_id"])
    assert rows.equals(snippet_statements(documents.reverse()))


def test_a_bomb_of_addresses_is_cut_and_says_so() -> None:
    text = "".join(f"# copied from {SO}/a/{n}\nx = {n}\n\n" for n in range(1, 5000))
    rows = found(text)
    assert len(rows) == MAX_STATEMENTS + 1
    assert (rows[-1]["rule_id"], rows[-1]["license_expression"]) == ("snippet-limit", None)
    endless = "# copied from " + f"{SO}/a/1/" * 50_000
    assert len(found(endless + "\nx = 1\n")) == 1
    assert found("x = '" + f" {SO}/a/123" * 20_000 + "'\n") == []


def test_long_runs_of_comments_are_read_in_bounded_time() -> None:
    text = "".join(f"# see {SO}/a/{n}\n" for n in range(1, 3000))
    assert len(found(text)) == MAX_STATEMENTS + 1
    assert len(found(text, "cobol")) == MAX_STATEMENTS + 1


def test_no_text_and_odd_bytes() -> None:
    assert found(None) == []
    assert found("") == []
    row = one(f"# é\u2028 ☃ copied from {SO}/a/1234567 ☃\nx = '𝔘'\n")
    assert (row["start_line"], row["end_line"]) == (1, 2)
    assert row["referenced_files"] == [f"{SO}/a/1234567"]
    assert found(f"# copied from {SO}/a/1234567\x00\x1b[31m\r\nx = 1\r\n")[0]["score"] == 90.0


_PIECES = st.sampled_from(
    ["# ", '"""', "'", "from ", f"{SO}/a/12", f"{SO}/q/", "https://", "see ", "\n", "def f():\n",
     "    ", "é", "{", "/*", "*/", "gist.github.com/a", "copied ", "stack overflow", "x = 1"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join),
       st.sampled_from(["python", "c", "html", "shell", "cobol", "other", "php"]))  # fmt: skip
def test_any_text_gives_spans_within_it(text: str, language: str) -> None:
    for row in found(text, language):
        assert 1 <= row["start_line"] <= row["end_line"] <= text.count("\n") + 1
        assert row["rule_id"].startswith(("snippet-copied", "snippet-reference"))
