"""Running the clients of others (git, npm, apt): found, without a terminal, errors in words."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus_assets.collect.items import CollectError

_LAST_LINES = 4


class CommandFailed(CollectError):
    """A command that ended with an error; `output` is what it printed all the same."""

    def __init__(self, message: str, output: bytes) -> None:
        super().__init__(message)
        self.output = output


def require(program: str, advice: str) -> str:
    """The program's path. Raises CollectError with the advice when it is not installed."""
    found = shutil.which(program)
    if found is None:
        raise CollectError(f"{program} is not installed; {advice}")
    return found


def run(
    command: Sequence[str],
    what: str,
    folder: Path | None = None,
    environment: Mapping[str, str | None] | None = None,
    seconds: float = 1800,
) -> bytes:
    """Standard output of a command that succeeded; `environment` changes ours, None removes.

    Raises CommandFailed, a CollectError, with `what` was tried and the command's last words.
    """
    changed = {**os.environ, **(environment or {})}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={name: value for name, value in changed.items() if value is not None},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CollectError(f"{what}: no end after {seconds:.0f} s; run again later") from error
    if done.returncode != 0:
        complaint = done.stderr.decode("utf-8", "replace").strip() or f"exit {done.returncode}"
        told = [line.strip() for line in complaint.splitlines() if line.strip()]
        lines = " / ".join(told[-_LAST_LINES:])
        raise CommandFailed(f"{what}: {lines}", done.stdout)
    return done.stdout
