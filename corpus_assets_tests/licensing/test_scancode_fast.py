"""Our matcher and reader against ScanCode's own, on texts made of the index's rules and by us."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus_assets.licensing import scancode_engine
from corpus_assets.licensing.scancode import Detection, detect
from corpus_assets.licensing.scancode_engine import engine, same_answers

GRANT = "Permission is hereby granted to use this software under the terms of the MIT license.\n"
CODE = "".join(f"int license_{number} = {number};\n" for number in range(40))


def _words(rule_id: str) -> list[str]:
    index = engine().index
    names = index.tokens_by_tid
    return [names[token] for token in index.tids_by_rid[index.rules_by_id[rule_id].rid]]


def _lines(words: list[str], width: int = 11) -> str:
    return "\n".join(" ".join(words[at : at + width]) for at in range(0, len(words), width)) + "\n"


def _texts() -> dict[str, str]:
    mit, bsd = _words("mit.LICENSE"), _words("bsd-new.LICENSE")
    return {
        "whole text": _lines(mit),
        "edited text": _lines([*mit[:60], "frobnicate", "the", "license", *mit[70:]]),
        "two texts with code between": _lines(mit) + CODE + _lines(bsd),
        "half a text": CODE + _lines(bsd[: len(bsd) // 2]),
        "a choice": "Licensed under the MIT license or the Apache License, Version 2.0\n" + CODE,
        "tag": "// SPDX-License-Identifier: GPL-2.0-only OR MIT\n" + CODE,
        "near duplicate": _lines([word for at, word in enumerate(bsd) if at % 9]),
        "repeated": "".join(_lines(mit[:80]) + "\n" * 20 for _ in range(3)),
        "long line": " ".join(mit + bsd) + "\n",
        "words in code": 'x = {"license": "GPL"}\n' * 20,
        "digits": "1 2 3 4 5 6\n" * 30 + GRANT,
    }


TEXT_NAMES = (
    "whole text", "edited text", "two texts with code between", "half a text", "a choice", "tag",
    "near duplicate", "repeated", "long line", "words in code", "digits",
)  # fmt: skip


@pytest.mark.parametrize("name", TEXT_NAMES)
def test_ranking_and_matches_equal_scancodes(name: str) -> None:
    by = engine()
    assert by.fast is not None
    assert same_answers(by.index, by.fast, _texts()[name])


def test_every_text_is_compared() -> None:
    assert tuple(_texts()) == TEXT_NAMES


FILES: dict[str, bytes] = {
    "plain.c": f"/* {GRANT} */\n{CODE}".encode(),
    "form_feed.c": f"// {GRANT}\f\n// {GRANT}\v\u2028 License: ISC\n".encode(),
    "crlf.py": f"# {GRANT}\r\n# License: ISC\r\r\n".encode(),
    "escapes.py": b'x = "Licensed under\\nthe MIT\\tLicense"\n',
    "escapes.txt": b'x = "Licensed under\\nthe MIT\\tLicense"\n',
    "latin1.c": b"/* Copyright (c) 2020 J\xf6rg M\xfcller\n * License: MIT */\nint x;\n",
    "utf16.txt": f"License: MIT\n{GRANT}".encode("utf-16"),
    "bom.py": b"\xef\xbb\xbf# License: MIT\n",
    "x.min.js": b"/*! License: MIT */"
    + b"var a=1;" * 100
    + b"/*! released under the ISC license */",
    "x.js": b"/*! License: MIT */" + b"var a=1," * 100 + b"/*! released under the ISC license */\n",
    "x.js.map": json.dumps(
        {"version": 3, "sources": ["a.js"], "sourcesContent": [f"// {GRANT}// License: ISC\nx"]}
    ).encode(),
    "bad.js.map": b'{"version": 3, "sourcesContent": [null], "x": "License: MIT"}',
    "package.json": b'{"license": "MIT", "x": "' + b"a, 'b' " * 90 + b'"}',
    "locale/x.po": b"# License: MIT " + b"a, 'b' " * 90 + b", released under the ISC license\n",
    "icon.xpm": b'/* XPM */\nstatic char * x[] = {\n/* License: MIT */\n"1 1 1 1"};\n',
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><!-- License: MIT --></svg>\n',
    "picture.ppm": b"P3\n# License: MIT\n1 1\n255\n0 0 0\n",
    "binary.dat": b"\x7fELF\0\1\2\3" + b"\0" * 40 + b"License: MIT\0" + bytes(range(256)),
    "font.sfd": b"SplineFontDB: 3.0\nFontName: X\nCopyright: License: MIT\n",
    "control.txt": b"License: MIT\n\x01\x02\x03\x04\n",
    "chinese.txt": ("授权协议 License: MIT\n" + "许可证" * 60 + "\n").encode(),
    "empty.c": b"",
    "blank.c": b"\n \n",
    "surrogate.json": b'"\xed\xa0\x80 License: MIT"\n',
    "reference.c": b"/* See LICENSE for license details. */\n",
    "intro.c": f"/* This file is licensed as follows:\n\n{GRANT} */\n".encode(),
    "gpl.c": b"int x;\n" * 10 + b"gpl\n",
}


def _stock(location: Path) -> tuple[list[Any], list[Any]]:
    """Detections and clues of ScanCode's own API."""
    from scancode.api import get_licenses

    found = get_licenses(str(location))
    detections = [
        (
            detection["license_expression_spdx"],
            [
                _row(match, "license_expression_spdx", "rule_identifier")
                for match in detection["matches"]
            ],
        )
        for detection in found["license_detections"]
    ]
    clues = [
        _row(match, "license_expression_spdx", "rule_identifier")
        for match in found["license_clues"]
    ]
    return detections, clues


def _row(match: dict[str, Any], expression: str, rule: str) -> tuple[Any, ...]:
    return (
        match[rule], match[expression], match["matcher"], match["score"],
        match["match_coverage"], match["rule_relevance"], match["start_line"], match["end_line"],
    )  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_gets_the_answer_of_scancodes_file_api(name: str, tmp_path: Path) -> None:
    location = tmp_path / name
    location.parent.mkdir(exist_ok=True)
    location.write_bytes(FILES[name])
    found = detect(FILES[name], name)
    detections, clues = _stock(location)
    assert found.state == "complete"
    assert sorted(
        (item.expression, [tuple(match) for match in item.matches]) for item in found.statements
    ) == sorted(detections)
    assert [tuple(clue) for clue in found.clues] == clues


def test_decoded_text_gets_the_answer_of_its_file() -> None:
    for name in ("plain.c", "form_feed.c", "latin1.c", "bom.py"):
        data = FILES[name]
        text = data.decode("latin-1" if name == "latin1.c" else "utf-8-sig")
        assert (
            detect(text, name).statements[0].expression
            == detect(data, name).statements[0].expression
        )
    assert detect("\ud800 License: MIT\n", "a.c").state == "complete"


@pytest.mark.parametrize(
    "path", ["a\0b.c", "../../etc/x", "x" * 5000 + ".c", "a/b/", "ä/\udcff.c", ""]
)
def test_hostile_paths_are_only_names(path: str) -> None:
    found = detect("// License: MIT\n", path)
    assert [statement.expression for statement in found.statements] == ["MIT"]


def test_a_scan_out_of_time_is_no_answer() -> None:
    found = detect(FILES["plain.c"], "plain.c", seconds=-1)
    assert found == Detection((), "timed_out", scancode_engine.answers_by())


def test_references_and_rules_are_shown() -> None:
    found = detect(FILES["reference.c"], "reference.c").statements
    assert [statement.referenced_files for statement in found] == [("LICENSE",)]
    assert [match.matcher for match in found[0].matches] == ["2-aho"]


def test_another_version_or_a_failed_self_test_runs_scancodes_own_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert scancode_engine.answers_by() == "32.5.0+fast1"
    stock = engine()._replace(fast=None)
    monkeypatch.setattr(scancode_engine, "engine", lambda: stock)
    assert scancode_engine.answers_by() == "32.5.0+stock"
    text = _texts()["edited text"]
    from licensedcode.query import Query

    query = Query(query_string=text, idx=stock.index, line_threshold=15)
    assert [match.rule.license_expression for match in stock.match(query, 1e12)] == ["mit"]
    monkeypatch.setattr(scancode_engine, "same_answers", lambda *_: False)
    assert scancode_engine._verified(stock.index) is None
