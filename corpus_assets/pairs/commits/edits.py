"""Edited code files of commits, both sides as text, and the functions that differ.

Belongs here: which edits are looked into, decoding, and matching the units of both sides. Does not
belong here: what the differences mean (`shape.py`) and what is made of them (`yields.py`).
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import NamedTuple

import polars as pl

from corpus_assets.languages import LANGUAGES
from corpus_assets.pairs.commits.files import file_kinds
from corpus_assets.parse.decoding import decode
from corpus_assets.parse.units import UNPARSED, has_units, units

MAX_FILES = 8
"""Commits that edit more code files are not looked into: no single change is told by them."""
MAX_FILE_BYTES = 200_000
"""Edits of larger files are not looked into: 99.9 % of hand-written sources are smaller."""
_POINTER = b"version https://git-lfs.github.com/spec/"

_TEXTS = {"blob": pl.String, "content_id": pl.String, "text": pl.String}
_REASONS = {"blob": pl.String, "reason": pl.String}

EDITS = pl.Schema(
    {
        "commit": pl.String, "path": pl.String, "kind": pl.String, "language": pl.String,
        "before_blob": pl.String, "after_blob": pl.String,
    }
)  # fmt: skip
CHANGED = pl.Schema(
    {
        "commit": pl.String, "path": pl.String, "change": pl.String, "name": pl.String,
        "before_start": pl.Int64, "before_end": pl.Int64, "after_start": pl.Int64,
        "after_end": pl.Int64, "same_shape": pl.Boolean,
    }
)  # fmt: skip
"""One row a function or method that an edit changed. change: `changed`, `added` or `removed`; spans
are bytes of the UTF-8 text of each side, null where there is none. same_shape: only names and
literals differ."""


class Looked(NamedTuple):
    """`edits` (schema EDITS with the texts `before` and `after` and their content ids `before_id`
    and `after_id`), `changed` (schema CHANGED), and `withheld`: (commit, reason) of what was not
    looked into: too_large, over_budget, missing, no_blob, lfs_pointer, no_text, unparsed."""

    edits: pl.DataFrame
    changed: pl.DataFrame
    withheld: pl.DataFrame


def edits(changes: pl.DataFrame, wanted: pl.Series) -> tuple[pl.DataFrame, list[str]]:
    """Edits (schema EDITS) of code and tests in the wanted commits, in a language with units.

    Nothing of a commit with more than MAX_FILES of them; these commits come second.
    """
    extension = pl.col("path").str.extract(r"(\.[^./]+)$", 1).str.to_lowercase()
    found = (
        changes.filter(
            (pl.col("status") == "M")
            & pl.col("mode").is_in(["100644", "100755"])
            & pl.col("commit").is_in(wanted.implode())
        )
        .with_columns(
            kind=file_kinds(pl.col("path")),
            language=extension.replace_strict(_slugs(), default=None, return_dtype=pl.String),
        )
        .filter(pl.col("kind").is_in(["code", "test"]))
        .drop_nulls("language")
        .with_columns(few=pl.len().over("commit") <= MAX_FILES)
    )
    crowded = found.filter(~pl.col("few"))["commit"].unique(maintain_order=True)
    return found.filter("few").select(list(EDITS)), crowded.to_list()


def look(chosen: pl.DataFrame, blobs: pl.DataFrame) -> Looked:
    """Both sides of the chosen edits (schema EDITS) and the functions that differ.

    `blobs` has blob, data and state of every blob of the edits that was asked for.
    """
    texts, reasons = _texts(blobs)
    languages = chosen.select(
        blob=pl.concat_list("before_blob", "after_blob"), language="language"
    ).explode("blob").unique()  # fmt: skip
    documents = (
        languages.join(texts.drop("content_id"), on="blob")
        .sort("blob", "language")
        .select(content_id=pl.concat_str("blob", "language", separator=" "), language="language",
                text="text")
    )  # fmt: skip
    found = units(documents)
    both = chosen
    for side in ("before", "after"):
        named = texts.rename({"text": side, "content_id": f"{side}_id"})
        both = both.join(named, left_on=f"{side}_blob", right_on="blob")
    return Looked(
        both.sort("commit", "path"),
        _changed(both, found),
        _withheld(chosen, reasons, found),
    )


def _texts(blobs: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(blob, content_id, text) of what is text, (blob, reason) of the rest."""
    texts, reasons = [], []
    for blob, data, state in blobs.select("blob", "data", "state").iter_rows():
        if state != "ok":
            reasons.append((blob, state))
        elif data.startswith(_POINTER):
            reasons.append((blob, "lfs_pointer"))
        elif (text := decode(data).text) is None:
            reasons.append((blob, "no_text"))
        else:
            texts.append((blob, _content_id(blob, data), text))
    return (
        pl.DataFrame(texts, schema=_TEXTS, orient="row"),
        pl.DataFrame(reasons, schema=_REASONS, orient="row"),
    )


def _content_id(blob: str, data: bytes) -> str:
    """The SWHID of a blob, which git's name for it is unless the repository uses SHA-256."""
    if len(blob) != 40:
        blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
    return f"swh:1:cnt:{blob}"


def _withheld(chosen: pl.DataFrame, reasons: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    unparsed = found.filter(pl.col("kind") == UNPARSED).select(
        blob=pl.col("content_id").str.split(" ").list.first(), reason=pl.lit(UNPARSED)
    )
    sides = chosen.select("commit", blob=pl.concat_list("before_blob", "after_blob")).explode(
        "blob"
    )
    return (
        sides.join(pl.concat([reasons, unparsed]), on="blob")
        .select("commit", "reason")
        .unique()
        .sort("commit", "reason")
    )


def _changed(both: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Functions of the two sides matched by kind of unit, name and their order among namesakes."""
    functions = (
        found.filter(pl.col("kind").is_in(["function", "method"]))
        .sort("content_id", "start_byte")
        .select(
            "content_id",
            pl.col("name").fill_null(""),
            start="start_byte",
            end="end_byte",
            type1="type1_sha256",
            type2="type2_sha256",
        )
        .with_columns(place=pl.int_range(pl.len()).over("content_id", "name"))
    )
    sides = {}
    for side in ("before", "after"):
        key = pl.concat_str(f"{side}_blob", "language", separator=" ")
        sides[side] = both.select("commit", "path", content_id=key).join(
            functions, on="content_id"
        ).drop("content_id")  # fmt: skip
    joined = sides["before"].join(
        sides["after"], on=["commit", "path", "name", "place"], how="full", coalesce=True,
        suffix="_after",
    ).filter(pl.col("type1").ne_missing(pl.col("type1_after")))  # fmt: skip
    rows = joined.select(
        "commit",
        "path",
        change=pl.when(pl.col("start").is_null())
        .then(pl.lit("added"))
        .when(pl.col("start_after").is_null())
        .then(pl.lit("removed"))
        .otherwise(pl.lit("changed")),
        name="name",
        before_start="start",
        before_end="end",
        after_start="start_after",
        after_end="end_after",
        same_shape=(pl.col("type2") == pl.col("type2_after")).fill_null(False),
    ).sort("commit", "path", pl.coalesce("before_start", "after_start"), "after_start")
    return rows.cast(dict(CHANGED)).filter(~_holds_another(rows))  # type: ignore[arg-type]


def _holds_another(rows: pl.DataFrame) -> pl.Series:
    """Whether a changed function holds another changed one, which is the smaller example."""
    following = pl.col("before_start").shift(-1).over("commit", "path")
    return rows.select(
        ((pl.col("change") == "changed") & (following < pl.col("before_end"))).fill_null(False)
    ).to_series()


@cache
def _slugs() -> dict[str, str]:
    """Language by extension, of those that units are looked for in."""
    return {
        extension: language.slug
        for language in reversed(LANGUAGES)
        if has_units(language.slug)
        for extension in language.extensions
    }
