"""Downloaded archives in the cache, verified against the hash they came with."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from corpus_assets.collect.fingerprints import file_digest
from corpus_assets.collect.items import CollectError


def is_cached(path: Path) -> bool:
    """Whether the file was downloaded to its end and is still the same."""
    mark = _mark(path)
    if not (path.exists() and mark.exists()):
        return False
    return mark.read_text(encoding="ascii").strip() == file_digest(path)


def keep(path: Path, write: Callable[[BinaryIO], None], hashes: Mapping[str, str]) -> None:
    """Let `write` fill the file, verify its hashes (algorithm -> hex), and move it into place.

    Raises CollectError when a hash differs: the download is then thrown away.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            write(stream)
        for algorithm, expected in sorted(hashes.items()):
            with part.open("rb") as written:
                found = hashlib.file_digest(written, algorithm).hexdigest()
            if found != expected:
                raise CollectError(
                    f"{path.name}: {algorithm} is {found}, the index says {expected}; run again, "
                    "and ask the index's owner if it stays so"
                )
        _mark(path).write_text(file_digest(part), encoding="ascii")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")
