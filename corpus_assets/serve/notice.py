"""NOTICE.txt: the attribution of a release as a text to be read and passed on.

Belongs here: pure functions from the attribution's tables to lines. Does not belong here: making
the tables (`attribution.py`) and reading or writing files (`attribution_files.py`).

What others wrote is quoted: it stands indented, so that no text can pass for a heading, and
characters that move a cursor or turn the direction of writing are replaced. The exact bytes stand
beside the notice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from corpus_assets.policy.standard_texts import credit
from corpus_assets.serve.credits import FOLDER, Attribution

_SHOWN_DIGITS = 16  # of a SHA-256: enough to find the text, short enough to read
_SHOWN_PATHS = 20  # files without a copyright line, of one work; all are in files.parquet
_LINE_END = re.compile(r"\r\n|\r|\n")
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_REPLACEMENT = "\ufffd"

ReadText = Callable[[str], str | None]
"""SHA-256 of a text -> the text, None where it cannot be shown as one."""


def notice_lines(found: Attribution, title: str, read: ReadText) -> Iterator[str]:
    """The lines of the notice, without line ends. Texts are read one at a time, through `read`."""
    yield from _heading(f"Attribution notices of {title}", "=")
    yield ""
    yield from _summary(found)
    yield from _heading("1. Works, by license", "=")
    yield from _works(found)
    yield ""
    yield from _heading("2. License texts", "=")
    kinds = pl.col("kind")
    yield from _texts(found.texts.filter(kinds != "notice"), read)
    yield ""
    yield from _heading("3. NOTICE files", "=")
    yield from _texts(found.texts.filter(kinds == "notice"), read)
    yield ""
    yield from _heading("4. Files without a copyright line", "=")
    yield from _without_copyright(found)
    yield ""
    yield from _heading("5. Credits of this notice", "=")
    yield ""
    yield credit()


def quoted(text: str, indent: str) -> Iterator[str]:
    """The lines of a text as a quotation: indented, without characters that act on a terminal."""
    lines = _LINE_END.split(text.removesuffix("\n"))
    return (f"{indent}{plain(line)}".rstrip() for line in lines)


def plain(words: str) -> str:
    """One line of words with every control and direction character replaced."""
    return _UNSAFE.sub(_REPLACEMENT, words.replace("\n", " ").replace("\f", " "))


def _heading(words: str, line: str) -> Iterator[str]:
    yield words
    yield line * len(words)


def _summary(found: Attribution) -> Iterator[str]:
    works = found.works.select("origin", "revision").n_unique()
    expressions = found.works["license_expression"].n_unique()
    yield (
        f"Files credited: {found.files.height:,}; works: {works:,}; license expressions: "
        f"{expressions:,}; texts: {found.texts.height:,}."
    )
    yield (
        f"Which file belongs to which work is in {FOLDER}/files.parquet; every text stands byte "
        f"for byte in {FOLDER}/texts/, under its SHA-256."
    )
    yield "Indented lines are quoted from the works or name them; they are not part of this notice."
    yield ""


def _works(found: Attribution) -> Iterator[str]:
    kinds = dict(found.texts.select("sha256", "kind").iter_rows())
    if not found.works.height:
        yield ""
        yield "No released file asks for attribution."
    license_expression = None
    for work in found.works.iter_rows(named=True):
        if work["license_expression"] != license_expression:
            license_expression = work["license_expression"]
            yield ""
            yield from _heading(f"License: {plain(license_expression or 'none stated')}", "-")
        yield ""
        yield f"  {plain(work['locator'])}"
        yield f"    {_counted(work)}"
        for statement in work["copyrights"]:
            yield f"    {plain(statement)}"
        for digest in work["text_sha256s"]:
            standard = " (standard text)" if kinds.get(digest) == "standard_text" else ""
            yield f"    License text: {digest[:_SHOWN_DIGITS]}{standard}"
        for digest in work["notice_sha256s"]:
            yield f"    NOTICE file: {digest[:_SHOWN_DIGITS]}"
        for identifier in work["ids_without_text"]:
            yield f"    No text was found for: {plain(identifier)}"


def _counted(work: dict[str, Any]) -> str:
    files = f"{work['n_files']:,} file{'s' if work['n_files'] != 1 else ''}"
    if not work["n_without_copyright"]:
        return files
    return f"{files}, {work['n_without_copyright']:,} without a copyright line (see 4)"


def _texts(texts: pl.DataFrame, read: ReadText) -> Iterator[str]:
    if not texts.height:
        yield ""
        yield "None."
    order = [pl.col("license_ids").list.join(" "), "origin", "revision", "path", "sha256"]
    for row in texts.sort(order, nulls_last=True).iter_rows(named=True):
        yield ""
        yield from _heading(f"Text {row['sha256'][:_SHOWN_DIGITS]}", "-")
        if row["license_ids"]:
            yield f"  Licenses: {plain(', '.join(row['license_ids']))}"
        if row["kind"] == "standard_text":
            yield "  Standard text: the works name the license and bring no text of it."
        else:
            place = f"{row['origin']} {row['revision']} {row['path']}"
            yield f"  Found in: {plain(place)}"
        yield f"  SHA-256: {row['sha256']}"
        yield ""
        text = read(row["sha256"])
        if text is None:
            yield f"    (not a text that can be shown; see {FOLDER}/texts/{row['sha256']}.txt)"
        else:
            yield from quoted(text, "    ")


def _without_copyright(found: Attribution) -> Iterator[str]:
    files = found.files.filter(pl.col("copyright_basis").is_null())
    locators = dict(found.works.select("work_id", "locator").iter_rows())
    yield ""
    if not files.height:
        yield "None."
    else:
        yield (
            "Neither these files nor the license texts and NOTICE files around them name a holder."
        )
    grouped = files.group_by("work_id").agg(pl.col("path").unique().sort())
    listed = [(locators[work], work, paths) for work, paths in grouped.iter_rows()]
    for locator, _, paths in sorted(listed):
        yield ""
        yield f"  {plain(locator)}"
        yield from (f"    {plain(path)}" for path in paths[:_SHOWN_PATHS])
        if len(paths) > _SHOWN_PATHS:
            more = len(paths) - _SHOWN_PATHS
            yield f"    and {more:,} more: {FOLDER}/files.parquet, copyright_basis is null"
