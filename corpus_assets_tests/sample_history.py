"""Small repositories with odd histories, made by `git fast-import` for tests."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

START = 1_600_000_000


class Made(NamedTuple):
    """One commit to be made. `files` maps paths to contents, None removes; a content may be
    (mode, bytes). `parents` are places in the list, -1 the one before; `raw` replaces author and
    committer lines."""

    message: str | bytes
    files: dict[str, bytes | tuple[str, bytes] | None]
    parents: tuple[int, ...] = (-1,)
    author: str = "Ann Author <ann@example.org>"
    time: int | None = None
    encoding: str = ""


def git(folder: Path, *arguments: str) -> str:
    """Output of a git command in a repository, without the machine's settings."""
    command = ["git", "-C", str(folder), "-c", "protocol.file.allow=always", *arguments]
    environment = {
        "PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org",
        "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org",
    }  # fmt: skip
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    return done.stdout.decode()


def make_repository(folder: Path, commits: list[Made]) -> list[str]:
    """A bare repository with the commits on `main`; their ids in order."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(folder)], check=True)
    stream = b"".join(_commit(number, commit) for number, commit in enumerate(commits))
    marks = folder / "marks"
    subprocess.run(
        ["git", f"--git-dir={folder}", "fast-import", "--quiet", "--force",
         f"--export-marks={marks}"],
        input=stream, check=True,
    )  # fmt: skip
    found = dict(line.split() for line in marks.read_text().splitlines())
    return [found[f":{number + 1}"] for number in range(len(commits))]


def _commit(number: int, commit: Made) -> bytes:
    message = commit.message.encode() if isinstance(commit.message, str) else commit.message
    time = START + 3600 * number if commit.time is None else commit.time
    parents = [number + parent if parent < 0 else parent for parent in commit.parents]
    lines = [
        b"reset refs/heads/main\n" if not [p for p in parents if p >= 0] else b"",
        b"commit refs/heads/main\n",
        b"mark :%d\n" % (number + 1),
        f"author {commit.author} {time} +0000\n".encode(),
        f"committer {commit.author} {time} +0000\n".encode(),
        f"encoding {commit.encoding}\n".encode() if commit.encoding else b"",
        b"data %d\n" % len(message) + message + b"\n",
    ]
    for place, parent in enumerate(parent for parent in parents if parent >= 0):
        lines.append(b"%s :%d\n" % (b"merge" if place else b"from", parent + 1))
    for path, content in commit.files.items():
        if content is None:
            lines.append(f"D {path}\n".encode())
            continue
        mode, data = content if isinstance(content, tuple) else ("100644", content)
        if mode == "160000":
            lines.append(f"M 160000 {data.decode()} {path}\n".encode())
        else:
            lines.append(f"M {mode} inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    return b"".join(lines)
