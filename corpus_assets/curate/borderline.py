"""Documents next to a limit that two policies set differently, on both sides of it.

Belongs here: which limits differ, the documents nearest to them, excerpts of their text. Does not
belong here: what passes in sum (`preview`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import polars as pl

from corpus_assets.curate.preview import Policies, change
from corpus_assets.policy.gates import ALL, Gate
from corpus_assets.policy.judgements import Judgement, bounds, is_number

SAMPLES = pl.Schema(
    {
        **dict.fromkeys(("gate", "column", "limit_before", "limit_after", "side"), pl.String()),
        **dict.fromkeys(("language", "source_category", "source", "content_id"), pl.String()),
        **dict.fromkeys(("path", "value"), pl.String()),
        "distance": pl.Float64(),
        **dict.fromkeys(("gained_for", "lost_for"), pl.List(pl.String)),
    }
)
_LINES, _LINE_CHARS = 5, 110
HIDDEN = "[a secret stands in this line]"


class ChangedLimit(NamedTuple):
    """One bound of one column that differs; None where that policy does not have it."""

    gate: str
    column: str
    limit: float | None  # the number in the changed policy, or else in the current one
    before: Judgement | None
    after: Judgement | None

    @property
    def decisive(self) -> Judgement:
        """The bound to look at documents from: the new one, or the one that goes."""
        found = self.after or self.before
        assert found is not None
        return found


def changed_limits(policies: Policies, language: str) -> list[ChangedLimit]:
    """Every bound that differs for the language: in itself, or in the stages it guards."""
    one, other = (
        {gate.name: gate for gate in policy.gates if gate.applies_to(language)}
        for policy in (policies.current, policies.changed)
    )
    found = []
    for name in dict.fromkeys((*other, *one)):
        was, now = one.get(name), other.get(name)
        moved = was is not None and now is not None and was.stages != now.stages
        before, after = (dict(_by_bound(gate, language)) for gate in (was, now))
        for key in dict.fromkeys((*after, *before)):
            old, new = before.get(key), after.get(key)
            if moved or old is None or new is None or old.threshold != new.threshold:
                limit = _number(now, language, key) if new else _number(was, language, key)
                found.append(ChangedLimit(name, key[0], limit, old, new))
    return found


def _by_bound(gate: Gate | None, language: str) -> Iterator[tuple[tuple[str, str], Judgement]]:
    if gate is not None:
        for column, limit in gate.limits_for(language).items():
            yield from zip(
                ((column, key) for key in limit.stated()), bounds(column, limit), strict=True
            )


def _number(gate: Gate | None, language: str, key: tuple[str, str]) -> float | None:
    assert gate is not None
    column, bound = key
    stated = gate.limits_for(language)[column].stated()[bound]
    return float(stated) if is_number(column) else None


def borderline(
    known: pl.DataFrame, found: pl.DataFrame, policies: Policies, count: int
) -> pl.DataFrame:
    """Up to `count` documents of one language on each side of every limit that differs (SAMPLES).

    `known` are `preview.stored_facts` of one language, `found` the `preview.outcomes` of them. Only
    documents that no other gate of all stages would remove stand there: the others go anyway.
    Nearest first; of limits that are no numbers only those outside, by content id. `gained_for`
    and `lost_for` are the stages for which the change decides about the document (all among them).
    """
    parts = [pl.DataFrame(schema=SAMPLES)]
    if known.is_empty():
        return parts[0]
    language = str(known["language"][0])
    judged = known.join(_decided(found, policies.stages), on="content_id").with_columns(
        _others_failing(policies, language)
    )
    for limit in changed_limits(policies, language):
        bound = limit.decisive
        value = pl.col(limit.column)
        near = judged.select(
            "content_id", "language", "source_category", "source", "path", "gained_for", "lost_for",
            gate=pl.lit(limit.gate),
            limit_before=pl.lit(limit.before and limit.before.threshold, pl.String),
            limit_after=pl.lit(limit.after and limit.after.threshold, pl.String),
            column=pl.lit(limit.column),
            value=bound.value,
            side=pl.when(bound.fails).then(pl.lit("outside")).otherwise(pl.lit("inside")),
            distance=pl.lit(None, pl.Float64)
            if limit.limit is None
            else (value - limit.limit).abs().cast(pl.Float64),
            alone=pl.col("n_failing") - pl.col(f"fails_{limit.gate}") == 0
            if f"fails_{limit.gate}" in judged.columns
            else pl.col("n_failing") == 0,
            outside=bound.fails,
        ).filter("alone", pl.col("outside").is_not_null())  # fmt: skip
        if limit.limit is None:
            near = near.filter("outside")
        near = near.sort("distance", "content_id")
        parts += [
            near.filter(pl.col("side") == side).head(count).select(SAMPLES.names())
            for side in ("outside", "inside")
        ]
    return pl.concat(parts)


def _decided(found: pl.DataFrame, stages: Iterable[str]) -> pl.DataFrame:
    """content_id, gained_for, lost_for."""
    return found.select(
        "content_id",
        **{
            f"{what}_for": pl.concat_list(
                pl.when(change(f"before_{stage}", f"after_{stage}") == what).then(pl.lit(stage))
                for stage in stages
            ).list.drop_nulls()
            for what in ("gained", "lost")
        },
    )


def _others_failing(policies: Policies, language: str) -> list[pl.Expr]:
    """Per gate of all stages of the changed policy whether it fails, and how many do."""
    fails = {
        f"fails_{gate.name}": gate.judgement.fails.fill_null(False).cast(pl.Int64)
        for gate in policies.gates(policies.changed, language)
        if gate.stage == ALL
    }
    return [
        *(expression.alias(name) for name, expression in fails.items()),
        pl.sum_horizontal(*fails.values()).alias("n_failing"),
    ]


def excerpt(text: str, column: str, hidden: Iterable[int] = ()) -> list[str]:
    """A few lines of a text: around its longest line if the column measures lines, else from the
    middle, where licenses and imports are over. Lines of `hidden` (from 1) are not shown."""
    lines = text.split("\n")
    centre = len(lines) // 2
    if column.endswith("line_chars"):
        centre = max(range(len(lines)), key=lambda number: len(lines[number]))
    first = max(0, min(centre - _LINES // 2, len(lines) - _LINES))
    secret = set(hidden)
    return [
        HIDDEN if number in secret else _cut(line)
        for number, line in enumerate(lines[first : first + _LINES], first + 1)
    ]


def _cut(line: str) -> str:
    shown = "".join(char if char.isprintable() or char == "\t" else "·" for char in line.rstrip())
    return shown if len(shown) <= _LINE_CHARS else shown[: _LINE_CHARS - 1] + "…"


def with_excerpts(
    samples: pl.DataFrame, documents: pl.LazyFrame, secrets: pl.LazyFrame
) -> pl.DataFrame:
    """`samples` with column `excerpt`, a list of lines; reads the texts of these documents alone.

    A line in which a secret was found is never shown.
    """
    chosen = samples["content_id"].unique().to_list()
    texts = dict(
        documents.filter(pl.col("content_id").is_in(chosen)).select("content_id", "text")
        .collect().iter_rows()
    )  # fmt: skip
    hidden: dict[str, set[int]] = {}
    spans = secrets.filter(pl.col("content_id").is_in(chosen))
    columns = ("content_id", "start_line", "end_line")
    for content, start, end in spans.select(columns).collect().iter_rows():
        hidden.setdefault(content, set()).update(range(start, end + 1))
    excerpts = [
        excerpt(texts[content] or "", column, hidden.get(content, ()))
        for content, column in samples.select("content_id", "column").iter_rows()
    ]
    return samples.with_columns(excerpt=pl.Series(excerpts, dtype=pl.List(pl.String)))
