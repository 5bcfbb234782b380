"""Decoding: what is text, in which encoding, and what is not."""

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.parse.decoding import decode, is_binary

GERMAN = "// Größenprüfung für Übungsblätter: schön, daß es läuft\n" * 3
RUSSIAN = "Привет, мир. Это комментарий к программе.\n" * 4
JAPANESE = "これはテストです。日本語のコメント。\n" * 4


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf_8"),
        (codecs.BOM_UTF16_LE, "utf_16_le"),
        (codecs.BOM_UTF16_BE, "utf_16_be"),
        (codecs.BOM_UTF32_LE, "utf_32_le"),
        (codecs.BOM_UTF32_BE, "utf_32_be"),
    ],
)
def test_byte_order_marks_decide_and_are_dropped(mark: bytes, encoding: str) -> None:
    text = "x = 'żółć'\r\n"
    assert decode(mark + text.encode(encoding))[:3] == (text, encoding, "ok")
    assert decode(mark)[:3] == (None, encoding, "empty")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        ("这是一个测试。中文注释。\n" * 4, "gb18030"),
        ("한국어 주석입니다. 테스트.\n" * 4, "euc_kr"),
        (GERMAN, "latin-1"),
    ],
)
def test_legacy_encodings_give_the_text_back(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.state == "ok"
    assert decoded.text == text


@pytest.mark.parametrize("line", ["/* (C) 2020 J\xfcrgen */ int main(void);\n", "# \xa9 ACME\n"])
def test_one_foreign_byte_in_ascii_is_western(line: str) -> None:
    assert decode(line.encode("cp1252"))[:3] == (line, "cp1252", "ok")


@pytest.mark.parametrize(
    "data",
    [
        b"\0asm\x01\x00",
        b"text\0more",
        b"%PDF-1.7\n%plain\n",
        b"\x89PNG\r\n\x1a\nrest",
        b"\x1f\x8b\x08zzzz",
        b"BZh91AY&SYdata",
        b"RIFFabcdWEBPVP8 ",
        b"PK\x03\x04archive",
    ],
)
def test_binary_data_is_told_by_nul_or_signature(data: bytes) -> None:
    assert decode(data)[:3] == (None, "binary", "binary")
    assert is_binary(data)


@pytest.mark.parametrize(
    "text", ["MZ is no program here\n", "RIFF is a word\n", "BZh is one too\n", "ID3 tags\n"]
)
def test_words_like_a_signature_stay_text(text: str) -> None:
    assert decode(text.encode())[:3] == (text, "utf_8", "ok")


def test_nul_behind_the_head_is_kept_as_text() -> None:
    text = "a" * 8000 + "\0"
    assert decode(text.encode())[:3] == (text, "utf_8", "ok")


def test_large_file_pointers_are_text() -> None:
    pointer = "version https://git-lfs.example/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12\n"
    assert decode(pointer.encode()).state == "ok"


def test_empty_and_undecodable_are_states_of_their_own() -> None:
    assert decode(b"")[:3] == (None, "utf_8", "empty")
    noise = random.Random(1)
    data = bytes(noise.randrange(1, 256) for _ in range(5000))
    assert decode(data)[:3] == (None, "unknown", "undecodable")


def test_a_broken_utf16_file_is_no_text() -> None:
    assert decode(codecs.BOM_UTF16_LE + b"\x00\xd8\x00").state in ("binary", "undecodable")


@given(st.text(min_size=1).filter(lambda text: "\0" not in text and text[0] != "\ufeff"))
def test_utf8_round_trips(text: str) -> None:
    data = text.encode()
    if not is_binary(data):
        assert decode(data)[:3] == (text, "utf_8", "ok")


@given(st.binary(max_size=300))
def test_any_bytes_get_a_state_and_text_exactly_when_ok(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.state in ("ok", "empty", "binary", "undecodable")
    assert (decoded.text is not None) == (decoded.state == "ok")


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("# -*- coding: euc-jp -*-\n# \u3042\n", "euc_jp", "euc_jp"),
        ('<?xml version="1.0" encoding="koi8-r"?><a>\u0416</a>\n', "koi8_r", "koi8_r"),
        ('<meta charset="windows-1253"><p>\u03a9</p>\n', "cp1253", "cp1253"),
        ("# vim: set fileencoding=cp866 :\n# \u0416\n", "cp866", "cp866"),
        ("# -*- coding: no-such-codec -*-\n# J\xfcrgen\n", "cp1252", "cp1252"),
        ("# -*- coding: rot13 -*-\n# J\xfcrgen\n", "cp1252", "cp1252"),
    ],
)
def test_what_a_file_declares_comes_before_a_guess(text: str, encoding: str, name: str) -> None:
    assert decode(text.encode(encoding)) == (text, name, "ok", ())


def test_a_wrong_declaration_does_not_change_valid_utf8() -> None:
    text = "# -*- coding: latin-1 -*-\n# J\xfcrgen\n"
    assert decode(text.encode()) == (text, "utf_8", "ok", ())


@pytest.mark.parametrize("encoding", ["utf_16_le", "utf_16_be", "utf_32_le", "utf_32_be"])
def test_wide_text_without_a_mark_is_text(encoding: str) -> None:
    text = "int main(void) { return 0; } // \u0416\n"
    data = text.encode(encoding)
    assert decode(data) == (text, encoding, "ok", ("no_byte_order_mark",))
    assert not is_binary(data)


def test_half_a_character_at_the_end_is_left_out_and_recorded() -> None:
    text = "# \u65e5\u672c\u8a9e\u306e\u6ce8\u91c8\n"
    cut = (text + "\u65e5").encode()[:-1]
    assert decode(cut) == (text, "utf_8", "ok", ("truncated_character",))
    wide = codecs.BOM_UTF16_LE + text.encode("utf_16_le") + b"\x00"
    assert decode(wide) == (text, "utf_16_le", "ok", ("truncated_character",))


def test_a_byte_of_another_encoding_does_not_spoil_the_rest() -> None:
    data = "# \u65e5\u672c\u8a9e \u017c\u00f3\u0142w by J".encode() + b"\xfc" + b"rgen\n"
    decoded = decode(data)
    assert decoded.text == "# \u65e5\u672c\u8a9e \u017c\u00f3\u0142w by J\xfcrgen\n"
    assert (decoded.encoding, decoded.issues) == ("utf_8", ("mixed_encodings",))


def test_japanese_in_seven_bits_is_read() -> None:
    assert decode(JAPANESE.encode("iso2022_jp")) == (JAPANESE, "iso2022_jp", "ok", ())


def test_controls_without_nul_are_no_text() -> None:
    assert decode(b"\xe9\xfe\x01\x02\x03\x04\x05\x06" * 40).state == "undecodable"
