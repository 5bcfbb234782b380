"""What must hold of every row that is released: one implementation, asked twice.

Belongs here: the checks over rows, pure functions of frames. Before publishing they guard the
asset `release`; `release_audit` asks them again of the published files. Does not belong here:
figures, and whether files are undamaged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from corpus_assets.policy.mixes import EVALUATION, MixSpec
from corpus_assets.serve.credits import uncredited

TRACED = "rows_trace_to_occurrences"
LICENSED = "license_states_are_named"
NOT_TAKEN_DOWN = "no_takedowns"
APART = "evaluation_is_apart"
CREDITED = "rows_are_credited"
NAMES = (TRACED, LICENSED, NOT_TAKEN_DOWN, APART, CREDITED)

_PLACE = ("content_id", "source_category", "source", "origin", "revision", "path")


class RowCheck(NamedTuple):
    """A check of one of NAMES: what would break it, in words, and the rows that do."""

    name: str
    item: str
    broken: pl.DataFrame


def row_checks(
    rows: pl.DataFrame,
    spec: MixSpec,
    occurrences: pl.LazyFrame,
    takedowns: pl.LazyFrame,
    credited: pl.DataFrame,
) -> Iterator[RowCheck]:
    """The checks in the order of NAMES, the one of licenses once per stage of the spec.

    `rows` has the columns of table training_mix, or more; `credited` is the attribution's table of
    files (`serve.credits.FILES`). A check passes when no row breaks it;
    the broken rows keep the columns of `rows`, in its order.
    """
    yield RowCheck(TRACED, "rows without an occurrence", _untraced(rows, occurrences))
    yield from _unlicensed(rows, spec)
    tombs = takedowns.select(pl.col("content_id").unique()).collect()
    taken = rows.join(tombs, on="content_id", how="semi", maintain_order="left")
    yield RowCheck(NOT_TAKEN_DOWN, "rows of taken-down contents", taken)
    yield RowCheck(APART, "training rows with a group or content held out", _leaked(rows))
    item = "rows whose license asks for credit, without an entry that has a license text"
    yield RowCheck(CREDITED, item, uncredited(rows, credited))


def _untraced(rows: pl.DataFrame, occurrences: pl.LazyFrame) -> pl.DataFrame:
    found = occurrences.select(_PLACE).join(rows.lazy().select(_PLACE), on=_PLACE, how="semi")
    return rows.join(found.unique().collect(), on=_PLACE, how="anti", maintain_order="left")


def _unlicensed(rows: pl.DataFrame, spec: MixSpec) -> Iterator[RowCheck]:
    for stage, wanted in spec.stages.items():
        named = pl.col("license_state").is_in(list(wanted.license_states)) & pl.col(
            "license_class"
        ).is_in(list(wanted.license_classes))
        outside = rows.filter((pl.col("stage") == stage) & ~named.fill_null(value=False))
        item = f"{stage}: rows of a license state or class the spec does not name"
        yield RowCheck(LICENSED, item, outside)
    strangers = rows.filter(~pl.col("stage").is_in(list(spec.stages)))
    yield RowCheck(LICENSED, "rows of a stage the spec does not name", strangers)


def _leaked(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of training stages that share a split group or a content with evaluation."""
    apart = rows.filter(pl.col("stage") == EVALUATION)
    groups, contents = apart["split_group"].drop_nulls(), apart["content_id"]
    shared = pl.col("split_group").is_in(groups.unique().to_list()).fill_null(value=False) | pl.col(
        "content_id"
    ).is_in(contents.unique().to_list())
    return rows.filter((pl.col("stage") != EVALUATION) & shared)
