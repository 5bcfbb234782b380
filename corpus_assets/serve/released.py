"""The choices that the current release was made with: who stood for whom when it was published.

Belongs here: reading the contents of a published release, and finding the duplicate_resolution it
rests on in the lake's history. Does not belong here: what follows for new choices (`curate`).

Curation looks back at a release that is itself made from curation. That is no cycle: the release
is published, immutable and older than the run; like a step's own former rows it is not an input
that can make the step stale.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from corpus_assets.lake import Lake
from corpus_assets.serve.columns import scan
from corpus_assets.serve.release import (
    MANIFEST,
    SCHEMA,
    ReleaseError,
    current,
    mixes,
    read_json,
)

_SCHEMA = pl.Schema(
    {"content_id": pl.String, "kept_content_id": pl.String, "is_released": pl.Boolean}
)
_TABLE = "duplicate_resolution"


def released_choices(lake: Lake, published: Path, mix: str, language: str) -> pl.DataFrame:
    """content_id, kept_content_id, is_released: for the language's documents at the time of the
    mix's current release, which kept one stood for each, and whether its rows are released.

    Empty before the first release. Where the lake's history does not have the resolution that the
    release names (another lake, or one made anew), only what is released is known, each standing
    for itself. Raises ReleaseError when the release cannot be read.
    """
    if mix not in mixes(published):
        return pl.DataFrame(schema=_SCHEMA)
    release = current(published, mix)
    manifest = read_json(release.folder / MANIFEST)
    shards = [
        release.folder / item["path"]
        for item in manifest.get("files", [])
        if item.get("language") == language and str(item["path"]).endswith(".parquet")
    ]
    missing = [path for path in shards if not path.is_file()]
    if missing:
        raise ReleaseError(f"{missing[0]}: named by the manifest but not there; publish it again")
    released = _contents(shards)
    stood = _resolution(lake, manifest, language)
    if stood is None:
        stood = released.select("content_id", kept_content_id="content_id")
    return (
        stood.with_columns(is_released=pl.col("content_id").is_in(released["content_id"].implode()))
        .select(_SCHEMA.names())
        .sort("content_id")
    )


def _contents(shards: list[Path]) -> pl.DataFrame:
    rows = scan(shards, SCHEMA).select("content_id")
    return rows.unique().collect().sort("content_id")


def _resolution(lake: Lake, manifest: dict[str, object], language: str) -> pl.DataFrame | None:
    """content_id, kept_content_id as of the commit with the data version in the manifest."""
    inputs = manifest.get("inputs")
    wanted = {
        item["data_version"]
        for item in (inputs if isinstance(inputs, list) else [])
        if (item["table"], item["partition"]) == (_TABLE, language)
    }
    for entry in lake.history(_TABLE):
        if entry.partition == language and entry.data_version in wanted:
            rows = lake.scan(_TABLE, language, entry.delta_version)
            return rows.select("content_id", "kept_content_id").collect()
    return None
