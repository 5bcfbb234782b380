"""Statements limited to some paths (DEP-5, REUSE.toml), joined to the paths they match.

Belongs here: patterns to joins and regular expressions, and that the last match holds. Does not
belong here: reading the statements (`dep5.py`) and what they are worth (`claims.py`).

Most patterns name one file, a folder's contents or everything: those are joins. The rest are
regular expressions of Rust's engine, which takes linear time whatever the pattern.
"""

from __future__ import annotations

import re

import polars as pl

from corpus_assets.licensing.dep5 import REUSE_PREFIX
from corpus_assets.licensing.evidence_files import folder

_REVISION = ("source_category", "source", "origin", "revision")
# One expression per so many patterns of a statement: below the engine's limit on compiled size.
_PATTERNS_AT_ONCE = 20
_ROW = "__statement"
_SUBJECT = "__subject"


def last_matches(
    subjects: pl.DataFrame, statements: pl.DataFrame, ordinal: str = "ordinal"
) -> pl.DataFrame:
    """The statement of every evidence file that holds for each subject, as joined rows.

    `subjects` has the revision columns (source_category, source, origin, revision), path and any
    others, one row per path; `statements` has the revision columns, evidence_path, scope (the
    folder for which the evidence speaks), applies_to, the column that `ordinal` names, and any
    others. A statement matches the paths below its scope that match one of its patterns, all of
    them where it has none; of several in one evidence file the one with the highest ordinal
    holds. The result has all
    columns of both, in the order of the subjects, then of evidence_path.
    """
    rows = statements.with_row_index(_ROW)
    placed = subjects.with_row_index(_SUBJECT)
    pairs = pl.concat([_by_join(placed, rows), *_by_expression(placed, rows)]).unique()
    kept = (
        pairs.join(rows.select(_ROW, "evidence_path", ordinal), on=_ROW)
        .sort(ordinal)
        .group_by(_SUBJECT, "evidence_path", maintain_order=True)
        .agg(pl.col(_ROW).last())
        .sort(_SUBJECT, "evidence_path")
    )
    others = rows.drop(*_REVISION, "evidence_path")
    return kept.join(placed, on=_SUBJECT).join(others, on=_ROW).drop(_SUBJECT, _ROW)


def _by_join(placed: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs for patterns that name a path or all below a folder."""
    pattern, scope = pl.col("pattern"), pl.col("scope")
    within = pl.when(scope == "").then(pl.lit("")).otherwise(scope + "/")
    named = within + pattern.str.replace(r"/\*$", "")
    simple = (
        _patterns(rows)
        .filter(_is_simple(pattern))
        .with_columns(
            is_folder=(pattern == "*") | pattern.str.ends_with("/*"),
            target=pl.when(pattern == "*").then(scope).otherwise(named),
        )
    )
    columns = [_SUBJECT, _ROW]
    files = placed.join(
        simple.filter(~pl.col("is_folder")),
        left_on=[*_REVISION, "path"],
        right_on=[*_REVISION, "target"],
    )
    above = _ancestors(placed).join(simple.filter("is_folder"), on=[*_REVISION, "target"])
    inside = placed.with_columns(folder=folder(pl.col("path"))).join(
        above, on=[*_REVISION, "folder"]
    )
    return pl.concat([files.select(columns), inside.select(columns)])


def _by_expression(placed: pl.DataFrame, rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Pairs for all other patterns, statement by statement over the paths of its revision."""
    found = []
    general = _patterns(rows).filter(~_is_simple(pl.col("pattern")))
    by_revision = placed.join(general.select(_REVISION).unique(), on=list(_REVISION), how="semi")
    paths = by_revision.partition_by(_REVISION, as_dict=True)
    for (row, scope, *revision), part in general.group_by(
        _ROW, "scope", *_REVISION, maintain_order=True
    ):
        here = paths.get(tuple(revision))
        if here is None:
            continue
        prefix = f"{scope}/" if scope else ""
        below = here.filter(pl.col("path").str.starts_with(prefix))
        relative = pl.col("path").str.slice(len(prefix))
        hits = pl.any_horizontal(
            relative.str.contains(expression) for expression in _expressions(part["pattern"])
        )
        found.append(below.filter(hits).select(_SUBJECT, pl.lit(row, pl.UInt32).alias(_ROW)))
    return found


def _patterns(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per statement and pattern; `*` for a statement without patterns."""
    pattern = pl.col("applies_to").fill_null([])
    everything = pl.when(pattern.list.len() == 0).then(pl.lit(["*"])).otherwise(pattern)
    return (
        rows.select(_ROW, *_REVISION, "scope", pattern=everything)
        .explode("pattern")
        .unique(maintain_order=True)
    )


def _is_simple(pattern: pl.Expr) -> pl.Expr:
    """Boolean: no wildcard, or one at the end that stands for all below a folder."""
    name = r"[^*?\\/]+(?:/[^*?\\/]+)*"
    return pattern.str.contains(rf"^(?:{name}/)?\*$|^{name}$") & ~pattern.str.starts_with(
        REUSE_PREFIX
    )


def _ancestors(placed: pl.DataFrame) -> pl.DataFrame:
    """Per folder of a subject each folder above it (target), itself and the root included."""
    split = pl.col("folder").str.split("/")
    parts = pl.when(pl.col("folder") == "").then(split.list.head(0)).otherwise(split)
    return (
        placed.select(*_REVISION, folder=folder(pl.col("path")))
        .unique()
        .with_columns(parts=parts)
        .with_columns(level=pl.int_ranges(0, pl.col("parts").list.len() + 1))
        .explode("level")
        .with_columns(target=pl.col("parts").list.head(pl.col("level")).list.join("/"))
        .drop("parts", "level")
        .unique()
    )


def _expressions(patterns: pl.Series) -> list[str]:
    """Regular expressions for the patterns, some in each."""
    bodies = [_translated(pattern) for pattern in patterns]
    return [
        f"(?s)^(?:{'|'.join(bodies[at : at + _PATTERNS_AT_ONCE])})$"
        for at in range(0, len(bodies), _PATTERNS_AT_ONCE)
    ]


def _translated(pattern: str) -> str:
    r"""A pattern as the body of a regular expression.

    DEP-5: `*` and `?` match across folders, a backslash takes the next character as it is.
    REUSE.toml: `*` stays within a folder, `**` does not, `?` is a plain character.
    """
    is_reuse = pattern.startswith(REUSE_PREFIX)
    pieces = re.findall(r"\\.|\*+|.", pattern.removeprefix(REUSE_PREFIX), re.DOTALL)
    out = []
    for piece in pieces:
        if piece[0] == "\\":
            out.append(_escaped(piece[-1]))
        elif piece[0] == "*":
            out.append("[^/]*" if is_reuse and len(piece) == 1 else ".*")
        elif piece == "?" and not is_reuse:
            out.append(".")
        else:
            out.append(_escaped(piece))
    return "".join(out)


def _escaped(character: str) -> str:
    """The character as Rust's engine takes it for itself."""
    return "\\" + character if character in "\\.+*?()|[]{}^$#&-~" else character
