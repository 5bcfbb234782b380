"""The files of a working tree that git calls changed or new.

Belongs here: asking git. Used before a commit or merge, when only what is about to land matters.
"""

from __future__ import annotations

from pathlib import Path

from corpus_assets.collect.commands import require, run


def changed_files(path: Path) -> frozenset[str]:
    """Paths below `path`, relative to it, that differ from the last commit or are not tracked;
    ignored files are left out. Without any commit, all files that are not ignored.

    Raises CollectError when git is missing or `path` is in no working tree.
    """
    git = [require("git", "install it, or scan without --changed"), "-C", str(path)]
    what = f"{path}: asking git what has changed"
    head = [*git, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"]
    new = run([*git, "ls-files", "-z", "--others", "--exclude-standard"], what)
    if _succeeds(head):
        filters = ["--name-only", "-z", "--relative", "--no-renames", "--diff-filter=d"]
        tracked = run([*git, "diff", *filters, "HEAD", "--", "."], what)
    else:
        tracked = run([*git, "ls-files", "-z"], what)
    names = (tracked + new).split(b"\0")
    return frozenset(name.decode("utf-8", "surrogateescape") for name in names if name)


def _succeeds(command: list[str]) -> bool:
    from corpus_assets.collect.commands import CommandFailed

    try:
        run(command, "looking for a commit")
    except CommandFailed:
        return False
    return True
