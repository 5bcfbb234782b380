"""Links inside a snapshot: where they lead, and the license files among them.

Belongs here: following symbolic and hard links over the names of one snapshot, never over a file
system. Does not belong here: reading the snapshot (archives, folders, git).

Only links named like a license file are followed: glib's COPYING is one, and without it a tree
has no license. A link to a source file would only repeat that file under a second path, so it
stays set aside, and so does a link whose end is not a regular file of the same snapshot.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import polars as pl

from corpus_assets.collect.items import MAX_PATH_CHARS, File, Item, Rejected, printable
from corpus_assets.evidence_names import is_license_name

MAX_HOPS = 8
"""Links that one link may lead through; the longest chain seen in packages has two."""

MAX_FOLLOWED = 10_000
"""Links of one snapshot that are followed; together with MAX_HOPS it bounds the work."""


MAX_TARGET_BYTES = 4 * MAX_PATH_CHARS
"""What of a link's words is read; longer ones lead nowhere."""


class Link(NamedTuple):
    """A link as the snapshot has it: its clean path, and the words it points to.

    `kind` is symlink (words relative to the link's folder) or hardlink (from the root).
    """

    path: str
    target: str
    kind: str = "symlink"


class _Nowhere(NamedTuple):
    reason: str
    detail: str


_ABSOLUTE = _Nowhere("link_outside", "an absolute path")
_ABOVE = _Nowhere("link_outside", "it leads out of the snapshot")
_LOOP = _Nowhere("link_loop", f"it leads in a circle or through more than {MAX_HOPS} links")
_FOLDER = _Nowhere("link_to_folder", "a folder")
_DANGLING = _Nowhere("link_dangling", "no file of the snapshot that was collected")
_NAMELESS = _Nowhere("link_dangling", f"no name, or one of more than {MAX_PATH_CHARS} characters")
_TOO_MANY = _Nowhere("too_many_links", f"only {MAX_FOLLOWED} links of a snapshot are followed")


def follow(
    links: Iterable[Link],
    files: Collection[str],
    target_of: Callable[[str], str | None] | None = None,
) -> Iterator[tuple[Link, str | Rejected]]:
    """Each link, in order, with the path of the regular file at its end, or why there is none.

    `files` are the clean paths of the snapshot's regular files. `target_of` gives the words of the
    symbolic link at a path, None where there is none; without it these are the symbolic ones of
    `links`. Rejections: kind of the link when its name is not that of a license file;
    link_outside, link_loop, link_to_folder, link_dangling and too_many_links otherwise.
    """
    found = list(links)
    known = {link.path: link.target for link in found if link.kind == "symlink"}
    named = _license_named(found)
    listing: list[str] | None = None
    n_named = 0
    for link in found:
        if link.path not in named:
            yield link, Rejected(link.path, link.kind, f"points to {printable(link.target)}")
            continue
        n_named += 1
        end = _end(link, target_of or known.get) if n_named <= MAX_FOLLOWED else _TOO_MANY
        if isinstance(end, str) and end not in files:
            listing = sorted(files) if listing is None else listing
            end = _absence(end, listing)
        if isinstance(end, _Nowhere):
            detail = f"points to {printable(link.target)}: {end.detail}"
            yield link, Rejected(link.path, end.reason, detail)
        else:
            yield link, end


def linked(items: Iterable[Item | Link]) -> Iterator[Item]:
    """The items of one snapshot, then its links: as files that repeat their target, or rejected.

    Such a file has `is_link` set and no data of its own: the bytes came with the target.
    """
    files: dict[str, File] = {}
    links: list[Link] = []
    for item in items:
        if isinstance(item, Link):
            links.append(item)
            continue
        if isinstance(item, File):
            files[item.path] = item._replace(data=None, is_link=True)
        yield item
    for link, end in follow(links, files.keys()):
        yield end if isinstance(end, Rejected) else files[end]._replace(path=link.path)


def _license_named(links: Sequence[Link]) -> set[str]:
    paths = pl.DataFrame({"path": [link.path for link in links]}, schema={"path": pl.String})
    return set(paths.filter(is_license_name(pl.col("path")))["path"])


def _end(link: Link, target_of: Callable[[str], str | None]) -> str | _Nowhere:
    """The path at which a link ends, walked name by name as a file system does."""
    place = link.path.rpartition("/")[0] if link.kind == "symlink" else ""
    # What is still to walk, the next name last.
    names: list[str] = []
    words: str | None = link.target
    hops = 0
    while True:
        if words is not None:
            if not words or len(words) > MAX_PATH_CHARS:
                return _NAMELESS
            if words.startswith("/"):
                return _ABSOLUTE
            # Collected paths are printable too.
            names += reversed(printable(words).split("/"))
            words = None
        if not names:
            return place
        name = names.pop()
        if name == "..":
            if not place:
                return _ABOVE
            place = place.rpartition("/")[0]
        elif name not in ("", "."):
            path = f"{place}/{name}" if place else name
            words = target_of(path)
            hops += words is not None
            if hops > MAX_HOPS or (path == link.path and words is not None):
                return _LOOP
            place = place if words is not None else path


def _absence(end: str, listing: Sequence[str]) -> _Nowhere:
    """Why a path is not among the sorted paths of files."""
    inside = f"{end}/" if end else ""
    place = bisect_left(listing, inside)
    is_folder = place < len(listing) and listing[place].startswith(inside)
    return _FOLDER if is_folder else _DANGLING
