"""A folder as tables, for detectors that know tables only.

The folder is treated as one revision of one origin; then the same functions run that serve the
assets, under the packaged policy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from corpus_assets.cli import output
from corpus_assets.policy.filters import FilterPolicy
from corpus_assets.tables import TABLES, TEXTS, conform, empty

if TYPE_CHECKING:
    from corpus_assets.collect.items import Rejected

_BATCH_BYTES = 64 * 2**20
_PLACE = {"source_category": "in_house", "source": "scan", "origin": "dir:scan", "revision": ""}


class Folder(NamedTuple):
    """The files of a folder as tables: occurrences, contents and documents; and what is none."""

    occurrences: pl.DataFrame
    contents: pl.DataFrame
    documents: pl.DataFrame
    rejected: list[Rejected]


def read_folder(path: Path, only: Collection[str] | None = None) -> Folder:
    """The files below a folder, or one file; what cannot be read is named on standard error.

    `only`: paths relative to the folder; others are left out.
    """
    from corpus_assets.collect.folder import FolderFile, folder_files
    from corpus_assets.collect.items import Rejected, read_file
    from corpus_assets.parse.documents import first_occurrences, read_documents
    from corpus_assets.parse.neighbors import settled
    from corpus_assets.policy.project import Limits

    limits, files, rejected = Limits(), [], []
    with output.bars() as bars:
        bar = bars.add_task("read files", total=None, label="")
        entries: Iterable[FolderFile | Rejected] = (
            [FolderFile(path.name, path, path.stat().st_size)]
            if path.is_file()
            else folder_files(path, lambda name: only is not None and name not in only)
        )
        for entry in entries:
            if isinstance(entry, Rejected):
                rejected.append(entry)
                continue
            with entry.location.open("rb") as stream:
                files.append(read_file(entry.path, stream, entry.size, limits))
            bars.update(bar, advance=1, label=entry.path[-60:])
    for item in rejected:
        output.err.print(f"skipped {item.path}: {item.reason}: {item.detail}", markup=False)
    found = pl.DataFrame(
        [file._asdict() for file in files],
        schema_overrides={"data": pl.Binary, "language_candidates": TEXTS},
        infer_schema_length=None,
    )
    if not files:
        return Folder(empty("occurrences"), empty("contents"), empty("documents"), rejected)
    found = found.rename({"size": "size_bytes"}).with_columns(
        **{name: pl.lit(value) for name, value in _PLACE.items()}
    )
    occurrences = settled(found.select(TABLES["occurrences"].names))
    contents = found.unique("content_id", keep="first", maintain_order=True).select(
        TABLES["contents"].names
    )
    first = first_occurrences(occurrences.lazy()).collect()
    documents = pl.concat([empty("documents"), *read_documents(first, contents.lazy())])
    return Folder(
        conform(occurrences, "occurrences").sort("path"),
        conform(contents, "contents"),
        documents,
        rejected,
    )


def batches(documents: pl.DataFrame, label: str) -> Iterator[pl.DataFrame]:
    """The documents, about 64 MiB at a time, behind a progress bar."""
    numbered = documents.with_columns(batch=pl.col("size_bytes").cum_sum() // _BATCH_BYTES)
    with output.bars() as bars:
        bar = bars.add_task(label, total=documents.height, label="")
        for part in numbered.partition_by("batch", maintain_order=True, include_key=False):
            yield part
            bars.update(bar, advance=part.height)


def resolved(folder: Folder, near: pl.DataFrame, policy: FilterPolicy) -> pl.DataFrame:
    """Which documents stay, by the rules of curation, without license or quality evidence."""
    from corpus_assets.curate.resolution import duplicate_resolution
    from corpus_assets.curate.stability import no_release

    return duplicate_resolution(
        folder.documents.drop("text"),
        near,
        empty("contained_documents"),
        empty("license_conclusions"),
        empty("quality_signals"),
        empty("quality_scores"),
        empty("revisions"),
        no_release(),
        policy,
    )
