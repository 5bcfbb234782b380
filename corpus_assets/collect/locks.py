"""One collection of a category at a time, across processes."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus_assets.collect.items import CollectError
from corpus_assets.lake import Lake


def lock_folder(lake: Lake, state: Path) -> Path:
    """Where the locks of a lake lie: in the lake if it is a folder, else in the state folder."""
    if "://" in lake.root:
        name = hashlib.sha256(lake.root.encode()).hexdigest()[:16]
        folder = state / "locks" / name
    else:
        folder = Path(lake.root) / ".locks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def only_collection(folder: Path, category: str) -> Iterator[None]:
    """Hold the category's lock. Raises CollectError naming the process that holds it already.

    A lock ends with its process: after a crash there is nothing to clean up.
    """
    lock = FileLock(folder / f"{category}.lock")
    holder = folder / f"{category}.holder"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "another process"
        raise CollectError(
            f"{category} is being collected by {who}; wait for it to end, or stop it, and run again"
        ) from error
    try:
        holder.write_text(f"process {os.getpid()} on {socket.gethostname()}", encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
