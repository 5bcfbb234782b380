"""A bare copy of a repository in the cache, read through one `git cat-file` process.

Hooks and the ext transport are off, nothing asks for a password, nothing is checked out.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, cast

from corpus_assets.collect.commands import require, run
from corpus_assets.collect.items import CollectError

_SAFE = (
    "-c", "core.hooksPath=/dev/null", "-c", "protocol.ext.allow=never",
    "-c", "core.fsmonitor=false", "-c", "fetch.recurseSubmodules=false",
    "-c", "gc.auto=0", "-c", "maintenance.auto=false",
)  # fmt: skip
# The variables that are removed point to another repository when we run inside its hook.
_ENVIRONMENT: dict[str, str | None] = {
    "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C",
    "GIT_DIR": None, "GIT_WORK_TREE": None, "GIT_INDEX_FILE": None, "GIT_OBJECT_DIRECTORY": None,
}  # fmt: skip
_KEPT = "refs/corpus"
_SPOOL_BYTES = 32 * 1024 * 1024


class GitStore:
    """The cached copy of the repository at `url`, made on first use.

    With `history` it holds all that leads to a commit, else only the commit's own tree.
    """

    def __init__(self, cache: Path, url: str, history: bool) -> None:
        self._program = require("git", "install it, e.g. `apt-get install git`")
        self._url, self._history = url, history
        name = hashlib.sha256(url.encode()).hexdigest()[:16] + ("-history" if history else "")
        self._folder = cache / name
        if not (self._folder / "HEAD").exists():
            run([self._program, *_SAFE, "init", "-q", "--bare", "--", str(self._folder)],
                "git init", environment=_ENVIRONMENT)  # fmt: skip

    def git(self, *arguments: str) -> bytes:
        """Output of a git command in the copy. Raises CollectError with git's complaint."""
        command = [self._program, *_SAFE, f"--git-dir={self._folder}", *arguments]
        return run(command, f"git {arguments[0]} ({self._url})", environment=_ENVIRONMENT)

    def has(self, commit: str) -> bool:
        """Whether the commit was fetched, all that was asked for with it."""
        try:
            self.git("rev-parse", "--verify", "-q", f"{_KEPT}/{commit}^{{commit}}")
        except CollectError:
            return False
        return True

    def fetch_newest(self, revision: str) -> str:
        """The commit a branch, tag or HEAD stands at now, fetched if it is new."""
        found: dict[str, str] = {}
        for line in self.git("ls-remote", "--", self._url).decode().splitlines():
            commit_id, name = line.split("\t", 1)
            found[name] = commit_id
        names = (revision, f"refs/tags/{revision}^{{}}", f"refs/tags/{revision}",
                 f"refs/heads/{revision}")  # fmt: skip
        commit = next((found[name] for name in names if name in found), None)
        if commit is None:
            if not found:
                raise CollectError(f"{self._url}: the repository holds no commit yet")
            raise CollectError(
                f"{self._url}: no branch or tag {revision!r}; correct `revision`, or give the "
                "full commit id"
            )
        if not self.has(commit):
            self.fetch_commit(commit)
        return commit

    def fetch_commit(self, commit: str) -> None:
        """Fetch a commit with its tree, or with its history."""
        depth = [] if self._history else ["--depth=1"]
        try:
            self._fetch(*depth, "--", self._url, commit)
        except CollectError:
            # Some hosts give only what a branch or tag points to.
            self._fetch("--", self._url, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
            try:
                self.git("cat-file", "-e", f"{commit}^{{commit}}")
            except CollectError as error:
                raise CollectError(
                    f"{self._url}: no commit {commit} on any branch or tag; correct `revision`"
                ) from error
        self.git("update-ref", f"{_KEPT}/{commit}", commit)

    def _fetch(self, *arguments: str) -> None:
        self.git("fetch", "-q", "--no-tags", "--no-write-fetch-head", *arguments)

    def commits(self, tip: str) -> list[str]:
        """Every commit up to `tip`, parents before children."""
        return self.git("rev-list", "--topo-order", "--reverse", tip).decode().split()

    def date(self, commit: str) -> str:
        """The commit's date (ISO, of the committer)."""
        return self.git("show", "-s", "--format=%cs", commit).decode().strip()

    @contextmanager
    def blob(self, blob: str) -> Iterator[tuple[BinaryIO, int]]:
        """The bytes of a blob as a stream, and their number."""
        source, sink = self._reader
        sink.write(f"{blob}\n".encode())
        sink.flush()
        header = source.readline().split()
        if len(header) != 3 or header[1] != b"blob":
            raise CollectError(f"{self._url}: blob {blob} is missing; delete {self._folder}")
        size = left = int(header[2])
        with tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES) as spool:
            while left and (chunk := source.read(min(left, 1024 * 1024))):
                spool.write(chunk)
                left -= len(chunk)
            source.read(1)  # the line end after each object
            spool.seek(0)
            yield cast(BinaryIO, spool), size

    @cached_property
    def _reader(self) -> tuple[BinaryIO, BinaryIO]:
        process = subprocess.Popen(
            [self._program, *_SAFE, f"--git-dir={self._folder}", "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        weakref.finalize(self, _end, process)
        return cast(BinaryIO, process.stdout), cast(BinaryIO, process.stdin)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.communicate()
