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
from typing import NamedTuple

import polars as pl

from corpus_assets.serve.columns import scan
from corpus_assets.tables import TEXTS, Column
from corpus_assets.tables.columns import CATEGORY, CONTENT, OCCURRENCE, ORIGIN, columns
from corpus_assets.tables.columns import REVISION as REVISION_OF

NOTICE = "NOTICE.txt"
FOLDER = "attribution"
REVISION = ("source_category", "source", "origin", "revision")
PLACE = ("content_id", *REVISION, "path")

# Classes whose terms are between the parties; their licenses do not ask for public credit.
PRIVATE = ("owned", "contract")
# Classes whose licenses ask for nothing.
FREE = (*PRIVATE, "public_domain")
ASKING = ("attribution", "notice_file")

KINDS = ("license_text", "notice", "standard_text")  # what a text is, if it is several, first

_TEXT_LISTS = (
    ("text_sha256s", TEXTS, "the license texts that go along, by SHA-256"),
    ("notice_sha256s", TEXTS, "the notice files that go along, by SHA-256"),
    ("ids_without_text", TEXTS, "license ids for which no text was found"),
)
_WORKS = columns(
    ("work_id", pl.String, "hash of what the entry is about: license, source and revision"),
    ("license_expression", pl.String, "SPDX expression that the files were released under"),
    ("license_class", pl.String, "class of that license"),
    CATEGORY,
    ORIGIN,
    REVISION_OF,
    ("locator", pl.String, "package URL or address, with the revision"),
    ("copyrights", TEXTS, "copyright statements of the work's files"),
    *_TEXT_LISTS,
    ("n_files", pl.Int64, "credited files"),
    ("n_without_copyright", pl.Int64, "files among them for which nobody states a copyright"),
)
_FILES = columns(
    CONTENT,
    *OCCURRENCE,
    ("work_id", pl.String, "the entry of credited_works"),
    ("copyrights", TEXTS, "copyright statements of the file itself"),
    ("copyright_basis", pl.String, "file, license_file, manifest or notice; null: none stated"),
    *_TEXT_LISTS,
)
_TEXT_FILES = columns(
    ("sha256", pl.String, "SHA-256 of the text, which is its file's name"),
    ("kind", pl.String, ", ".join(KINDS)),
    ("license_ids", TEXTS, "SPDX ids of the licenses it is the text of"),
    ("origin", pl.String, "where it was found first; null for standard texts"),
    ("revision", pl.String, "revision there"),
    ("path", pl.String, "path there"),
    ("content_id", pl.String, "SWHID of the file it was found in; null for standard texts"),
    ("encoding", pl.String, "encoding in which the file is read"),
    ("n_bytes", pl.Int64, "bytes of the text"),
)


class View(NamedTuple):
    """A view over one of the tables: file in the release, what a row is, columns."""

    file: str
    row: str
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pl.Schema:
        """Column name -> Polars type."""
        return pl.Schema({column.name: column.dtype for column in self.columns})


# The views over the tables in a release's catalog.
VIEWS = {
    "credited_works": View(
        f"{FOLDER}/works.parquet", "One row per license expression and origin.", _WORKS
    ),
    "credited_files": View(f"{FOLDER}/files.parquet", "One row per credited file.", _FILES),
    "credited_texts": View(f"{FOLDER}/texts.parquet", "One row per text.", _TEXT_FILES),
}
WORKS, FILES, TEXT_FILES = (view.schema for view in VIEWS.values())


@dataclass(frozen=True)
class Attribution:
    """Frames of the schemas WORKS, FILES and TEXT_FILES, each sorted by its first columns."""

    works: pl.DataFrame
    files: pl.DataFrame
    texts: pl.DataFrame


def read_table(folder: Path, view: str) -> pl.DataFrame:
    """One of VIEWS from a release's folder; without rows where the release has no attribution."""
    file, _, _ = VIEWS[view]
    path = folder / file
    return scan([path] if path.is_file() else [], VIEWS[view].schema).collect()


def uncredited(rows: pl.DataFrame, files: pl.DataFrame) -> pl.DataFrame:
    """The rows whose license class asks for credit and that have no entry with a license text.

    `rows` has PLACE and license_class, `files` is of the schema FILES; the rows come back as they
    are, in their order.
    """
    credited = files.filter(pl.col("text_sha256s").list.len() > 0).select(PLACE)
    owed = rows.filter(~pl.col("license_class").is_in(list(FREE)).fill_null(value=False))
    return owed.join(credited, on=PLACE, how="anti", maintain_order="left")
