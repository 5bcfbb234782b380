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
from typing import Any, NamedTuple

import polars as pl

from corpus_assets.cli import output
from corpus_assets.cli.scan_commits import known_commits, scan_commits
from corpus_assets.cli.scan_duplicates import scan_duplicates
from corpus_assets.cli.scan_licenses import scan_licenses
from corpus_assets.cli.scan_units import scan_unit_matches, scan_units
from corpus_assets.policy.filters import FilterPolicy, load_filter_policy
from corpus_assets.tables import TABLES, TEXTS, conform, empty

_BATCH_BYTES = 64 * 2**20
_PLACE = {"source_category": "in_house", "source": "scan", "origin": "dir:scan", "revision": ""}


class Folder(NamedTuple):
    """The files of a folder as tables: occurrences, contents and documents."""

    occurrences: pl.DataFrame
    contents: pl.DataFrame
    documents: pl.DataFrame


def scan(
    detector: str, path: Path, out: Path | None, threshold: float | None, *, matches: bool = False
) -> None:
    """Write one JSON object a line for the files (or findings) below `path`."""
    folder = read_folder(path)
    detect: Mapping[str, Callable[[], Iterable[dict[str, Any]]]] = {
        "languages": lambda: _languages(folder),
        "licenses": lambda: scan_licenses(folder),
        "duplicates": lambda: scan_duplicates(folder, threshold, _resolved),
        "quality": lambda: _quality(folder),
        "secrets": lambda: _secrets(folder),
        "units": lambda: scan_unit_matches(folder, threshold) if matches else scan_units(folder),
    }
    _write(detect[detector](), out)


def scan_history(path: Path, out: Path | None, *, update: bool, with_pairs: bool) -> None:
    """Write one JSON object a line for the commits of the repository at `path`.

    With `update`, rows that `out` has stay and only commits without one are read.
    """
    from corpus_assets.collect.items import CollectError

    known = known_commits(out) if update and out is not None else set()
    try:
        _write(scan_commits(path, known, with_pairs=with_pairs), out, mode="a" if known else "w")
    except CollectError as error:
        output.fail(str(error))


def scan_license_timeline(path: Path, out: Path | None) -> None:
    """Write one JSON object a line: under which license each commit of the repository stands."""
    from corpus_assets.cli.scan_timeline import scan_timeline
    from corpus_assets.collect.items import CollectError

    try:
        _write(scan_timeline(path), out)
    except CollectError as error:
        output.fail(str(error))


def _write(rows: Iterable[dict[str, Any]], out: Path | None, mode: str = "w") -> None:
    target = out.open(mode, encoding="utf-8") if out else sys.stdout
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
        return Folder(empty("occurrences"), empty("contents"), empty("documents"))
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
    )


def batches(documents: pl.DataFrame, label: str) -> Iterator[pl.DataFrame]:
    """The documents, about 64 MiB at a time, behind a progress bar."""
    numbered = documents.with_columns(batch=pl.col("size_bytes").cum_sum() // _BATCH_BYTES)
    with output.bars() as bars:
        bar = bars.add_task(label, total=documents.height, label="")
        for part in numbered.partition_by("batch", maintain_order=True, include_key=False):
            yield part
            bars.update(bar, advance=part.height)


def _languages(folder: Folder) -> Iterator[dict[str, Any]]:
    from corpus_assets.parse.language import CONFIDENCE

    encodings = folder.contents.select("content_id", "encoding")
    yield from (
        folder.occurrences.join(encodings, on="content_id")
        .sort("path")
        .select(
            "path",
            "language",
            "language_name",
            pl.col("language_basis").replace_strict(CONFIDENCE).alias("confidence"),
            pl.col("language_basis").alias("basis"),
            "encoding",
            "content_id",
        )
        .iter_rows(named=True)
    )


def _resolved(folder: Folder, near: pl.DataFrame, policy: FilterPolicy) -> pl.DataFrame:
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


def _quality(folder: Folder) -> Iterator[dict[str, Any]]:
    from corpus_assets.curate.ledger import ledger
    from corpus_assets.policy.licenses import load_license_policy
    from corpus_assets.quality.scores import quality_scores
    from corpus_assets.quality.signals import quality_signals

    policy = load_filter_policy()
    measured = [quality_signals(part) for part in batches(folder.documents, "measure")]
    signals = pl.concat([empty("quality_signals"), *measured])
    scores = quality_scores(signals, policy)
    verdicts = ledger(
        folder.documents.drop("text"),
        signals,
        scores,
        empty("secrets"),
        empty("contamination"),
        _resolved(folder, empty("near_duplicates"), policy),
        empty("unit_overlap"),
        empty("takedowns"),
        policy,
        load_license_policy(),
        stages={},
        as_of="",
    )
    failed = verdicts.filter(~pl.col("passed")).sort("gate_order")
    rows = (
        folder.occurrences.select("path", "content_id")
        .join(failed.group_by("content_id", maintain_order=True).agg("gate"), on="content_id",
              how="left")
        .join(signals.drop("language", "detector_version"), on="content_id", how="left")
        .join(scores.select("content_id", "score"), on="content_id", how="left")
        .sort("path")
    )  # fmt: skip
    for row in rows.iter_rows(named=True):
        gates, path = row.pop("gate") or [], row.pop("path")
        del row["content_id"]
        yield {
            "path": path,
            "action": "drop" if gates else "keep",
            "gates": gates,
            "score": row.pop("score"),
            "signals": row,
        }


def _secrets(folder: Folder) -> Iterator[dict[str, Any]]:
    from corpus_assets.security.secrets import secrets

    # Fingerprints do not leave the scan, so a key of this process is enough.
    key = randomness.token_bytes(32)
    found = pl.concat(
        [empty("secrets")]
        + [secrets(part, key) for part in batches(folder.documents, "look for secrets")]
    )
    yield from (
        folder.occurrences.select("path", "content_id")
        .join(found, on="content_id")
        .sort("path", "start_byte", "rule")
        .select(
            "path", "kind", "rule", "confidence",
            pl.col("start_line").alias("line"), "end_line", "start_byte", "end_byte",
        )
        .iter_rows(named=True)
    )  # fmt: skip
