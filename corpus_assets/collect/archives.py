"""Archives read as streams, never unpacked to disk.

Belongs here: tar in all compressions, zip, and archives within archives, under the limits of the
project. Does not belong here: where archives come from.

A member that breaks a rule is rejected alone. An archive that cannot be trusted as a whole
(truncated, a bomb, too many members) is rejected whole: no half revisions.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import SEEK_END, RawIOBase
from typing import Any, BinaryIO, cast

import zstandard

from corpus_assets.collect.items import (
    Corrupt,
    Item,
    Rejected,
    name_checker,
    printable,
    read_file,
)
from corpus_assets.collect.links import MAX_TARGET_BYTES, Link, linked
from corpus_assets.collect.streams import open_zstd
from corpus_assets.policy.project import Limits

TAR_ENDINGS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst",
               ".tzst", ".tar.lzma", ".crate", ".gem")  # fmt: skip
ZIP_ENDINGS = (".zip", ".whl", ".egg", ".nupkg")
INSIDE = "!/"  # stands between an archive's path and that of its member

# Below this size the ratio says nothing: a file of blanks is no bomb.
_RATIO_FLOOR = 16 * 1024 * 1024
_BLOCK = 512
_SPOOL_BYTES = 32 * 1024 * 1024
# Earlier and later are fillers; npm gives every file of a package 1985-10-26.
_DATES: tuple[date, date] = (date(1986, 1, 1), date(2100, 1, 1))
# What readers raise on broken members; zipfile says NotImplementedError of methods it lacks.
_BROKEN = (tarfile.TarError, zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError,
           zstandard.ZstdError, NotImplementedError, OverflowError, UnicodeDecodeError)  # fmt: skip


def is_archive(name: str) -> bool:
    """Whether the name is that of an archive that is read inside."""
    return name.lower().endswith(TAR_ENDINGS + ZIP_ENDINGS)


def archive_items(
    stream: BinaryIO,
    name: str,
    limits: Limits,
    seen: Callable[[date], None] = lambda _: None,
    depth: int = 1,
) -> Iterator[Item]:
    """The members of the archive `name`, in its order, nested archives' members after each.

    Links come last (see `links`). `seen` is told the date of every member. Raises Corrupt when the
    archive is to be rejected whole; what was yielded before then is void.
    """
    reader = _zip_items if name.lower().endswith(ZIP_ENDINGS) else _tar_items
    try:
        yield from linked(reader(stream, name, limits, seen, depth))
    except _BROKEN as error:
        raise _corrupt(name, error) from error
    except OSError as error:
        if error.errno is not None:
            raise  # the machine's trouble; decompressors raise without a number
        raise _corrupt(name, error) from error


def file_items(
    path: str, stream: BinaryIO, size: int, limits: Limits, depth: int = 0
) -> Iterator[Item]:
    """The file at `path`; if it is an archive, then its members too, as `path!/member`.

    An archive within that is broken or breaks a limit is one rejection, and nothing of it stays.
    """
    if not is_archive(path) or size == 0:
        yield read_file(path, stream, size, limits)
        return
    if depth >= limits.max_depth:
        yield Rejected(path, "depth", f"archive within {depth} archives; max_depth")
        _skip(stream, size)
        return
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES) as spool:
        _copy(stream, cast(BinaryIO, spool), size, path)
        # Twice: the first pass finds out whether the second may speak.
        try:
            spool.seek(0)
            for _ in archive_items(cast(BinaryIO, spool), path, limits, depth=depth + 1):
                pass
        except Corrupt as error:
            yield Rejected(path, error.reason, str(error))
            return
        spool.seek(0)
        yield read_file(path, cast(BinaryIO, spool), size, limits)
        spool.seek(0)
        for item in archive_items(cast(BinaryIO, spool), path, limits, depth=depth + 1):
            yield item._replace(path=printable(path + INSIDE + item.path))


class _Counted(RawIOBase):
    """A readable stream that counts what is read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Metered(RawIOBase):
    """A decompressor that stops when it has given too many bytes for those it was fed."""

    def __init__(self, stream: Any, fed: _Counted, name: str, limits: Limits) -> None:
        self._stream, self._fed, self._name, self._limits = stream, fed, name, limits
        self._given = 0
        self.tail = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._stream.read(size)
        self._given += len(data)
        self.tail = (self.tail + data[-_BLOCK:])[-_BLOCK:]
        _check_ratio(self._name, self._given, self._fed.count, self._limits)
        return data


class _Budget:
    """Counts members and announced bytes of one archive against the limits."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = printable(name), limits
        self._members = 0
        self.unpacked = 0

    def take(self, size: int) -> None:
        self._members += 1
        self.unpacked += size
        if self._members > self._limits.max_members:
            limit = self._limits.max_members
            raise Corrupt(f"{self._name}: over {limit} members", "too_many_members")
        if self.unpacked > self._limits.max_archive_bytes:
            limit = self._limits.max_archive_bytes
            raise Corrupt(f"{self._name}: unpacks to over {limit} bytes", "archive_too_large")


def _check_ratio(name: str, unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > max(_RATIO_FLOOR, packed * limits.max_ratio):
        raise Corrupt(f"{name}: unpacks to over {limits.max_ratio} times its size", "ratio")


def _corrupt(name: str, error: Exception) -> Corrupt:
    detail = str(error) or type(error).__name__
    return Corrupt(f"{printable(name)}: cannot be read to its end: {detail}")


def _tar_items(
    stream: BinaryIO, name: str, limits: Limits, seen: Callable[[date], None], depth: int
) -> Iterator[Item | Link]:
    counted, budget, check = _Counted(stream), _Budget(name, limits), name_checker()
    plain = _Metered(_decompressed(cast(BinaryIO, counted), name), counted, name, limits)
    with tarfile.open(fileobj=plain, mode="r|", errors="surrogateescape") as tar:
        for member in tar:
            _note(seen, member.mtime)
            budget.take(member.size)
            if member.isdir():
                continue
            path = check(member.name)
            if isinstance(path, Rejected):
                yield path
            elif member.issym() or member.islnk():
                kind = "symlink" if member.issym() else "hardlink"
                yield Link(path, member.linkname[: MAX_TARGET_BYTES + 1], kind)
            elif not member.isreg():
                yield Rejected(path, "device", f"member of type {member.type!r}")
            else:
                body = tar.extractfile(member)
                if body is None:
                    raise Corrupt(f"{name}: {path} has no body")
                yield from file_items(path, cast(BinaryIO, body), member.size, limits, depth)
            vars(tar)["members"] = []  # tarfile remembers every member otherwise
    while plain.read(1024 * 1024):
        pass  # the checksum of a compressed stream stands at its end
    if name.lower().endswith((".tar", ".gem")) and plain.tail.strip(b"\0"):
        # Nothing else tells that a plain archive was cut between two members.
        raise Corrupt(f"{printable(name)}: ends without the mark of the end")


def _zip_items(
    stream: BinaryIO, name: str, limits: Limits, seen: Callable[[date], None], depth: int
) -> Iterator[Item | Link]:
    budget, check = _Budget(name, limits), name_checker()
    packed = stream.seek(0, SEEK_END)
    with zipfile.ZipFile(stream) as archive:
        for member in archive.infolist():
            year, month, day = member.date_time[:3]
            if 1 <= month <= 12 and 1 <= day <= 28:
                _note(seen, datetime(max(year, 1), month, day, tzinfo=UTC).timestamp())
            budget.take(member.file_size)
            _check_ratio(printable(name), budget.unpacked, packed, limits)
            if member.is_dir():
                continue
            path = check(member.filename)
            if isinstance(path, Rejected):
                yield path
            elif (member.external_attr >> 16) & 0o170000 not in (0, 0o100000, 0o120000):
                yield Rejected(path, "device", "only regular files are collected")
            elif member.flag_bits & 1:
                yield Rejected(path, "encrypted", "the member needs a password")
            elif member.external_attr >> 28 == 0o12:
                with archive.open(member) as body:
                    words = body.read(MAX_TARGET_BYTES + 1)
                yield Link(path, words.decode("utf-8", "surrogateescape"))
            else:
                with archive.open(member) as body:
                    size = member.file_size
                    yield from file_items(path, cast(BinaryIO, body), size, limits, depth)


def _decompressed(stream: BinaryIO, name: str) -> Any:
    lower = name.lower()
    if lower.endswith((".tar.gz", ".tgz", ".crate")):
        return gzip.GzipFile(fileobj=stream, mode="rb")
    if lower.endswith((".tar.bz2", ".tbz2")):
        return bz2.BZ2File(stream)
    if lower.endswith((".tar.xz", ".txz", ".tar.lzma")):
        return lzma.LZMAFile(stream)
    if lower.endswith((".tar.zst", ".tzst")):
        return open_zstd(stream)
    return stream


def _note(seen: Callable[[date], None], timestamp: float) -> None:
    try:
        day = datetime.fromtimestamp(timestamp, UTC).date()
    except (OverflowError, OSError, ValueError):
        return
    if _DATES[0] <= day < _DATES[1]:
        seen(day)


def _copy(source: BinaryIO, target: BinaryIO, size: int, path: str) -> None:
    done = 0
    while chunk := source.read(min(1024 * 1024, size - done)):
        target.write(chunk)
        done += len(chunk)
    if done != size:
        raise Corrupt(f"{path}: ends after {done} of {size} bytes")


def _skip(stream: BinaryIO, size: int) -> None:
    while size > 0 and (chunk := stream.read(min(1024 * 1024, size))):
        size -= len(chunk)
