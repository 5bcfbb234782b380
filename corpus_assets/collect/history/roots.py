"""The top level of each commit's tree: which files stand there with which content.

Belongs here: reading tree objects. Does not belong here: which names matter, and why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import BinaryIO, NamedTuple

from corpus_assets.collect.history.repository import Repository
from corpus_assets.collect.items import CollectError

_BELOW = "LICENSES"
"""The folder of license texts that REUSE asks for, read as part of the top level."""


class Root(NamedTuple):
    """Files at the top of one tree as (path, blob), in git's order."""

    files: tuple[tuple[str, str], ...]


def read_roots(
    repository: Repository, ids: Sequence[str], wanted: Callable[[str], bool]
) -> list[Root | None]:
    """The wanted files of each commit's top level; None where the tree is missing.

    Raises CollectError when the repository goes away.
    """
    width = len(ids[0]) // 2 if ids else 20
    entry = re.compile(rb"(\d+) ([^\0]+)\0(.{%d})" % width, re.DOTALL)
    found: list[Root | None] = []
    folders: dict[int, str] = {}
    with repository.stream(
        [f"{commit}^{{tree}}" for commit in ids], "cat-file", "--batch", "--buffer"
    ) as output:
        for place, commit in enumerate(ids):
            data = _tree(output, commit)
            files = []
            for mode, name, blob in entry.findall(data or b""):
                path = name.decode("utf-8", "backslashreplace")
                if mode in (b"100644", b"100755") and wanted(path):
                    files.append((path, blob.hex()))
                elif mode == b"40000" and path == _BELOW:
                    folders[place] = blob.hex()
            found.append(None if data is None else Root(tuple(files)))
    _add_folders(repository, found, folders, entry)
    return found


def _add_folders(
    repository: Repository,
    found: list[Root | None],
    folders: dict[int, str],
    entry: re.Pattern[bytes],
) -> None:
    trees = sorted(set(folders.values()))
    inside: dict[str, tuple[tuple[str, str], ...]] = {}
    with repository.stream(trees, "cat-file", "--batch", "--buffer") as output:
        for tree in trees:
            files = entry.findall(_tree(output, tree) or b"")
            inside[tree] = tuple(
                (f"{_BELOW}/{name.decode('utf-8', 'backslashreplace')}", blob.hex())
                for mode, name, blob in files
                if mode in (b"100644", b"100755")
            )
    for place, tree in folders.items():
        root = found[place]
        if root is not None:
            found[place] = Root((*root.files, *inside[tree]))


def _tree(output: BinaryIO, name: str) -> bytes | None:
    header = output.readline().split()
    if len(header) != 3:
        if header[-1:] == [b"missing"]:
            return None
        raise CollectError(f"the repository went away while the tree of {name} was read")
    data = output.read(int(header[2]))
    output.read(1)
    return data if header[1] == b"tree" else None
