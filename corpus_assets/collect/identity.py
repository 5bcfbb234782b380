"""The identity of contents: SWHIDs and SHA-256 of bytes."""

from __future__ import annotations

import hashlib
from typing import Any


def content_id(data: bytes) -> str:
    """The SWHID of the bytes: `swh:1:cnt:` and the SHA-1 git gives the blob (ISO/IEC 18670)."""
    return swhid(git_blob_hash(len(data)), data)


def sha256(data: bytes) -> str:
    """The SHA-256 of the bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def git_blob_hash(size: int) -> Any:
    """A hash object into which a blob of `size` bytes can be fed piece by piece."""
    return hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)


def swhid(blob_hash: Any, last: bytes = b"") -> str:
    """The SWHID of what was fed into a `git_blob_hash`, after feeding `last`."""
    blob_hash.update(last)
    return f"swh:1:cnt:{blob_hash.hexdigest()}"
