"""Signals against plain Python, and against texts nobody expects."""

import base64
import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.quality.signals import quality_signals
from corpus_assets.tables import TABLES
from corpus_assets_tests.sample_documents import documents_of

Row = dict[str, object]


def signals(path: str, text: str) -> Row:
    return quality_signals(documents_of([(path, text)])).row(0, named=True)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_measures_agree_with_plain_python(text: str) -> None:
    row = signals("a.py", text)
    lines = text.split("\n")
    n_lines = len(lines) - text.endswith("\n")
    assert row["n_bytes"] == len(text.encode())
    assert row["n_chars"] == len(text)
    assert row["n_lines"] == n_lines
    assert row["max_line_chars"] == max(map(len, lines))
    assert row["mean_line_chars"] == pytest.approx(sum(map(len, lines)) / n_lines)
    assert row["replacement_fraction"] == pytest.approx(text.count("\ufffd") / len(text))
    for name, value in row.items():
        if name.endswith("_fraction") and value is not None:
            assert 0 <= value <= 1, name


def test_character_classes() -> None:
    row = signals("a.py", "ab1 ñ名\t_+\n")
    assert row["alpha_fraction"] == pytest.approx(4 / 10)
    assert row["alnum_fraction"] == pytest.approx(5 / 10)
    assert row["digit_fraction"] == pytest.approx(1 / 10)
    assert row["whitespace_fraction"] == pytest.approx(3 / 10)
    assert row["n_words"] == 3


def test_a_long_string_is_no_long_line_of_code() -> None:
    row = signals("a.py", f'x = "{"word " * 400}"\n')
    assert (row["max_line_chars"], row["max_code_line_chars"]) == (2006, 6)


def test_repeated_lines_without_brackets_and_blanks() -> None:
    row = signals("a.js", "first\n}\n}\n\n\n  first\nsecond\nthird\n")
    assert row["duplicate_line_fraction"] == pytest.approx(1 / 4)


def test_comments_and_docstrings() -> None:
    text = '"""Doc."""\n# ab\ndef f():\n    "doc"\n    x = "no doc"\n    return x  # c\n'
    assert signals("a.py", text)["comment_fraction"] == pytest.approx((10 + 4 + 5 + 3) / len(text))
    text = "/* a\n b */ int x; // c\n"
    assert signals("a.c", text)["comment_fraction"] == pytest.approx((10 + 4) / len(text))


def test_syntax_errors() -> None:
    assert signals("a.py", "x = 1\n")["syntax_error_fraction"] == 0
    assert signals("a.py", "def f(:\n  ) x = = 3\n")["syntax_error_fraction"] > 0.05
    assert signals("a.c", "int f(void) { return 1 }\n")["syntax_error_fraction"] > 0


def test_prose_and_data_are_not_parsed() -> None:
    for path in ("a.md", "a.json", "a.txt"):
        row = signals(path, "{ unclosed\n")
        assert row["comment_fraction"] is None
        assert row["syntax_error_fraction"] is None


def test_visible_text_of_html() -> None:
    text = (
        "<html><head><style>p { color: red }</style><script>if (a > b) { f('<p>') }</script></head>"
        "<!-- hidden > text --><body title='a > b'><p>Fish &amp; chips</p>\n\n  <p>today</p></body>"
    )
    row = signals("a.html", text)
    assert row["visible_text_fraction"] == pytest.approx(len("Fish x chips today") / len(text))
    assert signals("a.py", text)["visible_text_fraction"] is None


def test_xml_declaration() -> None:
    assert signals("a.ts", '<?xml version="1.0"?>\n<TS/>\n')["is_xml_declaration"]
    assert not signals("a.ts", "x\n" * 60 + '<?xml version="1.0"?>')["is_xml_declaration"]


def noise(n_bytes: int) -> bytes:
    return random.Random(7).randbytes(n_bytes)


ENCODED = {
    "base64": base64.b64encode(noise(900)).decode(),
    "wrapped base64": "\n".join(
        base64.b64encode(noise(900)).decode()[at : at + 76] for at in range(0, 1200, 76)
    ),
    "hexadecimal": noise(600).hex(),
    "byte list": ", ".join(f"0x{byte:02x}" for byte in noise(250)) + ",",
    "escapes": "".join(f"\\x{byte:02x}" for byte in noise(300)),
    "code points": "".join(f"\\u{byte:04x}" for byte in noise(300)),
}


@pytest.mark.parametrize("name", ENCODED)
def test_encoded_payload(name: str) -> None:
    row = signals("a.py", f'data = """{ENCODED[name]}"""\n')
    assert row["encoded_max_run"] > 1_100
    assert row["encoded_fraction"] > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "ACGT" * 300,
        "the/quick/brown/fox/jumps/over/the/lazy/dog/and/runs/away/from/it/all/day\n" * 20,
        "thisIsAVeryLongIdentifierThatNobodyShouldEverWriteButSomebodyDidAnywayInJavaCode\n" * 9,
        "=" * 400,
        "0" * 400,
    ],
)
def test_long_words_are_no_payload(text: str) -> None:
    assert signals("a.py", text)["encoded_max_run"] == 0


def test_data_dumps() -> None:
    chance = random.Random(3)
    table = "".join(f"  {chance.random():.6f}, {chance.random():.6f},\n" for _ in range(200))
    assert signals("a.c", f"double table[] = {{\n{table}}};\n")["is_data"]
    assert signals("a.sql", "INSERT INTO a VALUES (1, 'x');\n" * 40)["is_data"]
    assert signals("a.txt", "".join(f"{n},name{n},{n * 2}\n" for n in range(40)))["is_data"]


def test_no_data_dumps() -> None:
    code = "".join(f"def f{n}(x):\n    return x + {n}\n" for n in range(200))
    assert not signals("a.py", code)["is_data"]
    assert not signals("a.sql", "SELECT a, b FROM t WHERE c = 1;\n" * 40)["is_data"]
    assert not signals("a.txt", "Once upon a time, there was a list.\nIt had no end\n" * 40)[
        "is_data"
    ]
    assert not signals("a.c", "int primes[] = {\n  2, 3, 5, 7,\n};\n")["is_data"]


def test_paths() -> None:
    row = signals("node_modules/left-pad/index.js", "module.exports = 1;\n")
    assert row["is_vendored"]
    assert signals("pkg/tests/test_a.py", "x = 1\n")["is_test"]
    assert signals("docs/guide.md", "text\n")["is_documentation"]
    assert signals("package-lock.json", "{}\n")["is_lock_file"]
    row = signals("src/main.py", "x = 1\n")
    assert not any(row[name] for name in row if name.startswith("is_"))


def test_rows_are_those_with_text() -> None:
    documents = documents_of([("a.bin", None), ("b.py", "x = 1\n"), ("c.py", "y = 2\n")])
    table = quality_signals(documents.reverse())
    assert table.schema == TABLES["quality_signals"].schema
    assert table["content_id"].to_list() == documents["content_id"].to_list()[1:]
    assert quality_signals(documents.head(1)).schema == TABLES["quality_signals"].schema
    assert quality_signals(documents.head(0)).is_empty()


@pytest.mark.parametrize(
    "text",
    [
        "\n",
        " ",
        "\x00",
        "\r\n\r",
        "\ufffd" * 10,
        "x" * 1_000_000,
        "(" * 100_000,
        "\\" * 9_999,
        "<" * 50_000,
    ],
)
@pytest.mark.parametrize("path", ["a.py", "a.html", "a.js", "a.c", "a.sql", "a.txt"])
def test_odd_texts(path: str, text: str) -> None:
    row = signals(path, text)
    assert row["n_chars"] == len(text)
    assert all(row[name] is not None for name in row if name.startswith("is_"))


def test_batches_do_not_change_rows() -> None:
    files = [(f"a{n}.py", f"x = {n}\n" * (n + 1)) for n in range(50)]
    documents = documents_of(files)
    parts = pl.concat([quality_signals(part) for part in documents.iter_slices(7)])
    assert parts.equals(quality_signals(documents))
