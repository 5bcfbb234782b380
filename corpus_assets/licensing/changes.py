"""What changed between two states of the license conclusions.

Belongs here: comparing two versions of table license_conclusions, or of its verdicts. Does not
belong here: where the versions come from (`cli`, `defs`) and why they differ.
"""

from __future__ import annotations

import polars as pl

_PLACE = ("source_category", "source", "origin", "revision", "path")
_SAID = ("license_state", "license_class", "license_concluded", "license_evidence")
_COLUMNS = ("content_id", "language", *_SAID, "reason")
_N_SAMPLES = 3

_SIDES = tuple(f"{name}_{side}" for side in ("before", "after") for name in _SAID)
CHANGES_SCHEMA = pl.Schema(
    [
        ("change", pl.String),
        *((name, pl.String) for name in _SIDES),
        ("files", pl.Int64),
        ("contents", pl.Int64),
        ("languages", pl.List(pl.String)),
        ("samples", pl.List(pl.String)),
    ]
)


def occurrence_changes(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """One row per occurrence whose conclusion differs between two states of license_conclusions.

    Columns: the occurrence's place, content_id and language (those of `after`, or of `before` if
    it is gone), `change` (new, gone, content, conclusion or evidence: the first that applies),
    and license_state, license_class, license_concluded, license_evidence and reason of both sides
    with the suffixes _before and _after. A change of reason alone is none. Sorted by place.
    """
    columns = [*_PLACE, *_COLUMNS]
    joined = before.select(columns).join(
        after.select(columns), on=_PLACE, how="full", coalesce=True, suffix="_after"
    )
    differs = {
        "new": pl.col("content_id").is_null(),
        "gone": pl.col("content_id_after").is_null(),
        "content": pl.col("content_id") != pl.col("content_id_after"),
        "conclusion": pl.any_horizontal(_differs(name) for name in _SAID[:-1]),
        "evidence": _differs(_SAID[-1]),
    }
    change = pl.coalesce(pl.when(test).then(pl.lit(name)) for name, test in differs.items())
    return (
        joined.with_columns(change=change)
        .drop_nulls("change")
        .select(
            *_PLACE,
            *(
                pl.coalesce(f"{name}_after", name).alias(name)
                for name in ("content_id", "language")
            ),
            "change",
            *(pl.col(name).alias(f"{name}_before") for name in _COLUMNS[2:]),
            *(f"{name}_after" for name in _COLUMNS[2:]),
        )
        .sort(_PLACE)
    )


def conclusion_changes(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The changed conclusions between two states of license_conclusions, by what became what.

    One row per (change, state, class, expression and evidence before and after), schema
    CHANGES_SCHEMA, most files first: how many occurrences and distinct contents, in which
    languages, and up to three samples as `origin path`.
    """
    changed = occurrence_changes(before, after)
    grouped = (
        changed.with_columns(sample=pl.format("{} {}", "origin", "path"))
        .sort("sample")
        .group_by("change", *_SIDES)
        .agg(
            files=pl.len().cast(pl.Int64),
            contents=pl.col("content_id").n_unique().cast(pl.Int64),
            languages=pl.col("language").unique().sort(),
            samples=pl.col("sample").unique(maintain_order=True).head(_N_SAMPLES),
        )
    )
    order = ["files", "change", *_SIDES]
    return grouped.select(list(CHANGES_SCHEMA)).sort(
        order, descending=[True] + [False] * (len(order) - 1), nulls_last=True
    )


def _differs(name: str) -> pl.Expr:
    return pl.col(name).ne_missing(pl.col(f"{name}_after"))
