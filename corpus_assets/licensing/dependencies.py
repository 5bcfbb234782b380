"""What manifests say that their packages need: table package_dependencies.

Belongs here: reading each manifest's dependencies once, whatever its place. Does not belong here:
reading the formats (`manifests`) and which of the dependencies were collected (chains).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from corpus_assets.licensing import manifests
from corpus_assets.parse.decoding import decode
from corpus_assets.tables import TABLES, conform

# Real packages need a few hundred at most; a lock file in disguise is no list of dependencies.
_MAX_DEPENDENCIES = 5_000


def package_dependencies(files: pl.DataFrame) -> pl.DataFrame:
    """The dependencies that manifests declare: table package_dependencies.

    `files` has content_id, path (the first by name where a content has several, for some formats
    name the package by it) and data. A manifest that cannot be read, names no package or needs
    nothing has no row: that it could not be read stands in table license_texts.
    """
    first = files.sort("content_id", "path").unique("content_id", keep="first", maintain_order=True)
    rows = [
        row | {"content_id": content_id}
        for content_id, path, data in first.select("content_id", "path", "data").iter_rows()
        if data is not None
        for row in _rows(path, data)
    ]
    frame = pl.DataFrame(rows, schema=TABLES["package_dependencies"].schema)
    return conform(frame, "package_dependencies").sort(TABLES["package_dependencies"].key)


def _rows(path: str, data: bytes) -> Iterator[dict[str, Any]]:
    text = decode(data).text
    if text is None:
        return
    try:
        package = manifests.package(path, text)
    except manifests.ManifestError:
        return
    if package is None:
        return
    needs = dict.fromkeys(package.dependencies)
    for ordinal, need in enumerate(list(needs)[:_MAX_DEPENDENCIES]):
        yield {
            "package_type": package.type,
            "package_name": package.name[:500],
            "package_version": package.version,
            "dependency_name": need.name[:500],
            "requirement": need.requirement[:500],
            "dependency_scope": need.scope,
            "ordinal": ordinal,
        }
