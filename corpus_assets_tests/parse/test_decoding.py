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
    assert decode(mark + text.encode(encoding)) == (text, encoding, "ok")
    assert decode(mark) == (None, encoding, "empty")


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
    assert decode(line.encode("cp1252")) == (line, "cp1252", "ok")


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
    assert decode(data) == (None, "binary", "binary")
    assert is_binary(data)


@pytest.mark.parametrize(
    "text", ["MZ is no program here\n", "RIFF is a word\n", "BZh is one too\n", "ID3 tags\n"]
)
def test_words_like_a_signature_stay_text(text: str) -> None:
    assert decode(text.encode()) == (text, "utf_8", "ok")


def test_nul_behind_the_head_is_kept_as_text() -> None:
    text = "a" * 8000 + "\0"
    assert decode(text.encode()) == (text, "utf_8", "ok")


def test_large_file_pointers_are_text() -> None:
    pointer = "version https://git-lfs.example/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12\n"
    assert decode(pointer.encode()).state == "ok"


def test_empty_and_undecodable_are_states_of_their_own() -> None:
    assert decode(b"") == (None, "utf_8", "empty")
    noise = random.Random(1)
    data = bytes(noise.randrange(1, 256) for _ in range(5000))
    assert decode(data) == (None, "unknown", "undecodable")


def test_a_broken_utf16_file_is_no_text() -> None:
    assert decode(codecs.BOM_UTF16_LE + b"\x00\xd8\x00").state in ("binary", "undecodable")


@given(st.text(min_size=1).filter(lambda text: "\0" not in text and text[0] != "\ufeff"))
def test_utf8_round_trips(text: str) -> None:
    data = text.encode()
    if not is_binary(data):
        assert decode(data) == (text, "utf_8", "ok")


@given(st.binary(max_size=300))
def test_any_bytes_get_a_state_and_text_exactly_when_ok(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.state in ("ok", "empty", "binary", "undecodable")
    assert (decoded.text is not None) == (decoded.state == "ok")
