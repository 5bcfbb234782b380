"""What a gate judges: the columns it may name, and its limits as Polars expressions.

Belongs here: turning limits into value, threshold and verdict. Does not belong here: which gates
there are (`gates`), evaluating them over documents (`curate`), measuring (`quality`). Policy runs
the samples of a gate through these same expressions when it is loaded (`samples`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

import polars as pl
from polars.datatypes import DataTypeClass

from corpus_assets.tables import TABLES

CONFIDENCES = ("low", "medium", "high")
# Columns beside those of quality_signals that gates may judge; `curate.facts` makes them.
DERIVED = pl.Schema(
    {
        "path": pl.String,
        "visible_chars": pl.Float64,
        **{f"secrets_from_{level}": pl.Int64 for level in CONFIDENCES},
        "contamination_hits": pl.Int64,
        "contamination_share": pl.Float64,
        "is_kept": pl.Boolean,
        "quality_score": pl.Float64,
    }
)
_NUMBERS: tuple[pl.DataType | DataTypeClass, ...] = (pl.Int64, pl.Float64)
COLUMNS = pl.Schema(
    {
        name: dtype
        for name, dtype in TABLES["quality_signals"].schema.items()
        if dtype in (*_NUMBERS, pl.Boolean)
    }
    | DERIVED
)
# By their names these lie between 0 and 1; every other number is 0 or more.
_SHARES = ("_fraction", "_share", "_score")


class Judgement(NamedTuple):
    """A gate's value (shown as text), the threshold in words, and whether a document fails.

    A null in `fails` is a pass: what was not measured (no grammar, not HTML) is not held against
    a document.
    """

    value: pl.Expr
    threshold: str
    fails: pl.Expr


class Bounds(Protocol):
    """What one column is held against; None where there is no such bound (`gates.Limit`)."""

    @property
    def min(self) -> float | None: ...
    @property
    def max(self) -> float | None: ...
    @property
    def below(self) -> float | None: ...
    @property
    def is_(self) -> bool | None: ...
    @property
    def no_folders(self) -> tuple[str, ...] | None: ...


def judgement(limits: Mapping[str, Bounds]) -> Judgement:
    """Fails where any column is outside its bounds; values stand in the order of the bounds."""
    return either(*(part for name, limit in limits.items() for part in bounds(name, limit)))


def bounds(column: str, limit: Bounds) -> Iterator[Judgement]:
    """The judgement of every bound of one column."""
    if limit.min is not None:
        yield at_least(column, limit.min)
    if limit.max is not None:
        yield at_most(column, limit.max)
    if limit.below is not None:
        yield _below(column, limit.below)
    if limit.is_ is not None:
        yield _is(column, wanted=limit.is_)
    if limit.no_folders is not None:
        yield _no_folders(column, limit.no_folders)


def at_most(column: str, maximum: float) -> Judgement:
    """Fails above the maximum."""
    value = pl.col(column)
    return Judgement(value.cast(pl.String), f"{column} <= {maximum}", value > maximum)


def at_least(column: str, minimum: float) -> Judgement:
    """Fails below the minimum."""
    value = pl.col(column)
    return Judgement(value.cast(pl.String), f"{column} >= {minimum}", value < minimum)


def either(*parts: Judgement) -> Judgement:
    """Fails where any part does; values are shown in the order of the thresholds."""
    if len(parts) == 1:
        return parts[0]
    return Judgement(
        pl.concat_str([part.value.fill_null("not measured") for part in parts], separator="; "),
        "; ".join(part.threshold for part in parts),
        pl.any_horizontal(part.fails.fill_null(False) for part in parts),
    )


def is_share(column: str) -> bool:
    """Whether the column's values lie between 0 and 1."""
    return column.endswith(_SHARES)


def is_number(column: str) -> bool:
    """Whether the column holds numbers."""
    return COLUMNS[column] in _NUMBERS


def _below(column: str, limit: float) -> Judgement:
    value = pl.col(column)
    return Judgement(value.cast(pl.String), f"{column} < {limit}", value >= limit)


def _is(column: str, *, wanted: bool) -> Judgement:
    value = pl.col(column)
    if column == "is_kept":  # of a removed duplicate, which document is kept says more
        return Judgement(pl.col("kept_content_id"), "no similar document is kept", value != wanted)
    return Judgement(
        value.cast(pl.String), f"{column} is {str(wanted).lower()}", value != pl.lit(wanted)
    )


def _no_folders(column: str, names: tuple[str, ...]) -> Judgement:
    value = pl.col(column)
    return Judgement(
        value, f"no folder {', '.join(names)}", value.str.contains(folders_pattern(names))
    )


def folders_pattern(names: tuple[str, ...]) -> str:
    """Regular expression, without regard to case, for folders of a path that have these names."""
    return f"(?i)(?:^|/)(?:{'|'.join(re.escape(name) for name in names)})/"
