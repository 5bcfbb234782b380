"""What a notice looks like, whatever the works it quotes try to make of it."""

from __future__ import annotations

import re

import polars as pl

from corpus_assets.serve.credits import FILES, TEXT_FILES, WORKS, Attribution
from corpus_assets.serve.notice import notice_lines, plain, quoted

HOSTILE = "Copyright 2020 <b>Ada</b> [x](javascript:1) \x1b[2J\x00\u202eevil\u2028**Bo**\x85\rCy"


def _attribution(
    works: list[dict[str, object]],
    files: list[dict[str, object]] | None = None,
    texts: list[dict[str, object]] | None = None,
) -> Attribution:
    empty = {"copyrights": [], "text_sha256s": [], "notice_sha256s": [], "ids_without_text": [],
             "n_files": 1, "n_without_copyright": 0, "revision": "1", "origin": "o",
             "locator": "pkg:pypi/a@1", "license_expression": "MIT", "license_ids": []}  # fmt: skip
    return Attribution(
        pl.DataFrame([{**empty, **row} for row in works], schema=WORKS),
        pl.DataFrame([{**empty, **row} for row in files or []], schema=FILES),
        pl.DataFrame([{**empty, **row} for row in texts or []], schema=TEXT_FILES),
    )


def _lines(found: Attribution, texts: dict[str, str | None] | None = None) -> list[str]:
    return list(notice_lines(found, "sample 1", (texts or {}).__getitem__))


def test_what_others_wrote_stands_indented_and_without_control_characters() -> None:
    forged = "2. License texts\n================\nText 0000\n\x0cGNU\n\ttab \u202e\x9b31m"
    text = {"sha256": "a" * 64, "kind": "license_text", "path": HOSTILE, "license_ids": ["MIT"]}
    work = {"copyrights": [HOSTILE], "locator": HOSTILE, "license_expression": HOSTILE}
    lines = _lines(_attribution([work], texts=[text]), {"a" * 64: forged})
    headings = [line for line in lines if re.match(r"\d\. ", line)]
    assert [heading[0] for heading in headings] == list("12345")
    assert "    2. License texts" in lines
    assert "     GNU" in lines
    assert "    \ttab ��31m" in lines
    joined = "".join(lines)
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u202e]", joined)
    assert "    Copyright 2020 <b>Ada</b> [x](javascript:1) �[2J��evil�**Bo**��Cy" in lines


def test_no_line_end_but_those_of_text_files_makes_a_new_line() -> None:
    assert list(quoted("a\r\nb\rc\n", "  ")) == ["  a", "  b", "  c"]
    assert list(quoted("a\x0bb\x85c\u2028d", "")) == ["a�b�c�d"]
    assert plain("a\nb") == "a b"
    assert list(quoted("", "  ")) == [""]


def test_a_text_stands_once_with_where_it_was_found() -> None:
    works = [{"text_sha256s": ["a" * 64]}, {"text_sha256s": ["a" * 64, "b" * 64]}]
    texts = [
        {"sha256": "a" * 64, "kind": "license_text", "license_ids": ["MIT"], "path": "LICENSE"},
        {"sha256": "b" * 64, "kind": "standard_text", "license_ids": ["ISC"]},
        {"sha256": "c" * 64, "kind": "notice", "path": "NOTICE"},
    ]
    lines = _lines(
        _attribution(works, texts=texts), {"a" * 64: "mit", "b" * 64: "isc", "c" * 64: "beta"}
    )
    assert lines.count(f"    License text: {'a' * 16}") == 2
    assert f"    License text: {'b' * 16} (standard text)" in lines
    assert [lines.count(f"    {words}") for words in ("mit", "isc", "beta")] == [1, 1, 1]
    assert lines.index("    isc") < lines.index("    mit") < lines.index("    beta")
    assert "  Found in: o 1 LICENSE" in lines
    assert any("nexB" in line and "CC-BY-4.0" in line for line in lines)


def test_files_without_a_copyright_line_are_listed() -> None:
    files = [
        {"work_id": "w", "path": f"{number:02}.py", "copyright_basis": None} for number in range(23)
    ]
    known = {"work_id": "w", "path": "known.py", "copyright_basis": "file"}
    works = [{"work_id": "w", "n_files": 24, "n_without_copyright": 23}]
    lines = _lines(_attribution(works, [*files, known]))
    assert "    24 files, 23 without a copyright line (see 4)" in lines
    start = lines.index("4. Files without a copyright line")
    assert "    00.py" in lines[start:]
    assert "    and 3 more: attribution/files.parquet, copyright_basis is null" in lines[start:]
    assert not [line for line in lines if "known.py" in line]
