"""What a stage says about a license conclusion: allow, review or deny, as Polars expressions.

Belongs here: a stage's rules applied to the license columns of conclusions, clusters and mixes.
Does not belong here: the rules themselves (`license_profiles.py`) and gates (`curate`).

Every part of a conclusion is judged on its own, and the worst counts. Only a granted conclusion
is ever allowed: what is in conflict or cannot be read waits for a review, and the absence of a
license is no license.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from corpus_assets.languages import SOURCE_CATEGORIES
from corpus_assets.policy.license_profiles import Evidence, StageRules
from corpus_assets.policy.license_words import CLASSES, GRADES, VERDICTS
from corpus_assets.policy.licenses import LicensePolicy

# What a verdict rests on: columns of license_conclusions, and of duplicate_resolution together
# with the documents' category.
COLUMNS = (
    "license_state", "license_class", "license_evidence", "license_obligations", "license_flags",
    "source_category",
)  # fmt: skip
_STATES = {
    "granted": "allow",
    "conflict": "review",
    "unreadable": "review",
    "none_found": "deny",
    "denied": "deny",
}
_JUDGED = pl.Struct({"verdict": pl.String, "reason": pl.String})
_SEVERITY = {verdict: rank for rank, verdict in enumerate(VERDICTS)}


class StageVerdict(NamedTuple):
    """Two columns of text, `verdict` and `reason`: what it rests on in words."""

    verdict: pl.Expr
    reason: pl.Expr


class _Part(NamedTuple):
    """One look at a row: how bad it is (0 allow, 1 review, 2 deny; null: nothing), in words."""

    severity: pl.Expr
    words: pl.Expr


def stage_verdict(policy: LicensePolicy, stage: str) -> StageVerdict:
    """The verdict of a stage over the columns COLUMNS, by the profile that applies.

    The reason names every objection with its own verdict; of `allow`, the class and the evidence
    that were enough. A missing or misspelled state, class, grade or category denies. Raises
    ValueError for a name that is no stage.

    Few combinations of these columns occur, so each is judged once and the rows take over what
    became of theirs: 0.5 µs a row and column, where judging every row took ten.
    """
    judge = _judge(list(_parts(policy.rules(stage))))
    told = pl.struct(COLUMNS).map_batches(
        lambda rows: _of_distinct(rows, judge), return_dtype=_JUDGED
    )
    return StageVerdict(told.struct.field("verdict"), told.struct.field("reason"))


def _of_distinct(rows: pl.Series, judge: StageVerdict) -> pl.Series:
    """What the judge says of rows (structs of COLUMNS), asked once for each that differs."""
    lists = pl.col("license_obligations", "license_flags")
    keyed = rows.struct.unnest().with_columns(lists.list.join("\n"))
    distinct = keyed.unique()
    said = distinct.with_columns(lists.str.split("\n")).select(judge.verdict, judge.reason)
    told = pl.concat([distinct, said], how="horizontal")
    joined = keyed.join(told, on=list(COLUMNS), how="left", nulls_equal=True, maintain_order="left")
    return joined.select(list(_JUDGED.to_schema())).to_struct(rows.name)


def _judge(parts: list[_Part]) -> StageVerdict:
    """The verdict over all parts: the worst of them."""
    worst = pl.max_horizontal(part.severity for part in parts)
    objections = [
        pl.when(part.severity > 0).then(pl.format("{} ({})", part.words, _named(part.severity)))
        for part in parts
    ]
    enough = pl.format("{} on evidence {}", "license_class", "license_evidence")
    reason = pl.concat_str(objections, separator="; ", ignore_nulls=True)
    return StageVerdict(
        _named(worst).alias("verdict"),
        pl.when(worst > 0).then(reason).otherwise(enough).alias("reason"),
    )


def asked(policy: LicensePolicy, stage: str) -> str:
    """What the stage asks of a license, in words."""
    rules = policy.rules(stage)
    barred = sorted({*rules.obligations.review, *rules.obligations.deny})
    flags = sorted({*rules.flags.review, *rules.flags.deny})
    words = [
        f"{policy.profile}: {', '.join(rules.allow)}",
        f"evidence {rules.evidence.at_least} or better",
    ]
    words += [f"without {', '.join(barred)}"] if barred else []
    words += [f"no flag {', '.join(flags)}"] if flags else []
    words += [
        f"{category}: evidence {terms.evidence.at_least} or better"
        for category, terms in rules.sources.items()
        if terms.evidence is not None
    ]
    return "; ".join(words)


def _parts(rules: StageRules) -> Iterator[_Part]:
    yield _looked_up("license_state", "state", _STATES)
    yield _looked_up("license_class", "class", {name: rules.of_class(name) for name in CLASSES})
    yield _looked_up("source_category", "category", dict.fromkeys(SOURCE_CATEGORIES, "allow"))
    yield _evidence(rules.evidence)
    yield from _barred("license_obligations", "asks", rules.obligations.deny, "deny")
    yield from _barred("license_obligations", "asks", rules.obligations.review, "review")
    yield from _barred("license_flags", "flag", rules.flags.deny, "deny")
    yield from _barred("license_flags", "flag", rules.flags.review, "review")
    for category, terms in rules.sources.items():
        here = pl.col("source_category") == category
        if terms.evidence is not None:
            part = _evidence(terms.evidence)
            yield _Part(
                pl.when(here).then(part.severity),
                pl.format("{} of {}", part.words, pl.lit(category)),
            )
        for verdict, classes in (("deny", terms.deny), ("review", terms.review)):
            yield _Part(
                pl.when(here & pl.col("license_class").is_in(classes)).then(_SEVERITY[verdict]),
                pl.format("class {} of {}", "license_class", pl.lit(category)),
            )


def _looked_up(column: str, word: str, verdicts: Mapping[str, str]) -> _Part:
    severities = {name: _SEVERITY[verdict] for name, verdict in verdicts.items()}
    return _Part(
        _ranked(column, severities, _SEVERITY["deny"]), pl.format(word + " {}", _text(column))
    )


def _evidence(wanted: Evidence) -> _Part:
    """Weaker evidence than wanted; a grade that nobody knows denies."""
    enough = GRADES.index(wanted.at_least)
    severities = {
        grade: 0 if rank <= enough else _SEVERITY[wanted.below] for rank, grade in enumerate(GRADES)
    }
    words = pl.format("evidence {} below {}", _text("license_evidence"), pl.lit(wanted.at_least))
    return _Part(_ranked("license_evidence", severities, _SEVERITY["deny"]), words)


def _barred(column: str, word: str, names: Sequence[str], verdict: str) -> Iterator[_Part]:
    if names:
        found = pl.col(column).list.set_intersection(pl.lit([*names])).list.sort()
        yield _Part(
            pl.when(found.list.len() > 0).then(_SEVERITY[verdict]),
            pl.format(word + " {}", found.list.join(", ")),
        )


def _ranked(column: str, ranks: Mapping[str, int], otherwise: int) -> pl.Expr:
    # "" stands for null, which no mapping covers.
    return (
        pl.col(column).fill_null("").replace_strict(ranks, default=otherwise, return_dtype=pl.Int64)
    )


def _text(column: str) -> pl.Expr:
    return pl.col(column).fill_null("missing")


def _named(severity: pl.Expr) -> pl.Expr:
    names = {rank: verdict for verdict, rank in _SEVERITY.items()}
    return severity.replace_strict(names, return_dtype=pl.String)
