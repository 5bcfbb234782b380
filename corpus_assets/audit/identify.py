"""From what a user types to one content of the lake.

Belongs here: recognizing content ids, unit ids, row ids, pair ids and paths. Does not belong here:
what is then told about the content (`trace`, `explain`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from corpus_assets.lake import Lake
from corpus_assets.serve.release import at, mixes, versions

_CONTENT = re.compile(r"(swh:1:cnt:[0-9a-f]{40})(:.+)?")
_HASH = re.compile(r"[0-9a-f]{32}")
_MAX_CANDIDATES = 10


class NotFoundError(LookupError):
    """An id that the lake does not hold, or that could mean several contents."""


@dataclass(frozen=True)
class Identified:
    """A content and what was asked for: content, unit, row, pair or path.

    `language` is the partition of its document; empty when it was collected but has none.
    """

    asked: str
    kind: str
    content_id: str
    language: str


def identify(lake: Lake, asked: str, published: Path | None = None) -> Identified:
    """The content behind an id or path; rows of older releases are found through `published`.

    A path may be given as `origin path`, `origin/path`, a whole path or its end. Raises
    NotFoundError, with the candidates when a path fits several contents.
    """
    match = _CONTENT.fullmatch(asked)
    if match:
        kind = "unit" if match.group(2) else "content"
        return _known(lake, asked, kind, match.group(1))
    if _HASH.fullmatch(asked):
        return _by_hash(lake, asked, published)
    return _by_path(lake, asked)


def _known(lake: Lake, asked: str, kind: str, content_id: str) -> Identified:
    documents = (
        lake.scan("documents")
        .filter(pl.col("content_id") == content_id)
        .select("language")
        .collect()
    )
    if documents.height:
        return Identified(asked, kind, content_id, str(documents.item(0, 0)))
    places = lake.scan("occurrences").filter(pl.col("content_id") == content_id)
    if places.select(pl.len()).collect().item() == 0:
        raise NotFoundError(f"{asked}: this content was never collected into {lake.root}")
    return Identified(asked, kind, content_id, "")


def _by_hash(lake: Lake, asked: str, published: Path | None) -> Identified:
    for table, column, kind in (("training_mix", "row_id", "row"), ("pairs", "pair_id", "pair")):
        found = lake.scan(table).filter(pl.col(column) == asked).select("content_id").collect()
        if found.height:
            return _known(lake, asked, kind, str(found.item(0, 0)))
    if published is not None:
        for mix in mixes(published):
            for version in versions(published, mix):
                found = (
                    at(published, mix, version)
                    .rows()
                    .filter((pl.col("row_id") == asked) | (pl.col("pair_id") == asked))
                    .select("content_id")
                    .collect()
                )
                if found.height:
                    return _known(lake, asked, "row", str(found.item(0, 0)))
    raise NotFoundError(f"{asked}: no row or pair of this id in {lake.root} or a release")


def _by_path(lake: Lake, asked: str) -> Identified:
    origin, _, inside = asked.rpartition(" ")
    path = pl.col("path")
    places = lake.scan("occurrences").select("content_id", "origin", "revision", "path")
    exact = (path == asked) | (pl.concat_str("origin", "path", separator="/") == asked)
    if origin:
        exact = exact | ((pl.col("origin") == origin) & (path == inside))
    found = places.filter(exact).collect()
    if not found.height:
        found = places.filter(path.str.ends_with(f"/{asked}")).collect()
    contents = found.sort("origin", "path", "revision").unique("content_id", maintain_order=True)
    if contents.height == 1:
        return _known(lake, asked, "path", contents.item(0, "content_id"))
    if not contents.height:
        raise NotFoundError(
            f"{asked}: no such path was collected; give a content id (swh:1:cnt:…), a row id, a "
            "pair id, or a path as `corpus query` shows it in `occurrences`"
        )
    shown = contents.head(_MAX_CANDIDATES).iter_rows(named=True)
    lines = [f"  {row['content_id']}  {row['origin']} {row['path']}" for row in shown]
    raise NotFoundError(
        f"{asked} fits {contents.height} contents; ask for one of them by its id:\n"
        + "\n".join(lines)
    )
