"""A large history made by seeded code through `git fast-import`: folders, edits, merges, renames.

Messages are put together from lists of verbs and objects written for this project. The history is
for speed alone: what its commits are for is not judged.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

_VERBS = (
    "Fix", "Add", "Refactor", "Remove", "Update", "Handle", "Document", "Test", "Rename", "Prevent",
    "Support", "Bump", "Simplify", "Correct", "Move", "Use", "Drop", "Improve", "Revert", "Merge",
)  # fmt: skip
_OBJECTS = (
    "crash in the parser",
    "option for timeouts",
    "unused imports",
    "cache of tokens",
    "null check of the reader",
    "docs of the writer",
    "flaky test of the pool",
    "build on Windows",
    "leak of handles",
    "version to 1.2",
    "wrong order of arguments",
    "typo in the guide",
)
_START = 1_500_000_000


def make_history(folder: Path, commits: int, files: int = 4_000, seed: int = 7) -> Path:
    """A bare repository of so many commits over so many files of about 6 kB, made once."""
    repository = folder / f"history-{commits}-{files}-{seed}.git"
    done = repository / "done"
    if not done.exists():
        subprocess.run(["git", "init", "-q", "--bare", str(repository)], check=True)
        process = subprocess.Popen(
            ["git", f"--git-dir={repository}", "fast-import", "--quiet", "--force"],
            stdin=subprocess.PIPE,
        )
        assert process.stdin is not None
        for part in _stream(random.Random(seed), commits, files):
            process.stdin.write(part)
        process.stdin.close()
        if process.wait() != 0:
            raise RuntimeError("git fast-import failed")
        pack = ["git", f"--git-dir={repository}", "symbolic-ref", "HEAD", "refs/heads/main"]
        subprocess.run(pack, check=True)
        done.touch()
    return repository


def _stream(rng: random.Random, commits: int, files: int) -> Iterator[bytes]:
    texts = [[_line(rng) for _ in range(150)] for _ in range(files)]
    paths = [f"src/part{n % 40}/area{n % 7}/module_{n}.py" for n in range(files)]
    for number in range(commits):
        mark = number + 1
        n_changes = files if number == 0 else rng.choice((1, 1, 1, 2, 2, 3, 5))
        subject = f"{rng.choice(_VERBS)} {rng.choice(_OBJECTS)} (#{number})\n"
        body = f"\n{_line(rng)}\n{_line(rng)}\n" if rng.random() < 0.5 else ""
        message = (subject + body).encode()
        who = f"Author {rng.randrange(200)} <a@example.org> {_START + 600 * number} +0000"
        yield f"commit refs/heads/main\nmark :{mark}\nauthor {who}\ncommitter {who}\n".encode()
        yield b"data %d\n%s" % (len(message), message)
        if number:
            yield f"from :{mark - 1}\n".encode()
        if number % 20 == 19:
            yield f"merge :{mark - 5}\n".encode()
        touched = range(files) if number == 0 else rng.sample(range(files), n_changes)
        for index in touched:
            lines = texts[index]
            place = rng.randrange(len(lines))
            lines[place : place + rng.randrange(3)] = [_line(rng) for _ in range(rng.randrange(4))]
            data = ("\n".join(lines) + "\n").encode()
            yield f"M 100644 inline {paths[index]}\ndata {len(data)}\n".encode() + data + b"\n"
    return


def _line(rng: random.Random) -> str:
    return f"    value_{rng.randrange(900)} = call_{rng.randrange(300)}(item, {rng.randrange(99)})"
