"""The tables of a release's attribution: their columns, and which rows must be in them.

Belongs here: schemas, and the check that nothing owed is missing. Does not belong here: making
the tables (`attribution.py`) and writing them (`attribution_files.py`).

    NOTICE.txt                           all of it, to be read
    attribution/works.parquet          one row per license expression and origin
    attribution/files.parquet            one row per credited file: its entry and its texts
    attribution/texts.parquet            one row per text: what it is and where it was found
    attribution/texts/<sha256>.txt       every text once, byte for byte as found
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.serve.columns import scan
from corpus_assets.tables import TEXTS

NOTICE = "NOTICE.txt"
FOLDER = "attribution"
REVISION = ("source_category", "source", "origin", "revision")
PLACE = ("content_id", *REVISION, "path")

# Classes whose terms are between the parties; their licenses do not ask for public credit.
PRIVATE = ("owned", "contract")
# Classes whose licenses ask for nothing.
FREE = (*PRIVATE, "public_domain")
ASKING = ("attribution", "notice_file")

_WORKS: dict[str, Any] = {
    "work_id": pl.String,
    "license_expression": pl.String,
    "license_class": pl.String,
    "source_category": pl.String,
    "origin": pl.String,
    "revision": pl.String,
    "locator": pl.String,  # package URL or address, with the revision
    "copyrights": TEXTS,
    "text_sha256s": TEXTS,
    "notice_sha256s": TEXTS,
    "ids_without_text": TEXTS,
    "n_files": pl.Int64,
    "n_without_copyright": pl.Int64,
}
_FILES: dict[str, Any] = {
    "content_id": pl.String,
    "source_category": pl.String,
    "source": pl.String,
    "origin": pl.String,
    "revision": pl.String,
    "path": pl.String,
    "work_id": pl.String,
    "copyrights": TEXTS,  # of the file itself
    "copyright_basis": pl.String,  # file, license_file, manifest or notice; null: none stated
    "text_sha256s": TEXTS,
    "notice_sha256s": TEXTS,
    "ids_without_text": TEXTS,
}
KINDS = ("license_text", "notice", "standard_text")  # what a text is, if it is several, first
_TEXT_FILES: dict[str, Any] = {
    "sha256": pl.String,
    "kind": pl.String,  # one of KINDS
    "license_ids": TEXTS,
    "origin": pl.String,  # where it was found first; null for standard texts
    "revision": pl.String,
    "path": pl.String,
    "content_id": pl.String,  # null for standard texts
    "encoding": pl.String,
    "n_bytes": pl.Int64,
}
WORKS, FILES, TEXT_FILES = pl.Schema(_WORKS), pl.Schema(_FILES), pl.Schema(_TEXT_FILES)
# The views over the tables in a release's catalog: name -> file and schema.
VIEWS = {
    "credited_works": (f"{FOLDER}/works.parquet", WORKS),
    "credited_files": (f"{FOLDER}/files.parquet", FILES),
    "credited_texts": (f"{FOLDER}/texts.parquet", TEXT_FILES),
}


@dataclass(frozen=True)
class Attribution:
    """Frames of the schemas WORKS, FILES and TEXT_FILES, each sorted by its first columns."""

    works: pl.DataFrame
    files: pl.DataFrame
    texts: pl.DataFrame


def read_table(folder: Path, view: str) -> pl.DataFrame:
    """One of VIEWS from a release's folder; without rows where the release has no attribution."""
    file, schema = VIEWS[view]
    path = folder / file
    return scan([path] if path.is_file() else [], schema).collect()


def uncredited(rows: pl.DataFrame, files: pl.DataFrame) -> pl.DataFrame:
    """The rows whose license class asks for credit and that have no entry with a license text.

    `rows` has PLACE and license_class, `files` is of the schema FILES; the rows come back as they
    are, in their order.
    """
    credited = files.filter(pl.col("text_sha256s").list.len() > 0).select(PLACE)
    owed = rows.filter(~pl.col("license_class").is_in(list(FREE)).fill_null(value=False))
    return owed.join(credited, on=PLACE, how="anti", maintain_order="left")
