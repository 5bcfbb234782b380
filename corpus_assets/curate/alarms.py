"""Gates that look wrong: they drop nearly everything of a language, or nothing of anything.

Belongs here: counting verdicts per gate of the filter policy against `gate_alarms`. Does not
belong here: whether a funnel adds up (`accounting`), or the rules of licenses and mixes, which may
well refuse all of a language.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.policy.filters import FilterPolicy


def gate_counts(ledger: pl.LazyFrame) -> pl.DataFrame:
    """language, stage, gate, n_judged, n_dropped (documents), sorted by the first three."""
    keys = ["language", "stage", "gate"]
    return (
        ledger.group_by(keys)
        .agg(
            n_judged=pl.len().cast(pl.Int64),
            n_dropped=(~pl.col("passed")).sum().cast(pl.Int64),
        )
        .sort(keys)
        .collect(engine="streaming")
    )


def sweeping(counts: pl.DataFrame, policy: FilterPolicy) -> list[str]:
    """Gates that drop nearly all documents of a language, in words.

    A gate names the languages in which it may do so (`may_drop_most`).
    """
    alarms = policy.gate_alarms
    excused = {(gate.name, language) for gate in policy.gates for language in gate.may_drop_most}
    found = counts.filter(
        pl.col("gate").is_in([gate.name for gate in policy.gates]),
        pl.col("n_judged") >= alarms.min_documents,
        pl.col("n_dropped") >= alarms.max_dropped_share * pl.col("n_judged"),
    ).sort("gate", "language", "stage")
    return [
        f"gate {row['gate']} drops {row['n_dropped']:,} of {row['n_judged']:,} documents of "
        f"{row['language']}" + ("" if row["stage"] == "all" else f" for {row['stage']}")
        for row in found.iter_rows(named=True)
        if (row["gate"], row["language"]) not in excused
    ]


def silent(counts: pl.DataFrame, policy: FilterPolicy) -> list[str]:
    """Gates that drop nothing in any of the languages counted, in words.

    A gate that judged fewer than `silent_documents` (a document once per stage), or that may be
    silent, is left out.
    """
    judged = counts.group_by("gate").agg(
        pl.col("n_judged", "n_dropped").sum(), n_languages=pl.col("language").n_unique()
    )
    totals = {row["gate"]: row for row in judged.iter_rows(named=True)}
    words = []
    for gate in policy.gates:
        row = totals.get(gate.name)
        if row is None or row["n_dropped"] or gate.may_be_silent or not gate.enabled:
            continue
        if row["n_judged"] >= policy.gate_alarms.silent_documents:
            words.append(
                f"gate {gate.name} drops none of {row['n_judged']:,} documents of "
                f"{row['n_languages']} languages"
            )
    return words
