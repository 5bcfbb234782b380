"""The `git` connector: a repository by clone URL or path, one revision or its whole history.

Belongs here: which commits and blobs are read. Does not belong here: talking to the git program
(`git_store.py`), and where links lead (`collect/links.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from corpus_assets.collect.archives import file_items
from corpus_assets.collect.connectors.git_store import GitStore
from corpus_assets.collect.exclusion import excluder
from corpus_assets.collect.items import Item, Rejected, name_checker, printable, read_file
from corpus_assets.collect.links import MAX_TARGET_BYTES, Link, follow
from corpus_assets.collect.targets import Context, Reading, Target, settings_digest
from corpus_assets.policy.project import GitSource

_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SYMLINK, _SUBMODULE = "120000", "160000"


class _Entry(NamedTuple):
    path: bytes
    mode: str
    blob: str


def targets(source: GitSource, context: Context) -> Iterator[Target]:
    """The revision, or with `history` every commit up to it, oldest first.

    With history, the revision of an occurrence is the commit that introduced the content at that
    path. Raises CollectError when the repository or the revision cannot be found.
    """
    remote = is_remote(source.url)
    url = source.url if remote else str(context.project.path(source.url).resolve())
    origin = source.url if remote else f"git:{source.name}"
    settings = settings_digest(
        source, context.limits, history=source.history, exclude=source.exclude
    )
    store = GitStore(context.cache("git"), url, source.history)
    pinned = bool(_SHA.fullmatch(source.revision))
    if pinned and not store.has(source.revision):
        if context.collected.get((origin, source.revision)) == settings:
            # The newest commit is stored last, so all of it is; nothing to ask anyone.
            yield Target(origin, source.revision, settings, lambda _: iter(()))
            return
        store.fetch_commit(source.revision)
    tip = source.revision if pinned else store.fetch_newest(source.revision)
    for commit in store.commits(tip) if source.history else [tip]:
        yield _target(source, context, store, origin, commit, settings)


def is_remote(url: str) -> bool:
    """Whether the URL is more than a local path: `scheme://…` or `host:path` as git has it."""
    return "://" in url or bool(re.match(r"[^/]+:", url))


def _target(
    source: GitSource, context: Context, store: GitStore, origin: str, commit: str, settings: str
) -> Target:
    def read(reading: Reading) -> Iterator[Item]:
        reading.date = store.date(commit)
        changes = _introduced if source.history else _tree
        check, excluded = name_checker(), excluder(source.exclude)
        links: list[Link] = []
        for entry in changes(store, commit):
            name = entry.path.decode("utf-8", "surrogateescape")
            if excluded(printable(name)):
                continue
            path = check(name)
            if isinstance(path, Rejected):
                yield path
            elif entry.mode == _SUBMODULE:
                yield Rejected(path, "submodule", "a submodule")
            elif entry.mode == _SYMLINK:
                links.append(Link(path, _words(store, entry.blob)))
            else:
                items = _file(store, context, path, entry.blob)
                yield from (item for item in items if not excluded(item.path))
        if links:
            yield from _linked(store, context, commit, links, excluded)

    return Target(origin, commit, settings, read)


def _file(store: GitStore, context: Context, path: str, blob: str) -> Iterator[Item]:
    with store.blob(blob) as (stream, size):
        yield from file_items(path, stream, size, context.limits)


def _linked(
    store: GitStore,
    context: Context,
    commit: str,
    links: list[Link],
    excluded: Callable[[str], bool],
) -> Iterator[Item]:
    """The links as files with the content at their end in the commit's tree, or rejected.

    The whole tree is asked: with history, the target was often introduced by an earlier commit.
    """
    tree = {printable(entry.path.decode("utf-8", "surrogateescape")): entry
            for entry in _tree(store, commit)}  # fmt: skip
    files = {path: entry.blob for path, entry in tree.items()
             if entry.mode not in (_SYMLINK, _SUBMODULE) and not excluded(path)}  # fmt: skip
    known = {link.path: link.target for link in links}

    def target_of(path: str) -> str | None:
        if path not in known and path in tree and tree[path].mode == _SYMLINK:
            known[path] = _words(store, tree[path].blob)
        return known.get(path)

    for link, end in follow(links, files.keys(), target_of):
        if isinstance(end, Rejected):
            yield end
        else:
            with store.blob(files[end]) as (stream, size):
                yield read_file(link.path, stream, size, context.limits)


def _words(store: GitStore, blob: str) -> str:
    """The words of a symbolic link, which are its content."""
    with store.blob(blob) as (stream, _):
        return stream.read(MAX_TARGET_BYTES + 1).decode("utf-8", "surrogateescape")


def _tree(store: GitStore, commit: str) -> Iterator[_Entry]:
    listing = store.git("ls-tree", "-r", "-z", "--full-tree", commit)
    for line in filter(None, listing.split(b"\0")):
        facts, path = line.split(b"\t", 1)
        mode, _kind, blob = facts.decode().split()
        yield _Entry(path, mode, blob)


def _introduced(store: GitStore, commit: str) -> Iterator[_Entry]:
    """Blobs at paths where no parent has them; changes of mode alone introduce nothing."""
    parts = iter(
        store.git("diff-tree", "-r", "-c", "--root", "--no-renames", "--no-commit-id", "-z",
                  "--no-abbrev", commit).split(b"\0")
    )  # fmt: skip
    for facts in parts:
        if not facts:
            continue
        # ":" per parent, then modes and blobs of the parents and of the result, then the status.
        n_parents = len(facts) - len(facts.lstrip(b":"))
        fields = facts.lstrip(b":").decode().split()
        path = next(parts)
        mode, blob = fields[n_parents], fields[2 * n_parents + 1]
        before = fields[n_parents + 1 : 2 * n_parents + 1]
        if set(blob) != {"0"} and blob not in before:
            yield _Entry(path, mode, blob)
