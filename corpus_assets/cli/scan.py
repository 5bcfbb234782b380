"""`corpus scan`: one detector on any folder, without lake or configuration.

The folder is treated as one revision of one origin; then the same functions run that serve the
assets, under the packaged policy.
"""

from __future__ import annotations

import json
import secrets as randomness
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from corpus_assets.cli import output
from corpus_assets.cli.scan_contamination import read_benchmarks, scan_contamination
from corpus_assets.cli.scan_duplicates import scan_duplicates
from corpus_assets.cli.scan_languages import scan_languages
from corpus_assets.cli.scan_licenses import scan_licenses
from corpus_assets.cli.scan_quality import scan_quality
from corpus_assets.cli.scan_secrets import scan_secrets
from corpus_assets.cli.scan_units import scan_unit_matches, scan_units
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


def scan(
    detector: str,
    path: Path,
    out: Path | None,
    threshold: float | None,
    *,
    matches: bool = False,
    benchmarks: list[Path] | None = None,
) -> None:
    """Write one JSON object a line for the files (or findings) below `path`."""
    items = read_benchmarks(benchmarks) if benchmarks else None
    folder = read_folder(path)
    key = randomness.token_bytes(32)  # fingerprints compare within one scan
    detect: Mapping[str, Callable[[], Iterable[dict[str, Any]]]] = {
        "languages": lambda: scan_languages(folder),
        "licenses": lambda: scan_licenses(folder),
        "contamination": lambda: scan_contamination(folder, items) if items is not None else [],
        "duplicates": lambda: scan_duplicates(folder, threshold, resolved),
        "quality": lambda: scan_quality(folder),
        "secrets": lambda: scan_secrets(folder, key),
        "units": lambda: scan_unit_matches(folder, threshold) if matches else scan_units(folder),
    }
    rows = detect[detector]()
    target = out.open("w", encoding="utf-8") if out else sys.stdout
    try:
        n_rows = 0
        for row in rows:
            target.write(json.dumps(row, ensure_ascii=False, sort_keys=False) + "\n")
            n_rows += 1
    finally:
        if out:
            target.close()
    if out:
        output.err.print(f"{n_rows:,} lines written to {out}", markup=False)


def read_folder(path: Path) -> Folder:
    """The files below a folder, or one file; what cannot be read is named on standard error."""
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
            else folder_files(path)
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
