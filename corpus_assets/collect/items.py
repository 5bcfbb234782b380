"""Collected items: a file with its identity, or a rejection with its reason.

Belongs here: turning a stream of bytes into a file record, and the names that are refused. Does
not belong here: where the bytes come from (connectors, archives) and where they go (`store`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import BinaryIO, NamedTuple, TypeAlias

from corpus_assets.collect.identity import git_blob_hash, sha256, swhid
from corpus_assets.parse.decoding import BINARY, UNKNOWN, decode, is_binary
from corpus_assets.parse.language import identify
from corpus_assets.policy.project import Limits

# Part of every settings digest: raising it collects everything anew.
RULES_VERSION = "collect-2"

MAX_PATH_CHARS = 1000
MAX_NAME_CHARS = 255
_CHUNK = 1024 * 1024
_HEAD = 16 * 1024
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


class CollectError(RuntimeError):
    """A source or revision that cannot be collected; the message says what to do."""


class Corrupt(RuntimeError):
    """An archive or file that ends too early or contradicts itself; `reason` names the rule."""

    def __init__(self, detail: str, reason: str = "corrupt_archive") -> None:
        super().__init__(detail)
        self.reason = reason


class Stated(NamedTuple):
    """A license word that a host states: the name of its field, and whether it is of the whole
    revision or of one file."""

    field: str
    words: str
    of_revision: bool


class Fact(NamedTuple):
    """What a host states of a whole revision: stars, forks, archived, fork or last_commit."""

    name: str
    value: str


class File(NamedTuple):
    """One file of a revision. `data` is None for binaries and for files over the limit.

    `place` is (origin, revision) where it differs from that of the revision being read. With
    `is_link` it repeats a file of the same revision, with which its data came. `stated` is what
    the place it comes from says of its license, `facts` what it says of the revision.
    """

    path: str
    content_id: str
    sha256: str
    size: int
    data: bytes | None
    encoding: str
    language: str
    language_name: str
    language_basis: str
    language_candidates: tuple[str, ...]
    place: tuple[str, str] | None = None
    is_link: bool = False
    stated: tuple[Stated, ...] = ()
    facts: tuple[Fact, ...] = ()


class Rejected(NamedTuple):
    """One item that was set aside. `path` is made printable, `reason` is a rule's name."""

    path: str
    reason: str
    detail: str


Item: TypeAlias = File | Rejected


def read_file(path: str, stream: BinaryIO, size: int, limits: Limits) -> File:
    """The file of `size` bytes in `stream`. Raises Corrupt when the size is not as announced."""
    if size <= limits.max_file_bytes:
        data = stream.read(size)
        if len(data) != size:
            raise Corrupt(f"{path}: ends after {len(data)} of {size} bytes")
        return file_of(path, data)
    blob, checksum, head, done = git_blob_hash(size), hashlib.sha256(), b"", 0
    while chunk := stream.read(min(_CHUNK, size - done)):
        blob.update(chunk)
        checksum.update(chunk)
        head = head if head else chunk[:_HEAD]
        done += len(chunk)
    if done != size:
        raise Corrupt(f"{path}: ends after {done} of {size} bytes")
    encoding = BINARY if is_binary(head) else UNKNOWN
    return File(path, swhid(blob), checksum.hexdigest(), size, None, encoding,
                *identify(path, head))  # fmt: skip


def file_of(path: str, data: bytes) -> File:
    """The file with these bytes, which are within the size limit."""
    decoded = decode(data)
    kept = None if decoded.state == "binary" else data
    return File(path, swhid(git_blob_hash(len(data)), data), sha256(data), len(data), kept,
                decoded.encoding, *identify(path, data))  # fmt: skip


def printable(name: str) -> str:
    """The name with control characters and undecodable bytes as `\\xNN`, cut to the limit."""
    shown = _UNPRINTABLE.sub(lambda match: f"\\x{ord(match[0]) & 0xFF:02x}", name)
    return shown if len(shown) <= MAX_PATH_CHARS else shown[: MAX_PATH_CHARS - 1] + "…"


def name_checker() -> Callable[[str], str | Rejected]:
    """A function that gives the clean path of each name, or the rejection of a bad one.

    It remembers the names it has seen: of two that are equal, or that differ only in case, the
    first is kept. Use one checker per revision.
    """
    seen: dict[str, str] = {}

    def check(name: str) -> str | Rejected:
        shown = printable(name)
        if any(ord(character) < 32 or ord(character) == 127 for character in name):
            return Rejected(shown, "control_character", "the name holds a control character")
        unified = name.replace("\\", "/")
        if unified.startswith("/") or re.match(r"[A-Za-z]:", unified):
            return Rejected(shown, "absolute_path", "the name is an absolute path")
        if ".." in unified.split("/"):
            return Rejected(shown, "path_traversal", "the name leads out of its folder by ..")
        path = "/".join(part for part in printable(name).split("/") if part not in ("", "."))
        if not path:
            return Rejected(shown, "empty_name", "the name is empty")
        longest = max(len(part) for part in name.split("/"))
        if len(name) > MAX_PATH_CHARS or longest > MAX_NAME_CHARS:
            limit = f"limits are {MAX_PATH_CHARS} and {MAX_NAME_CHARS} per part"
            return Rejected(shown, "long_name", f"{len(name)} characters; {limit}")
        earlier = seen.get(path.casefold())
        if earlier == path:
            return Rejected(shown, "duplicate_member", "the name occurs twice; first is kept")
        if earlier is not None:
            return Rejected(shown, "case_collision", f"differs only in case from {earlier}")
        seen[path.casefold()] = path
        return path

    return check
