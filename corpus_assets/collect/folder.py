"""A safe walk through a folder: regular files only, in a fixed order.

Shared by the connectors and by `corpus scan`. Nothing is followed out of the folder.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from corpus_assets.collect.items import CollectError, Rejected, name_checker, printable

# The stores of version control are no files of the tree.
_STORES = frozenset({".git", ".hg", ".svn", ".bzr", "CVS"})


class FolderFile(NamedTuple):
    """A regular file: its clean path inside the folder, where it lies, and its size."""

    path: str
    location: Path
    size: int


def folder_files(
    root: Path, excluded: Callable[[str], bool] = lambda _: False
) -> Iterator[FolderFile | Rejected]:
    """Every file below `root` in order of its path; what is no regular file is a rejection.

    Links are not followed; left out are paths that are `excluded` and the folders in which
    version control keeps its data.
    Raises CollectError when `root` is no folder that can be read.
    """
    if not root.is_dir():
        raise CollectError(f"{root}: no such folder; correct the path")
    check = name_checker()
    for relative, entry in _walk(root, ""):
        if excluded(printable(relative)):
            continue
        if isinstance(entry, Rejected):
            yield entry
            continue
        path = check(relative)
        if isinstance(path, Rejected):
            yield path
            continue
        info = entry.stat(follow_symlinks=False)
        if entry.is_symlink():
            yield Rejected(path, "symlink", f"points to {printable(os.readlink(entry.path))}")
        elif not stat.S_ISREG(info.st_mode):
            yield Rejected(path, "device", "neither a file nor a folder")
        elif not os.access(entry.path, os.R_OK):
            yield Rejected(path, "unreadable", "no permission to read it")
        else:
            yield FolderFile(path, Path(entry.path), info.st_size)


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str] | Rejected]]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except PermissionError:
        path = prefix.rstrip("/") or "."
        yield path, Rejected(printable(path), "unreadable", "no permission to list the folder")
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _STORES:
                yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry
