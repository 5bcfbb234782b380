"""What must hold of every row that is released: one implementation, asked twice.

Belongs here: the checks over rows, pure functions of frames. Before publishing they guard the
asset `release`; `release_audit` asks them again of the published files. Does not belong here:
figures, and whether files are undamaged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from corpus_assets.policy.licenses import LicensePolicy
from corpus_assets.policy.mixes import EVALUATION, MixSpec
from corpus_assets.policy.verdicts import stage_verdict
from corpus_assets.serve.credits import uncredited

TRACED = "rows_trace_to_occurrences"
LICENSED = "license_states_are_named"
WITHIN_POLICY = "licenses_within_policy"
NOT_TAKEN_DOWN = "no_takedowns"
APART = "evaluation_is_apart"
CREDITED = "rows_are_credited"
NAMES = (TRACED, LICENSED, WITHIN_POLICY, NOT_TAKEN_DOWN, APART, CREDITED)

_CONCLUDED = ("license_state", "license_class", "license_evidence")
_PLACE = ("content_id", "source_category", "source", "origin", "revision", "path")


class RowCheck(NamedTuple):
    """A check of one of NAMES: what would break it, in words, and the rows that do."""

    name: str
    item: str
    broken: pl.DataFrame


def row_checks(
    rows: pl.DataFrame,
    spec: MixSpec,
    licenses: LicensePolicy,
    occurrences: pl.LazyFrame,
    resolution: pl.LazyFrame,
    overlap: pl.LazyFrame,
    takedowns: pl.LazyFrame,
    credited: pl.DataFrame,
) -> Iterator[RowCheck]:
    """The checks in the order of NAMES, those of licenses once per stage of the spec.

    `rows` has the columns of table training_mix, or more; `resolution` is table
    duplicate_resolution, `overlap` unit_overlap, `credited` the attribution's table of files
    (`serve.credits.FILES`). A check passes when no row breaks it; the broken rows keep the columns
    of `rows`, in its order.
    """
    yield RowCheck(TRACED, "rows without an occurrence", _untraced(rows, occurrences))
    yield from _unlicensed(rows, spec)
    yield from _outside_policy(rows, spec, licenses, resolution, overlap)
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


def _outside_policy(
    rows: pl.DataFrame,
    spec: MixSpec,
    licenses: LicensePolicy,
    resolution: pl.LazyFrame,
    overlap: pl.LazyFrame,
) -> Iterator[RowCheck]:
    """Rows that the license policy does not allow: as they were taken into the mix, or by what
    is known of their content today. A content of which nothing is known today is not allowed.
    Flags are those of the content's cluster and of its units, as in the ledger.
    """
    terms = ["license_obligations", "license_flags"]
    known = (
        resolution.select(
            "content_id", *terms, *(pl.col(c).name.prefix("now_") for c in _CONCLUDED)
        )
        .join(rows.lazy().select("content_id").unique(), on="content_id", how="semi")
        .join(overlap.select("content_id", unit_flags="license_flags"), on="content_id", how="left")
        .with_columns(
            pl.col("license_flags").list.set_union(pl.col("unit_flags").fill_null([])).list.sort()
        )
        .drop("unit_flags")
        .collect()
    )
    judged = rows.join(known, on="content_id", how="left", maintain_order="left")
    today = judged.with_columns(pl.col(f"now_{name}").alias(name) for name in _CONCLUDED)
    for stage in spec.stages:
        allowed = stage_verdict(licenses, stage).verdict == "allow"
        both = judged.select(allowed).to_series() & today.select(allowed).to_series()
        item = f"{stage}: rows that profile {licenses.profile} of the license policy does not allow"
        yield RowCheck(WITHIN_POLICY, item, rows.filter((pl.col("stage") == stage) & ~both))


def _leaked(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of training stages that share a split group or a content with evaluation."""
    apart = rows.filter(pl.col("stage") == EVALUATION)
    groups, contents = apart["split_group"].drop_nulls(), apart["content_id"]
    shared = pl.col("split_group").is_in(groups.unique().to_list()).fill_null(value=False) | pl.col(
        "content_id"
    ).is_in(contents.unique().to_list())
    return rows.filter((pl.col("stage") != EVALUATION) & shared)
