"""A repository of somebody else, opened for reading: a clone, a bare clone or a bundle.

Belongs here: which git command lines are safe on a repository that is not ours, what its refs
are, and what it lacks (shallow and partial clones, bundles that need other commits). Does not
belong here: what the commits say (`commits.py`), changed (`changes.py`) and hold (`blobs.py`).

Nothing in the repository's own configuration is obeyed that could run a program or reach a
network: no hooks, external diffs, text conversions, signatures or lazy fetches, no transport.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from corpus_assets.collect.commands import require, run
from corpus_assets.collect.items import CollectError

_SAFE = (
    "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "protocol.allow=never",
    "-c", "core.quotePath=false", "-c", "log.showSignature=false", "-c", "safe.directory=*",
    "-c", "core.commitGraph=true", "-c", "gc.auto=0",
    "-c", "core.deltaBaseCacheLimit=512m", "-c", "maintenance.auto=false",
)  # fmt: skip
# The variables that are removed point to another repository when we run inside its hook.
_ENVIRONMENT: dict[str, str | None] = {
    "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_NO_LAZY_FETCH": "1",
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C", "GIT_DIR": None, "GIT_WORK_TREE": None, "GIT_INDEX_FILE": None,
    "GIT_OBJECT_DIRECTORY": None, "GIT_ALTERNATE_OBJECT_DIRECTORIES": None,
    "GIT_EXTERNAL_DIFF": None, "GIT_TRACE": None,
}  # fmt: skip
_BUNDLE_MARK, _HEAD_BYTES = b"# v", 4096
_REFS = ("refs/heads", "refs/remotes", "refs/tags")
"""What is read beside HEAD. Other refs (notes, stashes, pull requests of a mirror) hold what was
never part of the project."""


class Repository(NamedTuple):
    """An opened repository. `boundary` holds the commits whose parents a shallow clone lacks."""

    program: str
    folder: Path
    path: Path
    boundary: frozenset[str]
    is_partial: bool

    def git(self, *arguments: str, given: bytes = b"") -> bytes:
        """Output of a git command. Raises CollectError with git's complaint."""
        command = self._command(arguments)
        if not given:
            return run(command, self._what(arguments), environment=_ENVIRONMENT)
        with tempfile.TemporaryFile() as file:
            file.write(given)
            file.seek(0)
            done = subprocess.run(
                command, stdin=file, capture_output=True, env=_environment(), check=False
            )
        if done.returncode != 0:
            raise CollectError(f"{self._what(arguments)}: {_last_words(done.stderr)}")
        return done.stdout

    @contextmanager
    def stream(self, given: Sequence[str], *arguments: str) -> Iterator[BinaryIO]:
        """Standard output of a git command that is fed one line per given item.

        Raises CollectError on leaving when the command failed, unless another error is on its way
        or it was left before its end.
        """
        with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as complaints:
            # A file and not a pipe: git may write before it has read everything.
            file.write("".join(f"{item}\n" for item in given).encode())
            file.seek(0)
            process = subprocess.Popen(
                self._command(arguments),
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=_environment(),
            )
            output = cast(BinaryIO, process.stdout)
            try:
                yield output
                left_early = bool(output.read(1))
            except BaseException:
                process.kill()
                raise
            finally:
                output.close()
                code = process.wait()
            if not self.path.exists():
                raise CollectError(f"{self.path}: the repository went away while it was read")
            if code != 0 and not left_early:
                complaints.seek(0)
                raise CollectError(f"{self._what(arguments)}: {_last_words(complaints.read())}")

    def _command(self, arguments: Sequence[str]) -> list[str]:
        return [self.program, *_SAFE, f"--git-dir={self.folder}", *arguments]

    def _what(self, arguments: Sequence[str]) -> str:
        command = next(word for word in arguments if word != "-c" and "=" not in word)
        return f"git {command} ({self.path})"


def _environment() -> dict[str, str]:
    changed = {**os.environ, **_ENVIRONMENT}
    return {name: value for name, value in changed.items() if value is not None}


@contextmanager
def open_repository(path: Path) -> Iterator[Repository]:
    """The repository at `path`: a work tree, a bare clone or a bundle.

    A bundle is unpacked into a temporary folder; a clone is seen from an empty repository beside
    it, which borrows its objects and knows its branches and tags, but none of its settings. Both
    go when the context ends. Raises CollectError with what to do when there is no repository or a
    bundle needs commits that it does not hold.
    """
    program = require("git", "install it, e.g. `apt-get install git`")
    with tempfile.TemporaryDirectory(prefix="corpus-history-") as room:
        folder = Path(room)
        if path.is_file() and not _leads_elsewhere(path):
            _unbundle(program, path, folder)
            yield Repository(program, folder, path, frozenset(), False)
        else:
            yield _borrowed(program, path, _folder_of(program, path), folder)


def commit_ids(repository: Repository) -> list[str]:
    """Every commit that HEAD, a branch or a tag leads to, parents before children.

    The order depends on the commits alone, not on clocks of ours. Raises CollectError when there
    is none, and when the history is broken (missing commits).
    """
    listed = (
        repository.git("for-each-ref", "--format=%(objectname)", *_REFS, "refs/corpus")
        .decode()
        .split()
    )
    names = "".join(f"{name}^{{commit}}\n" for name in sorted(set(listed))).encode()
    checked = repository.git("cat-file", "--batch-check", given=names).decode().splitlines()
    tips = sorted({line.split()[0] for line in checked if line.split()[1:2] == ["commit"]})
    if not tips:
        raise CollectError(f"{repository.path}: the repository holds no commit yet")
    given = "".join(f"{tip}\n" for tip in tips).encode()
    found = repository.git("rev-list", "--topo-order", "--reverse", "--stdin", given=given)
    return found.decode().split()


def _borrowed(program: str, path: Path, original: Path, folder: Path) -> Repository:
    theirs = Repository(program, original, path, frozenset(), False)
    kind = theirs.git("rev-parse", "--show-object-format").decode().strip()
    settings = theirs.git("config", "--list", "--name-only").decode("utf-8", "replace").lower()
    refs = theirs.git("for-each-ref", "--format=%(objectname) %(refname)", *_REFS)
    try:
        head = theirs.git("rev-parse", "-q", "--verify", "HEAD").strip() + b" refs/corpus/head\n"
    except CollectError:
        head = b""  # no commit on the branch yet
    ours = [program, *_SAFE, f"--git-dir={folder}", "init", "-q", "--bare"]
    run([*ours, f"--object-format={kind}"], f"open {path}", environment=_ENVIRONMENT)
    objects = os.fsencode(_place(theirs, "objects"))
    (folder / "objects" / "info" / "alternates").write_bytes(objects + b"\n")
    (folder / "packed-refs").write_bytes(refs + head)
    shallow = _place(theirs, "shallow")
    boundary = shallow.read_text().split() if shallow.is_file() else []
    if boundary:
        (folder / "shallow").write_text("".join(f"{commit}\n" for commit in boundary))
    is_partial = ".promisor" in settings or "extensions.partialclone" in settings
    return Repository(program, folder, path, frozenset(boundary), is_partial)


def _place(repository: Repository, name: str) -> Path:
    """Where a repository has a file, which may be another one's (`git worktree`)."""
    found = repository.git("rev-parse", "--git-path", name)
    return (Path.cwd() / os.fsdecode(found.rstrip(b"\n"))).resolve()


def _folder_of(program: str, path: Path) -> Path:
    """The git folder of a work tree or bare clone, without looking in the folders above."""
    if not path.exists():
        raise CollectError(f"{path}: no such file or folder")
    for candidate in (path / ".git", path):
        try:
            found = run(
                [program, *_SAFE, f"--git-dir={candidate}", "rev-parse", "--absolute-git-dir"],
                f"open {path}",
                environment=_ENVIRONMENT,
            )
        except CollectError:
            continue
        return Path(found.decode("utf-8", "surrogateescape").rstrip("\n"))
    raise CollectError(
        f"{path}: not a git repository; give the folder of a clone, a bare clone or a bundle"
    )


def _leads_elsewhere(path: Path) -> bool:
    """Whether the file is the `.git` file of a work tree whose repository is elsewhere."""
    with path.open("rb") as file:
        return file.read(8) == b"gitdir: "


def _unbundle(program: str, path: Path, folder: Path) -> None:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.startswith(_BUNDLE_MARK):
        raise CollectError(f"{path}: neither a folder nor a git bundle")
    kind = "sha256" if b"\n@object-format=sha256\n" in head else "sha1"
    git = [program, *_SAFE, "-c", "protocol.file.allow=always", f"--git-dir={folder}"]
    doing, source = f"read {path}", str(path.resolve())
    init = [*git, "init", "-q", "--bare", f"--object-format={kind}"]
    run(init, doing, environment=_ENVIRONMENT)
    fetch = [*git, "fetch", "-q", "--no-tags", "--no-write-fetch-head", source]
    try:
        run([*fetch, "+refs/*:refs/*"], doing, environment=_ENVIRONMENT)
    except CollectError as error:
        if "prerequisite" in str(error):
            raise CollectError(
                f"{path}: the bundle holds only newer commits and needs others "
                "(`git bundle verify` names them); fetch it into a clone and scan that"
            ) from error
        raise
    heads = run([*git, "bundle", "list-heads", source, "HEAD"], doing, environment=_ENVIRONMENT)
    if heads.strip():  # refs/* leaves it out, and it may be the only one
        run([*fetch, "+HEAD:refs/corpus/head"], doing, environment=_ENVIRONMENT)


def _last_words(complaint: bytes) -> str:
    told = [line.strip() for line in complaint.decode("utf-8", "replace").splitlines()]
    return " / ".join([line for line in told if line][-4:]) or "it ended without a word"
