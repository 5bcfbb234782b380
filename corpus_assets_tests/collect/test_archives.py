"""Archives: hostile members are rejected one by one, untrustworthy archives whole."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.collect.archives import archive_items, file_items
from corpus_assets.collect.identity import content_id
from corpus_assets.collect.items import Corrupt, File, Rejected, name_checker
from corpus_assets.policy.project import Limits
from corpus_assets_tests.collect.support import irregular, tar, tar_bytes

LIMITS = Limits()


def read(data: bytes, name: str, limits: Limits = LIMITS) -> list[File | Rejected]:
    return list(archive_items(io.BytesIO(data), name, limits))


def reasons(items: list[File | Rejected]) -> dict[str, str]:
    return {item.path: item.reason for item in items if isinstance(item, Rejected)}


def paths(items: list[File | Rejected]) -> list[str]:
    return [item.path for item in items if isinstance(item, File)]


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2024, 2, 3, 4, 5, 6))
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def test_hostile_tar_members_are_rejected_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = tar(tmp_path / "a.tar.gz", [
        ("pkg/good.py", b"print(1)\n"),
        ("/etc/passwd", b"x"),
        ("../outside.py", b"x"),
        ("pkg/../../outside.py", b"x"),
        ("pkg/GOOD.py", b"other"),
        ("pkg/good.py", b"again"),
        ("C:/windows.py", b"x"),
        ("pkg/bad\nname.py", b"x"),
        ("p" * 300 + ".py", b"x"),
        irregular("pkg/link", tarfile.SYMTYPE, "/etc/passwd"),
        irregular("pkg/hard", tarfile.LNKTYPE, "pkg/good.py"),
        irregular("pkg/null", tarfile.CHRTYPE),
        irregular("pkg/pipe", tarfile.FIFOTYPE),
        ("pkg/also.c", b"int x;\n"),
    ])  # fmt: skip
    items = read(path.read_bytes(), path.name)
    assert paths(items) == ["pkg/good.py", "pkg/also.c"]
    assert reasons(items) == {
        "/etc/passwd": "absolute_path",
        "../outside.py": "path_traversal",
        "pkg/../../outside.py": "path_traversal",
        "pkg/GOOD.py": "case_collision",
        "pkg/good.py": "duplicate_member",
        "C:/windows.py": "absolute_path",
        "pkg/bad\\x0aname.py": "control_character",
        "p" * 300 + ".py": "long_name",
        "pkg/link": "symlink",
        "pkg/hard": "hardlink",
        "pkg/null": "device",
        "pkg/pipe": "device",
    }
    assert len(items) == 14


def test_hostile_zip_members() -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    buffer = io.BytesIO(zipped({"a.py": b"1\n", "..\\b.py": b"2", "\\abs.py": b"3"}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    items = read(buffer.getvalue(), "a.zip")
    assert paths(items) == ["a.py"]
    assert sorted(reasons(items).values()) == ["absolute_path", "path_traversal", "symlink"]


@pytest.mark.parametrize(
    ("ending", "pack"),
    [
        (".tar", bytes),
        (".tar.gz", gzip.compress),
        (".tgz", gzip.compress),
        (".tar.bz2", bz2.compress),
        (".tar.xz", lzma.compress),
        (".tar.zst", zstandard.compress),
    ],
)
def test_every_compression_is_read_and_its_truncation_noticed(ending: str, pack) -> None:
    data = pack(tar_bytes([(f"d/f{n}.py", f"x = {n}\n".encode() * 300) for n in range(20)]))
    items = read(data, "a" + ending)
    assert paths(items) == [f"d/f{n}.py" for n in range(20)]
    assert items[3].content_id == content_id(b"x = 3\n" * 300)
    with pytest.raises(Corrupt) as caught:
        read(data[: len(data) * 2 // 3], "a" + ending)
    assert caught.value.reason == "corrupt_archive"


def test_a_zip_that_is_cut_or_altered_is_rejected_whole() -> None:
    data = zipped({f"f{n}.py": b"x = 1\n" * 100 for n in range(5)})
    with pytest.raises(Corrupt):
        read(data[:-30], "a.zip")
    altered = bytearray(data)
    altered[38] ^= 0xFF  # within the first member's packed bytes
    with pytest.raises(Corrupt):
        read(bytes(altered), "a.zip")


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    zeros = bytes(40 * 1024 * 1024)
    for name, data in (
        ("bomb.zip", zipped({"zeros.txt": zeros})),
        ("bomb.tar.gz", gzip.compress(tar_bytes([("zeros.txt", zeros)]))),
        ("bomb.tar.xz", lzma.compress(tar_bytes([("zeros.txt", zeros)]))),
    ):
        with pytest.raises(Corrupt) as caught:
            read(data, name)
        assert caught.value.reason == "ratio", name


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(max_members=3), "too_many_members"),
        (Limits(max_archive_bytes=100), "archive_too_large"),
    ],
)
def test_limits_on_number_and_size(limits: Limits, reason: str) -> None:
    data = [(f"f{n}.txt", b"0123456789" * 5) for n in range(4)]
    for name, packed in (("a.tar", tar_bytes(data)), ("a.zip", zipped(dict(data)))):
        with pytest.raises(Corrupt) as caught:
            read(packed, name, limits)
        assert caught.value.reason == reason


def test_nested_archives_are_read_to_the_configured_depth() -> None:
    inner = zipped({"deep.py": b"deep = 1\n", "../evil.py": b"x"})
    middle = tar_bytes([("in.zip", inner), ("mid.py", b"mid = 1\n")])
    items = read(tar_bytes([("a/mid.tar", middle), ("top.py", b"top = 1\n")]), "x.tar",
                 Limits(max_depth=3))  # fmt: skip
    assert paths(items) == [
        "a/mid.tar", "a/mid.tar!/in.zip", "a/mid.tar!/in.zip!/deep.py", "a/mid.tar!/mid.py",
        "top.py",
    ]  # fmt: skip
    assert reasons(items) == {"a/mid.tar!/in.zip!/../evil.py": "path_traversal"}
    shallow = read(tar_bytes([("a/mid.tar", middle)]), "x.tar", Limits(max_depth=2))
    assert paths(shallow) == ["a/mid.tar", "a/mid.tar!/mid.py"]
    assert reasons(shallow) == {"a/mid.tar!/in.zip": "depth"}


def test_a_broken_archive_within_is_one_rejection() -> None:
    broken = gzip.compress(tar_bytes([("a.py", b"a" * 5000)]))[:-40]
    items = read(tar_bytes([("fixtures/broken.tar.gz", broken), ("ok.py", b"ok = 1\n")]), "x.tar")
    assert paths(items) == ["ok.py"]
    assert reasons(items) == {"fixtures/broken.tar.gz": "corrupt_archive"}


def test_large_and_binary_files_keep_their_identity_but_no_bytes() -> None:
    text = b"x = 1\n" * 1000
    limits = Limits(max_file_bytes=1000)
    (large,) = file_items("big.py", io.BytesIO(text), len(text), limits)
    assert isinstance(large, File)
    assert (large.data, large.encoding, large.size) == (None, "unknown", 6000)
    assert large.content_id == content_id(text)
    assert large.language == "python"
    (binary,) = file_items("a.bin", io.BytesIO(b"\0\1\2"), 3, limits)
    assert isinstance(binary, File)
    assert (binary.data, binary.encoding) == (None, "binary")


def test_undecodable_names_are_kept_printable() -> None:
    info = tarfile.TarInfo("dir/caf\udce9.py")
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", errors="surrogateescape") as archive:
        archive.addfile(info, io.BytesIO())
    assert paths(read(buffer.getvalue(), "a.tar")) == ["dir/caf\\xe9.py"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=12))
def test_accepted_names_never_lead_out_and_never_collide(names: list[str]) -> None:
    check = name_checker()
    kept = [path for path in map(check, names) if isinstance(path, str)]
    assert len({path.casefold() for path in kept}) == len(kept)
    for path in kept:
        assert not path.startswith("/")
        assert ".." not in path.split("/")
        assert path.isprintable() or all(ord(character) >= 32 for character in path)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.tar", "a.tar.gz", "a.zip", "a.tar.zst"]))
def test_any_bytes_are_either_an_archive_or_corrupt(data: bytes, name: str) -> None:
    try:
        items = read(data, name)
    except Corrupt:
        return
    assert all(isinstance(item, File | Rejected) for item in items)


def test_dates_that_only_fill_the_field_are_no_dates(tmp_path: Path) -> None:
    days: list[date] = []
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        # 1970, what npm writes, a real day, and a year beyond all clocks.
        for number, seconds in enumerate((0, 499_162_500, 1_700_000_000, 2**40)):
            info = tarfile.TarInfo(f"f{number}")
            info.mtime = seconds
            archive.addfile(info)
    list(archive_items(io.BytesIO(path.read_bytes()), "a.tar", LIMITS, days.append))
    assert days == [date(2023, 11, 14)]
