"""The project's key, under which fingerprints of secrets are made.

Belongs here: creating and reading the key. A keyed fingerprint lets equal secrets be recognized
within a project and tells outsiders nothing, which a plain hash of a guessable secret would.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

KEY_BYTES = 32
_NAME = "project.key"


def project_key(state_folder: Path) -> bytes:
    """The 32 random bytes in `state_folder`/project.key, created on first use with mode 0600.

    Two processes that start together get the same key. Raises ValueError when the file does not
    hold a key, and OSError when the folder cannot be written.
    """
    path = state_folder / _NAME
    if not path.exists():
        _create(path)
    text = path.read_text(encoding="ascii", errors="replace").strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(
            f"{path}: not a key of {KEY_BYTES} bytes in hexadecimal; restore it from a backup, or "
            "remove it to start a new one (fingerprints then no longer match earlier ones)"
        )
    return key


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(prefix=f"{_NAME}.", dir=path.parent)  # mode 0600
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")
    try:
        os.link(draft, path)  # fails where another process was first, and keeps its key
    except FileExistsError:
        return
    finally:
        os.unlink(draft)
