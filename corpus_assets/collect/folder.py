"""A safe walk through a folder: regular files only, in a fixed order.

Shared by the connectors and by `corpus scan`. Nothing is followed out of the folder: where links
lead is found out over the names of its regular files (`links.py`), and only such a file is read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from corpus_assets.collect.items import CollectError, Rejected, name_checker, printable
from corpus_assets.collect.links import Link, follow

# The stores of version control are no files of the tree.
_STORES = frozenset({".git", ".hg", ".svn", ".bzr", "CVS"})


class FolderFile(NamedTuple):
    """A regular file: its clean path inside the folder, where it lies, and its size.

    With `is_link` the path is that of a link, and what lies there is the file it leads to.
    """

    path: str
    location: Path
    size: int
    is_link: bool = False


def folder_files(
    root: Path, excluded: Callable[[str], bool] = lambda _: False
) -> Iterator[FolderFile | Rejected]:
    """Every file below `root` in order of its path; what is no regular file is a rejection.

    Links to license files of the folder are followed (`links.follow`), others are rejections.
    Left out are paths that are `excluded` and the folders in which version control keeps its data.
    Raises CollectError when `root` is no folder that can be read.
    """
    if not root.is_dir():
        raise CollectError(f"{root}: no such folder; correct the path")
    found = list(_entries(root, excluded))
    files = {entry.path: entry for entry in found if isinstance(entry, FolderFile)}
    ends = follow((entry for entry in found if isinstance(entry, Link)), files.keys())
    for entry in found:
        if not isinstance(entry, Link):
            yield entry
            continue
        _, end = next(ends)
        if isinstance(end, Rejected):
            yield end
        else:
            yield files[end]._replace(path=entry.path, is_link=True)


def _entries(root: Path, excluded: Callable[[str], bool]) -> Iterator[FolderFile | Link | Rejected]:
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
            yield Link(path, os.readlink(entry.path))
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
