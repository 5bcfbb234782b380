"""Commits of a repository as rows: who, when, what the message says, and what is odd about them.

Belongs here: reading commit objects, whatever bytes they hold. Does not belong here: which files
they change (`changes.py`) and what they mean (`pairs.commits`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, BinaryIO

import polars as pl

from corpus_assets.collect.history.repository import Repository
from corpus_assets.collect.items import CollectError
from corpus_assets.parse.decoding import decode

COMMITS = pl.Schema(
    [
        ("commit", pl.String),
        ("parents", pl.List(pl.String)),
        ("author_name", pl.String),
        ("author_email", pl.String),
        ("authored_at", pl.Int64),
        ("committer_name", pl.String),
        ("committed_at", pl.Int64),
        ("message", pl.String),
        ("faults", pl.List(pl.String)),
    ]
)
"""One row a commit. Times are seconds since 1970 (UTC), null where unreadable. Names, addresses
and messages hold no control characters but line feeds and tabs (in messages).

faults: `unreadable` (no commit object), `no_author`, `no_date` (none, or none of the years 1970
to 9999), `before_parent` (a clock: committed over a day before a parent), `encoding` (the message
is not in the encoding that it declares), `long_message` (cut at MAX_MESSAGE_BYTES),
`shallow` (its parents were not cloned, so what it changed is not known).
"""

MAX_MESSAGE_BYTES = 1 << 18
"""What is read of a message: the longest of 10^6 in well-known projects are squash merges of
about 100 kB."""

_LATEST = 253_402_300_799  # the last second of the year 9999, the latest a date column shows
_DAY = 86_400
_PERSON = re.compile(rb"^(.*?) ?<([^\n]*?)>(?: (-?\d{1,20}))?(?: [+-]\d+)?\s*$", re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def read_commits(repository: Repository, ids: Sequence[str], dates: dict[str, int]) -> pl.DataFrame:
    """The commits in the order given (schema COMMITS).

    `dates` maps commits that were read before to their times and is extended, so that a child in
    a later batch can be compared with them. Raises CollectError when the repository goes away.
    """
    rows = []
    with repository.stream(ids, "cat-file", "--batch", "--buffer") as output:
        for commit in ids:
            rows.append(_row(commit, _object(output, commit), repository, dates))
    return pl.DataFrame(rows, schema=COMMITS, orient="row")


def _object(output: BinaryIO, commit: str) -> bytes | None:
    header = output.readline().split()
    if len(header) != 3:
        if header[1:2] in ([b"missing"], [b"ambiguous"]):
            return None
        raise CollectError(f"the repository went away while commit {commit} was read")
    data = output.read(int(header[2]))
    output.read(1)
    return data if header[1] == b"commit" else None


def _row(
    commit: str, data: bytes | None, repository: Repository, dates: dict[str, int]
) -> tuple[Any, ...]:
    if data is None:
        return (commit, [], "", "", None, "", None, "", ["unreadable"])
    head, _, body = data.partition(b"\n\n")
    parents: list[str] = []
    people: dict[bytes, bytes] = {}
    encoding = None
    for line in head.split(b"\n"):
        key, _, value = line.partition(b" ")
        if key == b"parent":
            parents.append(value.decode("ascii", "replace"))
        elif key in (b"author", b"committer"):
            people.setdefault(key, value)
        elif key == b"encoding":
            encoding = value.decode("ascii", "replace").strip()
    faults: list[str] = []
    message = _message(body, encoding, faults)
    author_name, author_email, authored = _person(people.get(b"author", b""))
    committer_name, _, committed = _person(people.get(b"committer", b""))
    if not author_name and not author_email:
        faults.append("no_author")
    if committed is None or authored is None:
        faults.append("no_date")
    if committed is not None:
        if any(dates.get(parent, committed) > committed + _DAY for parent in parents):
            faults.append("before_parent")
        dates[commit] = committed
    if commit in repository.boundary:
        faults.append("shallow")
    return (
        commit, parents, author_name, author_email, authored, committer_name, committed, message,
        faults,
    )  # fmt: skip


def _person(value: bytes) -> tuple[str, str, int | None]:
    found = _PERSON.match(value)
    if found is None:
        return _clean(_text(value)), "", None
    seconds = int(found[3]) if found[3] else None
    if seconds is not None and not 0 <= seconds <= _LATEST:
        seconds = None
    return _clean(_text(found[1])), _clean(_text(found[2])), seconds


def _message(body: bytes, encoding: str | None, faults: list[str]) -> str:
    if len(body) > MAX_MESSAGE_BYTES:
        body = body[:MAX_MESSAGE_BYTES]
        faults.append("long_message")
    for name in filter(None, (encoding, "utf-8")):
        try:
            text = body.decode(name)
        except (UnicodeError, LookupError, ValueError):
            continue
        if encoding is not None and name != encoding:
            faults.append("encoding")
        return _clean(text)
    faults.append("encoding")
    return _clean(_text(body))


def _text(data: bytes) -> str:
    """Text of bytes in an encoding that nobody told; Windows-1252 where none is seen."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return decode(data).text or data.decode("cp1252", "replace")


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n")) if not text.isprintable() else text
