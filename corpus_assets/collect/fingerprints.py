"""SHA-256 of local files, remembered by size and time so that unchanged ones are not re-read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def remembered_digests(memory: Path) -> tuple[Callable[[Path], str], Callable[[], None]]:
    """A function giving the SHA-256 of a file, and one that saves what it learned in `memory`.

    A file counts as unchanged while its inode, size and times (nanoseconds) are the same. A
    memory that cannot be read is started afresh.
    """
    known: dict[str, list[str]] = {}
    if memory.exists():
        try:
            known = json.loads(memory.read_text(encoding="utf-8"))
        except ValueError:
            known = {}
    learned: dict[str, list[str]] = {}

    def digest(path: Path) -> str:
        info = path.stat()
        stamp = f"{info.st_ino}:{info.st_size}:{info.st_mtime_ns}:{info.st_ctime_ns}"
        key = str(path.resolve())
        entry = known.get(key)
        value = entry[1] if entry and entry[0] == stamp else file_digest(path)
        learned[key] = [stamp, value]
        return value

    def save() -> None:
        memory.parent.mkdir(parents=True, exist_ok=True)
        fresh = memory.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(learned), encoding="utf-8")
        fresh.replace(memory)

    return digest, save
